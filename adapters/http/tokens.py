"""Tokens over HTTP: administrators issue, list and revoke them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from adapters.http.answers import Found
from adapters.http.asks import Ask, Inquiry
from adapters.http.deeds import Deed, Doing
from adapters.http.fields import KEY, KEY_PATTERN, LINE, Several, Text, WholeNumber
from adapters.http.noun import Noun
from adapters.http.refusals import HttpRefusal
from application.permissions import Role
from application.tokens import Token, TokenUnknown
from domain.kernel import RefusalKind


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenAnswer:
    """A token without its secret. `used_on` is a day.

    `issued_by` and `revoked_by` are a person or a token, null for the operator.
    """

    id: UUID
    name: str
    status: str
    person: UUID | None
    roles: list[str]
    scopes: list[str]
    issued_at: datetime
    issued_by: UUID | None
    expires_at: datetime
    revoked_at: datetime | None
    revoked_by: UUID | None
    used_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedToken:
    """A new token with its secret, which is shown this once and kept nowhere."""

    secret: str
    token: TokenAnswer


@dataclass(eq=False)
class TokenOfNobody(HttpRefusal):
    """A token without scopes asked for by a caller that is no person: there is nobody whom it could be for."""

    status = 422
    kind = RefusalKind.INVALID
    where = "scopes"
    rule = "a token without scopes is for whoever asks for it, and this caller is no person"
    way_out = "name scopes for an integration; tokens for other people are issued by an operator with `avow token`"


def issued(doing: Doing) -> IssuedToken:
    """With scopes it is an integration's and opens these acts and views alone: `goal.proposed`, `goal.*`, `alignment`.

    Without scopes it is for whoever asks, and opens what they may do. The secret is shown this once; if the answer is
    lost, revoke the token and issue another.
    """
    session, scopes = doing.session, doing.said.get("scopes") or ()
    if not scopes and session.token.person is None:
        raise TokenOfNobody
    token, secret = doing.services.tokens.issue(
        session.organisation,
        doing.said["name"],
        person=None if scopes else session.token.person,
        roles=[Role.INTEGRATION] if scopes else [],
        scopes=scopes,
        days=doing.said.get("days", 90),
        by=session.issuer_id,
    )
    return IssuedToken(secret=secret, token=_shown(token))


def revoked(doing: Doing) -> TokenAnswer:
    """It opens nothing from the next request on. What it did stays on record."""
    session = doing.session
    try:
        id = UUID(doing.path["token"])
    except ValueError as error:
        raise TokenUnknown(doing.path["token"]) from error
    doing.services.tokens.revoke(session.organisation, id, session.issuer_id)
    return next(_shown(each) for each in doing.services.tokens.store.issued(session.organisation) if each.id == id)


def listed(inquiry: Inquiry) -> Found:
    """Every token of the organisation, oldest first, the expired and revoked ones too; never a secret."""
    inquiry.check()
    entries = (
        (f"{_order(each.issued_at)} {each.id}", each)
        for each in inquiry.services.tokens.store.issued(inquiry.organisation)
    )
    return inquiry.page(entries, lambda _, token: _shown(token))


def _order(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _shown(token: Token) -> TokenAnswer:
    return TokenAnswer(
        id=token.id,
        name=token.name,
        status=token.status(datetime.now(UTC)),
        person=token.person,
        roles=sorted(token.roles),
        scopes=sorted(token.scopes),
        issued_at=token.issued_at,
        issued_by=token.issued_by,
        expires_at=token.expires_at,
        revoked_at=token.revoked_at,
        revoked_by=token.revoked_by,
        used_on=token.used_on,
    )


TOKENS = Noun(
    name="tokens",
    description="Avow's own bearer tokens: for integrations, with scopes, and for people.",
    deeds=(
        Deed(
            path="tokens",
            act="token.issued",
            do=issued,
            title="Issue a token.",
            fields={
                "name": Text(
                    longest=LINE,
                    shortest=1,
                    required=True,
                    metadata={"description": "What it is for; shown in the list.", "examples": ["planning tool"]},
                ),
                "scopes": Several(
                    Text(longest=KEY, shortest=1, pattern=KEY_PATTERN),
                    metadata={
                        "description": "For an integration: acts, their families, views, or *.",
                        "examples": [["goal.*", "alignment"]],
                    },
                ),
                "days": WholeNumber(
                    least=1,
                    metadata={
                        "description": "How long it holds, 366 at most; 90 unless said.",
                        "maximum": 366,
                        "examples": [30],
                    },
                ),
            },
            answers=IssuedToken,
        ),
        Deed(
            path="tokens/<token>/revocations",
            act="token.revoked",
            do=revoked,
            title="Revoke a token.",
            fields={},
            answers=TokenAnswer,
        ),
    ),
    asks=(
        Ask(
            path="tokens",
            view="tokens",
            find=listed,
            title="List the tokens.",
            answers=list[TokenAnswer],
            pages=True,
            times=False,
        ),
    ),
)
