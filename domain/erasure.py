"""Erasure: what identifies a person, or their own words, is destroyed for good; a legal hold keeps that from happening.

No event goes: the keys do under which a person's texts are sealed. Who erased what, when and why stays on record, and
so do the commitments that prove what was sealed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.kernel import Content, Refusal, RefusalKind, event
from domain.sealed import TextKind

EVERY_KIND = tuple(TextKind)


@event("person.erased")
class PersonErased(Content):
    """These kinds of the person's texts were erased: their keys are destroyed."""

    texts: tuple[TextKind, ...] = EVERY_KIND


@event("person.held")
class PersonHeld(Content):
    """Nothing of the person may be erased from here on: until an instant, or until the hold is released."""

    until: datetime | None = None


@event("person.released")
class PersonReleased(Content):
    """The legal hold on the person ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """That these kinds of texts were erased at an instant."""

    at: datetime
    kinds: tuple[TextKind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A legal hold: since when, until when if that was said, and when it was released."""

    since: datetime
    until: datetime | None = None
    released: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether it holds at that instant, whenever it began: nothing is dated to before a hold."""
        return self.released is None and (self.until is None or at < self.until)


@dataclass(eq=False)
class PersonOnHold(Refusal):
    """Nothing of a person under a legal hold is erased."""

    since: datetime
    until: datetime | None
    where = "person"
    rule = "the person is under a legal hold since {since:%Y-%m-%d}: nothing of them may be erased"
    way_out = "wait until the hold ends, or let whoever placed it release it"


@dataclass(eq=False)
class PersonHeldAlready(Refusal):
    """One hold at a time."""

    since: datetime
    where = "person"
    rule = "the person is under a legal hold already, since {since:%Y-%m-%d}"
    way_out = "release that hold before another is placed"


@dataclass(eq=False)
class PersonNotHeld(Refusal):
    """A hold was released that there is not."""

    where = "person"
    rule = "the person is under no legal hold at that instant"
    way_out = "nothing needs to be released"


@dataclass(eq=False)
class HoldEndsBefore(Refusal):
    """A hold that would end before it begins."""

    until: datetime
    kind = RefusalKind.INVALID
    where = "until"
    rule = "a hold until {until:%Y-%m-%d %H:%M:%S} would end before it begins"
    way_out = "give a later instant, or none for a hold that lasts until it is released"


@dataclass(eq=False)
class PersonErasedAlready(Refusal):
    """What was erased cannot be erased again."""

    at: datetime
    where = "person"
    rule = "that was erased already, on {at:%Y-%m-%d}"
    way_out = "nothing is left to be erased; the receipt tells what was"


@dataclass(eq=False)
class NothingToErase(Refusal):
    """An erasure of no kind of text."""

    kind = RefusalKind.INVALID
    where = "texts"
    rule = "no kind of text is named"
    way_out = "name identity, words, or both"


@dataclass(eq=False)
class ErasureIsForGood(Refusal):
    """Keys that were destroyed do not come back, so the record of it is neither replaced nor retracted."""

    where = "type"
    rule = "an erasure cannot be taken back or changed"
    way_out = "nothing can be done: what was erased is gone"


def erased_by(erasures: Sequence[Erasure], at: datetime | None = None) -> frozenset[TextKind]:
    """The kinds of texts that were erased by an instant; without one, at any."""
    return frozenset(kind for each in erasures if at is None or each.at <= at for kind in each.kinds)


def refuse_erasure(
    erasures: Sequence[Erasure],
    holds: Sequence[Hold],
    content: PersonErased | PersonHeld | PersonReleased,
    at: datetime,
) -> None:
    """Refuse to erase what is held or erased already; and a hold, or its release, that does not fit."""
    hold = next((each for each in holds if each.holds(at)), None)
    match content:
        case PersonErased(texts=kinds):
            if not kinds:
                raise NothingToErase
            if hold is not None:
                raise PersonOnHold(hold.since, hold.until)
            if erased_by(erasures).issuperset(kinds):
                raise PersonErasedAlready(erasures[-1].at)
        case PersonHeld(until=until):
            if hold is not None:
                raise PersonHeldAlready(hold.since)
            if until is not None and until <= at:
                raise HoldEndsBefore(until)
        case PersonReleased():
            if hold is None:
                raise PersonNotHeld


def with_erasure(erasures: tuple[Erasure, ...], content: PersonErased, at: datetime) -> tuple[Erasure, ...]:
    """The erasures once this one was made."""
    return (*erasures, Erasure(at=at, kinds=content.texts))


def with_hold(holds: tuple[Hold, ...], content: PersonHeld | PersonReleased, at: datetime) -> tuple[Hold, ...]:
    """The holds once this one was placed or released."""
    if isinstance(content, PersonHeld):
        return (*holds, Hold(since=at, until=content.until))
    return tuple(replace(each, released=at) if each.holds(at) else each for each in holds)
