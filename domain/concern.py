"""A concern: what somebody doubts while the strategy is shared, said under their name (S4).

It is about competence, sincerity, courage or care, and open until somebody addressed it and whoever raised it confirms
that: nobody confirms, reopens or withdraws a concern for another. What is confided in a review is an answer there, and
has no life of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.kernel import Content, Party, Refusal, RefusalKind, event
from domain.obligation import ByWhens, moved
from domain.sealed import Private
from domain.temporal import Aggregate, Fact


class ConcernKind(StrEnum):
    """What is doubted: that we are able to, that it is meant, that we dare, or that those concerned are cared for."""

    COMPETENCE = "competence"
    SINCERITY = "sincerity"
    COURAGE = "courage"
    CARE = "care"


@event("concern.raised")
class ConcernRaised(Content):
    """A person raised a concern under their name, in own words, while the strategy was shared.

    It is `about` one person or unit, if it names one, and said in `unit`; unstated, where the person sits. It is put to
    one person; unstated, to whoever leads there. By the end of the day `by_when` they are asked to have addressed it.
    """

    key: Private | None = None
    person: UUID
    strategy: UUID
    kind: ConcernKind
    text: Private
    about: Party | None = None
    unit: UUID | None = None
    put_to: UUID | None = None
    by_when: date | None = None


@event("concern.addressed")
class ConcernAddressed(Content):
    """Who acts addressed the concern, and says how in own words."""

    how: Private


@event("concern.confirmed")
class ConcernConfirmed(Content):
    """Whoever raised the concern says that it was addressed."""


@event("concern.reopened")
class ConcernReopened(Content):
    """Whoever raised the concern says that it stands, whatever was done; to be addressed until `by_when`, if named."""

    by_when: date | None = None


@event("concern.withdrawn")
class ConcernWithdrawn(Content):
    """Whoever raised the concern has it no more, and not because of what was done about it."""


class ConcernStanding(StrEnum):
    """Where a concern stands. One that is addressed is open all the same, until it is confirmed."""

    NONE = "none"
    RAISED = "raised"
    ADDRESSED = "addressed"
    CONFIRMED = "confirmed"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({ConcernStanding.RAISED, ConcernStanding.ADDRESSED, ConcernStanding.REOPENED})
"""Where a concern is not settled."""
UNADDRESSED = frozenset({ConcernStanding.RAISED, ConcernStanding.REOPENED})
"""Where somebody owes the concern a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What became of a concern at an instant: by whom, and in what words, where somebody said how."""

    standing: ConcernStanding
    since: datetime
    by: UUID | None = None
    how: Private | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """The state of a concern; `raised_at` is None before it was raised. `turns` are what became of it, oldest first."""

    raised_at: datetime | None = None
    person: UUID | None = None
    strategy: UUID | None = None
    kind: ConcernKind | None = None
    text: Private | None = None
    about: Party | None = None
    unit: UUID | None = None
    put_to: UUID | None = None
    by_whens: ByWhens = ()
    turns: tuple[Turn, ...] = ()

    @property
    def standing(self) -> ConcernStanding:
        """Where it stands."""
        return self.turns[-1].standing if self.turns else ConcernStanding.NONE

    @property
    def is_open(self) -> bool:
        """Whether it is raised and neither confirmed to be addressed nor withdrawn."""
        return self.standing in OPEN

    @property
    def settled_at(self) -> datetime | None:
        """When it was confirmed or withdrawn; None while it is open."""
        return self.turns[-1].since if self.turns and not self.is_open else None

    @property
    def reopened(self) -> bool:
        """Whether it was ever reopened."""
        return any(each.standing is ConcernStanding.REOPENED for each in self.turns)


@dataclass(eq=False)
class ConcernUnknown(Refusal):
    """Something was said about a concern before it was raised."""

    act: str
    where = "at"
    rule = "the concern had not been raised at that instant, so it cannot be {act}"
    way_out = "date this after the day on which it was raised"


@dataclass(eq=False)
class ConcernAlreadyRaised(Refusal):
    """A concern is raised once."""

    where = "concern"
    rule = "this concern was raised already"
    way_out = "reopen it, or raise another one under a key of its own"


@dataclass(eq=False)
class PutToItsRaiser(Refusal):
    """A concern that its raiser would address."""

    kind = RefusalKind.INVALID
    where = "put_to"
    rule = "nobody puts a concern to themselves"
    way_out = "name somebody else; unstated, it is put to whoever leads the unit"


@dataclass(eq=False)
class AskedBeforeSaid(Refusal):
    """A concern that would have been overdue when it was raised or reopened."""

    by_when: date
    said: date
    kind = RefusalKind.INVALID
    where = "by_when"
    rule = "what is said on {said} cannot be due on {by_when}, before it"
    way_out = "name that day or a later one, or none; what was said earlier can be entered late, dated when it was"


@dataclass(eq=False)
class AddressedByItsRaiser(Refusal):
    """A concern that its raiser says to have addressed."""

    where = "at"
    rule = "whoever raised the concern does not address it"
    way_out = "withdraw it, if it stands no more; or let whoever it is put to say what was done"


@dataclass(eq=False)
class SaidByAnother(Refusal):
    """Only its raiser says what has become of a concern."""

    act: str
    kind = RefusalKind.FORBIDDEN
    where = "at"
    rule = "a concern is {act} by whoever raised it, and by nobody else"
    way_out = "say how it was addressed, and let them judge"


@dataclass(eq=False)
class NotAddressed(Refusal):
    """A confirmation of what nobody has done yet, or a reopening of what is open."""

    standing: ConcernStanding
    act: str
    where = "at"
    rule = "the concern is {standing} at that instant, so it cannot be {act}"
    way_out = "a concern is confirmed once it was addressed, and reopened once it was addressed or confirmed"


@dataclass(eq=False)
class ConcernSettled(Refusal):
    """A concern that was confirmed or withdrawn takes no further word, but its reopening."""

    standing: ConcernStanding
    act: str
    where = "at"
    rule = "the concern is {standing} at that instant, so it cannot be {act}"
    way_out = "let whoever raised it reopen it once it was confirmed, or raise another one"


def guard(state: Concern, fact: Fact) -> None:
    """Refuse what cannot be said about a concern in this state."""
    content, act = fact.content, fact.content.TOPIC.partition(".")[2]
    if isinstance(content, ConcernRaised):
        if state.raised_at is not None:
            raise ConcernAlreadyRaised
        if content.put_to == content.person:
            raise PutToItsRaiser
        return
    if state.raised_at is None:
        raise ConcernUnknown(act)
    own = fact.actor.person == state.person and fact.actor.on_behalf_of is None
    if isinstance(content, ConcernAddressed):
        if own:
            raise AddressedByItsRaiser
        if not state.is_open:
            raise ConcernSettled(state.standing, act)
        return
    if not own:
        raise SaidByAnother(act)
    addressed = state.standing in (ConcernStanding.ADDRESSED, ConcernStanding.CONFIRMED)
    match content:
        case ConcernConfirmed() if state.standing in UNADDRESSED:
            raise NotAddressed(state.standing, act)
        case ConcernReopened() if addressed:
            return
        case ConcernReopened():
            raise NotAddressed(state.standing, act)
        case _ if not state.is_open:
            raise ConcernSettled(state.standing, act)
        case _:
            pass


def evolve(state: Concern, fact: Fact) -> Concern:
    """The concern once this fact is in its place."""
    at, by = fact.effective_at, fact.actor.person
    match fact.content:
        case ConcernRaised() as raised:
            return Concern(
                raised_at=at,
                person=raised.person,
                strategy=raised.strategy,
                kind=raised.kind,
                text=raised.text,
                about=raised.about,
                unit=raised.unit,
                put_to=raised.put_to,
                by_whens=moved((), raised.by_when, at),
                turns=(Turn(standing=ConcernStanding.RAISED, since=at, by=raised.person),),
            )
        case ConcernAddressed(how=how):
            return _turned(state, Turn(standing=ConcernStanding.ADDRESSED, since=at, by=by, how=how))
        case ConcernConfirmed():
            return _turned(state, Turn(standing=ConcernStanding.CONFIRMED, since=at, by=by))
        case ConcernReopened(by_when=by_when):
            again = _turned(state, Turn(standing=ConcernStanding.REOPENED, since=at, by=by))
            return replace(again, by_whens=moved(state.by_whens, by_when, at))
        case ConcernWithdrawn():
            return _turned(state, Turn(standing=ConcernStanding.WITHDRAWN, since=at, by=by))
        case _:
            return state


def _turned(state: Concern, turn: Turn) -> Concern:
    return replace(state, turns=(*state.turns, turn))


CONCERN: Aggregate[Concern] = Aggregate(
    "concern",
    Concern(),
    (ConcernRaised, ConcernAddressed, ConcernConfirmed, ConcernReopened, ConcernWithdrawn),
    guard,
    evolve,
)
