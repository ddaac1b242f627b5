"""What a handler sees while it decides: the organisation as it was at the statement's instant, and how to name it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, ClassVar, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from application.book import Book
from application.box import BallotBox
from application.command import PartyReference
from application.desk_rules import (
    CorrectsAnotherRecord,
    NameOneParty,
    ReasonRequired,
    RevisionSuperseded,
    RevisionUnknown,
)
from application.ports import Reporter
from domain.action import ACTION
from domain.benchmark import BENCHMARK
from domain.capability import CAPABILITY
from domain.cascade import PROCESS
from domain.commitment import COMMITMENT, Seen
from domain.concern import CONCERN
from domain.constituency import CONSTITUENCY
from domain.conversation import CONVERSATION
from domain.decision import DECISION
from domain.evidence import EVIDENCE
from domain.gap import GAP
from domain.goal import GOAL, Goal
from domain.kernel import Actor, Content, Party, Refusal, RefusalKind
from domain.knowledge import KNOWLEDGE
from domain.kpi import KPI
from domain.need import NEED
from domain.organisation import ORGANISATION, Organisation
from domain.person import PERSON, Person
from domain.programme import PROGRAMME
from domain.proposal import PROPOSAL
from domain.publication import Publication
from domain.ranking import RANKING
from domain.report import REPORT
from domain.request import REQUEST
from domain.resource import RESOURCE
from domain.review import REVIEW
from domain.schedule import SCHEDULE
from domain.sealed import Private
from domain.strategy import STRATEGY, Strategy, in_force
from domain.tactic import TACTIC
from domain.temporal import Aggregate

S = TypeVar("S")

NAMESPACE = UUID("6f1d8a54-30a3-5c1e-9b5e-2d6a1c0f7e11")
"""Avow's own UUIDv5 namespace, for the ids of organisations."""

AGGREGATES: dict[str, Aggregate[Any]] = {
    "benchmark": BENCHMARK,
    "schedule": SCHEDULE,
    "strategy": STRATEGY,
    "evidence": EVIDENCE,
    "ranking": RANKING,
    "goal": GOAL,
    "action": ACTION,
    "gap": GAP,
    "programme": PROGRAMME,
    "capability": CAPABILITY,
    "kpi": KPI,
    "tactic": TACTIC,
    "person": PERSON,
    "commitment": COMMITMENT,
    "conversation": CONVERSATION,
    "concern": CONCERN,
    "process": PROCESS,
    "proposal": PROPOSAL,
    "constituency": CONSTITUENCY,
    "request": REQUEST,
    "review": REVIEW,
    "report": REPORT,
    "decision": DECISION,
    "resource": RESOURCE,
    "knowledge": KNOWLEDGE,
    "need": NEED,
}


def organisation_id(key: str) -> UUID:
    """An organisation's id, from its key."""
    return uuid.uuid5(NAMESPACE, key)


@dataclass(eq=False)
class UnknownReference(Refusal):
    """A record is named that does not exist (yet)."""

    what: str
    reference: str
    named_in: str = ""
    kind = RefusalKind.UNKNOWN
    rule = "there is no {what} {reference!r} in this organisation"
    way_out = "name it by its key or id"

    def __post_init__(self) -> None:
        self.where = self.named_in  # type: ignore[misc]  # the field differs from command to command


@dataclass(eq=False)
class KeyInUse(Refusal):
    """A key was given to a second record of its kind."""

    what: str
    key: str
    rule = "the {what} key {key!r} is in use"
    way_out = "choose another key, or speak about the record that has it"

    def __post_init__(self) -> None:
        self.where = self.what  # type: ignore[misc]  # the field is named for the kind of record


