"""Opaque bearer tokens: random, stored hashed, for one organisation, expiring, revocable (trust.md §1).

Whoever holds a token acts for it. It names a person, or an integration with scopes; what a person's token lets them do
is what it was issued for, or, when it names no roles, what the person may do at present.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from application.permissions import Role, is_scope
from domain.kernel import Refusal, RefusalKind

PREFIX = "avow_"
"""What every secret begins with, so that a leaked one is recognised by who scans for such things."""

FORGOTTEN = "erased"
"""What the tokens of somebody who was erased are called."""

LONGEST = timedelta(days=366)
"""No token lives longer."""

CALENDAR = "calendar.address"
"""The scope of a token that stands in the address of a person's calendar, and opens that alone; nobody may name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """What a caller showed: a token of Avow's own, or a sign-in by an issuer's access token; by its id."""

    id: UUID
    organisation: UUID
    name: str
    person: UUID | None
    roles: frozenset[Role] = frozenset()
    scopes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What is kept of a token: never the secret itself, only the SHA-256 of its 256 random bits.

    `used_on` is a day, never an instant: when somebody answered must not be readable from it. `issued_by` and
    `revoked_by` are a person or a token; None is the operator, at the command line.
    """

    id: UUID
    organisation: UUID
    name: str
    digest: bytes
    person: UUID | None = None
    roles: frozenset[Role] = frozenset()
    scopes: frozenset[str] = frozenset()
    issued_at: datetime
    expires_at: datetime
    issued_by: UUID | None = None
    revoked_at: datetime | None = None
    revoked_by: UUID | None = None
    used_on: date | None = None

    @property
    def credential(self) -> Credential:
        """What it lets its bearer be."""
        return Credential(
            id=self.id,
            organisation=self.organisation,
            name=self.name,
            person=self.person,
            roles=self.roles,
            scopes=self.scopes,
        )

    @property
    def of_calendar(self) -> bool:
        """Whether it is the end of a calendar's address, and no bearer token."""
        return CALENDAR in self.scopes

    def status(self, now: datetime) -> str:
        """What became of it: `holds`, `expired` or `revoked`."""
        return "revoked" if self.revoked_at else "holds" if self.holds(now) else "expired"

    def holds(self, now: datetime) -> bool:
        """Whether it opens anything at this instant."""
        return self.revoked_at is None and now < self.expires_at


class TokenStore(ABC):
    """Where tokens are kept. The two implementations (PostgreSQL, memory) pass one contract suite."""

    @abstractmethod
    def add(self, token: Token) -> None:
        """Keep a new token."""

    @abstractmethod
    def find(self, digest: bytes) -> Token | None:
        """The token with this digest, whatever became of it."""

    @abstractmethod
    def issued(self, organisation: UUID) -> Sequence[Token]:
        """Every token of an organisation, oldest first, the expired and revoked ones too."""

    @abstractmethod
    def revoke(self, organisation: UUID, token: UUID, at: datetime, by: UUID | None = None) -> bool:
        """Let it open nothing from now on; the first revocation counts. False if there is no such token."""

    @abstractmethod
    def forget(self, organisation: UUID, person: UUID, at: datetime) -> None:
        """Revoke a person's tokens, and name them no more."""

    @abstractmethod
    def used(self, organisation: UUID, token: UUID, on: date) -> None:
        """Remember the newest day on which it was used."""


@dataclass(eq=False)
class TokenUnknown(Refusal):
    """A token to be revoked that the organisation does not have."""

    token: str
    kind = RefusalKind.UNKNOWN
    where = "token"
    rule = "there is no token {token} in this organisation"
    way_out = "list the tokens and name one of their ids"


@dataclass(eq=False)
class TokenLivesTooLong(Refusal):
    """A token that would hardly ever expire, or that has expired already."""

    days: int
    kind = RefusalKind.INVALID
    where = "days"
    rule = "a token lives for 1 to 366 days, not for {days}"
    way_out = "give a number of days in that range, and issue a new one in time"


@dataclass(eq=False)
class ScopesAreForIntegrations(Refusal):
    """Scopes without the integration role, or an integration without scopes."""

    kind = RefusalKind.INVALID
    where = "scopes"
    rule = "scopes belong to the role integration, which needs at least one, and to no other role"
    way_out = "name role integration and its scopes (such as commitment.* or alignment), or other roles without scopes"


