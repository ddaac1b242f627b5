"""Access: in which roles a person may act in Avow, where, and since when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.dated import holds
from domain.kernel import Content, Refusal, RefusalKind, event


class AccessRole(StrEnum):
    """What a caller may do in Avow. Never inferred from a membership's role or from one named in a commitment."""

    ADMINISTRATOR = "administrator"
    STRATEGIST = "strategist"
    SPONSOR = "sponsor"
    LEAD = "lead"
    MEMBER = "member"
    FACILITATOR = "facilitator"
    AUDITOR = "auditor"
    INTEGRATION = "integration"


@event("access.granted")
class AccessGranted(Content):
    """The person may act in a role: a lead in the sub-tree of `unit`, a facilitator in `review`, others throughout."""

    role: AccessRole
    unit: UUID | None = None
    review: UUID | None = None


@event("access.revoked")
class AccessRevoked(Content):
    """The person may no longer act in that role there."""

    role: AccessRole
    unit: UUID | None = None
    review: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """A role in Avow, where it holds and for how long."""

    role: AccessRole
    unit: UUID | None = None
    review: UUID | None = None
    since: datetime
    until: datetime | None = None


@dataclass(eq=False)
class AccessAlreadyGranted(Refusal):
    """One role is granted once for one place."""

    role: AccessRole
    where = "role"
    rule = "the person is {role} there already"
    way_out = "nothing needs to be granted"


@dataclass(eq=False)
class AccessNotGranted(Refusal):
    """A role was taken back that the person does not have there."""

    role: AccessRole
    where = "role"
    rule = "the person is not {role} there at that instant"
    way_out = "name the unit or review that the role was granted for"


@dataclass(eq=False)
class AccessScopeWrong(Refusal):
    """A lead leads a sub-tree, a facilitator one review; every other role holds throughout the organisation."""

    role: AccessRole
    kind = RefusalKind.INVALID
    where = "role"
    rule = "the role {role} does not fit the unit or review that it is granted for"
    way_out = "name a unit for a lead, a review for a facilitator, and neither for any other role"


def granted(accesses: tuple[Access, ...], at: datetime) -> tuple[Access, ...]:
    """The roles that hold at that instant."""
    return tuple(access for access in accesses if holds(access, at))


def refuse_access(accesses: tuple[Access, ...], content: AccessGranted | AccessRevoked, at: datetime) -> None:
    """Refuse a role that fits no such place, one granted already, or taking back one that was not."""
    role, unit, review = content.role, content.unit, content.review
    there = any((each.role, each.unit, each.review) == (role, unit, review) for each in granted(accesses, at))
    if isinstance(content, AccessRevoked):
        if not there:
            raise AccessNotGranted(role)
        return
    if (unit is not None, review is not None) != (role is AccessRole.LEAD, role is AccessRole.FACILITATOR):
        raise AccessScopeWrong(role)
    if there:
        raise AccessAlreadyGranted(role)


def with_access(
    accesses: tuple[Access, ...], content: AccessGranted | AccessRevoked, at: datetime
) -> tuple[Access, ...]:
    """The roles once this one was granted or taken back."""
    role, unit, review = content.role, content.unit, content.review
    if isinstance(content, AccessGranted):
        return (*accesses, Access(role=role, unit=unit, review=review, since=at))
    revoked = role, unit, review, None
    return tuple(
        replace(each, until=at) if (each.role, each.unit, each.review, each.until) == revoked else each
        for each in accesses
    )
