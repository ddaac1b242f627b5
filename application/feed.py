"""The feed: what was recorded, in the order in which it was learned, as far as a caller may see it at present.

What a caller may not see is passed over without a word. That positions are left out tells them that something was
recorded, which the position of every answer tells too; what it was, whose, and how often is told to nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from application import goal_concerns
from application.book import Book
from application.concerns import about, about_audience, about_content, both_sides
from application.desk import Desk
from application.ledger import Ledger
from application.permissions import About, Caller, allowed
from domain.action import ACTION
from domain.capability import CAPABILITY, CapabilityShown
from domain.catalogue import aggregate_of
from domain.evidence import EVIDENCE
from domain.kernel import Actor, Content, Party, Recorded
from domain.kpi import KPI
from domain.programme import PROGRAMME
from domain.proposal import PROPOSAL
from domain.ranking import RANKING, RankingGiven, reveals
from domain.request import REQUEST
from domain.response import ReviewAnswered
from domain.review import REVIEW

WHOLE = "history"
"""Whoever may open this view sees every event."""

SEEN_AS: Mapping[str, str] = {
    **dict.fromkeys(("organisation", "clock", "scale", "limit", "retention", "bar"), "organisation"),
    **dict.fromkeys(("unit", "spokesperson"), "chart"),
    **dict.fromkeys(("person", "guest", "membership", "rank", "manager", "access"), "person"),
    **dict.fromkeys(("strategy", "exception"), "draft"),
    "strategy.published": "strategy",
    "strategy.retired": "strategy",
    "accountable": "strategy",
    "evidence": "evidence",
    "ranking": "ranking",
    "goal": "goal",
    "benchmark": "benchmark",
    "schedule": "schedule",
    "decision": "decision",
    "action": "action",
    "resource": "resource",
    "knowledge": "knowledge",
    "knowledge.used": "knowledge-use",
    "knowledge.time_stated": "knowledge-use",
    "kpi": "kpi",
    "tactic": "tactic",
    "commitment": "commitment",
    "acknowledgement": "acknowledgement",
    "conversation": "stages",
    "proposal": "proposal",
    "shaping": "draft",
    "request": "request",
    "duty": "outstanding",
    "concern": "concern",
    **dict.fromkeys(("constituency", "representative"), "constituency"),
    "process": "process",
    "channel": "organisation",
    "review": "review",
    "review.answered": "answers",
    "condition": "review",
    "look": "review",
    "gap": "gap",
    "programme": "programme",
    "capability": "programme",
    "capability.shown": "showing",
    "condition.judged": "answers",
    "condition.agreed": "answers",
    "report": "report",
}
"""By topic, else by family: the view that opens an event. One that stands in no row is for whoever sees the history."""

SCANNED = 1_000
"""How many positions one look goes through at most, whether the caller sees them or not."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one look at the feed found: `reached` is the position to go on behind; `more` whether to do so at once."""

    seen: tuple[Recorded, ...]
    reached: int
    more: bool


@dataclass(frozen=True)
class Feed:
    """Reads an organisation's events for one caller after the other."""

    ledger: Ledger

    def after(self, caller: Caller, position: int, limit: int, topics: Collection[str] = ()) -> Batch:
        """Up to `limit` events behind a position that the caller sees. Raises StoreUnavailable."""
        recorder = self.ledger.ledger_recorder
        scanned = min(SCANNED, 20 + 5 * limit)
        placed = recorder.select_positions(caller.organisation, after=position, limit=scanned)
        sight = Sight(self.ledger, caller)
        seen, reached = list[Recorded](), position
        for each in placed:
            if len(seen) == limit:
                return Batch(tuple(seen), reached, more=True)
            if not topics or each.topic in topics:
                recorded = self.ledger.recorded(each)
                if sight.covers(recorded):
                    seen.append(recorded)
            reached = each.position
        return Batch(tuple(seen), reached, more=len(placed) == scanned)


