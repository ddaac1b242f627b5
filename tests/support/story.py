"""An organisation told fact by fact, and its alignment state as of any day: what specifications speak in.

    story = Story()
    story.unit("Service"); story.joins("Ann", home="Service"); story.publishes()
    story.commits("Ann", at="2026-04-01")
    assert story.count("parties/people/committed", "2026-04-02") == 1

Every fact is decided by its aggregate's own timeline; nothing is faked. A day as the time of a fact is its first
instant in UTC, as the time of a question its last. Names stand for ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.acknowledgement import ACKNOWLEDGEMENT, AcknowledgementDeclined, AcknowledgementGiven
from domain.alignment import Alignment, derive
from domain.bridge import Bridge, bridge
from domain.commitment import (
    COMMITMENT,
    CommitmentAccepted,
    CommitmentConfirmed,
    CommitmentDeclined,
    CommitmentMade,
    CommitmentReassigned,
    CommitmentRenewed,
    Seen,
    Target,
    Terms,
)
from domain.draft import StrategyRevised, StrategySubmitted
from domain.duty import DUTY, DutyGiven, DutyKind
from domain.goal import GOAL, GoalProposed
from domain.kernel import Actor, Content, Event, Party, Word
from domain.membership import MembershipBegan, MembershipEnded
from domain.organisation import ORGANISATION, OrganisationFounded
from domain.person import PERSON, PersonJoined, PersonLeft
from domain.questionnaires import CLEAR_BELIEVABLE_IMPLEMENTABLE
from domain.response import RESPONSE, ReviewAnswered
from domain.review import REVIEW, ReviewKind, ReviewOpened
from domain.scope import Scope
from domain.situation import Situation
from domain.strategy import STRATEGY, StrategyDrafted, in_force, publication_of
from domain.temporal import Aggregate, Timeline
from domain.unit import UnitFormed
from tests.support.specification import HERE, instant
from tests.support.specification import some as id_of

NAMES: dict[UUID, str] = {}
"""The names behind the ids that stories speak of."""


def some(name: str) -> UUID:
    """The id behind a name."""
    NAMES[id_of(name)] = name
    return id_of(name)


STRATEGY_ID = some("strategy")
COMMITTED = "committed"
IMPORTED = Actor()


@dataclass(frozen=True)
class Told:
    """A fact that was told, to be corrected or taken back."""

    aggregate: Aggregate[Any]
    stream: UUID
    fact: int
    content: Content


@dataclass
class Story:
    """What was told so far, in the order in which it was learned."""

    founded: str = "2026-01-01"
    told: list[tuple[Aggregate[Any], Event]] = field(default_factory=list[tuple[Aggregate[Any], Event]])
    timelines: dict[UUID, Timeline[Any]] = field(default_factory=dict[UUID, Timeline[Any]])

    def __post_init__(self) -> None:
        self.say(self.founded, ORGANISATION, HERE, OrganisationFounded(name="Acme", zone="UTC"))

    @property
    def position(self) -> int:
        """How much is known by now."""
        return len(self.told)

    # what is told

    def say(
        self, at: str, aggregate: Aggregate[Any], stream: UUID, content: Content, actor: Actor | None = None
    ) -> Told:
        """A fact of this day or instant. Raises what its aggregate refuses."""
        timeline = self.timelines.get(stream, Timeline(aggregate))
        version = timeline.version + 1
        self._learn(aggregate, stream, version, content.TOPIC, Word.FACT, version, instant(at), content, actor)
        return Told(aggregate, stream, version, content)

    def correct(self, told: Told, at: str, content: Content | None = None, actor: Actor | None = None) -> None:
        """What was told was this, at that day; with no content, it never was."""
        version = self.timelines[told.stream].version + 1
        word = Word.RETRACTION if content is None else Word.REPLACEMENT
        self._learn(
            told.aggregate, told.stream, version, told.content.TOPIC, word, told.fact, instant(at), content, actor
        )

    def redate(self, told: Told, at: str) -> None:
        """What was told was so, but at that day."""
        self.correct(told, at, told.content)

    def _learn(
        self,
        aggregate: Aggregate[Any],
        stream: UUID,
        version: int,
        topic: str,
        word: Word,
        fact: int,
        at: datetime,
        content: Content | None,
        actor: Actor | None,
    ) -> None:
        event = Event(
            organisation=HERE,
            stream=stream,
            version=version,
            topic=topic,
            word=word,
            fact=fact,
            effective_at=at,
            actor=actor or IMPORTED,
            command=HERE,
            content=content,
        )
        self.timelines[stream] = self.timelines.get(stream, Timeline(aggregate)).admit([event])
        self.told.append((aggregate, event))

    def chart(self, at: str, content: Content) -> Told:
        """Something happened to the chart."""
        return self.say(at, ORGANISATION, HERE, content)

    def unit(self, name: str, at: str = "2026-01-01", parent: str | None = None) -> Told:
        """A unit was formed."""
        above = some(parent) if parent else None
        return self.chart(at, UnitFormed(unit=some(name), name=name, kind="team", parent=above))

    def joins(self, name: str, home: str | None = None, at: str = "2026-01-01") -> Told:
        """Somebody joined, with a home or without any place."""
        joined = self.say(at, PERSON, some(name), PersonJoined())
        if home is not None:
            self.sits(name, home, at, home=True)
        return joined

    def sits(self, name: str, unit: str, at: str = "2026-01-01", *, home: bool = False, role: str = "member") -> Told:
        """A membership began."""
        return self.say(at, PERSON, some(name), MembershipBegan(unit=some(unit), role=role, home=home))

    def gives_up(self, name: str, unit: str, at: str, role: str = "member") -> Told:
        """A membership ended."""
        return self.say(at, PERSON, some(name), MembershipEnded(unit=some(unit), role=role))

    def moves(self, name: str, source: str, into: str, at: str) -> None:
        """Somebody's home moved."""
        self.gives_up(name, source, at)
        self.sits(name, into, at, home=True)

    def leaves(self, name: str, at: str) -> Told:
        """Somebody left the organisation."""
        return self.say(at, PERSON, some(name), PersonLeft())

    def drafts(self, at: str = "2026-01-01", scale: str | None = None, **elements: str) -> None:
        """The strategy was drafted with these elements, of kind value."""
        self.say(at, STRATEGY, STRATEGY_ID, StrategyDrafted(title="Growth", scale=scale))
        self.revises(at, **(elements or {"vision": "Grow well", "promise": "Keep dates"}))

    def revises(self, at: str, **elements: str) -> None:
        """Elements of the draft say something else from here on."""
        for id, text in elements.items():
            self.say(at, STRATEGY, STRATEGY_ID, StrategyRevised(element=id, kind="value", text=text))

    def publishes(self, at: str, *, material: bool = True, in_force_from: str | None = None) -> Told:
        """The draft was published as the next revision."""
        if STRATEGY_ID not in self.timelines:
            self.drafts()
        self.say(at, STRATEGY, STRATEGY_ID, StrategySubmitted())
        state = self.timelines[STRATEGY_ID].state(instant(at))
        content = publication_of(
            state, material=material, in_force_from=instant(in_force_from) if in_force_from else None
        )
        return self.say(at, STRATEGY, STRATEGY_ID, content)

    def proposes(
        self,
        goal: str,
        at: str = "2026-01-02",
        *,
        unit: str | None = None,
        supports: tuple[str, ...] = (),
        parent: str | None = None,
        accountable: str | None = None,
    ) -> Told:
        """A goal was proposed."""
        return self.say(
            at,
            GOAL,
            some(goal),
            GoalProposed(
                strategy=STRATEGY_ID,
                title=goal,
                unit=some(unit) if unit else None,
                supports_elements=supports,
                supports_goal=some(parent) if parent else None,
                accountable=some(accountable) if accountable else None,
            ),
        )

    def about(self, goal: str, at: str, content: Content) -> Told:
        """Something became of a goal."""
        return self.say(at, GOAL, some(goal), content)

    def seen(self, at: str, revision: int | None = None) -> Seen | None:
        """The revision in force on a day, or the one of that number."""
        state = self.timelines[STRATEGY_ID].state(instant(at))
        numbered = [each for each in state.publications if each.revision == revision]
        found = numbered[0] if numbered else in_force(state, instant(at))
        return Seen(revision=found.revision, content_hash=found.content_hash) if found else None

    def commits(
        self,
        who: str,
        at: str,
        level: str | None = COMMITTED,
        *,
        key: str | None = None,
        unit: bool = False,
        goal: str | None = None,
        element: str | None = None,
        role: str | None = None,
        by_when: str | None = None,
        revision: int | None = None,
        by: str | None = None,
    ) -> Told:
        """A person or a unit made a commitment, on the revision in force unless another is named."""
        party = party_of(who, unit=unit)
        content = CommitmentMade(
            party=party,
            target=target(goal=goal, element=element),
            seen=self.seen(at, revision),
            terms=Terms(level=level, role=role, by_when=date.fromisoformat(by_when) if by_when else None),
        )
        return self.say(at, COMMITMENT, some(f"commitment {key or who}"), content, speaking(party, by))

    def declines(
        self, who: str, at: str, *, key: str | None = None, goal: str | None = None, by: str | None = None
    ) -> Told:
        """A person said no."""
        party = party_of(who)
        content = CommitmentDeclined(party=party, target=target(goal=goal), seen=self.seen(at))
        return self.say(at, COMMITMENT, some(f"commitment {key or who}"), content, speaking(party, by))

    def of_commitment(
        self, key: str, at: str, content: Content, *, party: str | None = None, by: str | None = None
    ) -> Told:
        """Something became of a commitment, said by its own party unless by somebody else for them."""
        return self.say(at, COMMITMENT, some(f"commitment {key}"), content, speaking(party_of(party or key), by))

    def renews(self, key: str, at: str, revision: int | None = None) -> Told:
        """The owner stands by it under the revision in force."""
        return self.of_commitment(key, at, CommitmentRenewed(seen=self.seen(at, revision)))

    def confirms(self, key: str, at: str, by: str | None = None) -> Told:
        """The owner made it their own."""
        return self.of_commitment(key, at, CommitmentConfirmed(), by=by)

    def hands_over(self, key: str, to: str, at: str, accepted: str | None = None) -> None:
        """It was offered to somebody, who accepted it some day."""
        self.of_commitment(key, at, CommitmentReassigned(party=party_of(to)))
        if accepted:
            self.of_commitment(key, accepted, CommitmentAccepted(seen=self.seen(accepted)), party=to)

    def acknowledges(
        self, who: str, at: str, revision: int | None = None, *, declined: bool = False, by: str | None = None
    ) -> Told:
        """A person said that they received and read a revision, or declined to."""
        seen = self.seen(at, revision)
        assert seen is not None
        kind = AcknowledgementDeclined if declined else AcknowledgementGiven
        content = kind(person=some(who), strategy=STRATEGY_ID, seen=seen)
        return self.say(at, ACKNOWLEDGEMENT, some(f"acknowledgement {who}"), content, speaking(party_of(who), by))

    def duty(
        self,
        who: str,
        kind: DutyKind,
        at: str,
        *,
        key: str = "",
        due: str | None = None,
        unit: str | None = None,
        goal: str | None = None,
        revision: int | None = None,
        review: str | None = None,
    ) -> Told:
        """A duty was given."""
        return self.say(
            at,
            DUTY,
            some(f"duty {key or who}"),
            DutyGiven(
                person=some(who),
                kind=kind,
                strategy=STRATEGY_ID,
                revision=revision,
                goal=some(goal) if goal else None,
                review=some(review) if review else None,
                unit=some(unit) if unit else None,
                due=date.fromisoformat(due) if due else None,
            ),
        )

    def opens(self, review: str, at: str, *people: str, closes: str) -> Told:
        """A review was opened, in which these people were asked."""
        return self.say(
            at,
            REVIEW,
            some(review),
            ReviewOpened(
                kind=ReviewKind.CLARITY_CHECK,
                title=review,
                strategy=STRATEGY_ID,
                closes=instant(closes),
                questionnaire=CLEAR_BELIEVABLE_IMPLEMENTABLE,
                participants=tuple(some(each) for each in people),
            ),
        )

    def answers(self, who: str, review: str, at: str) -> Told:
        """A participant answered."""
        content = ReviewAnswered(review=some(review), person=some(who), answers={})
        return self.say(at, RESPONSE, some(f"response {who} {review}"), content)

    # what is asked

    def situation(self, day: str, known: int | None = None) -> Situation:
        """Everything about the strategy as of the end of a day, as known at a position."""
        return situation_of(self.told[: self.position if known is None else known], end(day))

    def alignment(
        self, day: str, unit: str | None = None, *, rank: str | None = None, known: int | None = None
    ) -> Alignment:
        """The alignment state of a scope as of the end of a day."""
        return derive(self.situation(day, known), Scope(unit=some(unit) if unit else None, rank=rank))

    def who(self, figure: str, day: str, unit: str | None = None, **asked: Any) -> set[str]:
        """The names behind a figure, of people, units or commitments."""
        found = self.alignment(day, unit, **asked).figures[figure].records
        return {NAMES.get(record, str(record)).removeprefix("commitment ") for record in found}

    def count(self, figure: str, day: str, unit: str | None = None, **asked: Any) -> int:
        """The value of a figure."""
        return self.alignment(day, unit, **asked).figures[figure].count

    def team(self, day: str, unit: str, **towards: str) -> str:
        """A team's figure towards a target, as it reads."""
        wanted = target(**towards)
        team = next(each for each in self.alignment(day).teams if (each.unit, each.target) == (some(unit), wanted))
        return f"{len(team.committed)} of {len(team.members)}"

    def bridges(
        self, first: str, second: str, unit: str | None = None, *, known: int | None = None
    ) -> dict[str, Bridge]:
        """Every figure's bridge between two days; `known` is how much was known when the first was asked."""
        states = [self.alignment(first, unit, known=known), self.alignment(first, unit), self.alignment(second, unit)]
        return {each.figure: each for each in bridge(*states)}


