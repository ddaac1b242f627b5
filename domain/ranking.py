"""A ranking: leaders put the big bets, or the priorities, of a strategy in their own order, each alone first.

One stream holds one round. Each leader gives their order once; until they have, or the round was closed, the others'
are not theirs to see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from domain.element import BETS, PRIORITIES, Element
from domain.kernel import Content, Refusal, RefusalKind, event
from domain.publication import Publication
from domain.temporal import Aggregate, Fact


class RankingKind(StrEnum):
    """What is put in order."""

    BETS = "bets"
    PRIORITIES = "priorities"


KINDS_OF: Mapping[RankingKind, frozenset[str]] = {RankingKind.BETS: BETS, RankingKind.PRIORITIES: PRIORITIES}
"""The kinds of elements that each is about."""


@event("ranking.opened")
class RankingOpened(Content):
    """These leaders were asked to put these elements in order, as they stood in a revision, or (None) in the draft."""

    key: str | None = None
    strategy: UUID
    kind: RankingKind
    revision: int | None = None
    elements: tuple[str, ...]
    participants: tuple[UUID, ...]
    due: date | None = None


@event("ranking.given")
class RankingGiven(Content):
    """A leader's own order: a place for each element, 1 for the first. Elements in one place are tied."""

    person: UUID
    ranks: dict[str, int]


@event("ranking.closed")
class RankingClosed(Content):
    """From here on nobody gives their order any more, and all who were asked see all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A leader's own order, and when they gave it."""

    person: UUID
    ranks: dict[str, int]
    given_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The state of a round at an instant; `opened_at` is None before it was opened. Orders stand as they were given."""

    opened_at: datetime | None = None
    key: str | None = None
    strategy: UUID | None = None
    kind: RankingKind = RankingKind.BETS
    revision: int | None = None
    elements: tuple[str, ...] = ()
    participants: tuple[UUID, ...] = ()
    due: date | None = None
    orders: tuple[Order, ...] = ()
    closed_at: datetime | None = None

    @property
    def givers(self) -> frozenset[UUID]:
        """Who gave their order."""
        return frozenset(each.person for each in self.orders)

    def owed_by(self, person: UUID) -> bool:
        """Whether this person still owes their order."""
        return self.closed_at is None and person in self.participants and person not in self.givers

    def is_whole(self, order: Order) -> bool:
        """Whether an order places every element that was asked about."""
        return order.ranks.keys() == set(self.elements)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A bet or priority that a revision no longer has: what it said last, and in which revision it came back, if any.

    `by` is None for what the draft alone leaves out.
    """

    element: str
    kind: str
    text: str
    rank: int | None
    last_in: int
    by: int | None
    since: datetime | None
    back_in: int | None


@dataclass(eq=False)
class RankingUnknown(Refusal):
    """Something was said about a round before it was opened."""

    where = "at"
    rule = "this ranking had not been opened at that instant"
    way_out = "open it first, or date this after its opening"


@dataclass(eq=False)
class RankingAlreadyOpened(Refusal):
    """A round is opened once."""

    where = "ranking"
    rule = "this ranking was opened already"
    way_out = "open another one under a key of its own"


@dataclass(eq=False)
class NothingToRank(Refusal):
    """Fewer than two elements have no order."""

    what: RankingKind
    found: int
    where = "kind"
    rule = "there are {found} {what} to put in order; it takes two at least"
    way_out = "write them first, or name another revision"


@dataclass(eq=False)
class NobodyToRank(Refusal):
    """A round that nobody is asked in."""

    kind = RefusalKind.INVALID
    where = "participants"
    rule = "nobody is asked for an order"
    way_out = "name the leaders, each by key or id"


@dataclass(eq=False)
class NotAskedToRank(Refusal):
    """An order by somebody who was not asked."""

    where = "person"
    rule = "they were not asked in this ranking"
    way_out = "open a ranking that asks them, too"


@dataclass(eq=False)
class OrderAlreadyGiven(Refusal):
    """Each gives their own order once, before they see the others'."""

    given_at: datetime
    where = "ranks"
    rule = "their order was given on {given_at:%Y-%m-%d} already, alone and before they saw the others'"
    way_out = "correct a slip with its reason; for an order after the talk open another ranking"


@dataclass(eq=False)
class RankingIsClosed(Refusal):
    """A round that is over."""

    closed_at: datetime
    where = "at"
    rule = "this ranking was closed on {closed_at:%Y-%m-%d}"
    way_out = "open another one, or retract the closing"


