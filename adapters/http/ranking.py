"""Rankings over HTTP: opened, given by each leader alone first, closed; and how much the leaders agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from adapters.http.papers import STRATEGY_ARGUMENT
from adapters.http.refusals import NotOnRecordThen
from application.permissions import About, NotPermitted
from domain.concordance import Concordance, concordance
from domain.element import Element
from domain.ranking import RANKING, Dropped, Order, Ranking, RankingKind, dropped, reveals
from domain.strategy import STRATEGY, Strategy, in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedElement:
    """An element that is put in order: its text and stated rank where the document has it, and its mean rank."""

    element: str
    text: str | None
    stated_rank: int | None
    mean_rank: float | None
    exact: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingAnswer:
    """A round as of a moment: `asked` leaders, `given` orders, of which `counted` place every element.

    Until the caller has given their own order, where they were asked for one, nothing of the others' is `revealed`.
    `orders` are named for who may see them, `incomplete` are those that do not count, and `owed_by` tells who has not
    given theirs to who may see that; None to others. `elements` come by mean rank, else as they were asked about.
    """

    id: UUID
    key: str | None
    strategy: UUID | None
    kind: RankingKind
    revision: int | None
    opened_at: datetime | None
    due: date | None
    closed_at: datetime | None
    asked: int
    given: int
    counted: int
    revealed: bool
    concordance: Concordance | None
    elements: tuple[RankedElement, ...]
    orders: tuple[Order, ...] | None
    incomplete: tuple[Order, ...] | None
    own: Order | None
    owed_by: tuple[UUID, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingsAnswer:
    """How much the leaders agree, round by round, and which bets and priorities were dropped between revisions."""

    revision: int | None
    rounds: tuple[RankingAnswer, ...]
    dropped: tuple[Dropped, ...]


def _concerned(inquiry: Inquiry, state: Ranking) -> About:
    asked = inquiry.session.caller.person in state.participants
    return About(shared=asked, published=state.closed_at is not None, strategy=state.strategy)


def _named(inquiry: Inquiry, state: Ranking) -> bool:
    """Whether the caller sees who ranked what: those who were asked, and who sees all that is on record."""
    asked = inquiry.session.caller.person in state.participants
    return inquiry.sees(lambda: About(shared=asked, published=False, strategy=state.strategy), "ranking")


def shaped(inquiry: Inquiry, id: UUID, state: Ranking) -> RankingAnswer:
    """A round as it is answered to this caller."""
    me = inquiry.session.caller.person
    revealed = reveals(state, me)
    whole = [each for each in state.orders if state.is_whole(each)]
    agreed = concordance([each.ranks for each in whole], state.elements) if revealed else None
    named = revealed and _named(inquiry, state)
    outstanding = inquiry.sees(lambda: About(published=False), "outstanding")
    owing = tuple(each for each in state.participants if state.owed_by(each))
    return RankingAnswer(
        id=id,
        key=state.key,
        strategy=state.strategy,
        kind=state.kind,
        revision=state.revision,
        opened_at=state.opened_at,
        due=state.due,
        closed_at=state.closed_at,
        asked=len(state.participants),
        given=len(state.orders),
        counted=len(whole),
        revealed=revealed,
        concordance=agreed,
        elements=_elements(state, agreed, _texts(inquiry, state)),
        orders=state.orders if named else None,
        incomplete=tuple(each for each in state.orders if not state.is_whole(each)) if named else None,
        own=next((each for each in state.orders if each.person == me), None),
        owed_by=owing if outstanding else None,
    )


def _elements(state: Ranking, agreed: Concordance | None, texts: Mapping[str, Element]) -> tuple[RankedElement, ...]:
    placed = {each.thing: each for each in agreed.order} if agreed is not None else {}
    order = list(placed) or list(state.elements)
    return tuple(
        RankedElement(
            element=id,
            text=texts[id].text if id in texts else None,
            stated_rank=texts[id].rank if id in texts else None,
            mean_rank=placed[id].mean if id in placed else None,
            exact=placed[id].exact if id in placed else None,
        )
        for id in order
    )


def _texts(inquiry: Inquiry, state: Ranking) -> Mapping[str, Element]:
    """What is put in order says: as drafted to who was asked or may see drafts, else as published."""
    owner = inquiry.states(STRATEGY, streams=[state.strategy]) if state.strategy is not None else {}
    found = dict[str, Element]()
    asked = inquiry.session.caller.person in state.participants
    for strategy, each in owner.items():
        if asked or inquiry.sees(lambda strategy=strategy: About(published=False, strategy=strategy), "draft"):  # type: ignore[misc]
            found |= {element.id: element for element in each.draft.elements}
        for publication in each.publications:
            found |= {element.id: element for element in publication.elements}
    return found


def listed(inquiry: Inquiry) -> Found:
    """Rankings that the caller may see: those they are asked in, and closed ones; of a strategy, or all."""
    strategy = inquiry.named("strategy")

    def shape(_: str, entry: tuple[UUID, Ranking]) -> RankingAnswer | None:
        id, state = entry
        return shaped(inquiry, id, state) if inquiry.sees(lambda: _concerned(inquiry, state)) else None

    entries = ((str(id), (id, state)) for id, state in inquiry.states(RANKING, strategy=strategy).items())
    return inquiry.page(entries, shape, {"strategy": strategy})


def shown(inquiry: Inquiry) -> Found:
    """One ranking. Without times it is the record's present resource, whose ETag goes into If-Match."""
    id = inquiry.find("ranking")
    state, version = inquiry.own(RANKING, id)
    if not inquiry.sees(lambda: _concerned(inquiry, state)):
        raise NotPermitted("ranking", inquiry.session.caller.name)
    return Found(answer=shaped(inquiry, id, state), asks={"ranking": id}, version=version)