@dataclass(frozen=True)
class Sight:
    """What one caller sees, by their roles now and over the units as they were at each event's valid time."""

    ledger: Ledger
    caller: Caller

    @cached_property
    def _book(self) -> Book:
        return self.ledger.book(self.caller.organisation)

    @cached_property
    def _whole(self) -> bool:
        return allowed(self.caller, WHOLE, About(published=False))

    def covers(self, recorded: Recorded) -> bool:
        """Whether the caller may see that this was recorded."""
        topic = recorded.event.topic
        view = SEEN_AS.get(topic) or SEEN_AS.get(topic.partition(".")[0])
        if topic == RankingGiven.TOPIC and not self._ranked_first(recorded):
            return False
        if self._whole or view is None:
            return self._whole
        if view == "kpi" and self._book.timeline(KPI, recorded.event.stream).state().person is not None:
            view = "individual-kpi"
        if allowed(self.caller, view, About(published=False)):
            return True
        return self._reads(recorded) or allowed(self.caller, view, self._about(recorded))

    def _ranked_first(self, recorded: Recorded) -> bool:
        """Whether the caller gave their own order, where they were asked for one, or this is it."""
        content = recorded.event.content or fact_of(self.ledger, recorded)
        if isinstance(content, RankingGiven) and content.person == self.caller.person:
            return True
        return reveals(self._book.timeline(RANKING, recorded.event.stream).state(), self.caller.person)

    def _about(self, recorded: Recorded) -> About:
        event = recorded.event
        desk = Desk(self._book, Actor(service="feed"), event.effective_at)
        match aggregate_of(event.topic).kind:
            case "organisation":
                return About()
            case "strategy":
                published = bool(desk.strategy_whenever(event.stream).publications)
                return About(published=published, strategy=event.stream)
            case "evidence":
                about_which = self._book.timeline(EVIDENCE, event.stream).state().strategy
                shown = about_which is not None and bool(desk.strategy_whenever(about_which).publications)
                return About(published=shown, strategy=about_which)
            case "ranking":
                ranking = self._book.timeline(RANKING, event.stream).state()
                asked = self.caller.person in ranking.participants
                over = ranking.closed_at is not None and event.topic != RankingGiven.TOPIC
                return About(shared=asked, published=over, strategy=ranking.strategy)
            case "review":
                state = self._book.timeline(REVIEW, event.stream).state()
                asked = self.caller.person in state.participants
                return About(shared=asked, published=False, review=event.stream)
            case "proposal":
                person = self._book.timeline(PROPOSAL, event.stream).state().person
                return about(
                    desk, self.caller, Party("person", person) if person is not None else None, published=False
                )
            case "request":
                sides = both_sides(desk, self.caller, self._book.timeline(REQUEST, event.stream).state())
                return next((each for each in sides if allowed(self.caller, "request", each)), About(published=False))
            case "shaping":
                return About(published=False)
            case "conversation":
                return About(published=False)  # it tells of people of several units at once
            case "goal":
                return about(desk, self.caller, *goal_concerns.of_goal(desk, event.stream))
            case "tactic":
                return about(desk, self.caller, *goal_concerns.of_tactic(desk, event.stream))
            case "knowledge":
                unit = desk.unit_of("knowledge", event.stream)
                units = (unit,) if unit is not None else ()
                return about(desk, self.caller, units=units, published=unit is None)
            case "decision" as kind:
                unit = desk.unit_of(kind, event.stream)
                return about(desk, self.caller, units=(unit,) if unit is not None else ())
            case "programme":
                return about_audience(desk, self.caller, self._book.timeline(PROGRAMME, event.stream).state())
            case "capability" if event.topic != CapabilityShown.TOPIC:
                return about_audience(desk, self.caller, self._book.timeline(CAPABILITY, event.stream).state())
            case "action":
                action = self._book.timeline(ACTION, event.stream).state()
                owner = Party("person", action.person) if action.person is not None else None
                return about(desk, self.caller, owner, goal_concerns.units_of_action(desk, action))
            case _:
                content = event.content or fact_of(self.ledger, recorded)
                return about_content(content, event.topic, event.stream, desk, self.caller)

    def _reads(self, recorded: Recorded) -> bool:
        """Whether the event is an answer in a review that the caller was named a reader of when it opened."""
        if recorded.event.topic != ReviewAnswered.TOPIC or self.caller.person is None:
            return False
        content = recorded.event.content or fact_of(self.ledger, recorded)
        if not isinstance(content, ReviewAnswered):
            return False
        return self.caller.person in self._book.timeline(REVIEW, content.review).state().readers


def fact_of(ledger: Ledger, recorded: Recorded) -> Content | None:
    """What the fact says that an event is a word on: its newest content up to that event that is not taken back."""
    event = recorded.event
    placed = ledger.ledger_recorder.select_stream(event.organisation, event.stream, until=recorded.position)
    said = [each.event.content for each in map(ledger.recorded, placed) if each.event.fact == event.fact]
    return next((each for each in reversed(said) if each is not None), None)
