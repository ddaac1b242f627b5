"""Signing in elsewhere: which subject of an identity provider acts for which person (trust.md §1).

An administrator says once that what an issuer calls by a subject is this person. Of the subject, which may be an
e-mail address, only an HMAC under the organisation's secret is kept. Whoever signs in has the roles that Avow granted;
a token says who somebody is, never what they may do.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.kernel import Refusal, RefusalKind


@dataclass(frozen=True, slots=True)
class Proof:
    """What a believed access token proves: that an issuer knows its bearer as a subject."""

    issuer: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """That a subject of an issuer is a person, from when until when, and who said so.

    `digest` stands for issuer and subject. `bound_by` and `ended_by` are a person or a token; None is the operator,
    at the command line.
    """

    id: UUID
    organisation: UUID
    person: UUID
    issuer: str
    digest: bytes
    bound_at: datetime
    bound_by: UUID | None = None
    ended_at: datetime | None = None
    ended_by: UUID | None = None


class SignInStore(ABC):
    """Where they are kept. The two implementations (PostgreSQL, memory) pass one contract suite."""

    @abstractmethod
    def add(self, sign_in: SignIn) -> bool:
        """Keep a new one. False where its subject is somebody already: at most one of a digest is not ended."""

    @abstractmethod
    def find(self, organisation: UUID, digest: bytes) -> SignIn | None:
        """The one of this digest that is not ended."""

    @abstractmethod
    def listed(self, organisation: UUID) -> Sequence[SignIn]:
        """Every one of an organisation, oldest first, the ended ones too."""

    @abstractmethod
    def end(self, organisation: UUID, id: UUID, at: datetime, by: UUID | None) -> bool:
        """Let it open nothing from now on; the first end counts. False if there is no such sign-in."""


@dataclass(eq=False)
class IssuerNotConfigured(Refusal):
    """A sign-in at an issuer that Avow was not told to trust."""

    issuer: str
    trusted: str
    kind = RefusalKind.INVALID
    where = "issuer"
    rule = "{issuer!r} is not an issuer that Avow was told to trust ({trusted})"
    way_out = "name one of these exactly as it is written; an operator sets them in AVOW_OIDC_ISSUER"


@dataclass(eq=False)
class SubjectIsSomebody(Refusal):
    """A subject that is bound already: to this person, or to another one."""

    kind = RefusalKind.CONFLICT
    where = "subject"
    rule = "this subject of the issuer is somebody's sign-in already"
    way_out = "list the sign-ins, and end the one that is wrong before you bind it anew"


@dataclass(eq=False)
class SignInUnknown(Refusal):
    """A sign-in to be ended that the organisation does not have."""

    sign_in: str
    kind = RefusalKind.UNKNOWN
    where = "sign_in"
    rule = "there is no sign-in {sign_in!r} in this organisation"
    way_out = "list the sign-ins and name one of their ids"


@dataclass(frozen=True)
class SignInOffice:
    """Binds, recognises and ends sign-ins. Digests, ids and time are handed in; `issuers` are those trusted."""

    store: SignInStore
    digest: Callable[[UUID, str], bytes]
    fresh_id: Callable[[], UUID]
    now: Callable[[], datetime]
    issuers: tuple[str, ...] = ()

    def bind(
        self, organisation: UUID, person: UUID, subject: str, issuer: str | None = None, by: UUID | None = None
    ) -> SignIn:
        """Say that a subject is this person. The issuer may be left out where there is only one.

        Raises IssuerNotConfigured, SubjectIsSomebody.
        """
        named = issuer or (self.issuers[0] if len(self.issuers) == 1 else "")
        if named not in self.issuers:
            raise IssuerNotConfigured(named, ", ".join(self.issuers) or "there is none")
        made = SignIn(
            id=self.fresh_id(),
            organisation=organisation,
            person=person,
            issuer=named,
            digest=self._digest(organisation, Proof(named, subject)),
            bound_at=self.now(),
            bound_by=by,
        )
        if not self.store.add(made):
            raise SubjectIsSomebody
        return made

    def recognise(self, organisation: UUID, proof: Proof) -> SignIn | None:
        """The sign-in of whom a token proves to be, if there is one in this organisation."""
        return self.store.find(organisation, self._digest(organisation, proof))

    def forget(self, organisation: UUID, person: UUID) -> None:
        """Whoever was erased signs in no more."""
        for each in self.store.listed(organisation):
            if each.person == person and each.ended_at is None:
                self.store.end(organisation, each.id, self.now(), None)

    def end(self, organisation: UUID, id: UUID, by: UUID | None = None) -> None:
        """Let a sign-in open nothing from now on. Raises SignInUnknown."""
        if not self.store.end(organisation, id, self.now(), by):
            raise SignInUnknown(str(id))

    def _digest(self, organisation: UUID, proof: Proof) -> bytes:
        # An issuer's name holds no space, so no two pairs are written alike.
        return self.digest(organisation, f"sign-in:{proof.issuer} {proof.subject}")