def agreement(inquiry: Inquiry) -> Found:
    """How much the leaders agree on the order of the bets and priorities: Kendall's W, corrected for ties, with n.

    Orders that leave an element out do not count. To a leader who has not given their own order yet, an open round
    tells how many gave theirs, and no more. `dropped` are the bets and priorities that a later revision, or the draft
    for who may see it, no longer has.
    """
    name = inquiry.arguments["strategy"]
    id = inquiry.desk.find("strategy", name, "strategy")
    state = inquiry.states(STRATEGY, streams=[id]).get(id, Strategy())
    rounds = [
        (each.opened_at, ranking, each)
        for ranking, each in inquiry.states(RANKING, strategy=id).items()
        # One that a correction left before the strategy's drafting has no effect.
        if each.opened_at is not None and state.drafted_at is not None and state.drafted_at <= each.opened_at
        if inquiry.sees(lambda each=each: _concerned(inquiry, each))  # type: ignore[misc]
    ]
    if not rounds:  # whoever is asked sees the round, even where the strategy is not for them yet
        inquiry.check(About(published=bool(state.publications), strategy=id), "strategy")
    if state.drafted_at is None:
        raise NotOnRecordThen("strategy", name, "valid_at")
    current = in_force(state, inquiry.asked.valid_at)
    drafts = inquiry.sees(lambda: About(published=False, strategy=id), "draft")
    rounds.sort(key=lambda found: found[:2])
    answer = RankingsAnswer(
        revision=current.revision if current is not None else None,
        rounds=tuple(
            shaped(inquiry, ranking, each) for _, ranking, each in sorted(rounds, key=lambda found: found[:2])
        ),
        dropped=dropped(state.publications, inquiry.asked.valid_at, state.draft.elements if drafts else None),
    )
    return Found(answer=answer, asks={"strategy": id})


RANKINGS = Noun(
    name="rankings",
    description="Each leader's own order of the big bets or priorities, given alone first, and how much they agree.",
    acts=(
        Act(path="rankings", topic="ranking.opened", leads_to="rankings/{id}"),
        Act(path="rankings/<path:ranking>/orders", topic="ranking.given", leads_to="rankings/{id}"),
        Act(path="rankings/<path:ranking>/closings", topic="ranking.closed", leads_to="rankings/{id}", changes=True),
    ),
    asks=(
        Ask(
            path="rankings",
            view="ranking",
            find=listed,
            title="List rankings.",
            answers=list[RankingAnswer],
            pages=True,
            arguments=(Argument(name="strategy", meaning="Only those of this strategy, by key or id."),),
        ),
        Ask(path="rankings/<path:ranking>", view="ranking", find=shown, title="Show a ranking.", answers=RankingAnswer),
        Ask(
            path="alignment/rankings",
            view="ranking",
            find=agreement,
            title="Show how much the leaders' rankings agree.",
            answers=RankingsAnswer,
            arguments=(STRATEGY_ARGUMENT,),
        ),
    ),
)
