"""States as bytes and back: JSON that a person can read, typed by the state of each aggregate."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec

from application.projections.rectangles import Face, Text
from application.states import concerned_by, strategy_of, subject_of
from domain.catalogue import AGGREGATES
from domain.knowledge import Knowledge
from domain.temporal import Aggregate

S = TypeVar("S")

HEAVY = frozenset({"organisation", "resource", "strategy", "review"})
"""Kinds with few streams of many facts, whose state grows with each: one row for every fact would grow with its square.

Their rows say that the stream had begun and what it is about; the reader folds its events and keeps the timeline.
"""

EDITION = 2
"""Raised when the same events make other rows: an `evolve` or a rule in this package changed. Calls for a rebuild."""


class StateEncoding:
    """Writes and reads the states of every kind of stream."""

    def __init__(self, aggregates: Iterable[Aggregate[Any]] = tuple(AGGREGATES.values())) -> None:
        self._encode = msgspec.json.Encoder().encode
        self._decoders: Mapping[str, msgspec.json.Decoder[Any]] = {
            each.kind: msgspec.json.Decoder(type(each.initial)) for each in aggregates if each.kind not in HEAVY
        }
        self.fingerprint = _fingerprint(self._decoders)
        """Tells whether stored rows have the shape that this program reads."""

    def light(self, state: object) -> Face:
        """The face of a state that is stored with its row."""
        subject = subject_of(state)
        return Face(strategy_of(state), subject, self._encode(state), concerned_by(state) - {subject}, text_of(state))

    def heavy(self, state: object) -> Face:
        """The face of a state that is folded when it is asked for."""
        return Face(strategy_of(state), subject_of(state), None)

    def read(self, aggregate: Aggregate[S], state: bytes) -> S:
        """The state that `light` wrote."""
        found: S = self._decoders[aggregate.kind].decode(state)
        return found


def text_of(state: object) -> Text | None:
    """What is searched of a state: the version of an item that stands."""
    if isinstance(state, Knowledge) and state.standing and (version := state.version) is not None:
        return Text(language=version.language, title=version.title, body=version.text)
    return None


def _fingerprint(decoders: Mapping[str, msgspec.json.Decoder[Any]]) -> str:
    kinds = sorted(decoders)
    shapes = msgspec.json.schema_components([decoders[kind].type for kind in kinds])
    document = [EDITION, sorted(HEAVY), kinds, shapes]
    return hashlib.sha256(msgspec.json.encode(document, order="deterministic")).hexdigest()
