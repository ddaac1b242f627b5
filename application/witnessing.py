"""Keeping the transparency logs: a checkpoint over every history within a minute, signed by witnesses outside."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from threading import Event as Signal
from typing import Protocol
from uuid import UUID

from application.ports import StoreUnavailable
from application.transparency import Checkpoint, Cosignature, HistoryAltered, TransparencyLog

log = logging.getLogger("avow.log")

PAUSE = 20.0
"""Seconds between two looks: with the time that signing takes, well below the minute that is promised."""


class WitnessHolds(Exception):  # noqa: N818 — an answer
    """The witness signed another size of this log last; `size` is it."""

    def __init__(self, size: int) -> None:
        super().__init__(f"it holds a checkpoint over {size} positions")
        self.size = size


class WitnessRefused(Exception):  # noqa: N818 — an answer
    """The witness does not sign: it does not know the log, or holds another history of it."""


class WitnessUnavailable(Exception):  # noqa: N818 — a state of affairs
    """The witness cannot be reached, or does not answer as a witness does."""


class Witness(Protocol):
    """Somebody outside who signs a checkpoint that grew out of the one they signed before."""

    @property
    def name(self) -> str:
        """Under which it signs."""
        ...

    def cosign(self, old: int, proof: Sequence[bytes], note: str, size: int) -> Cosignature:
        """Its signature of the checkpoint of this size, which grew out of that of `old`, as the proof shows.

        Raises WitnessHolds, WitnessRefused, WitnessUnavailable.
        """
        ...


class LogKeeper:
    """Signs what was recorded since the last look, and has it witnessed. Several may run at once: all sign the same."""

    def __init__(self, transparency: TransparencyLog, witnesses: Sequence[Witness] = ()) -> None:
        self.transparency, self.witnesses = transparency, witnesses

    def run(self, stop: Signal) -> None:
        """Look after every organisation's log until `stop` is set. What goes wrong is told in the process's log."""
        while not stop.is_set():
            try:
                for organisation in self.transparency.recorder.organisations():
                    self.tend(organisation)
            except StoreUnavailable as error:
                log.warning("the store cannot be reached: %s", error)
            except Exception:
                log.critical("a log could not be looked after", exc_info=True)
            stop.wait(PAUSE)

    def tend(self, organisation: UUID) -> Checkpoint | None:
        """Look after one log; tells its newest checkpoint, None where there is none. Raises StoreUnavailable."""
        try:
            checkpoint = self.transparency.checkpoint(organisation)
        except HistoryAltered as error:
            log.critical("%s", error)
            return None
        if checkpoint is not None:
            self._have_witnessed(checkpoint)
        return checkpoint

    def _have_witnessed(self, checkpoint: Checkpoint) -> None:
        store, organisation = self.transparency.store, checkpoint.organisation
        held = {each.witness: each.size for each in store.newest_cosignatures(organisation, checkpoint.key)}
        given = list[Cosignature]()
        for witness in self.witnesses:
            before = held.get(witness.name, 0)
            if before >= checkpoint.size:
                continue
            try:
                given.append(self._signed_by(witness, checkpoint, before))
            except WitnessRefused as refusal:
                log.critical("organisation %s: the witness %s does not sign: %s", organisation, witness.name, refusal)
            except WitnessUnavailable as error:
                log.warning("the witness %s cannot be asked: %s", witness.name, error)
        store.add_cosignatures(organisation, checkpoint.key, given)

    def _signed_by(self, witness: Witness, checkpoint: Checkpoint, before: int) -> Cosignature:
        try:
            return self._ask(witness, checkpoint, before)
        except WitnessHolds as held:
            if held.size > checkpoint.size:
                raise WitnessRefused(
                    f"it has seen {held.size} positions, and here are {checkpoint.size}: the history was cut off"
                ) from held
            try:
                return self._ask(witness, checkpoint, held.size)
            except WitnessHolds as again:
                raise WitnessRefused(f"it holds another history over {again.size} positions") from again

    def _ask(self, witness: Witness, checkpoint: Checkpoint, old: int) -> Cosignature:
        proof = self.transparency.consistency(checkpoint.organisation, old, checkpoint.size).path
        return witness.cosign(old, proof, checkpoint.note, checkpoint.size)
