"""Focus over HTTP: the draft check, limits and what exceeds them, the let-go list and what still works on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.alignment import SCOPE_ARGUMENTS, STRATEGY_ARGUMENT, asks_of, concerned_by, strategy_of
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from adapters.http.opened import Opened, opened
from adapters.http.refusals import NotOnRecordThen
from application.permissions import About
from domain.accountability import answers_now
from domain.action import ACTION, Action
from domain.commitment import Standing
from domain.confided_results import percent
from domain.draft_check import DraftCheck, check
from domain.element import PRIORITIES
from domain.focus import Held, LettingGo, criteria_held, held, letting_go
from domain.goal import GOAL, Goal
from domain.judgement import Flag, Judged, judge
from domain.kernel import Party
from domain.kpi import KPI, Kpi
from domain.limit import Limit, LimitKind, LimitLevel, allowed
from domain.organisation import ORGANISATION
from domain.person import PERSON
from domain.publication import Publication
from domain.scope import Scope
from domain.situation import Situation
from domain.strategy import STRATEGY, Strategy, in_force
from domain.strategy_map import OPEN_GOALS

NOT_THEIRS = frozenset({Flag.UNOWNED, Flag.ON_BEHALF})
"""A commitment that is nobody's, or that its party did not make, is on nobody's plate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsAnswer:
    """What exceeds its limit. In each list those who exceed it come first.

    Priorities of a unit are its goals that are still to be reached; of a person those goals they answer for and what
    they are committed to. Principles hold for every unit and person alike. `people` are named to who may know what they
    owe; `people_exceeding` counts them for all, by kind, as far as the caller may see what is counted.
    """

    organisation: tuple[Held, ...]
    criteria: tuple[Held, ...]
    units: tuple[Held, ...]
    people: tuple[Held, ...]
    people_exceeding: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetGoAnswer:
    """Something to be let go of: who answers for it, by when, and what still works on it."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class PartAnswer:
    """How much of the strategy's open work goes into what was to be let go of; percent is None where there is none."""

    count: int
    of: int
    percent: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LettingGoAnswer:
    """The let-go list of the revision in force, and how much of it is still being worked on."""

    revision: int | None
    listed: int
    still_worked_on: int
    past_and_worked_on: int
    vacant: int
    let_go: tuple[LetGoAnswer, ...]
    goals: PartAnswer
    actions: PartAnswer
    commitments: PartAnswer


def checked(inquiry: Inquiry) -> Found:
    """What the draft check says of the draft: what stands against publishing it, and what to think over first.

    An objection needs an approved exception, advice does not. How many priorities, principles and KPIs there may be is
    the organisation's own limit.
    """
    id = inquiry.find("strategy")
    inquiry.check(About(published=False, strategy=id))
    state, _ = inquiry.own(STRATEGY, id)
    limits = inquiry.settings.limits
    most = {kind.value: allowed(limits, LimitLevel.ORGANISATION, kind).most for kind in LimitKind}
    named = {element for element, tenures in state.accountable.items() if tenures[-1].person is not None}
    return Found(answer=check(state.draft.elements, named, inquiry.today, most), asks={"strategy": id})


def limits_set(inquiry: Inquiry) -> Found:
    """The organisation's own limits, in the order in which they were set: the last of each level, kind and unit holds.

    Without times the ETag goes into If-Match.
    """
    inquiry.check()
    state, version = inquiry.own(ORGANISATION, inquiry.organisation)
    return Found(answer=list(state.limits), version=version)


