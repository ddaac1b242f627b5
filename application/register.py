"""The register: what was entered late, corrected, excepted, extended or not separated, and which figures that improved.

It is read off the log as of a moment, so that nothing has to be entered in it, and nothing can be kept out of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from application.questions import Asked, Questions
from application.states import Moment
from domain.action import ACTION
from domain.catalogue import aggregate_of
from domain.exception import ExceptionApproved
from domain.gate import at_publication
from domain.goal import GOAL, GoalChanged, GoalProposed
from domain.improvement import Improvement, improvements
from domain.kernel import Event, Recorded, Word
from domain.organisation import ORGANISATION, Organisation
from domain.plan import last_open
from domain.publication import StrategyPublished
from domain.review import REVIEW, ReviewExtended, ReviewOpened
from domain.scope import WHOLE
from domain.strategy import STRATEGY, open_objections
from domain.tactic import TacticAdopted

BATCH = 500
"""How many events are read at a time."""

LOOKED_AT = 20_000
"""How many events one page looks at, at the most: where few of many stand in the register, a page may hold fewer."""


class Why(StrEnum):
    """Why something stands in the register."""

    LATE_ENTRY = "late_entry"
    CORRECTION = "correction"
    EXCEPTION = "exception"
    EXTENSION = "extension"
    EXCLUSION = "exclusion"
    NOT_SEPARATED = "not_separated"
    OBJECTIONS_OPEN = "objections_open"
    LAST_PLAN_OPEN = "last_plan_open"
    TACTIC_WITHOUT_GOAL = "tactic_without_goal"
    GATE_CLOSED = "gate_closed"


TOPICS: Mapping[Why, tuple[str, ...]] = {
    Why.EXCEPTION: (ExceptionApproved.TOPIC,),
    Why.EXTENSION: (ReviewExtended.TOPIC,),
    Why.EXCLUSION: (ReviewOpened.TOPIC,),
    Why.NOT_SEPARATED: (ExceptionApproved.TOPIC,),
    Why.OBJECTIONS_OPEN: (StrategyPublished.TOPIC,),
    Why.LAST_PLAN_OPEN: (GoalProposed.TOPIC, GoalChanged.TOPIC),
    Why.TACTIC_WITHOUT_GOAL: (TacticAdopted.TOPIC,),
    Why.GATE_CLOSED: (StrategyPublished.TOPIC,),
}
"""Where only some topics can be meant: which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event that stands in the register, why, and by how many local days it came after its instant."""

    recorded: Recorded
    why: frozenset[Why]
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Improved:
    """A figure of a strategy that stood better at one instant once the event was known than just before."""

    strategy: UUID
    valid_at: datetime
    figure: Improvement


@dataclass(frozen=True)
class Register:
    """Reads the register of an organisation as of a moment."""

    questions: Questions
    asked: Asked

    def page(self, after: int, limit: int, wanted: frozenset[Why]) -> tuple[list[Entry], int | None]:
        """The entries after a position, in the order in which they were learned, and where to go on; None at the end.

        Of `wanted` alone, where some are. An event of an instant after the moment's stands in no answer.
        """
        recorder, found, looked = self.questions.ledger.ledger_recorder, list[Entry](), 0
        topics = sorted({topic for why in wanted for topic in TOPICS[why]}) if wanted <= TOPICS.keys() else ()
        while looked < LOOKED_AT:
            placed = recorder.select_positions(
                self.asked.organisation, after=after, until=self.asked.position, limit=BATCH, topics=topics
            )
            for each in placed:
                after, looked = each.position, looked + 1
                entry = self.entry(self.questions.ledger.recorded(each))
                if entry is None or (wanted and not wanted & entry.why):
                    continue
                found.append(entry)
                if len(found) == limit:
                    return found, after if after < self.asked.position else None
            if len(placed) < BATCH:
                return found, None
        return found, after

    def entry(self, recorded: Recorded) -> Entry | None:
        """The entry that an event makes; None where it was said in time, by whom it should, and once."""
        event = recorded.event
        if event.effective_at > self.asked.valid_at:
            return None
        zone = ZoneInfo(self._settings.zone)
        days = (recorded.recorded_at.astimezone(zone).date() - event.effective_at.astimezone(zone).date()).days
        why = frozenset(self._reasons(recorded, days))
        return Entry(recorded=recorded, why=why, days=max(days, 0)) if why else None

    @cached_property
    def _settings(self) -> Organisation:
        return self.questions.ledger.organisation(self.asked.organisation)

    def _reasons(self, recorded: Recorded, days: int) -> Iterator[Why]:
        event = recorded.event
        if event.word is not Word.FACT:
            yield Why.CORRECTION
        elif days > self._settings.grace_days and event.topic != "organisation.founded":
            yield Why.LATE_ENTRY
        match event.content:
            case ExceptionApproved() as approved:
                yield Why.EXCEPTION
                if approved.not_separated or self._by_an_author(recorded):
                    yield Why.NOT_SEPARATED
            case ReviewExtended():
                yield Why.EXTENSION
            case ReviewOpened(exclusions=exclusions) if exclusions:
                yield Why.EXCLUSION
            case StrategyPublished(revision=revision) if event.actor.imported is not None:
                if self._objected(recorded):
                    yield Why.OBJECTIONS_OPEN
                if not self._passed(recorded, revision):
                    yield Why.GATE_CLOSED
            case (GoalProposed() | GoalChanged()) as content if event.actor.imported is not None and content.start:
                if self._opened_too_early(recorded):
                    yield Why.LAST_PLAN_OPEN
            case TacticAdopted(goal=None):
                yield Why.TACTIC_WITHOUT_GOAL
            case _:
                return

    def _by_an_author(self, recorded: Recorded) -> bool:
        """Whether an imported exception was approved by who worked on the draft: no rule refuses that in an import."""
        event = recorded.event
        if event.actor.imported is None or event.actor.person is None:
            return False
        strategy = self.questions.ledger.timeline_until(
            STRATEGY, self.asked.organisation, event.stream, recorded.position
        )
        return event.actor.person in strategy.state(event.effective_at).draft.authors

    def _opened_too_early(self, recorded: Recorded) -> bool:
        """Whether an imported plan opened while the last one had open actions: no rule refuses that in an import."""
        event, states = recorded.event, self.questions.states
        moment = Moment(event.effective_at, recorded.position)
        goals = states.states(GOAL, event.organisation, moment)
        goal = goals.pop(event.stream, None)
        if goal is None or goal.start is None:
            return False
        actions = states.states(ACTION, event.organisation, moment, strategy=goal.strategy).values()
        day = event.effective_at.astimezone(ZoneInfo(self._settings.zone)).date()
        return last_open(goals, actions, goal, goal.start, day) is not None

    def _objected(self, recorded: Recorded) -> bool:
        event = recorded.event
        strategy = self.questions.ledger.timeline_until(
            STRATEGY, self.asked.organisation, event.stream, recorded.position
        )
        return bool(open_objections(strategy.state(event.effective_at), event.effective_at))

    def _passed(self, recorded: Recorded, revision: int) -> bool:
        """Whether an imported revision passed the gate, by what was known when it came in."""
        event = recorded.event
        moment = Moment(event.effective_at, recorded.position)
        states, organisation = self.questions.states, self.asked.organisation
        strategy = states.state(STRATEGY, organisation, moment, event.stream)
        if not any(each.revision == revision for each in strategy.publications):
            return True
        settings = states.state(ORGANISATION, organisation, moment, organisation)
        reviews = states.states(REVIEW, organisation, moment, strategy=event.stream)
        return at_publication(strategy, revision, reviews, settings.bars).is_open

    def improved(self, entry: Entry) -> list[Improved]:
        """Which figures of the strategies concerned stood better once this was known: as of then, and of its instant.

        Both are compared in the whole organisation, just before the event and just after.
        """
        event, position = entry.recorded.event, entry.recorded.position
        instants = sorted({event.effective_at, entry.recorded.recorded_at})
        found = list[Improved]()
        for strategy in self._strategies(event):
            for at in instants:
                states = [
                    self.questions.alignment(self.questions.ask(self.asked.organisation, at, known), strategy, WHOLE)
                    for known in (position - 1, position)
                ]
                before, after = states
                if before is not None and after is not None:
                    found += [
                        Improved(strategy=strategy, valid_at=at, figure=each) for each in improvements(before, after)
                    ]
        return found

    def _strategies(self, event: Event) -> list[UUID]:
        """The strategies whose figures an event can change: its own, or for people and the chart all that there are."""
        kind = aggregate_of(event.topic).kind
        if kind == STRATEGY.kind:
            return [event.stream]
        if kind in {ORGANISATION.kind, "person"}:
            return sorted(self.questions.states.states(STRATEGY, self.asked.organisation, self.asked.moment))
        state = self.questions.ledger.timeline(aggregate_of(event.topic), self.asked.organisation, event.stream).state()
        if kind == "response" and state.review is not None:
            state = self.questions.ledger.timeline(REVIEW, self.asked.organisation, state.review).state()
        target = getattr(state, "target", None)
        strategy = getattr(target if kind == "commitment" else state, "strategy", None)
        return [strategy] if isinstance(strategy, UUID) else []
