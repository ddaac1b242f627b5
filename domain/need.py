"""Needs and uses of knowledge: who needs what at which stage, and what became of it when somebody looked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.kernel import Content, Refusal, RefusalKind, event
from domain.temporal import Aggregate, Fact


@event("knowledge.needed")
class KnowledgeNeeded(Content):
    """People in a role need something at a stage: of the client's buying process, or of enrolment.

    `role`, `stage` and `what` are in the organisation's own words; it is needed for `strategy`, if for one.
    """

    role: str
    stage: str
    what: str
    strategy: UUID | None = None


@event("knowledge.need_ended")
class KnowledgeNeedEnded(Content):
    """It is not needed any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """The state of a need; it stands from `since` on until `until`, and may be stated again."""

    since: datetime | None = None
    until: datetime | None = None
    role: str = ""
    stage: str = ""
    what: str = ""
    strategy: UUID | None = None

    @property
    def standing(self) -> bool:
        """Whether it is needed."""
        return self.since is not None and self.until is None


@dataclass(eq=False)
class AlreadyNeeded(Refusal):
    """The same need stated twice."""

    what: str
    where = "what"
    rule = "it is known already that {what!r} is needed by this role at this stage"
    way_out = "nothing is left to be done; another need is put in other words"


@dataclass(eq=False)
class NotNeeded(Refusal):
    """The end of a need that does not stand."""

    where = "need"
    rule = "it was not needed at that instant"
    way_out = "name a need that stands, or date this later"


@dataclass(eq=False)
class NeedUnclear(Refusal):
    """A need that leaves open who needs what, or when."""

    field: str
    kind = RefusalKind.INVALID
    rule = "a need says which role needs what at which stage: the {field} is empty"
    way_out = "say all three, in your organisation's own words"

    def __post_init__(self) -> None:
        self.where = self.field  # type: ignore[misc]  # role, stage or what


def guard_need(state: Need, fact: Fact) -> None:
    """Refuse a need that is stated twice or unclear, and the end of none."""
    match fact.content:
        case KnowledgeNeeded() as content:
            for field in ("role", "stage", "what"):
                if not getattr(content, field).strip():
                    raise NeedUnclear(field)
            if state.standing:
                raise AlreadyNeeded(state.what)
        case KnowledgeNeedEnded():
            if not state.standing:
                raise NotNeeded
        case _:
            pass


def evolve_need(state: Need, fact: Fact) -> Need:
    """The need once this fact is in its place."""
    match fact.content:
        case KnowledgeNeeded() as content:
            return Need(
                since=fact.effective_at,
                role=content.role,
                stage=content.stage,
                what=content.what,
                strategy=content.strategy,
            )
        case KnowledgeNeedEnded():
            return replace(state, until=fact.effective_at)
        case _:
            return state


NEED: Aggregate[Need] = Aggregate("need", Need(), (KnowledgeNeeded, KnowledgeNeedEnded), guard_need, evolve_need)


class FoundBy(StrEnum):
    """How somebody came to an item."""

    SEARCH = "search"
    COLLEAGUE = "colleague"
    LIST = "list"
    OTHER = "other"


@event("knowledge.used")
class KnowledgeUsed(Content):
    """A person used an item; `did_not_know` says that they did not know until then that it existed."""

    knowledge: UUID
    person: UUID
    did_not_know: bool = False
    found_by: FoundBy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """The state of one use; `used_at` is None before it."""

    used_at: datetime | None = None
    knowledge: UUID | None = None
    person: UUID | None = None
    did_not_know: bool = False
    found_by: FoundBy | None = None


@dataclass(eq=False)
class AlreadyUsed(Refusal):
    """A use is told once."""

    where = "knowledge"
    rule = "this use was told already"
    way_out = "tell of another one, or correct this"


def guard_use(state: Use, fact: Fact) -> None:
    """Refuse a second telling of the same use."""
    if state.used_at is not None:
        raise AlreadyUsed


def evolve_use(state: Use, fact: Fact) -> Use:
    """The use once this fact is in its place."""
    match fact.content:
        case KnowledgeUsed() as content:
            return Use(
                used_at=fact.effective_at,
                knowledge=content.knowledge,
                person=content.person,
                did_not_know=content.did_not_know,
                found_by=content.found_by,
            )
        case _:
            return state


USE: Aggregate[Use] = Aggregate("use", Use(), (KnowledgeUsed,), guard_use, evolve_use)
