"""The goal tree and the plans, as parts of the alignment state as of any moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from adapters.http.action import Served
from adapters.http.action import concerned as concerned_by_action
from adapters.http.alignment import SCOPE_ARGUMENTS, STRATEGY_ARGUMENT, asks_of, scope_of, strategy_of
from adapters.http.answers import Found
from adapters.http.asks import Ask, Inquiry
from adapters.http.noun import Noun
from adapters.http.on_the_hook import OnTheHookAnswer, alignment_of, hooked
from adapters.http.papers import ElementsShown
from domain.action import ACTION, Action
from domain.alignment import Alignment, TeamFigure
from domain.commitment import Target
from domain.goal import Goal, GoalLevel, GoalStatus
from domain.goal_tree import Node, goal_tree
from domain.kernel import Party
from domain.kpi_place import elements_in_force
from domain.plan_figures import Horizon, Plan, Standings, effective, plans
from domain.situation import Unapplied


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalNode:
    """A goal in the tree, for those who may see it: whose it is, at which level, and what it supports.

    `loose` says that it supports nothing that there is.
    """

    goal: UUID
    key: str | None
    title: str
    level: GoalLevel
    status: GoalStatus | None
    unit: UUID | None
    person: UUID | None
    supports_elements: tuple[str, ...]
    supports_goal: UUID | None
    loose: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelCount:
    """How many goals are pursued at a level."""

    level: GoalLevel
    goals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitNamed:
    """A unit by its name of the moment."""

    unit: UUID
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementNamed:
    """A criterion or a bet."""

    element: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalTreeAnswer:
    """The goal tree of a scope: its pursued goals, by level, and what it lacks.

    `goals` lists those that the caller may see; the counts are of all. `units_without_goals` are living units of the
    scope without a goal of their own; `unsupported` the criteria and bets of the strategy that no pursued goal
    supports, by itself or through others.
    """

    pursued: int
    levels: tuple[LevelCount, ...]
    goals: tuple[GoalNode, ...]
    supporting_nothing: int
    units: int
    units_without_goals: tuple[UnitNamed, ...]
    unsupported: tuple[ElementNamed, ...]
    vacancies: tuple[OnTheHookAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionCounts:
    """Actions by where they stand on the day of the moment. `reads` is so many done of so many asked for.

    `ended` are no longer asked for, and counted in no total; `moved` had their day moved. `records` are those that the
    caller may see.
    """

    reads: str
    total: int
    done: int
    open: int
    overdue: int
    ended: int
    moved: int
    records: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HorizonAnswer:
    """The actions of one horizon, 30, 60 or 90 days; null in both for what is due later, or in no plan."""

    days: int | None
    ends: date | None
    actions: ActionCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class TogetherAnswer:
    """A goal of a plan, and how many of the unit's direct members committed to it, such as `5 of 7`.

    What the unit itself committed to stands beside it. A person's goal has no team. The title is for those who may see
    the goal.
    """

    goal: UUID
    title: str | None
    status: GoalStatus | None
    due: date | None
    reads: str | None
    committed: int | None
    members: int | None
    unit_level: str | None
    unit_counts: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAnswer:
    """A plan: whose it is, from which day on, its goals, and its actions by horizon.

    It is closed out when no action of it is still to be done: then the next plan opens. `start` is null for actions in
    no plan.
    """

    party: Party | None
    name: str | None
    start: date | None
    goals: tuple[TogetherAnswer, ...]
    horizons: tuple[HorizonAnswer, ...]
    actions: ActionCounts
    closed_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlansAnswer:
    """The plans of a scope, and the actions whose planning has no effect, with the reason."""

    plans: tuple[PlanAnswer, ...]
    actions: ActionCounts
    without_effect: tuple[Unapplied, ...]


def sees_goal(inquiry: Inquiry, goal: Goal) -> bool:
    """Whether the caller may see a goal."""
    party = Party("person", goal.person) if goal.person is not None else None
    return inquiry.sees(lambda: inquiry.about(party, (goal.unit,) if goal.unit is not None else ()), "goal")


def tree(inquiry: Inquiry) -> Found:
    """The goal tree of a strategy in a scope: levels, goals that support nothing, units without goals, vacancies."""
    found = alignment_of(inquiry)
    made = goal_tree(found.situation, found.population)
    elements = {each.id: each for each in elements_in_force(found.situation)}
    told = ElementsShown(inquiry, strategy_of(inquiry))
    answer = GoalTreeAnswer(
        pursued=len(made.nodes),
        levels=tuple(
            LevelCount(level=level, goals=sum(each.level is level for each in made.nodes)) for level in GoalLevel
        ),
        goals=tuple(_node(each) for each in made.nodes if sees_goal(inquiry, each.state)),
        supporting_nothing=len(made.loose),
        units=len(found.population.units),
        units_without_goals=tuple(
            UnitNamed(unit=each, name=inquiry.settings.chart.name(each, inquiry.asked.valid_at))
            for each in made.without_goals
        ),
        unsupported=tuple(
            ElementNamed(element=each, kind=elements[each].kind, text=told.text(each, elements[each].text))
            for each in made.unsupported
            if told.lists(each)
        ),
        vacancies=tuple(each for each in hooked(inquiry, found) if each.person is None),
    )
    return Found(answer=answer, asks=asks_of(strategy_of(inquiry), scope_of(inquiry)))


def _node(node: Node) -> GoalNode:
    return GoalNode(
        goal=node.goal,
        key=node.state.key,
        title=node.state.title,
        level=node.level,
        status=node.state.status,
        unit=node.state.unit,
        person=node.state.person,
        supports_elements=node.elements,
        supports_goal=node.parent,
        loose=node.loose,
    )


@dataclass(frozen=True)
class Telling:
    """Shapes plans for one caller, who sees which records stand behind a count."""

    inquiry: Inquiry
    found: Alignment
    actions: dict[UUID, Action]

    def counts(self, actions: Standings) -> ActionCounts:
        """Actions counted, with those that may be seen."""
        behind = (*actions.done, *actions.open, *actions.overdue, *actions.ended)
        return ActionCounts(
            reads=actions.reads,
            total=actions.total,
            done=len(actions.done),
            open=len(actions.open),
            overdue=len(actions.overdue),
            ended=len(actions.ended),
            moved=len(actions.moved),
            records=tuple(sorted(id for id in behind if self.sees(self.actions[id]))),
        )

    def sees(self, action: Action) -> bool:
        """Whether the caller may see an action."""
        return self.inquiry.sees(lambda: concerned_by_action(self.inquiry, action), "action")

    def plan(self, plan: Plan) -> PlanAnswer:
        """A plan with what its goals come to."""
        chart, party = self.inquiry.settings.chart, plan.party
        unit = party.id if party is not None and party.kind == "unit" else None
        return PlanAnswer(
            party=party,
            name=chart.name(unit, self.inquiry.asked.valid_at) if unit is not None else None,
            start=plan.start,
            goals=tuple(self._together(goal, unit) for goal in plan.goals),
            horizons=tuple(self._horizon(each) for each in plan.horizons),
            actions=self.counts(plan.actions),
            closed_out=plan.closed_out,
        )

    def _horizon(self, horizon: Horizon) -> HorizonAnswer:
        return HorizonAnswer(days=horizon.days, ends=horizon.ends, actions=self.counts(horizon.actions))

    def _together(self, id: UUID, unit: UUID | None) -> TogetherAnswer:
        goal, here = self.found.situation.goals[id], self._here(unit)
        team = self._team(id, here)
        # Where nobody of a unit spoke of a goal that it carries on, there is no team: none of its members committed.
        members = len(self.found.population.members.get(here, ())) if here is not None else None
        committed = len(team.committed) if team is not None else None if members is None else 0
        return TogetherAnswer(
            goal=id,
            title=goal.title if sees_goal(self.inquiry, goal) else None,
            status=goal.status,
            due=goal.due,
            reads=f"{committed} of {members}" if members is not None else None,
            committed=committed,
            members=members,
            unit_level=team.unit_level if team else None,
            unit_counts=team.unit_counts if team else None,
        )

    def _here(self, unit: UUID | None) -> UUID | None:
        """The unit, or what carries it on."""
        situation = self.found.situation
        return situation.organisation.chart.carried_on_by(unit, situation.valid_at) if unit is not None else None

    def _team(self, goal: UUID, here: UUID | None) -> TeamFigure | None:
        target = Target(strategy=self.found.situation.id, goal=goal)
        return next((each for each in self.found.teams if each.unit == here and each.target == target), None)


def shown_plans(inquiry: Inquiry) -> Found:
    """The plans of 30, 60 and 90 days in a scope: what the teams committed to together, and actions by horizon."""
    found, strategy = alignment_of(inquiry), strategy_of(inquiry)
    recorded = inquiry.states(ACTION, strategy=strategy)
    actions, without = effective(recorded, found.situation.goals, Served.by(inquiry, recorded).people)
    made, telling = plans(found.situation, actions, found.population), Telling(inquiry, found, actions)
    answer = PlansAnswer(
        plans=tuple(telling.plan(each) for each in made),
        actions=telling.counts(_all(each.actions for each in made)),
        without_effect=tuple(each for each in without if telling.sees(recorded[each.record])),
    )
    return Found(answer=answer, asks=asks_of(strategy, scope_of(inquiry)))


def _all(each: Iterable[Standings]) -> Standings:
    """Those of several plans together."""
    them = tuple(each)
    names = ("done", "open", "overdue", "ended", "moved")
    return Standings(**{name: tuple(id for one in them for id in getattr(one, name)) for name in names})


GOAL_TREE = Noun(
    name="goal tree",
    description="How every level turns the strategy into goals, and what the teams plan.",
    asks=(
        Ask(
            path="alignment/goal-tree",
            view="alignment",
            find=tree,
            title="Show the goal tree.",
            answers=GoalTreeAnswer,
            arguments=(STRATEGY_ARGUMENT, *SCOPE_ARGUMENTS),
        ),
        Ask(
            path="alignment/plan",
            view="alignment",
            find=shown_plans,
            title="Show the plans of 30, 60 and 90 days.",
            answers=PlansAnswer,
            arguments=(STRATEGY_ARGUMENT, *SCOPE_ARGUMENTS),
        ),
    ),
)