def limits(inquiry: Inquiry) -> Found:
    """How many priorities, principles and KPIs the organisation, each unit and each person has, against the limits.

    Of one strategy, or of all that are in force; of a unit with those below it, or of all.
    """
    unit, wanted = inquiry.named("unit"), inquiry.named("strategy")
    inquiry.check(inquiry.about(units=(unit,) if unit is not None else (), published=False))
    counted = _Counted(inquiry, wanted)
    set_, at, chart = inquiry.settings.limits, inquiry.asked.valid_at, inquiry.settings.chart
    tree = chart.subtree(unit, at) if unit is not None else None
    principles = counted.of_elements(frozenset({"principle"}))
    whole, units, people = LimitLevel.ORGANISATION, LimitLevel.UNIT, LimitLevel.PERSON
    of_people = held(set_, people, LimitKind.PRIORITY, counted.priorities_of_people())
    of_people += held(set_, people, LimitKind.KPI, counted.kpis_of_people())
    inside = inquiry.population(Scope(unit=unit)).people if unit is not None else None
    of_people = tuple(each for each in of_people if inside is None or each.who in inside)
    exceeding = {kind.value: sum(each.exceeds and each.kind == kind for each in of_people) for kind in LimitKind}
    answer = LimitsAnswer(
        organisation=(
            *held(set_, whole, LimitKind.PRIORITY, {None: counted.of_elements(PRIORITIES)}),
            *held(set_, whole, LimitKind.PRINCIPLE, {None: principles}),
            *held(set_, whole, LimitKind.KPI, {None: counted.kpis_of_all()}),
        ),
        criteria=tuple(criteria_held(id, each.elements) for id, each in counted.publications.items()),
        units=tuple(
            each
            for each in (
                *held(set_, units, LimitKind.PRINCIPLE, {None: principles}),
                *held(set_, units, LimitKind.PRIORITY, counted.priorities_of_units()),
                *held(set_, units, LimitKind.KPI, counted.kpis_of_units()),
            )
            if tree is None or each.who is None or each.who in tree
        ),
        people=(
            *held(set_, people, LimitKind.PRINCIPLE, {None: principles}),
            *(each for each in of_people if _is_named(inquiry, each)),
        ),
        people_exceeding=exceeding,
    )
    return Found(answer=answer, asks={"strategy": wanted, "unit": unit})


def _is_named(inquiry: Inquiry, each: Held) -> bool:
    if each.who is None:
        return False
    party = Party("person", each.who)
    return inquiry.sees(lambda: inquiry.about(party, published=False), "outstanding")


class _Counted:
    """What is counted against the limits, as of the moment: by organisation, unit and person."""

    def __init__(self, inquiry: Inquiry, wanted: UUID | None) -> None:
        at = inquiry.asked.valid_at
        narrowed = {} if wanted is None else {"streams": [wanted]}
        self.inquiry = inquiry
        self.strategies: dict[UUID, Strategy] = {
            id: each for id, each in inquiry.states(STRATEGY, **narrowed).items() if each.retired_at is None
        }
        found = ((id, in_force(each, at)) for id, each in self.strategies.items())
        self.publications: dict[UUID, Publication] = {id: each for id, each in found if each is not None}
        self.goals: dict[UUID, Goal] = {
            id: each
            for id, each in inquiry.states(GOAL).items()
            if each.status in OPEN_GOALS and each.strategy in self.strategies
        }
        self.kpis: dict[UUID, Kpi] = {
            id: each
            for id, each in inquiry.states(KPI).items()
            if each.retired_at is None and each.strategy in self.strategies
        }

    def of_elements(self, kinds: frozenset[str]) -> list[str]:
        """The elements of these kinds of all revisions in force, each under its strategy's name."""
        return [
            self._name(strategy, each.id)
            for strategy, publication in self.publications.items()
            for each in publication.elements
            if each.kind in kinds
        ]

    def _name(self, strategy: UUID, element: str) -> str:
        return f"{self.strategies[strategy].key or strategy}/{element}"

    def _unit_of(self, kpi: Kpi) -> UUID | None:
        goal = self.goals.get(kpi.goal) if kpi.goal is not None else None
        return kpi.unit or (goal.unit if goal is not None else None)

    def kpis_of_all(self) -> list[str]:
        """KPIs that are no unit's and no person's."""
        return [str(id) for id, each in self.kpis.items() if each.person is None and self._unit_of(each) is None]

    def kpis_of_units(self) -> dict[UUID | None, list[str]]:
        """KPIs by the unit that they, or their goals, belong to."""
        found = defaultdict[UUID | None, list[str]](list)
        for id, each in self.kpis.items():
            unit = self._unit_of(each)
            if each.person is None and unit is not None:
                found[unit].append(str(id))
        return found

    def kpis_of_people(self) -> dict[UUID | None, list[str]]:
        """Individual KPIs, of people whose the caller may see."""
        found = defaultdict[UUID | None, list[str]](list)
        for id, each in self.kpis.items():
            if each.person is not None:
                party = Party("person", each.person)
                if self.inquiry.sees(lambda party=party: self.inquiry.about(party), "individual-kpi"):  # type: ignore[misc]
                    found[each.person].append(str(id))
        return found

    def priorities_of_units(self) -> dict[UUID | None, list[str]]:
        """Goals still to be reached, by their unit."""
        found = defaultdict[UUID | None, list[str]](list)
        for id, each in self.goals.items():
            if each.unit is not None and each.person is None:
                found[each.unit].append(str(id))
        return found

    def priorities_of_people(self) -> dict[UUID | None, list[str]]:
        """The goals that people answer for or that are theirs, and what they are committed to, each once."""
        at = self.inquiry.asked.valid_at
        there = {id for id, each in self.inquiry.states(PERSON).items() if each.present(at)}
        found = defaultdict[UUID | None, list[str]](list)
        for person, thing in [*self._answered_for(), *self._committed()]:
            if person in there:
                found[person].append(thing)
        return found

    def _answered_for(self) -> Iterator[tuple[UUID, str]]:
        for id, goal in self.goals.items():
            strategy = self.strategies.get(goal.strategy) if goal.strategy is not None else None
            beside = strategy.accountable_for_goals.get(id, ()) if strategy is not None else ()
            answering = answers_now(goal.accountable, beside)
            for person in {goal.person, answering.person if answering is not None else None}:
                if person is not None:
                    yield person, str(id)

    def _committed(self) -> Iterator[tuple[UUID, str]]:
        for strategy in self.strategies:
            situation = self.inquiry.services.questions.situation(self.inquiry.asked, strategy)
            for each in judge(situation) if situation is not None else ():
                theirs = each.party.kind == "person" and each.state.standing is Standing.OPEN
                if not theirs or each.flags & NOT_THEIRS:
                    continue
                if each.target.goal is not None and each.target.goal in self.goals:
                    yield each.party.id, str(each.target.goal)
                elif each.target.element is not None:
                    yield each.party.id, self._name(strategy, each.target.element)


