"""The typed elements a strategy is made of: what kinds there are, how two versions differ, and their content hash.

An element keeps its id through every draft and revision. Kinds are open: any lower-case token is one; the rules know
those named here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

COMPELLING_FUTURE = "compelling_future"
CASE_FOR_CHANGE = "case_for_change"
CLIENT_PROFILE = "client_profile"
DIFFERENTIATOR = "differentiator"
LET_GO = "let_go"
CRITERIA = frozenset({"success_criterion", "criterion"})
BETS = frozenset({"big_bet", "bet"})
PRIORITIES = frozenset({"priority"})
DRIVERS = ("vision", "mission", "value")
"""The strategic drivers: what is to become of the organisation, what it is there for, what it decides by."""

EDGES = ("better", "faster", "cheaper")
"""By what the source documents say that companies set themselves apart; an organisation may name a kind of its own."""
TARGETS = frozenset({"target"})

KINDS = (
    CASE_FOR_CHANGE,
    *DRIVERS,
    COMPELLING_FUTURE,
    "success_criterion",
    CLIENT_PROFILE,
    DIFFERENTIATOR,
    "big_bet",
    LET_GO,
    "principle",
    "priority",
)
"""The kinds the source documents name, offered first; an organisation may use any other."""

NEVER_EDITORIAL = CRITERIA | BETS | TARGETS
"""Kinds of which no change is editorial."""

NEVER_EDITORIAL_FIELDS = frozenset({"target", "due", "horizon"})
"""Fields of which no change is editorial, whatever the kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element of a strategy, in the words of the organisation.

    `supports` names the elements it serves. A criterion says how it is measured (`measure`, `method`, `source`), from
    which `baseline` to which `target`, and until which `due` day; a compelling future says until which `horizon`; big
    bets and priorities may have a `rank`, 1 for the first; a let-go the `due` day by which it is to be gone. A
    differentiator says by what it sets apart (`edge`), from which alternatives (`apart_from`), and for which
    `profiles`, the ids of client profiles; a client profile as what one wants to be `seen_as`.
    """

    id: str
    kind: str
    text: str
    supports: tuple[str, ...] = ()
    measure: str | None = None
    method: str | None = None
    source: str | None = None
    baseline: str | None = None
    target: str | None = None
    due: date | None = None
    horizon: date | None = None
    rank: int | None = None
    edge: str | None = None
    apart_from: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    seen_as: str | None = None


class ChangeKind(StrEnum):
    """What happened to an element between two versions of a strategy."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementChange:
    """One element that differs: `fields` names what, all that it says when it was added or removed."""

    element: str
    change: ChangeKind
    fields: tuple[str, ...]
    before: Element | None
    after: Element | None

    @property
    def never_editorial(self) -> bool:
        """Whether this alone makes a publication material: a criterion, target, date or bet is concerned."""
        kinds = {each.kind for each in (self.before, self.after) if each}
        return bool(kinds & NEVER_EDITORIAL or NEVER_EDITORIAL_FIELDS.intersection(self.fields))


def content_hash(elements: Iterable[Element]) -> str:
    """SHA-256, in hexadecimal, of the elements' canonical JSON (RFC 8785). The order they come in decides nothing."""
    ordered = sorted(elements, key=lambda each: each.id)
    plain = {"elements": [_said(each) for each in ordered]}
    # All names are ASCII and there are no fractions, so sorted keys and no white space are all that RFC 8785 asks.
    canonical = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def diff(old: Iterable[Element], new: Iterable[Element]) -> tuple[ElementChange, ...]:
    """What differs, element by element, in the order of their ids."""
    before, after = _by_id(old), _by_id(new)
    changes = (_change(id, before.get(id), after.get(id)) for id in sorted(before.keys() | after.keys()))
    return tuple(change for change in changes if change)


def _change(id: str, before: Element | None, after: Element | None) -> ElementChange | None:
    was, is_now = (_said(each) if each else {} for each in (before, after))
    if was == is_now:
        return None
    differing = tuple(
        each.name for each in fields(Element) if each.name != "id" and was.get(each.name) != is_now.get(each.name)
    )
    kind = ChangeKind.ADDED if before is None else ChangeKind.REMOVED if after is None else ChangeKind.CHANGED
    return ElementChange(element=id, change=kind, fields=differing, before=before, after=after)


def _said(element: Element) -> dict[str, str | int | list[str]]:
    """What an element says, as plain JSON: a field that is empty is not there, so a field to come changes no hash."""
    said: dict[str, str | int | list[str]] = {"id": element.id, "kind": element.kind, "text": element.text}
    for each in fields(Element):
        match getattr(element, each.name):
            case date() as day:
                said[each.name] = day.isoformat()
            case tuple() as ids if ids:
                said[each.name] = sorted(ids)
            case str() | int() as value:
                said[each.name] = value
            case _:
                pass
    return said


def _by_id(elements: Iterable[Element]) -> Mapping[str, Element]:
    return {each.id: each for each in elements}
