"""What a handler sees while it decides: the organisation as it was at the statement's instant, and how to name things."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Protocol, TypeVar
from uuid import UUID

from application.command import PartyReference, Subject
from domain.access import AccessRole
from domain.commitment import COMMITMENT, Seen
from domain.goal import GOAL, Goal
from domain.kernel import Actor, Content, Party, Refusal, RefusalKind
from domain.organisation import ORGANISATION, Organisation
from domain.person import PERSON, Person
from domain.publication import Publication
from domain.review import REVIEW
from domain.sealed import Private
from domain.strategy import STRATEGY, Strategy, in_force
from domain.temporal import Aggregate, Timeline

S = TypeVar("S")

NAMESPACE = UUID("6f1d8a54-30a3-5c1e-9b5e-2d6a1c0f7e11")
"""Avow's own UUIDv5 namespace, for the ids of organisations."""

AGGREGATES: dict[str, Aggregate[Any]] = {
    "strategy": STRATEGY,
    "goal": GOAL,
    "person": PERSON,
    "commitment": COMMITMENT,
    "review": REVIEW,
}


def organisation_id(key: str) -> UUID:
    """An organisation's id, from its key."""
    return uuid.uuid5(NAMESPACE, key)


class Book(Protocol):
    """What is known of one organisation while commands are decided, live or staged."""

    @property
    def organisation(self) -> UUID:
        """The organisation's id."""
        ...

    def timeline(self, aggregate: Aggregate[S], stream: UUID) -> Timeline[S]:
        """The stream as known now; empty if there is none."""
        ...

    def find(self, kind: str, key: str) -> UUID | None:
        """The record of this kind behind a source's key that may be personal."""
        ...

    def fresh_id(self) -> UUID:
        """A random id."""
        ...

    def holders(self, role: AccessRole, at: datetime) -> frozenset[UUID]:
        """The people who hold an access role at an instant."""
        ...


@dataclass(eq=False)
class UnknownReference(Refusal):
    """A record is named that does not exist (yet)."""

    what: str
    reference: str
    named_in: str = ""
    kind = RefusalKind.UNKNOWN
    rule = "there is no {what} {reference!r} in this organisation"
    way_out = "name it by its key or id; in an import, by the key of an earlier line"

    def __post_init__(self) -> None:
        self.where = self.named_in  # type: ignore[misc]  # the field differs from command to command


@dataclass(eq=False)
class KeyInUse(Refusal):
    """A key was given to a second record of its kind."""

    what: str
    key: str
    rule = "the {what} key {key!r} is in use"
    way_out = "choose another key, or speak about the record that has it"


@dataclass(eq=False)
class NameOneParty(Refusal):
    """A party must be one person or one unit."""

    kind = RefusalKind.INVALID
    where = "party"
    rule = "a party is one person or one unit"
    way_out = 'write {{"person": key}} or {{"unit": key}}'


@dataclass(eq=False)
class RevisionUnknown(Refusal):
    """A statement names a revision that was not published by then."""

    revision: int
    kind = RefusalKind.INVALID
    where = "revision"
    rule = "revision {revision} was not published by that instant"
    way_out = "name a published revision, or none: then it binds to the one in force"


@dataclass(eq=False)
class RevisionSuperseded(Refusal):
    """A statement on a revision, made when a later material one was already in force."""

    revision: int
    by: int
    where = "revision"
    rule = "revision {revision} was superseded by material revision {by} before this statement was made"
    way_out = (
        "state it on revision {by}; what was said before revision {by} may be entered late, dated when it was said"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """A subject by Avow's ids."""

    strategy: UUID | None
    element: str | None
    goal: UUID | None
    revision: int | None
    review: UUID | None


@dataclass
class Desk:
    """One command being decided: by whom, for which instant, against which book."""

    book: Book
    actor: Actor
    at: datetime
    correcting: UUID | None = None
    """The stream of the fact that this command replaces."""
    corrected: Content | None = None
    """What that fact said until now; None if it does not stand."""
    named: dict[tuple[str, str], UUID] = field(default_factory=dict[tuple[str, str], UUID])
    """Keys that this request gives to new records."""

    by_key: ClassVar[frozenset[str]] = frozenset({"unit", "strategy", "goal"})
    """Kinds whose key is neither personal nor confidential: their id follows from it."""

    @property
    def organisation(self) -> UUID:
        """The organisation's id, which is its stream's too."""
        return self.book.organisation

    def new(self, kind: str, key: str | None) -> UUID:
        """The id of a record to be made, under its key if it has one. Raises KeyInUse."""
        if self.correcting is not None:
            return self.correcting
        if key is None:
            return self.book.fresh_id()
        if kind in self.by_key:
            return self.derived(kind, key)
        if self.book.find(kind, key) is not None or (kind, key) in self.named:
            raise KeyInUse(kind, key)
        return self.named.setdefault((kind, key), self.book.fresh_id())

    def fresh_unit(self) -> UUID:
        """The id of a unit formed without a key."""
        return self.book.fresh_id()

    def derived(self, *parts: object) -> UUID:
        """The id that follows from parts which never change and are not personal."""
        return uuid.uuid5(self.organisation, ":".join(map(str, parts)))

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
            try:
                candidates.append(UUID(reference))
            except ValueError:
                pass
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

    def goal(self, id: UUID) -> Goal:
        """A goal as of the statement's instant."""
        return self.book.timeline(GOAL, id).state(self.at)

    def goal_whenever(self, id: UUID) -> Goal:
        """A goal as all that is known of it tells, whatever the instant."""
        return self.book.timeline(GOAL, id).state()

    def party(self, reference: PartyReference) -> Party:
        """The party behind a reference. Raises NameOneParty, UnknownReference."""
        match reference:
            case PartyReference(person=str(key), unit=None):
                return Party("person", self.find("person", key, "party"))
            case PartyReference(person=None, unit=str(key)):
                return Party("unit", self.find("unit", key, "party"))
            case _:
                raise NameOneParty

    def subject(self, meant: str | Subject, strategy: str | None = None) -> Meant:
        """What a duty or an accountability is for.

        A text alone is the key or id of a goal, else of a review, else of a strategy, else the id of an element of
        `strategy`. Raises UnknownReference.
        """
        if isinstance(meant, str):
            if self.look_up("goal", meant) is not None:
                meant = Subject(goal=meant)
            elif self.look_up("review", meant) is not None:
                meant = Subject(review=meant)
            elif self.look_up("strategy", meant) is not None:
                meant = Subject(strategy=meant)
            elif strategy is not None:
                meant = Subject(strategy=strategy, element=meant)
            else:
                raise UnknownReference("goal, review or strategy", meant, "for")
        named = meant.strategy if meant.strategy is not None else strategy
        goal = self.find("goal", meant.goal, "for") if meant.goal is not None else None
        review = self.find("review", meant.review, "for") if meant.review is not None else None
        if named is not None:
            about: UUID | None = self.find("strategy", named, "for")
        elif goal is not None:
            about = self.goal_whenever(goal).strategy
        elif review is not None:
            about = self.book.timeline(REVIEW, review).state().strategy
        else:
            about = None
        return Meant(strategy=about, element=meant.element, goal=goal, revision=meant.revision, review=review)

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

    def own_words(self, text: str | None, party: Party | None = None) -> Private | None:
        """Free text, to be sealed under its author's key: the actor's, or a person party's, or the organisation's."""
        if text is None:
            return None
        author = party.id if party is not None and party.kind == "person" else self.actor.person
        return Private(author or self.organisation, text)


def _seen(publication: Publication) -> Seen:
    return Seen(revision=publication.revision, content_hash=publication.content_hash)
