"""Commands about rankings: opened for leaders, given by each of them alone, and closed; and whose order is owed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk
from application.desk_rules import RevisionUnknown
from application.owing import Owner, owes
from domain.element import Element
from domain.kernel import Party, Refusal, RefusalKind
from domain.obligation import Due, standing
from domain.owed import Call, Owed
from domain.ranking import (
    KINDS_OF,
    RANKING,
    NobodyToRank,
    Ranking,
    RankingClosed,
    RankingGiven,
    RankingKind,
    RankingOpened,
)
from domain.strategy import Strategy


@dataclass(eq=False)
class OrderDueBeforeAsked(Refusal):
    """An order that was due before it was asked for."""

    due: date
    asked: date
    kind = RefusalKind.INVALID
    where = "due"
    rule = "an order asked for on {asked} cannot have been due on {due}"
    way_out = "name the day on which it is asked for, a later one, or none"


@command("ranking.opened")
class OpenRanking(Command):
    """Ask leaders to put the big bets, or the priorities, of a strategy in their own order, each alone first.

    They are those of the draft, or of a published `revision`; by `due` each is to have given theirs.
    """

    strategy: str
    kind: RankingKind
    participants: tuple[str, ...]
    ranking: str | None = None
    revision: int | None = None
    due: date | None = None


@command("ranking.given")
class GiveRanking(Command):
    """Give one's own order: a place for each element, 1 for the first; those in one place are tied.

    Whoever is asked gives it themselves, once, before they see the others'.
    """

    ranking: str
    ranks: Mapping[str, int]
    person: str | None = None


@command("ranking.closed")
class CloseRanking(Command):
    """Close a ranking: nobody gives an order any more, and all who were asked see all of them."""

    ranking: str


@handles(OpenRanking)
def open_ranking(asked: OpenRanking, desk: Desk) -> AnyDraft:
    """The elements as they stand at that instant; whoever is asked."""
    strategy = desk.find("strategy", asked.strategy)
    kinds = KINDS_OF[RankingKind(asked.kind)]
    elements = tuple(each.id for each in _document(desk.strategy(strategy), asked.revision) if each.kind in kinds)
    if not asked.participants:
        raise NobodyToRank
    if asked.due is not None and asked.due < desk.day(desk.at):
        raise OrderDueBeforeAsked(asked.due, desk.day(desk.at))
    content = RankingOpened(
        key=desk.open_key("ranking", asked.ranking),
        strategy=strategy,
        kind=asked.kind,
        revision=asked.revision,
        elements=elements,
        participants=tuple(dict.fromkeys(desk.find("person", each, "participants") for each in asked.participants)),
        due=asked.due,
    )
    return Draft[Ranking](aggregate=RANKING, stream=desk.new("ranking", asked.ranking), content=content)


@handles(GiveRanking)
def give(asked: GiveRanking, desk: Desk) -> AnyDraft:
    """A leader's own order."""
    person = desk.find("person", asked.person) if asked.person is not None else desk.actor.person
    if person is None:
        raise NobodyToRank
    content = RankingGiven(person=person, ranks=dict(asked.ranks))
    stream = desk.find("ranking", asked.ranking)
    return Draft[Ranking](
        aggregate=RANKING, stream=stream, content=content, on_behalf_of=desk.on_behalf_of(Party("person", person))
    )


@handles(CloseRanking)
def close(asked: CloseRanking, desk: Desk) -> AnyDraft:
    """Over."""
    return Draft[Ranking](aggregate=RANKING, stream=desk.find("ranking", asked.ranking), content=RankingClosed())


@owes
def orders_owed(owner: Owner) -> Iterator[Owed]:
    """The orders that the person was asked for, and has not given yet."""
    for id, state in owner.states(RANKING).items():
        if state.owed_by(owner.person):
            late = standing(state.due, owner.today) is Due.OVERDUE
            yield Owed(call=Call.ANSWER, record=id, strategy=state.strategy, due=state.due, overdue=late)


def _document(state: Strategy, revision: int | None) -> tuple[Element, ...]:
    if revision is None:
        return state.draft.elements
    for each in state.publications:
        if each.revision == revision:
            return each.elements
    raise RevisionUnknown(revision)
