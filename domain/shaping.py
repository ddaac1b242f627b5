"""Shaping: a draft is opened to everybody, who propose what it should say; the share who took part, beside commitment.

The opening shows the draft to every member until a day. Proposals are their authors' own: one that was entered for
somebody counts apart, and one that was taken back does not count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from domain.alignment import derive
from domain.effect import lacked
from domain.kernel import Content, Party, Refusal, RefusalKind, event
from domain.proposal import Proposal
from domain.publication import Publication
from domain.scope import Population
from domain.situation import Situation, Unapplied
from domain.temporal import Aggregate, Fact


@event("shaping.opened")
class ShapingOpened(Content):
    """The draft of a strategy was opened to every member for shaping, to the end of `last_day` where one is named."""

    strategy: UUID
    last_day: date | None = None


@event("shaping.closed")
class ShapingClosed(Content):
    """The draft is open to members no more; what was proposed is still to be answered."""

    strategy: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaping:
    """Whether the draft of a strategy is open for shaping: since when, and until the end of which day."""

    strategy: UUID | None = None
    opened_at: datetime | None = None
    last_day: date | None = None

    def is_open(self, today: date) -> bool:
        """Whether it is open on that day."""
        return self.opened_at is not None and (self.last_day is None or today <= self.last_day)


@dataclass(eq=False)
class ShapingNotOpen(Refusal):
    """A shaping was closed that was not open."""

    where = "strategy"
    rule = "the draft is not open for shaping at that instant"
    way_out = "open it first, or date this to a time when it was open"


@dataclass(eq=False)
class ShapingOfAnother(Refusal):
    """The shaping of one strategy is kept apart from that of any other."""

    kind = RefusalKind.INVALID
    where = "strategy"
    rule = "this is the shaping of another strategy"
    way_out = "retract it there, and open the draft that is meant"


def guard(state: Shaping, fact: Fact) -> None:
    """Refuse to close what is not open. Opening again names another last day."""
    match fact.content:
        case ShapingOpened(strategy=strategy) | ShapingClosed(strategy=strategy) if state.strategy not in (
            None,
            strategy,
        ):
            raise ShapingOfAnother
        case ShapingClosed() if state.opened_at is None:
            raise ShapingNotOpen
        case _:
            pass


def evolve(state: Shaping, fact: Fact) -> Shaping:
    """The shaping once this fact is in its place."""
    match fact.content:
        case ShapingOpened(strategy=strategy, last_day=last_day):
            return Shaping(strategy=strategy, opened_at=state.opened_at or fact.effective_at, last_day=last_day)
        case ShapingClosed():
            return replace(state, opened_at=None, last_day=None)
        case _:
            return state


SHAPING: Aggregate[Shaping] = Aggregate("shaping", Shaping(), (ShapingOpened, ShapingClosed), guard, evolve)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A group of people: who took part in shaping, and who is committed to the strategy.

    `committed` is None on a scale that gives no party level.
    """

    people: frozenset[UUID]
    took_part: frozenset[UUID]
    committed: frozenset[UUID] | None


@dataclass(frozen=True, kw_only=True)
class Shaped:
    """What was proposed in a scope, and by which share of its people; the proposals have effect and are oldest first.

    Ranks and units are those of now; a person without a rank stands under None.
    """

    situation: Situation
    proposals: Mapping[UUID, Proposal]
    whole: Share
    by_rank: Mapping[str | None, Share]
    by_unit: Mapping[UUID, Share]
    unapplied: tuple[Unapplied, ...]

    @property
    def unanswered(self) -> Mapping[UUID, Proposal]:
        """Those whose answer is owed."""
        return {id: each for id, each in self.proposals.items() if each.is_open}

    @property
    def published_over(self) -> frozenset[UUID]:
        """Those of them over which a revision was published since."""
        return frozenset(
            id for id, each in self.unanswered.items() if published_since(self.situation, each) is not None
        )


def published_since(situation: Situation, proposal: Proposal) -> Publication | None:
    """The first revision that was published after a proposal was made."""
    made_at = proposal.made_at or situation.valid_at
    return next((each for each in situation.strategy.publications if each.published_at > made_at), None)


def shaped(situation: Situation, proposals: Mapping[UUID, Proposal], inside: Population) -> Shaped:
    """What was proposed in a scope, from the proposals for the strategy's drafts."""
    unapplied = list[Unapplied]()
    counted = {
        id: each
        for id, each in sorted(proposals.items(), key=lambda each: (str(each[1].made_at), each[0]))
        if each.person is not None
        and inside.holds(Party("person", each.person))
        and _has_effect(situation, id, each, unapplied)
    }
    took_part = {
        each.person for each in counted.values() if each.person and not each.on_behalf and each.withdrawn_at is None
    }
    committed = None
    if situation.scale.ordered:
        committed = derive(situation, inside.scope).figures["parties/people/committed"].records

    def share(people: Iterable[UUID]) -> Share:
        among = frozenset(people)
        return Share(
            people=among, took_part=among & took_part, committed=among & committed if committed is not None else None
        )

    ranks = defaultdict[str | None, set[UUID]](set)
    for id in inside.people:
        ranks[situation.people[id].rank(situation.valid_at)].add(id)
    return Shaped(
        situation=situation,
        proposals=counted,
        whole=share(inside.people),
        by_rank={rank: share(ranks[rank]) for rank in sorted(ranks, key=lambda each: (each is None, each or ""))},
        by_unit={unit: share(members) for unit, members in _by_unit(inside)},
        unapplied=tuple(unapplied),
    )


def _has_effect(situation: Situation, id: UUID, proposal: Proposal, unapplied: list[Unapplied]) -> bool:
    at, person = proposal.made_at or situation.valid_at, proposal.person
    missing = lacked(situation, at, people=[person])
    if missing is not None:
        party = Party("person", person) if person is not None else None
        unapplied.append(Unapplied(kind="proposal", record=id, at=at, reason=missing, party=party))
    return missing is None


def _by_unit(inside: Population) -> Iterator[tuple[UUID, frozenset[UUID]]]:
    """The living units of the scope in which somebody of it counts, with who does."""
    below = inside.chart.subtree(inside.scope.unit, inside.at) if inside.scope.unit is not None else None
    for unit in sorted(inside.members):
        members = inside.members[unit] & inside.people
        if members and (below is None or unit in below):
            yield unit, members
