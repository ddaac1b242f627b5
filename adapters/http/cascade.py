"""The two cascades over HTTP: who ran the process, and how far it and the content came, by unit and by rank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.alignment import (
    SCOPE_ARGUMENTS,
    STRATEGY_ARGUMENT,
    asks_of,
    concerned_by,
    opens,
    scope_of,
    strategy_of,
)
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from adapters.http.refusals import NotOnRecordThen
from application.confided_answers import published_of
from application.permissions import About, NotPermitted
from domain.cascade import PROCESS, Process
from domain.cascade_figures import Cascade, CascadeRow, Leading, place, told_of
from domain.confided_results import Results, themes
from domain.confidentiality import Part
from domain.kernel import Party
from domain.programme import PROGRAMME
from domain.review import REVIEW, Review
from domain.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessAnswer:
    """One running of the process: who ran it, when, with which unit, and who took part.

    One that was entered `on_behalf` of its manager counts in no figure.
    """

    id: UUID
    key: str | None
    run_at: datetime | None
    person: UUID | None
    unit: UUID | None
    strategy: UUID | None
    participants: tuple[UUID, ...]
    on_behalf: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What was published of understanding, told of the smallest published group that holds all of the row.

    `part` are the nodes of the review's tree that the group consists of, each a list from the top down; empty for all
    who were asked. Of `rated` ratings of the questions of understanding, by `n` people, `share` percent were 4 or 5.
    """

    review: UUID
    revision: int | None
    published_at: datetime
    part: Part
    n: int
    rated: int
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CascadeFigures:
    """How far the cascades came among the `people` of a row, as of the moment.

    Of `managers`, to whom somebody present reports, `managers_ran` ran the process since the last material revision;
    of `units` with members of their own it was run in `units_ran`. `reached` acknowledged what is in force, or took
    part since in the process or in a session of a communication programme; `own_goals` have a current commitment that
    counts, or a pursued goal of their own, or answer for one.
    `understood` is null where no published results are grouped so. `name` is the unit's at the moment.
    """

    unit: UUID | None
    name: str | None
    rank: str | None
    people: int
    managers: int
    managers_ran: int
    units: int
    units_ran: int
    reached: int
    understood: Understood | None
    own_goals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderAnswer:
    """Since when a unit's spokesperson is committed, beside the first of its other people, and how many of them are.

    Of current commitments that count. `leader_first` is null where there is none of the leader to tell of.
    """

    unit: UUID
    name: str | None
    leader: UUID | None
    leader_since: datetime | None
    people_since: datetime | None
    committed: int
    people: int
    leader_first: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """The people behind the figures of the whole scope.

    And the runs of the process that count, and the communication programmes with sessions that do.
    """

    managers: list[UUID]
    managers_ran: list[UUID]
    reached: list[UUID]
    own_goals: list[UUID]
    runs: list[UUID]
    programmes: list[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class CascadeAnswer:
    """The two cascades in a scope as of a moment: of the whole, by unit (with all below it), and by rank.

    People and units are never added up, nor are the rows: somebody without a home counts once in each unit that holds a
    membership of theirs. `behind` is null for whoever may not see who was not reached. Runs that were entered
    `on_behalf` of their managers count in no row. `unapplied` are runs whose manager, unit or strategy was not there on
    the day.
    """

    whole: CascadeFigures
    units: list[CascadeFigures]
    ranks: list[CascadeFigures]
    leaders: list[LeaderAnswer]
    behind: Behind | None
    on_behalf: int
    unapplied: int


def _concerned(inquiry: Inquiry, state: Process) -> Callable[[], About]:
    party = Party("person", state.person) if state.person is not None else None
    return lambda: inquiry.about(party, (state.unit,) if state.unit is not None else (), published=False)


def _shaped(id: UUID, state: Process) -> ProcessAnswer:
    return ProcessAnswer(
        id=id,
        key=state.key,
        run_at=state.run_at,
        person=state.person,
        unit=state.unit,
        strategy=state.strategy,
        participants=state.participants,
        on_behalf=state.on_behalf,
    )


def listed(inquiry: Inquiry) -> Found:
    """Runs of the process that the caller may see: of their own units, of those they lead, all for who governs."""
    strategy, unit = inquiry.named("strategy"), inquiry.named("unit")

    def shape(_: str, entry: tuple[UUID, Process]) -> ProcessAnswer | None:
        id, state = entry
        if unit is not None and state.unit != unit:
            return None
        return _shaped(id, state) if inquiry.sees(_concerned(inquiry, state)) else None

    entries = ((str(id), (id, state)) for id, state in inquiry.states(PROCESS, strategy=strategy).items())
    return inquiry.page(entries, shape, {"strategy": strategy, "unit": unit})


def shown(inquiry: Inquiry) -> Found:
    """One running of the process."""
    id = inquiry.find("process")
    state, version = inquiry.own(PROCESS, id)
    if not inquiry.sees(_concerned(inquiry, state)):
        raise NotPermitted("process", inquiry.session.caller.name)
    return Found(answer=_shaped(id, state), asks={"process": id}, version=version)


def cascaded(inquiry: Inquiry) -> Found:
    """How far the process came through the managers, and the content through everybody, in a scope at the moment."""
    strategy, scope = strategy_of(inquiry), scope_of(inquiry)
    concerned = concerned_by(inquiry, strategy, scope)
    inquiry.check(concerned)
    found = inquiry.services.questions.comparable(inquiry.asked, strategy, scope)
    if found is None:
        raise NotOnRecordThen("strategy", inquiry.arguments["strategy"], "valid_at")
    cascade = Cascade(
        found=found,
        runs=inquiry.states(PROCESS, strategy=strategy),
        programmes=inquiry.states(PROGRAMME, strategy=strategy),
    )
    understood = partial(_understood, inquiry, _published(inquiry, strategy))
    whole = cascade.whole()
    seen = opens(inquiry, "acknowledgement/none", concerned)
    answer = CascadeAnswer(
        whole=_figures(inquiry, whole, understood(scope)),
        units=[_figures(inquiry, each, understood(Scope(unit=each.unit))) for each in cascade.by_unit()],
        ranks=[
            _figures(
                inquiry, each, understood(Scope(unit=scope.unit, rank=each.rank)) if each.rank is not None else None
            )
            for each in cascade.by_rank()
        ],
        leaders=[_leader(inquiry, each) for each in cascade.leading()],
        behind=_behind(cascade, whole) if seen else None,
        on_behalf=sum(each.on_behalf for each in cascade.standing.values()),
        unapplied=len(cascade.runs) - len(cascade.standing),
    )
    return Found(answer=answer, asks=asks_of(strategy, scope))


def _published(inquiry: Inquiry, strategy: UUID) -> tuple[UUID, Review, Results] | None:
    """The newest confidential review whose published results tell of understanding, and which the caller may see."""
    reviews = inquiry.states(REVIEW, strategy=strategy)
    newest = sorted(
        ((each.editions[0].published_at, id, each) for id, each in reviews.items() if each.terms and each.editions),
        key=lambda entry: entry[:2],
        reverse=True,
    )
    for _, id, review in newest:
        asked = inquiry.session.caller.person in (*review.participants, *review.readers)
        open_to = partial(About, shared=asked, published=False, review=id)
        if review.questionnaire is None or not inquiry.sees(open_to, "review"):
            continue
        results = published_of(inquiry.services.ledger, inquiry.organisation, id, review)
        if results is not None and any("understand" in themes(review.questionnaire, each) for each in results.parts):
            return id, review, results
    return None


def _understood(inquiry: Inquiry, published: tuple[UUID, Review, Results] | None, scope: Scope) -> Understood | None:
    if published is None:
        return None
    id, review, results = published
    if review.terms is None or review.opened_at is None or review.questionnaire is None:
        return None
    part = told_of(results, review.terms, place(inquiry.settings.chart, review.terms, scope, review.opened_at))
    if part is None:
        return None
    ratings = themes(review.questionnaire, part)["understand"]
    return Understood(
        review=id,
        revision=review.revision,
        published_at=review.editions[0].published_at,
        part=part.part,
        n=part.n,
        rated=ratings.rated,
        share=ratings.share,
    )


def _figures(inquiry: Inquiry, row: CascadeRow, understood: Understood | None) -> CascadeFigures:
    return CascadeFigures(
        unit=row.unit,
        name=_name(inquiry, row.unit),
        rank=row.rank,
        people=len(row.people),
        managers=len(row.managers),
        managers_ran=len(row.managers_ran),
        units=len(row.units_with_people),
        units_ran=len(row.units_ran),
        reached=len(row.reached),
        understood=understood,
        own_goals=len(row.own_goals),
    )


def _name(inquiry: Inquiry, unit: UUID | None) -> str | None:
    return inquiry.settings.chart.name(unit, inquiry.asked.valid_at) if unit is not None else None


def _leader(inquiry: Inquiry, found: Leading) -> LeaderAnswer:
    return LeaderAnswer(
        unit=found.unit,
        name=_name(inquiry, found.unit),
        leader=found.leader,
        leader_since=found.leader_since,
        people_since=found.people_since,
        committed=found.committed,
        people=found.people,
        leader_first=found.leader_first,
    )


def _behind(cascade: Cascade, whole: CascadeRow) -> Behind:
    current = cascade.current
    return Behind(
        managers=sorted(whole.managers),
        managers_ran=sorted(whole.managers_ran),
        reached=sorted(whole.reached),
        own_goals=sorted(whole.own_goals),
        runs=sorted(id for id, each in cascade.standing.items() if each in current),
        programmes=sorted({id for id, _ in cascade.sessions}),
    )


PROCESSES = Noun(
    name="process-runs",
    description="Managers run the process of the strategy at their own level; and how far it and the content came.",
    acts=(Act(path="process-runs", topic="process.run", leads_to="process-runs/{id}"),),
    asks=(
        Ask(
            path="process-runs",
            view="process",
            find=listed,
            title="List runs of the process.",
            answers=list[ProcessAnswer],
            pages=True,
            arguments=(
                Argument(name="strategy", meaning="Only those of this strategy, by key or id."),
                Argument(name="unit", meaning="Only those of this unit, by key or id."),
            ),
        ),
        Ask(
            path="process-runs/<path:process>",
            view="process",
            find=shown,
            title="Show a running of the process.",
            answers=ProcessAnswer,
        ),
        Ask(
            path="alignment/cascade",
            view="alignment",
            find=cascaded,
            title="Show how far the cascades came.",
            answers=CascadeAnswer,
            arguments=(STRATEGY_ARGUMENT, *SCOPE_ARGUMENTS),
        ),
    ),
)
