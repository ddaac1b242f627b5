"""What a desk refuses, rule by rule: what lies between a statement and the records that it names."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.kernel import Refusal, RefusalKind


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


@dataclass(eq=False)
class ReasonRequired(Refusal):
    """Some acts say why: a no, a restated figure, a departure from a rule."""

    topic: str
    kind = RefusalKind.INVALID
    where = "reason"
    rule = "{topic} needs a reason here"
    way_out = "state the reason, in own words; who may read it is told beside it"


@dataclass(eq=False)
class CorrectsAnotherRecord(Refusal):
    """A correction stays with the record that its fact is about: a record never becomes another one."""

    what: str
    kind = RefusalKind.INVALID
    where = "replaces"
    rule = "this names another {what} than the fact that it corrects is about"
    way_out = "retract that fact, and state it anew for the record that is meant"


@dataclass(eq=False)
class FoundsAnother(Refusal):
    """A founding under a key that is not the organisation's, such as that of the header above it."""

    key: str
    kind = RefusalKind.INVALID
    where = "organisation"
    rule = "{key!r} is not the key of the organisation that this founds"
    way_out = "state the same key here as in the header; to bring in a copy under another key, export it with --as"


@dataclass(eq=False)
class MovesToAnotherStrategy(Refusal):
    """A correction that would take a goal, and all that was said about it, to another strategy."""

    where = "strategy"
    rule = "the goal belongs to another strategy, to whose revisions the statements about it are bound"
    way_out = "retract the goal there, and propose it anew for the strategy that is meant"


@dataclass(eq=False)
class TargetElementUnknown(Refusal):
    """Something is said of an element that the strategy does not have."""

    element: str
    kind = RefusalKind.UNKNOWN
    where = "element"
    rule = "the strategy has no element {element!r}"
    way_out = "name the id of an element of the draft or of a published revision"


@dataclass(eq=False)
class GoalOfAnotherStrategy(Refusal):
    """A strategy and a goal are named that do not belong together."""

    goal: str
    kind = RefusalKind.INVALID
    where = "goal"
    rule = "goal {goal!r} does not belong to that strategy"
    way_out = "name the strategy the goal was proposed for"


@dataclass(eq=False)
class GapOfAnotherStrategy(Refusal):
    """A gap and a strategy that do not belong together."""

    gap: str
    kind = RefusalKind.INVALID
    where = "gaps"
    rule = "gap {gap!r} was not found under that strategy"
    way_out = "name a gap of the strategy, or the strategy of the gap"


@dataclass(eq=False)
class PersonNotThere(Refusal):
    """Somebody is named who does not belong to the organisation."""

    person: UUID
    named_in: str
    kind = RefusalKind.INVALID
    rule = "{person} does not belong to the organisation at that instant"
    way_out = "name somebody who does, or date this when they did"

    def __post_init__(self) -> None:
        self.where = self.named_in  # type: ignore[misc]  # the field differs from command to command