@dataclass
class Desk:
    """One command being decided: by whom, for which instant, against which book."""

    book: Book
    actor: Actor
    at: datetime
    reason: str | None = None
    """Why it is said; None where nothing is stated."""
    correcting: UUID | None = None
    """The stream of the fact that this command replaces."""
    fact: int = 0
    """The version of that fact in its stream."""
    corrected: Content | None = None
    """What that fact said until now; None if it does not stand."""
    opening: Callable[[Private], str | None] = lambda private: private.text
    """Tells the words of a sealed text; None where they were erased."""
    named: dict[tuple[str, str], UUID] = field(default_factory=dict[tuple[str, str], UUID])
    """Keys that this request gives to new records."""
    box: BallotBox | None = None
    """Where confided answers are; None where none can be counted, as in an import."""
    reporter: Reporter | None = None
    """Asks what a report tells; None where it has to be stated, as in an import."""
    present: datetime | None = None
    """The present instant, whichever one the statement is dated."""

    by_key: ClassVar[frozenset[str]] = frozenset(
        {
            "action",
            "benchmark",
            "capability",
            "constituency",
            "decision",
            "evidence",
            "goal",
            "knowledge",
            "kpi",
            "process",
            "ranking",
            "programme",
            "schedule",
            "strategy",
            "tactic",
            "unit",
        }
    )
    """Kinds whose key is neither personal nor confidential: their id follows from it."""

    @property
    def organisation(self) -> UUID:
        """The organisation's id, which is its stream's too."""
        return self.book.organisation

    def new(self, kind: str, key: str | None) -> UUID:
        """The id of a record to be made, under its key if it has one. Raises KeyInUse.

        In a correction it is the record's own id. Raises CorrectsAnotherRecord for a key that is not its.
        """
        if self.correcting is not None:
            if key is not None and self.look_up(kind, key) != self.correcting:
                raise CorrectsAnotherRecord(kind)
            return self.correcting
        if key is None:
            return self.book.fresh_id()
        if kind in self.by_key:
            return self.derived(kind, key)
        if self.book.find(kind, key) is not None or (kind, key) in self.named:
            raise KeyInUse(kind, key)
        return self.named.setdefault((kind, key), self.book.fresh_id())

    def open_key(self, kind: str, key: str | None) -> str | None:
        """The key of a record whose kind has it in clear, for its first fact; a correction keeps the one it had."""
        if self.correcting is None:
            return key
        former = getattr(self.corrected, "key", None)
        if isinstance(former, str):
            return former
        return key if key is not None and self.derived(kind, key) == self.correcting else None

    def sealed_key(self, kind: str, key: str | None, subject: UUID) -> Private | None:
        """The key of a record whose kind has it sealed, under its subject; a correction keeps the one it had."""
        former = getattr(self.corrected, "key", None)
        if isinstance(former, Private):
            key = self.opening(former)
        elif self.correcting is not None and key is not None and self.book.find(kind, key) is None:
            key = None  # it named the record by its id
        return Private(subject, key) if key is not None else None

    def fresh_unit(self) -> UUID:
        """The id of a unit formed without a key."""
        return self.book.fresh_id()

    def derived(self, *parts: object) -> UUID:
        """The id that follows from parts which never change and are not personal."""
        return _derived(self.organisation, ":".join(map(str, parts)))

    def find(self, kind: str, reference: str, where: str | None = None) -> UUID:
        """The id of an existing record, by key or id. Raises UnknownReference."""
        found = self.look_up(kind, reference)
        if found is None:
            raise UnknownReference(kind, reference, where or kind)
        return found

    def look_up(self, kind: str, reference: str) -> UUID | None:
        """The id of a record, by key or id, or None if there is none."""
        if (kind, reference) in self.named:
            return self.named[kind, reference]
        candidates = [self.derived(kind, reference)] if kind in self.by_key else [self.book.find(kind, reference)]
        if len(reference) == 36:
            with suppress(ValueError):
                candidates.append(UUID(reference))
        for candidate in candidates:
            if candidate is not None and self.exists(kind, candidate):
                return candidate
        return None

    def exists(self, kind: str, id: UUID) -> bool:
        """Whether a record of this kind is known, at whatever instant."""
        if kind == "unit":
            return self.chart().chart.unit(id) is not None
        if kind in AGGREGATES:
            return self.book.timeline(AGGREGATES[kind], id).version > 0
        return True

    def chart(self, at: datetime | None = None) -> Organisation:
        """The organisation as of the instant; with what is planned when unstated."""
        return self.book.timeline(ORGANISATION, self.organisation).state(at)

    def person(self, id: UUID) -> Person:
        """A person as of the statement's instant."""
        return self.book.timeline(PERSON, id).state(self.at)

    def strategy(self, id: UUID) -> Strategy:
        """A strategy as of the statement's instant."""
        return self.book.timeline(STRATEGY, id).state(self.at)

    def strategy_whenever(self, id: UUID) -> Strategy:
        """A strategy as all that is known of it tells, whatever the instant."""
        return self.book.timeline(STRATEGY, id).state()

    def goal(self, id: UUID) -> Goal:
        """A goal as of the statement's instant."""
        return self.book.timeline(GOAL, id).state(self.at)

    def goal_whenever(self, id: UUID) -> Goal:
        """A goal as all that is known of it tells, whatever the instant."""
        return self.book.timeline(GOAL, id).state()

    def unit_of(self, kind: str, id: UUID) -> UUID | None:
        """The unit whose record of this kind it is, whatever the instant; None for the whole organisation's."""
        unit = getattr(self.book.timeline(AGGREGATES[kind], id).state(), "unit", None)
        return unit if isinstance(unit, UUID) else None

    def before(self, aggregate: Aggregate[S], stream: UUID) -> S:
        """A record as this statement finds it: without the fact that it replaces, and what came after that."""
        timeline = self.book.timeline(aggregate, stream)
        if stream != self.correcting:
            return timeline.state(self.at)
        state = aggregate.initial
        for fact in timeline.until(self.at):
            if fact.place < (self.at, self.fact) and fact.version != self.fact:
                state = aggregate.evolve(state, fact)
        return state

    def day(self, instant: datetime) -> date:
        """The day of an instant, in the organisation's zone."""
        return instant.astimezone(ZoneInfo(self.chart().zone)).date()

    def be_reasoned(self, topic: str) -> None:
        """Ask for the reason of an act that needs one: of those who act in Avow, for an import only records.

        Raises ReasonRequired.
        """
        if self.reason is None and self.actor.imported is None:
            raise ReasonRequired(topic)

    def party(self, reference: PartyReference, where: str = "party") -> Party:
        """The party behind a reference. Raises NameOneParty, UnknownReference."""
        match reference:
            case PartyReference(person=str(key), unit=None):
                return Party("person", self.find("person", key, where))
            case PartyReference(person=None, unit=str(key)):
                return Party("unit", self.find("unit", key, where))
            case _:
                raise NameOneParty

    def on_behalf_of(self, party: Party) -> Party | None:
        """The party, unless the actor is the party or belongs to the party's unit at that instant (then None)."""
        actor = self.actor.person
        if actor is None:
            return party
        if party.kind == "person":
            return None if actor == party.id else party
        chart = self.chart(self.at).chart
        places = self.person(actor).memberships(self.at)
        if any(party.id in (place.unit, chart.carried_on_by(place.unit, self.at)) for place in places):
            return None
        return None if chart.spokesperson(party.id, self.at) == actor else party

    def seen(self, strategy: UUID, revision: int | None) -> Seen | None:
        """The revision a statement binds to: the named one, else the one in force; None before any.

        Raises RevisionUnknown, and RevisionSuperseded for a statement made after a later material revision was in
        force (domain.md: on an earlier editorial edition it is accepted).
        """
        state = self.strategy(strategy)
        if revision is None:
            current = in_force(state, self.at)
            return _seen(current) if current else None
        named = next((each for each in state.publications if each.revision == revision), None)
        if named is None:
            raise RevisionUnknown(revision)
        for later in state.publications:
            if later.revision > revision and later.material and later.in_force_from <= self.at:
                raise RevisionSuperseded(revision, later.revision)
        return _seen(named)

    def own_words(self, text: str | None, party: Party | None = None, *, impersonal: bool = False) -> Private | None:
        """Free text, to be sealed under its author's key: the actor's, or a person party's, or the organisation's."""
        if text is None:
            return None
        if impersonal:
            return Private(self.organisation, text)
        author = party.id if party is not None and party.kind == "person" else self.actor.person
        return Private(author or self.organisation, text)


def has_element(strategy: Strategy, element: str) -> bool:
    """Whether the strategy has that element in its draft, or in a revision that it published."""
    published = (each.id for publication in strategy.publications for each in publication.elements)
    return strategy.draft.element(element) is not None or element in published


def unit_id(organisation: UUID, key: str) -> UUID:
    """The id of an organisation's unit, from its key."""
    return uuid.uuid5(organisation, f"unit:{key}")


@lru_cache(10_000)
def _derived(organisation: UUID, name: str) -> UUID:
    return uuid.uuid5(organisation, name)


def _seen(publication: Publication) -> Seen:
    return Seen(revision=publication.revision, content_hash=publication.content_hash)
