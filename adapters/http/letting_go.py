"""The let-go list over HTTP: who answers for each, and what still works on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from adapters.http.alignment import SCOPE_ARGUMENTS, STRATEGY_ARGUMENT, asks_of, concerned_by, strategy_of
from adapters.http.allocation import Totals, allocated, totals
from adapters.http.answers import Found
from adapters.http.asks import Ask, Inquiry
from adapters.http.opened import Opened, opened
from adapters.http.refusals import NotOnRecordThen
from domain.action import ACTION, Action
from domain.allocation import Basis, Measures, added
from domain.confided_results import percent
from domain.dated import latest
from domain.focus import LetGo, LettingGo, letting_go
from domain.goal_tree import is_inside
from domain.judgement import Judged, judge
from domain.kernel import Party
from domain.plan_figures import effective
from domain.scope import Scope, seat_of
from domain.situation import Situation
from domain.vacancy import who_answers


@dataclass(frozen=True, slots=True, kw_only=True)
class LetGoAnswer:
    """Something to be let go of: who answers for it, by when, and what still works on it.

    `commitments` are those to goals that work on it; `taken_on` are those to let it go. `planned_after` and
    `actual_after` are the money and people of periods that begin after its `day`: its due day, else that from which on
    the strategy in force lets it go. It is still worked on where anything works on it, or went into it after that day.
    """

    element: str
    text: str
    accountable: UUID | None
    vacant: bool
    due: date | None
    past: bool
    still_worked_on: bool
    goals: Opened
    actions: Opened
    commitments: Opened
    taken_on: Opened
    day: date | None
    planned_after: Totals
    actual_after: Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class PartAnswer:
    """How much of the open work goes into what was to be let go of; percent is None where there is no open work."""

    count: int
    of: int
    percent: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LettingGoAnswer:
    """The let-go list of the revision in force, and how much of it is still being worked on.

    Of a unit: what of its goals, actions and commitments, and those of the units below it, works on it, and what they
    give.
    """

    revision: int | None
    listed: int
    still_worked_on: int
    past_and_worked_on: int
    vacant: int
    let_go: tuple[LetGoAnswer, ...]
    goals: PartAnswer
    actions: PartAnswer
    commitments: PartAnswer
    actual_after: Totals


def let_go(inquiry: Inquiry) -> Found:
    """The let-go list of the revision in force, each with its owner and day, and what still works on it.

    Goals that are still to be reached work on it where they support it, themselves or through the goals above them; so
    do planned actions of those goals, open commitments to them, and what is spent on it after its day.
    """
    id = strategy_of(inquiry)
    unit = inquiry.named("unit")
    inquiry.check(concerned_by(inquiry, id, Scope(unit=unit)))
    situation = inquiry.services.questions.situation(inquiry.asked, id)
    if situation is None:
        raise NotOnRecordThen("strategy", inquiry.arguments["strategy"], "valid_at")
    recorded = inquiry.states(ACTION, strategy=id)
    actions, _ = effective(recorded, situation.goals, situation.people)
    judged = {each.id: each for each in judge(situation)}
    current, at = situation.revision, situation.valid_at
    found = letting_go(
        current.elements if current is not None else (),
        {
            element: who_answers(situation.people, latest(tenures, at), at)[0]
            for element, tenures in situation.strategy.accountable.items()
        },
        {**situation.goals_beyond, **situation.goals},
        actions,
        judged.values(),
        inquiry.today,
        under=frozenset(situation.goals),
        going=allocated(inquiry, id, unit).still_going,
    )
    if unit is not None:
        found = _within(inquiry, situation, found, actions, judged, unit)
    answer = _told(inquiry, situation, found, actions, judged, current.revision if current is not None else None)
    return Found(answer=answer, asks=asks_of(id, Scope(unit=unit)))


def _within(
    inquiry: Inquiry,
    situation: Situation,
    found: LettingGo,
    actions: Mapping[UUID, Action],
    judged: Mapping[UUID, Judged],
    unit: UUID,
) -> LettingGo:
    """What of it is a unit's, or one's below it."""
    inside, chart = inquiry.population(Scope(unit=unit)), situation.organisation.chart

    def of_goal(id: UUID) -> bool:
        return is_inside(situation, inside, situation.goals[id])

    def of_action(id: UUID) -> bool:
        action = actions[id]
        if action.unit is not None:
            return seat_of(chart, action.unit, situation.valid_at) in inside.units
        return action.goal in situation.goals and of_goal(action.goal) if action.goal is not None else False

    return found.within(of_goal, of_action, lambda each: inside.holds(judged[each].party))


def _told(
    inquiry: Inquiry,
    situation: Situation,
    found: LettingGo,
    actions: Mapping[UUID, Action],
    judged: Mapping[UUID, Judged],
    revision: int | None,
) -> LettingGoAnswer:
    def sees_goal(id: UUID) -> bool:
        goal = situation.goals[id]
        party = Party("person", goal.person) if goal.person is not None else None
        return inquiry.sees(lambda: inquiry.about(party, (goal.unit,) if goal.unit is not None else ()), "goal")

    def sees_action(id: UUID) -> bool:
        action = actions[id]
        party = Party("person", action.person) if action.person is not None else None
        return inquiry.sees(lambda: inquiry.about(party, (action.unit,) if action.unit else ()), "action")

    def sees_commitment(id: UUID) -> bool:
        return inquiry.sees(lambda: inquiry.about(judged[id].party), "commitment")

    def told(each: LetGo) -> LetGoAnswer:
        after: Mapping[Basis, Measures] = each.going.after if each.going is not None else {}
        return LetGoAnswer(
            element=each.element,
            text=each.text,
            accountable=each.accountable,
            vacant=each.vacant,
            due=each.due,
            past=each.past,
            still_worked_on=each.still_worked_on,
            goals=opened(each.goals, sees_goal),
            actions=opened(each.actions, sees_action),
            commitments=opened(each.commitments, sees_commitment),
            taken_on=opened(each.taken_on, sees_commitment),
            day=each.going.day if each.going is not None else each.due,
            planned_after=totals(after.get(Basis.PLANNED, {})),
            actual_after=totals(after.get(Basis.ACTUAL, {})),
        )

    return LettingGoAnswer(
        revision=revision,
        listed=len(found.let_go),
        still_worked_on=sum(each.still_worked_on for each in found.let_go),
        past_and_worked_on=sum(each.past and each.still_worked_on for each in found.let_go),
        vacant=sum(each.vacant for each in found.let_go),
        let_go=tuple(told(each) for each in found.let_go),
        goals=_part(found.part("goals"), found.goals),
        actions=_part(found.part("actions"), found.actions),
        commitments=_part(found.part("commitments"), found.commitments),
        actual_after=totals(added(each.spent_after for each in found.let_go)),
    )


def _part(some: frozenset[UUID], all_: frozenset[UUID]) -> PartAnswer:
    return PartAnswer(count=len(some), of=len(all_), percent=percent(len(some), len(all_)))


LET_GO = Ask(
    path="alignment/let-go",
    view="alignment",
    find=let_go,
    title="Show how much of what was to be let go of is still being worked on.",
    answers=LettingGoAnswer,
    arguments=(STRATEGY_ARGUMENT, *(each for each in SCOPE_ARGUMENTS if each.name == "unit")),
)
