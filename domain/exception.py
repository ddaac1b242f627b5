"""An exception: an approved departure from a rule, by somebody other than the author, that may expire."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.draft_check import Objection
from domain.kernel import Content, Refusal, RefusalKind, event
from domain.temporal import Fact


@event("exception.approved")
class ExceptionApproved(Content):
    """Who acts approved publishing in spite of an objection; why stands in the envelope.

    `exception` is its id, unique in the strategy; `objection` the name of what it covers, on `element` or, unstated, on
    every one. From the instant `expires` on it covers nothing. `not_separated` says that nobody but the author could
    have approved it.
    """

    exception: str
    objection: str
    element: str | None = None
    expires: datetime | None = None
    not_separated: bool = False


@event("exception.ended")
class ExceptionEnded(Content):
    """The exception covers nothing from here on."""

    exception: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedException:
    """An exception and what became of it. `approver` is None where an import does not say who it was."""

    exception: str
    objection: str
    element: str | None
    approver: UUID | None
    approved_at: datetime
    expires: datetime | None
    ended_at: datetime | None = None
    not_separated: bool = False

    def holds(self, at: datetime) -> bool:
        """Whether it is approved, not ended and not expired at that instant."""
        begun, ends = self.approved_at <= at, (self.ended_at, self.expires)
        return begun and all(end is None or at < end for end in ends)

    def covers(self, objection: Objection, at: datetime, authors: Collection[UUID]) -> bool:
        """Whether the objection to a draft by these authors may be passed over at that instant."""
        return self.passes(objection.name, objection.element, at, authors)

    def passes(self, name: str, element: str | None, at: datetime, authors: Collection[UUID]) -> bool:
        """Whether what is objected under this name, to an element or to all of the draft, may be passed over then."""
        separated = self.not_separated or (self.approver is not None and self.approver not in authors)
        meant = self.objection == name and self.element in {None, element}
        return separated and meant and self.holds(at)


Exceptions = tuple[ApprovedException, ...]


@dataclass(eq=False)
class ExceptionAlreadyApproved(Refusal):
    """Each exception is approved once."""

    exception: str
    where = "exception"
    rule = "exception {exception} was approved already"
    way_out = "give the new one an id of its own"


@dataclass(eq=False)
class ExpiresBeforeApproval(Refusal):
    """An exception that would never hold."""

    exception: str
    kind = RefusalKind.INVALID
    where = "expires"
    rule = "exception {exception} would expire before it is approved"
    way_out = "let it expire on a later day, or never"


@dataclass(eq=False)
class ApproverUnnamed(Refusal):
    """An exception that no person approves."""

    exception: str
    kind = RefusalKind.FORBIDDEN
    where = "actor"
    rule = "exception {exception} names nobody who approves it"
    way_out = "let a person approve it"


@dataclass(eq=False)
class ApproverIsAuthor(Refusal):
    """Who drafts does not approve the exception."""

    exception: str
    approver: UUID
    kind = RefusalKind.FORBIDDEN
    where = "actor"
    rule = "whoever works on the draft cannot approve an exception for it"
    way_out = "ask somebody else who may publish"


@dataclass(eq=False)
class ExceptionUnknown(Refusal):
    """There is no such exception, or it ended before."""

    exception: str
    kind = RefusalKind.UNKNOWN
    where = "exception"
    rule = "no exception {exception} stands at that instant"
    way_out = "name one that is approved and has not ended"


def refuse_exception(exceptions: Exceptions, content: ExceptionApproved, fact: Fact, authors: Collection[UUID]) -> None:
    """Refuse an exception that cannot be approved. Who may approve is a rule of conduct: imports only record it."""
    if any(each.exception == content.exception for each in exceptions):
        raise ExceptionAlreadyApproved(content.exception)
    if content.expires is not None and content.expires <= fact.effective_at:
        raise ExpiresBeforeApproval(content.exception)
    if fact.actor.imported is not None:
        return
    if fact.actor.person is None:
        raise ApproverUnnamed(content.exception)
    if fact.actor.person in authors and not content.not_separated:
        raise ApproverIsAuthor(content.exception, fact.actor.person)


def refuse_end(exceptions: Exceptions, content: ExceptionEnded) -> None:
    """Refuse to end what does not stand."""
    if not any(each.exception == content.exception and each.ended_at is None for each in exceptions):
        raise ExceptionUnknown(content.exception)


def with_exception(exceptions: Exceptions, content: ExceptionApproved, fact: Fact) -> Exceptions:
    """The exceptions with this one too."""
    return (
        *exceptions,
        ApprovedException(
            exception=content.exception,
            objection=content.objection,
            element=content.element,
            approver=fact.actor.person,
            approved_at=fact.effective_at,
            expires=content.expires,
            not_separated=content.not_separated,
        ),
    )


def without_exception(exceptions: Exceptions, content: ExceptionEnded, at: datetime) -> Exceptions:
    """The exceptions once this one ended."""
    return tuple(
        replace(each, ended_at=at) if each.exception == content.exception and each.ended_at is None else each
        for each in exceptions
    )