@dataclass(eq=False)
class NotToBeRanked(Refusal):
    """A place for what is not asked about."""

    element: str
    kind = RefusalKind.UNKNOWN
    where = "ranks"
    rule = "{element!r} is not asked about in this ranking"
    way_out = "name its elements by their ids; GET the ranking for them"


@dataclass(eq=False)
class PlaceImpossible(Refusal):
    """A place before the first, or none at all."""

    place: int
    kind = RefusalKind.INVALID
    where = "ranks"
    rule = "{place} is no place in an order"
    way_out = "give each element a place from 1 on; those in one place are tied"


@dataclass(eq=False)
class NothingRanked(Refusal):
    """An order of nothing."""

    kind = RefusalKind.INVALID
    where = "ranks"
    rule = "no element has a place"
    way_out = "give each element a place from 1 on"


def guard(state: Ranking, fact: Fact) -> None:
    """Refuse what cannot be said about a round in this state."""
    match fact.content:
        case RankingOpened() as content:
            if state.opened_at:
                raise RankingAlreadyOpened
            if len(content.elements) < 2:
                raise NothingToRank(content.kind, len(content.elements))
            if not content.participants:
                raise NobodyToRank
        case _ if state.opened_at is None:
            raise RankingUnknown
        case _ if state.closed_at is not None:
            raise RankingIsClosed(state.closed_at)
        case RankingGiven() as content:
            _refuse_order(state, content)
        case _:
            pass


def _refuse_order(state: Ranking, content: RankingGiven) -> None:
    if content.person not in state.participants:
        raise NotAskedToRank
    for each in state.orders:
        if each.person == content.person:
            raise OrderAlreadyGiven(each.given_at)
    if not content.ranks:
        raise NothingRanked
    for element, place in content.ranks.items():
        if element not in state.elements:
            raise NotToBeRanked(element)
        if place < 1:
            raise PlaceImpossible(place)


def evolve(state: Ranking, fact: Fact) -> Ranking:
    """The round once this fact is in its place."""
    at = fact.effective_at
    match fact.content:
        case RankingOpened() as content:
            return Ranking(
                opened_at=at,
                key=content.key,
                strategy=content.strategy,
                kind=content.kind,
                revision=content.revision,
                elements=content.elements,
                participants=content.participants,
                due=content.due,
            )
        case RankingGiven(person=person, ranks=ranks):
            return replace(state, orders=(*state.orders, Order(person=person, ranks=ranks, given_at=at)))
        case RankingClosed():
            return replace(state, closed_at=at)
        case _:
            return state


def reveals(state: Ranking, person: UUID | None) -> bool:
    """Whether the others' orders are this person's to see, as far as being a leader who ranks alone first goes."""
    return person is None or not state.owed_by(person)


def dropped(
    publications: tuple[Publication, ...], at: datetime, draft: tuple[Element, ...] | None
) -> tuple[Dropped, ...]:
    """The bets and priorities that were dropped by the revisions in force by then, in their order, and by the draft.

    `draft` is None for who may not see it.
    """
    held = [each for each in publications if each.in_force_from <= at]
    found = list[Dropped]()
    for before, after in pairwise(held):
        later = [each for each in held if each.revision > after.revision]
        kept = _ranked(after.elements)
        for id, element in _ranked(before.elements).items():
            if id not in kept:
                back = next((each.revision for each in later if id in _ranked(each.elements)), None)
                found.append(_dropped(element, before.revision, after, back))
    if held and draft is not None:
        kept = _ranked(draft)
        newest = held[-1]
        found.extend(
            _dropped(each, newest.revision, None, None)
            for id, each in _ranked(newest.elements).items()
            if id not in kept
        )
    return tuple(found)


def _ranked(elements: tuple[Element, ...]) -> dict[str, Element]:
    return {each.id: each for each in elements if each.kind in BETS | PRIORITIES}


def _dropped(element: Element, last_in: int, by: Publication | None, back_in: int | None) -> Dropped:
    return Dropped(
        element=element.id,
        kind=element.kind,
        text=element.text,
        rank=element.rank,
        last_in=last_in,
        by=by.revision if by is not None else None,
        since=by.in_force_from if by is not None else None,
        back_in=back_in,
    )


RANKING: Aggregate[Ranking] = Aggregate(
    "ranking", Ranking(), (RankingOpened, RankingGiven, RankingClosed), guard, evolve
)
