"""The alignment state from events alone: what the product answers, recomputed by the very modules of `domain`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.acknowledgement import ACKNOWLEDGEMENT
from domain.alignment import Alignment, derive
from domain.catalogue import aggregate_of
from domain.commitment import COMMITMENT
from domain.duty import DUTY
from domain.goal import GOAL
from domain.kernel import Event
from domain.organisation import ORGANISATION
from domain.person import PERSON
from domain.response import RESPONSE
from domain.review import REVIEW
from domain.scope import Scope
from domain.situation import Situation
from domain.strategy import STRATEGY
from domain.temporal import Aggregate, Timeline

S = TypeVar("S")


class Folded:
    """The states of all streams at a valid time, as far as these events tell."""

    def __init__(self, events: Iterable[Event], valid_at: datetime) -> None:
        self.valid_at = valid_at
        self._streams: dict[UUID, list[Event]] = {}
        for event in events:
            self._streams.setdefault(event.stream, []).append(event)
        self._states: dict[str, dict[UUID, Any]] = {}  # Any: each kind has a state of its own
        for stream in sorted(self._streams):
            aggregate: Aggregate[Any] = aggregate_of(self._streams[stream][0].topic)
            timeline = Timeline.of(aggregate, self._streams[stream])
            if timeline.until(valid_at):
                self._states.setdefault(aggregate.kind, {})[stream] = timeline.state(valid_at)

    def states(self, aggregate: Aggregate[S], strategy: UUID | None = None) -> dict[UUID, S]:
        """The states of one kind, or those of them that are about a strategy."""
        found: dict[UUID, S] = self._states.get(aggregate.kind, {})
        return {id: each for id, each in found.items() if strategy is None or _strategy_of(each) == strategy}

    def situation(self, organisation: UUID, strategy: UUID) -> Situation | None:
        """Everything about one strategy; None where it had not been drafted, or nothing was founded."""
        settings = self.states(ORGANISATION).get(organisation)
        drafted = self.states(STRATEGY).get(strategy)
        if settings is None or drafted is None:
            return None
        reviews = self.states(REVIEW, strategy)
        return Situation(
            valid_at=self.valid_at,
            today=self.valid_at.astimezone(ZoneInfo(settings.zone)).date(),
            organisation=settings,
            id=strategy,
            strategy=drafted,
            people=self.states(PERSON),
            goals=self.states(GOAL, strategy),
            commitments=self.states(COMMITMENT, strategy),
            acknowledgements=self.states(ACKNOWLEDGEMENT, strategy),
            duties=self.states(DUTY, strategy),
            reviews=reviews,
            responses={id: each for id, each in self.states(RESPONSE).items() if each.review in reviews},
        )


def alignment(
    events: Iterable[Event], organisation: UUID, strategy: UUID, scope: Scope, valid_at: datetime
) -> Alignment | None:
    """The alignment state that these events make; None where there was no such strategy."""
    situation = Folded(events, valid_at).situation(organisation, strategy)
    return derive(situation, scope) if situation is not None else None


def figures(found: Alignment | None) -> dict[str, list[str]]:
    """Every figure with the ids behind it, and every team's as `teams/<unit>/<target>`."""
    if found is None:
        return {}
    told = {name: sorted(map(str, figure.records)) for name, figure in found.figures.items()}
    for team in found.teams:
        target = team.target.goal or team.target.element or team.target.strategy
        told[f"teams/{team.unit}/{target}/committed"] = sorted(map(str, team.committed))
        told[f"teams/{team.unit}/{target}/members"] = sorted(map(str, team.members))
    return told


def _strategy_of(state: Any) -> UUID | None:  # noqa: ANN401 — a state of whichever kind
    found = getattr(getattr(state, "target", None), "strategy", None) or getattr(state, "strategy", None)
    return found if isinstance(found, UUID) else None
