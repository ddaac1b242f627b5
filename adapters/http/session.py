"""Who asks: the bearer token's caller, in the one organisation that it opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import g, request

from adapters.http.refusals import NoSuchOrganisation, TokenMissing, TokenNotValid
from adapters.http.services import Services
from adapters.http.silence import leaves_no_trace
from application.desk import organisation_id
from application.live_book import LiveBook
from application.permissions import Caller
from application.signing_in import Proof
from application.tokens import PREFIX, Credential
from domain.kernel import Actor
from domain.organisation import ORGANISATION, Organisation, refuse_closed


@dataclass(frozen=True, slots=True)
class Session:
    """One request's caller, and the organisation as it is at present."""

    token: Credential
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
    def issuer_id(self) -> UUID:
        """Who stands behind what is issued, bound or ended: the person, or the token where it is nobody's."""
        return self.token.person or self.token.id

    @property
    def known_as(self) -> str:
        """By what the caller is told apart: for idempotency keys and cursors."""
        return known_as(self.token)


def shown_token() -> str:
    """The bearer token that the request carries. Raises TokenMissing."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise TokenMissing
    return secret.strip()


def open_session(services: Services, organisation: str) -> Session:
    """The caller's session in the organisation named by key or id.

    Raises TokenMissing, TokenNotValid, or why an issuer's access token is not believed; NoSuchOrganisation too where
    the token is for another one.
    """
    shown = shown_token()
    if services.access is not None and not shown.startswith(PREFIX) and "." in shown:
        token = _signed_in(services, services.access.prove(shown), organisation)
    else:
        token = _recognised(services, shown, organisation)
    key = request.headers.get("Idempotency-Key")
    book = services.ledger.book(token.organisation, (known_as(token), key) if key is not None else None)
    if book.head is None:
        raise NoSuchOrganisation
    now = services.ledger.present(book)
    settings = book.timeline(ORGANISATION, token.organisation).state()
    refuse_closed(settings)
    caller = services.callers.caller(token, now, book)
    if caller is None:
        raise TokenNotValid  # whoever left acts no more, whatever they still hold
    g.session = session = Session(token, caller, settings, now, book)
    return session


def _recognised(services: Services, secret: str, organisation: str) -> Credential:
    """By a token of Avow's own, which opens the one organisation that it was issued for."""
    token = services.tokens.recognise(secret, noted=not leaves_no_trace())
    if token is None:
        raise TokenNotValid
    if token.organisation not in (organisation_id(organisation), _as_id(organisation)):
        raise NoSuchOrganisation
    return token.credential


def _signed_in(services: Services, proof: Proof, organisation: str) -> Credential:
    """By an issuer, which opens every organisation in which an administrator said whom it means."""
    for id in (organisation_id(organisation), _as_id(organisation)):
        if id is not None and services.ledger.ledger_recorder.head(id) is not None:
            found = services.sign_ins.recognise(id, proof)
            if found is not None:
                return Credential(id=found.id, organisation=id, name="this sign-in", person=found.person)
    raise NoSuchOrganisation


def known_as(token: Credential) -> str:
    """By what a caller is told apart."""
    return str(token.person or token.id)


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) == 36 else None
    except ValueError:
        return None
