"""Who asks: the bearer token's caller, in the one organisation that it opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import g, request

from adapters.http.refusals import NoSuchOrganisation, TokenMissing, TokenNotValid
from adapters.http.services import Services
from application.desk import organisation_id
from application.live_book import LiveBook
from application.permissions import Caller
from application.tokens import Token
from domain.kernel import Actor
from domain.organisation import ORGANISATION, Organisation


@dataclass(frozen=True, slots=True)
class Session:
    """One request's caller, and the organisation as it is at present."""

    token: Token
    caller: Caller
    settings: Organisation
    now: datetime
    book: LiveBook
    """The organisation's book as it stood when the request came: for deciding it, not for what is asked later."""

    @property
    def organisation(self) -> UUID:
        """The organisation's id."""
        return self.token.organisation

    @property
    def zone(self) -> ZoneInfo:
        """Where the organisation counts its days."""
        return ZoneInfo(self.settings.zone)

    @property
    def actor(self) -> Actor:
        """Who acts: the person behind the token, or an integration under the token's name."""
        if self.token.person is not None:
            return Actor(person=self.token.person)
        return Actor(service=f"token {self.token.id}")

    @property
    def known_as(self) -> str:
        """By what the caller is told apart: for idempotency keys and cursors."""
        return known_as(self.token)


def token_of_request(services: Services) -> Token:
    """The token that the request carries. Raises TokenMissing, TokenNotValid."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise TokenMissing
    found = services.tokens.recognise(secret.strip())
    if found is None:
        raise TokenNotValid
    return found


def open_session(services: Services, organisation: str) -> Session:
    """The caller's session in the organisation named by key or id.

    Raises TokenMissing, TokenNotValid; NoSuchOrganisation too where the token is for another one.
    """
    token = token_of_request(services)
    if token.organisation not in (organisation_id(organisation), _as_id(organisation)):
        raise NoSuchOrganisation
    key = request.headers.get("Idempotency-Key")
    book = services.ledger.book(token.organisation, (known_as(token), key) if key is not None else None)
    if book.head is None:
        raise NoSuchOrganisation
    now = services.ledger.present(book)
    settings = book.timeline(ORGANISATION, token.organisation).state()
    caller = services.callers.caller(token, now, book)
    if caller is None:
        raise TokenNotValid  # whoever left acts no more, whatever they still hold
    g.session = session = Session(token, caller, settings, now, book)
    return session


def known_as(token: Token) -> str:
    """By what a token's caller is told apart."""
    return str(token.person or token.id)


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) == 36 else None
    except ValueError:
        return None
