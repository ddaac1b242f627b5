"""Gaps over HTTP: what is planned about them, and how they stand against the newest condition review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from adapters.http.action import concerned as concerned_by_action
from adapters.http.acts import Act
from adapters.http.alignment import STRATEGY_ARGUMENT, concerned_by
from adapters.http.answers import Found
from adapters.http.asks import Ask, Inquiry
from adapters.http.condition import UNIT_ARGUMENT, cycles_of, in_scope, strategy_there
from adapters.http.noun import Noun
from adapters.http.opened import Opened, opened
from application.gap import gap_of
from application.permissions import NotPermitted
from domain.accountability import Tenures, answers_now
from domain.accountability import gap_of as gap_in_strategy
from domain.action import ACTION, Action, ActionStatus
from domain.condition import Condition, Verdict
from domain.gap import GAP, FoundGap, Gap, GapStanding, Owners, Turn, found_gaps, progress
from domain.obligation import Due, first_day, moves, present_day, standing
from domain.person import PERSON, Person
from domain.programme import PROGRAMME, Programme, ProgrammeStatus
from domain.scope import Scope
from domain.strategy import STRATEGY
from domain.vacancy import who_answers


@dataclass(frozen=True, slots=True, kw_only=True)
class GapPlanAnswer:
    """What is planned about a gap. `accountable` was named last, in the plan or beside it; `vacant`: nobody answers."""

    id: UUID
    key: str | None
    review: UUID | None
    strategy: UUID | None
    unit: UUID | None
    condition: Condition | None
    desired: str
    accountable: UUID | None
    vacant: bool
    tenures: Tenures
    by_when: date | None
    first_by_when: date | None
    moves: int
    planned_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapAnswer:
    """A gap: `judgement` is the newest one of its condition; `turns` tell which reviews opened and closed it.

    `not_separated` names a review that judged the condition apparent with an owner of an action or a programme for it
    among its assessors: that closes nothing. `accountable` answers for it now, null: nobody does. `due` is where the
    plan stands; null without one.
    """

    id: UUID
    unit: UUID
    unit_name: str | None
    condition: Condition
    judgement: Verdict
    standing: GapStanding
    critical: bool
    turns: tuple[Turn, ...]
    not_separated: UUID | None
    accountable: UUID | None
    plan: GapPlanAnswer | None
    due: Due | None
    actions: Opened
    actions_done: int
    programmes: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapsAnswer:
    """The gaps in a scope against the newest review that closed (`since`).

    `before` were there before it, `closed` by it, `new` in it; `open` are there now, `critical` of them not apparent.
    `unplanned` are critical ones without a plan, `without_work` those that no action or programme is for. Each count
    has its gaps' ids.
    """

    strategy: UUID
    since: UUID | None
    before: Opened
    closed: Opened
    new: Opened
    open: Opened
    critical: Opened
    unplanned: Opened
    without_work: Opened
    overdue: Opened
    gaps: tuple[GapAnswer, ...]


@dataclass(frozen=True)
class Work:
    """What is done about gaps: actions and programmes, and what was planned."""

    plans: dict[UUID, Gap]
    actions: dict[UUID, Action]
    programmes: dict[UUID, Programme]

    def owners(self, gap: UUID) -> frozenset[UUID]:
        """Who owned an action or programme for a gap, now or before; of what was dropped nobody."""
        records: list[Action | Programme] = [*self.actions_for(gap).values(), *self.programmes_for(gap).values()]
        return frozenset(tenure.person for record in records for tenure in record.owners if tenure.person is not None)

    def actions_for(self, gap: UUID) -> dict[UUID, Action]:
        """The actions for a gap that were not dropped."""
        return {
            id: each for id, each in self.actions.items() if each.gap == gap and each.status is not ActionStatus.DROPPED
        }

    def programmes_for(self, gap: UUID) -> dict[UUID, Programme]:
        """The programmes for a gap that were not dropped."""
        return {
            id: each
            for id, each in self.programmes.items()
            if gap in each.gaps and each.status is not ProgrammeStatus.DROPPED
        }


def work_of(inquiry: Inquiry, strategy: UUID, at: datetime | None = None) -> Work:
    """What is done about the gaps of a strategy as of the moment, or of another instant as known then."""
    source, organisation = inquiry.services.states, inquiry.organisation
    moment = replace(inquiry.asked.moment, valid_at=at) if at is not None else inquiry.asked.moment
    actions = source.states(ACTION, organisation, moment, strategy=strategy)
    return Work(
        plans=source.states(GAP, organisation, moment, strategy=strategy),
        actions={id: each for id, each in actions.items() if each.gap is not None},
        programmes=source.states(PROGRAMME, organisation, moment, strategy=strategy),
    )


def owners_of(inquiry: Inquiry, strategy: UUID) -> Owners:
    """Who owned what was done about a gap as a review closed: what is dropped or given away later changes nothing."""
    work, desk = dict[datetime, Work](), inquiry.desk

    def owners(unit: UUID, condition: Condition, until: datetime) -> frozenset[UUID]:
        if until not in work:
            work[until] = work_of(inquiry, strategy, until)
        return work[until].owners(gap_of(desk, strategy, unit, condition))

    return owners


def gaps_in(inquiry: Inquiry, strategy: UUID) -> tuple[dict[UUID, FoundGap], dict[UUID, Tenures]]:
    """Every gap that was found under a strategy by then, by its id, and who was named to answer for which."""
    (_, cycles), desk = cycles_of(inquiry, strategy), inquiry.desk
    found = found_gaps(cycles, inquiry.asked.valid_at, owners_of(inquiry, strategy))
    gaps = {gap_of(desk, strategy, each.unit, each.condition): each for each in found}
    return gaps, tenures_of(inquiry, strategy, gaps, inquiry.states(GAP, strategy=strategy))


def tenures_of(
    inquiry: Inquiry, strategy: UUID, gaps: Mapping[UUID, FoundGap | Gap], plans: Mapping[UUID, Gap]
) -> dict[UUID, Tenures]:
    """Who was named to answer for which gap, oldest first: in what was planned about it, and beside that."""
    state = inquiry.states(STRATEGY, streams=[strategy]).get(strategy, STRATEGY.initial)
    found = dict[UUID, Tenures]()
    for id, gap in gaps.items():
        if gap.unit is not None and gap.condition is not None:
            beside = state.accountable_for_gaps.get(gap_in_strategy(gap.unit, gap.condition), ())
            planned = plans.get(id, GAP.initial).accountable
            found[id] = tuple(sorted((*planned, *beside), key=lambda each: each.since))
    return found


def people_named(inquiry: Inquiry, tenures: Mapping[UUID, Tenures]) -> dict[UUID, Person]:
    """The people who were ever named."""
    named = {each.person for entries in tenures.values() for each in entries if each.person is not None}
    return inquiry.states(PERSON, streams=sorted(named))


def shown(inquiry: Inquiry) -> Found:
    """Which conditions of which units are gaps, which are critical, what is planned, and what the newest review closed.

    A gap closes when a later review judges its condition apparent, and not by an owner of what is done about it.
    """
    strategy, unit = strategy_there(inquiry), inquiry.named("unit")
    inquiry.check(concerned_by(inquiry, strategy, Scope(unit=unit)))
    at, (_, cycles), units, work = (
        inquiry.asked.valid_at,
        cycles_of(inquiry, strategy),
        in_scope(inquiry, unit),
        work_of(inquiry, strategy),
    )
    desk = inquiry.desk

    def id_of(unit: UUID, condition: Condition) -> UUID:
        return gap_of(desk, strategy, unit, condition)

    found = tuple(each for each in found_gaps(cycles, at, owners_of(inquiry, strategy)) if each.unit in units)
    against = progress(found, cycles, at)

    def ids(gaps: Iterable[FoundGap]) -> Opened:
        return opened((id_of(each.unit, each.condition) for each in gaps), lambda _: True)

    gaps = {id_of(each.unit, each.condition): each for each in found}
    tenures = tenures_of(inquiry, strategy, gaps, work.plans)
    people = people_named(inquiry, tenures)
    shaped = [_shaped(inquiry, id, each, work, _hook(at, tenures[id], people)) for id, each in gaps.items()]
    shaped.sort(key=lambda each: (each.unit_name or "", str(each.unit), list(Condition).index(each.condition)))
    standing_open = [each for each in shaped if each.standing is GapStanding.OPEN]
    answer = GapsAnswer(
        strategy=strategy,
        since=against.since,
        before=ids(against.before),
        closed=ids(against.closed),
        new=ids(against.new),
        open=ids(against.open),
        critical=ids(against.critical),
        unplanned=_opened(each for each in standing_open if each.critical and each.plan is None),
        without_work=_opened(each for each in standing_open if not each.actions.count and not each.programmes),
        overdue=_opened(each for each in standing_open if each.due is Due.OVERDUE),
        gaps=tuple(shaped),
    )
    return Found(answer=answer, asks={"strategy": strategy, "unit": unit})


def _opened(gaps: Iterable[GapAnswer]) -> Opened:
    return opened((each.id for each in gaps), lambda _: True)


@dataclass(frozen=True)
class _Hook:
    """Who was named to answer for a gap, and who does; None: nobody."""

    tenures: Tenures
    person: UUID | None


def _hook(at: datetime, tenures: Tenures, people: Mapping[UUID, Person]) -> _Hook:
    return _Hook(tenures, who_answers(people, answers_now(tenures), at)[0])


def _shaped(inquiry: Inquiry, id: UUID, gap: FoundGap, work: Work, hook: _Hook) -> GapAnswer:
    plan, actions = work.plans.get(id), work.actions_for(id)
    closed = gap.standing is GapStanding.CLOSED

    def sees(action: UUID) -> bool:
        return inquiry.sees(lambda: concerned_by_action(inquiry, actions[action]), "action")

    return GapAnswer(
        id=id,
        unit=gap.unit,
        unit_name=inquiry.settings.chart.name(gap.unit, inquiry.asked.valid_at),
        condition=gap.condition,
        judgement=gap.judgement,
        standing=gap.standing,
        critical=gap.critical,
        turns=gap.turns,
        not_separated=gap.not_separated,
        accountable=hook.person,
        plan=_plan(id, plan, hook) if plan is not None else None,
        due=standing(present_day(plan.by_whens), inquiry.today, done=closed) if plan is not None else None,
        actions=opened(actions, sees),
        actions_done=sum(each.status is ActionStatus.DONE for each in actions.values()),
        programmes=tuple(sorted(work.programmes_for(id))),
    )


def _plan(id: UUID, state: Gap, hook: _Hook) -> GapPlanAnswer:
    return GapPlanAnswer(
        id=id,
        key=state.key,
        review=state.review,
        strategy=state.strategy,
        unit=state.unit,
        condition=state.condition,
        desired=state.desired,
        accountable=hook.tenures[-1].person if hook.tenures else None,
        vacant=hook.person is None,
        tenures=hook.tenures,
        by_when=present_day(state.by_whens),
        first_by_when=first_day(state.by_whens),
        moves=moves(state.by_whens),
        planned_at=state.planned_at,
    )


def planned(inquiry: Inquiry) -> Found:
    """What is planned about one gap. Without times it is the record's present resource."""
    id = inquiry.find("gap")
    state, version = inquiry.own(GAP, id)
    if not inquiry.sees(lambda: inquiry.about(units=(state.unit,) if state.unit is not None else ())):
        raise NotPermitted("gap", inquiry.session.caller.name)
    tenures = tenures_of(inquiry, state.strategy, {id: state}, {id: state}) if state.strategy is not None else {}
    hook = _hook(inquiry.asked.valid_at, tenures.get(id, ()), people_named(inquiry, tenures))
    answer = _plan(id, state, hook)
    return Found(answer=answer, asks={"gap": id}, version=version)


GAPS = Noun(
    name="gaps",
    description="Differences between the current and the desired state of a condition in a unit, found in a review.",
    acts=(Act(path="gaps", topic="gap.planned", leads_to="gaps/{id}"),),
    asks=(
        Ask(path="gaps/<path:gap>", view="gap", find=planned, title="Show a gap's plan.", answers=GapPlanAnswer),
        Ask(
            path="alignment/gaps",
            view="alignment",
            find=shown,
            title="Show the gaps.",
            answers=GapsAnswer,
            arguments=(STRATEGY_ARGUMENT, UNIT_ARGUMENT),
        ),
    ),
)