def let_go(inquiry: Inquiry) -> Found:
    """The let-go list of the revision in force, each with its owner and day, and what still works on it.

    Goals that are still to be reached work on it where they support it, themselves or through the goals above them; so
    do planned actions of those goals, and open commitments to it or to them.
    """
    id = strategy_of(inquiry)
    unit = inquiry.named("unit")
    inquiry.check(concerned_by(inquiry, id, Scope(unit=unit)))
    situation = inquiry.services.questions.situation(inquiry.asked, id)
    if situation is None:
        raise NotOnRecordThen("strategy", inquiry.arguments["strategy"], "valid_at")
    actions = inquiry.states(ACTION, strategy=id)
    judged = {each.id: each for each in judge(situation)}
    current = situation.revision
    found = letting_go(
        current.elements if current is not None else (),
        situation.strategy.accountable,
        {**situation.goals_beyond, **situation.goals},
        actions,
        judged.values(),
        inquiry.today,
        under=frozenset(situation.goals),
    )
    answer = _told(inquiry, situation, found, actions, judged, current.revision if current is not None else None)
    return Found(answer=answer, asks=asks_of(id, Scope(unit=unit)))


def _told(
    inquiry: Inquiry,
    situation: Situation,
    found: LettingGo,
    actions: dict[UUID, Action],
    judged: dict[UUID, Judged],
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

    return LettingGoAnswer(
        revision=revision,
        listed=len(found.let_go),
        still_worked_on=sum(each.still_worked_on for each in found.let_go),
        past_and_worked_on=sum(each.past and each.still_worked_on for each in found.let_go),
        vacant=sum(each.vacant for each in found.let_go),
        let_go=tuple(
            LetGoAnswer(
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
            )
            for each in found.let_go
        ),
        goals=_part(found.part("goals"), found.goals),
        actions=_part(found.part("actions"), found.actions),
        commitments=_part(found.part("commitments"), found.commitments),
    )


def _part(some: frozenset[UUID], all_: frozenset[UUID]) -> PartAnswer:
    return PartAnswer(count=len(some), of=len(all_), percent=percent(len(some), len(all_)))


FOCUS = Noun(
    name="focus",
    description="Few priorities, principles and KPIs; and letting go of what does not belong to them.",
    acts=(Act(path="limits", topic="limit.set", leads_to="limits", changes=True),),
    asks=(
        Ask(
            path="limits",
            view="organisation",
            find=limits_set,
            title="Show the limits that were set.",
            answers=list[Limit],
        ),
        Ask(
            path="strategies/<path:strategy>/check",
            view="draft",
            find=checked,
            title="Check the draft.",
            answers=DraftCheck,
        ),
        Ask(
            path="alignment/limits",
            view="alignment",
            find=limits,
            title="Show what exceeds the limits.",
            answers=LimitsAnswer,
            arguments=(
                Argument(name="strategy", meaning="Only this strategy, by key or id."),
                *(each for each in SCOPE_ARGUMENTS if each.name == "unit"),
            ),
        ),
        Ask(
            path="alignment/let-go",
            view="alignment",
            find=let_go,
            title="Show how much of what was to be let go of is still being worked on.",
            answers=LettingGoAnswer,
            arguments=(STRATEGY_ARGUMENT, *(each for each in SCOPE_ARGUMENTS if each.name == "unit")),
        ),
    ),
)