@dataclass(eq=False)
class ScopeUnknown(Refusal):
    """A scope that no act or view bears, such as a misspelt one: it would open nothing."""

    scope: str
    kind = RefusalKind.INVALID
    where = "scopes"
    rule = "{scope!r} is no scope: no act, no view and no family of acts is called so, or no integration may do it"
    way_out = "name an act such as goal.proposed, a family such as goal.*, a view such as alignment, or *"


@dataclass(frozen=True)
class TokenOffice:
    """Issues, recognises and revokes tokens. Chance and time are handed in."""

    store: TokenStore
    fresh_secret: Callable[[], str]
    fresh_id: Callable[[], UUID]
    now: Callable[[], datetime]

    def issue(
        self,
        organisation: UUID,
        name: str,
        *,
        person: UUID | None = None,
        roles: Sequence[Role] = (),
        scopes: Sequence[str] = (),
        days: int = 90,
        by: UUID | None = None,
    ) -> tuple[Token, str]:
        """A new token and its secret, which is told this once.

        Raises TokenLivesTooLong, ScopesAreForIntegrations, ScopeUnknown.
        """
        if not 1 <= days <= LONGEST.days:
            raise TokenLivesTooLong(days)
        if (Role.INTEGRATION in roles) is not bool(scopes):
            raise ScopesAreForIntegrations
        for each in scopes:
            if not is_scope(each):
                raise ScopeUnknown(each[:80])
        secret, now = PREFIX + self.fresh_secret(), self.now()
        token = Token(
            id=self.fresh_id(),
            organisation=organisation,
            name=name,
            digest=digest_of(secret),
            person=person,
            roles=frozenset(roles),
            scopes=frozenset(scopes),
            issued_at=now,
            issued_by=by,
            expires_at=now + timedelta(days=days),
        )
        self.store.add(token)
        return token, secret

    def recognise(self, secret: str, *, noted: bool = True) -> Token | None:
        """The token behind a secret, if it still holds; its use is `noted` by the day, or is not.

        What ends the address of a calendar is none: it opens nothing else.
        """
        return self._recognised(secret, calendar=False, noted=noted)

    def recognise_calendar(self, secret: str) -> Token | None:
        """The token behind what ends the address of a calendar, if it still holds."""
        return self._recognised(secret, calendar=True, noted=True)

    def issue_calendar(self, organisation: UUID, person: UUID, by: UUID) -> tuple[Token, str]:
        """A new address for a person's calendar, and what it ends with, which is told this once.

        It holds as long as any token may; one given before opens nothing any more.
        """
        self.end_calendar(organisation, person, by)
        secret, now = PREFIX + self.fresh_secret(), self.now()
        token = Token(
            id=self.fresh_id(),
            organisation=organisation,
            name="calendar",
            digest=digest_of(secret),
            person=person,
            scopes=frozenset({CALENDAR}),
            issued_at=now,
            issued_by=by,
            expires_at=now + LONGEST,
        )
        self.store.add(token)
        return token, secret

    def calendar_of(self, organisation: UUID, person: UUID) -> Token | None:
        """The address of a person's calendar that holds, if one does."""
        now = self.now()
        mine = (each for each in self.store.issued(organisation) if each.person == person and each.of_calendar)
        return next((each for each in mine if each.holds(now)), None)

    def end_calendar(self, organisation: UUID, person: UUID, by: UUID) -> None:
        """Let the address of a person's calendar open nothing from now on, if there is one."""
        held = self.calendar_of(organisation, person)
        if held is not None:
            self.revoke(organisation, held.id, by)

    def _recognised(self, secret: str, *, calendar: bool, noted: bool) -> Token | None:
        found, now = self.store.find(digest_of(secret)), self.now()
        if found is None or not found.holds(now) or found.of_calendar is not calendar:
            return None
        today = now.date()
        if noted and (found.used_on is None or found.used_on < today):
            self.store.used(found.organisation, found.id, today)
            return replace(found, used_on=today)
        return found

    def revoke(self, organisation: UUID, token: UUID, by: UUID | None = None) -> None:
        """Let a token open nothing from now on. Raises TokenUnknown."""
        if not self.store.revoke(organisation, token, self.now(), by):
            raise TokenUnknown(str(token))

    def forget(self, organisation: UUID, person: UUID) -> None:
        """Whoever was erased acts no more: their tokens open nothing from now on, and lose their names."""
        self.store.forget(organisation, person, self.now())


def digest_of(secret: str) -> bytes:
    """What is stored of a secret. It has 256 random bits, so a plain hash cannot be guessed back."""
    return hashlib.sha256(secret.encode()).digest()
