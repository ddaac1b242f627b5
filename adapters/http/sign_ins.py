"""Sign-ins over HTTP: administrators say which subject of an issuer is which person, and take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from adapters.http.answers import Found
from adapters.http.asks import Ask, Inquiry
from adapters.http.deeds import Deed, Doing
from adapters.http.fields import KEY, KEY_PATTERN, Text
from adapters.http.noun import Noun
from application.desk import Desk
from application.signing_in import SignIn, SignInUnknown

LONGEST_SUBJECT = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInAnswer:
    """That a subject of an issuer is a person; the subject itself is not kept.

    `bound_by` and `ended_by` are a person or a token, null for the operator.
    """

    id: UUID
    person: UUID
    issuer: str
    bound_at: datetime
    bound_by: UUID | None
    ended_at: datetime | None
    ended_by: UUID | None


def bound(doing: Doing) -> SignInAnswer:
    """From now on the issuer's access tokens about this subject are this person's. Only its digest is kept."""
    session = doing.session
    person = Desk(session.book, session.actor, session.now).find("person", doing.path["person"], "person")
    made = doing.services.sign_ins.bind(
        session.organisation, person, doing.said["subject"], doing.said.get("issuer"), session.issuer_id
    )
    return _shown(made)


def ended(doing: Doing) -> SignInAnswer:
    """It opens nothing from the next request on."""
    session, text = doing.session, doing.path["signin"]
    try:
        id = UUID(text)
    except ValueError as error:
        raise SignInUnknown(text) from error
    doing.services.sign_ins.end(session.organisation, id, session.issuer_id)
    return next(_shown(each) for each in doing.services.sign_ins.store.listed(session.organisation) if each.id == id)


def listed(inquiry: Inquiry) -> Found:
    """Every sign-in of the organisation, oldest first, the ended ones too: who acts for whom, and who said so."""
    inquiry.check()
    kept = inquiry.services.sign_ins.store.listed(inquiry.organisation)
    entries = ((f"{each.bound_at.astimezone(UTC).isoformat(timespec='microseconds')} {each.id}", each) for each in kept)
    return inquiry.page(entries, lambda _, sign_in: _shown(sign_in))


def _shown(sign_in: SignIn) -> SignInAnswer:
    return SignInAnswer(
        id=sign_in.id,
        person=sign_in.person,
        issuer=sign_in.issuer,
        bound_at=sign_in.bound_at,
        bound_by=sign_in.bound_by,
        ended_at=sign_in.ended_at,
        ended_by=sign_in.ended_by,
    )


SIGN_INS = Noun(
    name="sign-ins",
    description="Which subject of your identity provider is which person.",
    deeds=(
        Deed(
            path="people/<path:person>/sign-ins",
            act="sign-in.bound",
            do=bound,
            title="Say that a subject of the issuer is this person.",
            fields={
                "subject": Text(
                    longest=LONGEST_SUBJECT,
                    shortest=1,
                    required=True,
                    pattern=KEY_PATTERN,
                    metadata={
                        "description": "What the issuer calls them: the claim sub of their access tokens.",
                        "examples": ["5f0c7a52-0d3b"],
                    },
                ),
                "issuer": Text(
                    longest=KEY,
                    shortest=1,
                    pattern=KEY_PATTERN,
                    metadata={
                        "description": "The issuer; needed where several are trusted.",
                        "examples": ["https://login.example.org"],
                    },
                ),
            },
            answers=SignInAnswer,
        ),
        Deed(
            path="sign-ins/<signin>/ends",
            act="sign-in.ended",
            do=ended,
            title="End a sign-in.",
            fields={},
            answers=SignInAnswer,
        ),
    ),
    asks=(
        Ask(
            path="sign-ins",
            view="sign-ins",
            find=listed,
            title="List the sign-ins.",
            answers=list[SignInAnswer],
            pages=True,
            times=False,
        ),
    ),
)