def situation_of(told: Sequence[tuple[Aggregate[Any], Event]], at: datetime) -> Situation:
    """Everything about the strategy at an instant, by what was told."""
    streams: dict[UUID, tuple[Aggregate[Any], list[Event]]] = {}
    for aggregate, event in told:
        streams.setdefault(event.stream, (aggregate, []))[1].append(event)
    states: dict[str, dict[UUID, Any]] = {}
    for stream, (aggregate, events) in streams.items():
        timeline = Timeline.of(aggregate, events)
        if timeline.until(at):
            states.setdefault(aggregate.kind, {})[stream] = timeline.state(at)
    return Situation(
        valid_at=at, today=at.date(), organisation=states["organisation"][HERE], id=STRATEGY_ID,
        strategy=states.get("strategy", {}).get(STRATEGY_ID, STRATEGY.initial), people=states.get("person", {}),
        goals=states.get("goal", {}), commitments=states.get("commitment", {}),
        acknowledgements=states.get("acknowledgement", {}), duties=states.get("duty", {}),
        reviews=states.get("review", {}), responses=states.get("response", {}),
    )  # fmt: skip


def party_of(name: str, *, unit: bool = False) -> Party:
    """A person, or a unit, as a party."""
    return Party("unit" if unit else "person", some(name))


def speaking(party: Party, by: str | None) -> Actor:
    """The party itself, or somebody else for it."""
    if by is None:
        return Actor(person=party.id if party.kind == "person" else None)
    return Actor(person=some(by), on_behalf_of=party)


def target(goal: str | None = None, element: str | None = None) -> Target:
    """What is committed to: the whole strategy, unless a goal or an element is named."""
    return Target(strategy=STRATEGY_ID, goal=some(goal) if goal else None, element=element)


def end(day: str) -> datetime:
    """The last instant of a day, or the one that a text with a `T` names."""
    return instant(day) if "T" in day else instant(day) + timedelta(days=1, microseconds=-1)
