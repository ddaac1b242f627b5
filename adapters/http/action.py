"""Actions over HTTP: what one person does by a day, for a goal or to close a gap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from application.goal_concerns import units_of_action
from application.permissions import About, NotPermitted
from domain.accountability import Tenures
from domain.action import ACTION, Action, lacks, stands
from domain.goal import GOAL, Goal
from domain.kernel import Party
from domain.obligation import ByWhens, Due, first_day, moves, present_day
from domain.person import PERSON, Person
from domain.sealed import Private


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionAnswer:
    """One action as of a moment.

    `unit` is whose work it is: its own, else its goal's. `by_when` is the day that counts, `first_by_when` the one that
    was named first; `moves` says how often it was moved. `standing` is where it stands on the organisation's day;
    `no_effect` says what did not exist yet when it was planned. `evidence` shows as erased once its key is destroyed.
    """

    id: UUID
    key: str | None
    strategy: UUID | None
    title: str
    goal: UUID | None
    gap: UUID | None
    unit: UUID | None
    person: UUID | None
    owners: Tenures
    by_when: date | None
    first_by_when: date | None
    moves: int
    by_whens: ByWhens
    standing: Due
    no_effect: str | None
    evidence: Private | None
    planned_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What the actions of an answer rest on: the goals that they serve, and who was to do them first."""

    goals: Mapping[UUID, Goal]
    people: Mapping[UUID, Person]

    @classmethod
    def by(cls, inquiry: Inquiry, actions: Mapping[UUID, Action]) -> Served:
        """What these rest on, as of the moment."""
        goals = {each.goal for each in actions.values() if each.goal is not None}
        first = {tenure.person for each in actions.values() for tenure in each.owners[:1] if tenure.person is not None}
        return cls(
            goals=inquiry.states(GOAL, streams=sorted(goals)), people=inquiry.states(PERSON, streams=sorted(first))
        )

    def goal(self, action: Action) -> Goal | None:
        """The goal that an action serves."""
        return self.goals.get(action.goal) if action.goal is not None else None

    def unit(self, action: Action) -> UUID | None:
        """Whose work an action is: its own unit's, else its goal's."""
        goal = self.goal(action)
        return action.unit or (goal.unit if goal is not None else None)


def shaped(inquiry: Inquiry, id: UUID, state: Action, served: Served) -> ActionAnswer:
    """An action's state as it is answered."""
    return ActionAnswer(
        id=id,
        key=state.key,
        strategy=state.strategy,
        title=state.title,
        goal=state.goal,
        gap=state.gap,
        unit=served.unit(state),
        person=state.person,
        owners=state.owners,
        by_when=present_day(state.by_whens),
        first_by_when=first_day(state.by_whens),
        moves=moves(state.by_whens),
        by_whens=state.by_whens,
        standing=stands(state, served.goal(state), inquiry.today),
        no_effect=lacks(state, served.goal(state), served.people),
        evidence=state.evidence,
        planned_at=state.planned_at,
        ended_at=state.ended_at,
    )


def concerned(inquiry: Inquiry, state: Action) -> About:
    """What an action is about: whose it is, and the units whose work it is."""
    party = Party("person", state.person) if state.person is not None else None
    return inquiry.about(party, units_of_action(inquiry.desk, state), published=False)


def listed(inquiry: Inquiry) -> Found:
    """Actions that the caller may see: of a strategy, a goal, a unit or a person, of one standing, or all."""
    named = {kind: inquiry.named(kind) for kind in ("strategy", "goal", "unit", "person")}
    standing = inquiry.arguments.get("standing")
    states = inquiry.states(ACTION, strategy=named["strategy"], subject=named["person"])
    served = Served.by(inquiry, states)

    def shape(_: str, entry: tuple[UUID, Action]) -> ActionAnswer | None:
        id, state = entry
        if (named["goal"] is not None and state.goal != named["goal"]) or (
            named["unit"] is not None and served.unit(state) != named["unit"]
        ):
            return None
        if standing is not None and stands(state, served.goal(state), inquiry.today) != standing:
            return None
        return shaped(inquiry, id, state, served) if inquiry.sees(lambda: concerned(inquiry, state)) else None

    entries = ((str(id), (id, state)) for id, state in states.items())
    return inquiry.page(entries, shape, {**named, "standing": standing})


def shown(inquiry: Inquiry) -> Found:
    """One action. Without times it is the record's present resource, whose ETag goes into If-Match."""
    id = inquiry.find("action")
    state, version = inquiry.own(ACTION, id)
    if not inquiry.sees(lambda: concerned(inquiry, state)):
        raise NotPermitted("action", inquiry.session.caller.name)
    answer = shaped(inquiry, id, state, Served.by(inquiry, {id: state}))
    return Found(answer=answer, asks={"action": id}, version=version)


def _on(sub_resource: str, topic: str) -> Act:
    return Act(path=f"actions/<path:action>/{sub_resource}", topic=topic, leads_to="actions/{id}", changes=True)


ACTIONS = Noun(
    name="actions",
    description="What one person does by a day, for a goal or to close a gap.",
    acts=(
        Act(path="actions", topic="action.planned", leads_to="actions/{id}"),
        _on("changes", "action.changed"),
        _on("completions", "action.done"),
        _on("reopenings", "action.reopened"),
        _on("drops", "action.dropped"),
    ),
    asks=(
        Ask(
            path="actions",
            view="action",
            find=listed,
            title="List actions.",
            answers=list[ActionAnswer],
            pages=True,
            arguments=(
                Argument(name="strategy", meaning="Only those under this strategy, by key or id."),
                Argument(name="goal", meaning="Only those that serve this goal, by key or id."),
                Argument(name="unit", meaning="Only those of this unit, by key or id."),
                Argument(name="person", meaning="Only those of this person, by key or id."),
                Argument(
                    name="standing",
                    meaning="Only those that stand so on the day of the valid time.",
                    schema={"type": "string", "enum": [each.value for each in Due]},
                ),
            ),
        ),
        Ask(path="actions/<path:action>", view="action", find=shown, title="Show an action.", answers=ActionAnswer),
    ),
)
