"""Tactics over HTTP: how goals are to be reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from application.goal_concerns import of_tactic
from application.permissions import About, NotPermitted
from domain.tactic import TACTIC, Serves, Tactic


@dataclass(frozen=True, slots=True, kw_only=True)
class TacticAnswer:
    """One tactic as of a moment, with the goals that it served since when, oldest first."""

    id: UUID
    key: str | None
    strategy: UUID | None
    title: str
    goal: UUID | None
    serves: tuple[Serves, ...]
    adopted_at: datetime | None
    dropped_at: datetime | None


def shaped(id: UUID, state: Tactic) -> TacticAnswer:
    """A tactic's state as it is answered."""
    return TacticAnswer(
        id=id,
        key=state.key,
        strategy=state.strategy,
        title=state.title,
        goal=state.goal,
        serves=state.serves,
        adopted_at=state.adopted_at,
        dropped_at=state.dropped_at,
    )


def concerned(inquiry: Inquiry, id: UUID) -> About:
    """What a tactic is about: whose goal it serves."""
    return inquiry.about(*of_tactic(inquiry.desk, id), published=False)


def listed(inquiry: Inquiry) -> Found:
    """Tactics that the caller may see: of a strategy, of a goal, or all."""
    strategy, goal = inquiry.named("strategy"), inquiry.named("goal")

    def shape(_: str, entry: tuple[UUID, Tactic]) -> TacticAnswer | None:
        id, state = entry
        if goal is not None and state.goal != goal:
            return None
        return shaped(id, state) if inquiry.sees(lambda: concerned(inquiry, id)) else None

    entries = ((str(id), (id, state)) for id, state in inquiry.states(TACTIC, strategy=strategy).items())
    return inquiry.page(entries, shape, {"strategy": strategy, "goal": goal})


def shown(inquiry: Inquiry) -> Found:
    """One tactic. Without times it is the record's present resource, whose ETag goes into If-Match."""
    id = inquiry.find("tactic")
    state, version = inquiry.own(TACTIC, id)
    if not inquiry.sees(lambda: concerned(inquiry, id)):
        raise NotPermitted("tactic", inquiry.session.caller.name)
    return Found(answer=shaped(id, state), asks={"tactic": id}, version=version)


def _on(sub_resource: str, topic: str) -> Act:
    return Act(path=f"tactics/<path:tactic>/{sub_resource}", topic=topic, leads_to="tactics/{id}", changes=True)


TACTICS = Noun(
    name="tactics",
    description="How goals are to be reached; one that serves no goal stands under an exception.",
    acts=(
        Act(path="tactics", topic="tactic.adopted", leads_to="tactics/{id}"),
        _on("changes", "tactic.changed"),
        _on("drops", "tactic.dropped"),
    ),
    asks=(
        Ask(
            path="tactics",
            view="tactic",
            find=listed,
            title="List tactics.",
            answers=list[TacticAnswer],
            pages=True,
            arguments=(
                Argument(name="strategy", meaning="Only those under this strategy, by key or id."),
                Argument(name="goal", meaning="Only those that serve this goal, by key or id."),
            ),
        ),
        Ask(path="tactics/<path:tactic>", view="tactic", find=shown, title="Show a tactic.", answers=TacticAnswer),
    ),
)
