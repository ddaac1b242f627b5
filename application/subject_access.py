"""Subject access: everything that is held on one person, for that person.

Other people's words that mention them are theirs: they are listed by reference. Answers in confidential reviews are no
part of it: nothing here reads the ballot box. What somebody answered under their name is theirs and their readers':
whoever else asks, such as an administrator, is told where it stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from application.answers import Plain
from application.erasure import ErasureReceipt, mentioning, receipt
from application.ledger import Ledger
from application.messages import Choice, MessageStore
from application.reads import Read, Trail
from application.records import event
from application.sealing import map_private
from application.signing_in import SignInStore
from application.tokens import TokenStore
from domain.catalogue import aggregate_of
from domain.condition import ConditionJudged, JudgementAgreed
from domain.kernel import Recorded
from domain.person import PERSON, Person
from domain.ranking import RankingGiven
from domain.response import ReviewAnswered
from domain.sealed import Private

Answer = ReviewAnswered | ConditionJudged | JudgementAgreed | RankingGiven
ANSWERS = (ReviewAnswered, ConditionJudged, JudgementAgreed, RankingGiven)
"""What people answer under their own name: theirs and their readers'."""
PAGE = 500
ALL_LETTERS = 100_000
WITHHELD = (
    "What this person answered, judged or ranked under their name is withheld: it is listed by reference. The person "
    "gets it whole when they ask themselves, or from the operator by `avow subject-access`."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenHeld:
    """What is kept of a token of theirs; never its secret."""

    id: UUID
    name: str
    roles: tuple[str, ...]
    scopes: tuple[str, ...]
    issued_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    used_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInHeld:
    """That they sign in at an issuer; of their subject there an HMAC alone is kept."""

    id: UUID
    issuer: str
    bound_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterHeld:
    """That there was a letter to them on a day, and what became of it; what it said is kept nowhere."""

    day: date
    outcome: str
    made_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersHeld:
    """What they chose about letters, and the letters there were, the newest first."""

    off: tuple[str, ...]
    language: str | None
    zone: str | None
    hour: int | None
    sent: tuple[LetterHeld, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadHeld:
    """Who opened their record, when, and as of which moment."""

    at: datetime
    person: UUID | None
    token: UUID
    view: str
    valid_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectAccess:
    """Everything held on a person, as it is known at `position`.

    `person` is who they are and were: names, memberships, ranks, managers, roles, holds. `statements` are the events by
    them, about them or that name them, by kind of record, each with who said it and where it came from. `note` tells
    what is withheld from whoever asks; None where nothing is.
    """

    organisation: UUID
    organisation_name: str
    made_at: datetime
    position: int
    note: str | None
    id: UUID
    person: Person
    statements: dict[str, list[Plain]]
    tokens: tuple[TokenHeld, ...]
    sign_ins: tuple[SignInHeld, ...]
    letters: LettersHeld
    reads: tuple[ReadHeld, ...]
    erasure: ErasureReceipt


def subject_access(
    ledger: Ledger,
    tokens: TokenStore,
    sign_ins: SignInStore,
    messages: MessageStore,
    trail: Trail,
    organisation: UUID,
    person: UUID,
    *,
    opens: Callable[[Recorded], bool] = lambda _: True,
) -> SubjectAccess:
    """Everything held on a person. Reads the whole history. Private texts stay sealed, as everywhere.

    `opens` tells whether whoever asks may see what the person answered, judged or ranked under their name.
    """
    head = ledger.ledger_recorder.head(organisation)
    statements, note = defaultdict[str, list[Plain]](list), None
    for recorded in mentioning(ledger, organisation, person):
        said, content = event(_own(recorded, person)), recorded.event.content
        if isinstance(content, ANSWERS):
            if content.person != person:
                said |= _by_reference(recorded, content, f"answers of {content.person}")
            elif not opens(recorded):
                note = WITHHELD
                said |= _by_reference(recorded, content, "withheld")
        statements[aggregate_of(recorded.event.topic).kind].append(said)
    return SubjectAccess(
        organisation=organisation,
        organisation_name=ledger.organisation(organisation).name,
        made_at=ledger.now(organisation),
        position=head.position if head else 0,
        note=note,
        id=person,
        person=ledger.timeline(PERSON, organisation, person).state(),
        statements=dict(statements),
        tokens=tuple(
            TokenHeld(
                id=each.id,
                name=each.name,
                roles=tuple(sorted(each.roles)),
                scopes=tuple(sorted(each.scopes)),
                issued_at=each.issued_at,
                expires_at=each.expires_at,
                revoked_at=each.revoked_at,
                used_on=each.used_on,
            )
            for each in tokens.issued(organisation)
            if each.person == person
        ),
        sign_ins=tuple(
            SignInHeld(id=each.id, issuer=each.issuer, bound_at=each.bound_at, ended_at=each.ended_at)
            for each in sign_ins.listed(organisation)
            if each.person == person
        ),
        letters=_letters(messages, organisation, person),
        reads=tuple(
            ReadHeld(at=each.at, person=each.person, token=each.token, view=each.view, valid_at=each.valid_at)
            for each in _reads(trail, organisation, person)
        ),
        erasure=receipt(ledger, organisation, person),
    )


def _letters(messages: MessageStore, organisation: UUID, person: UUID) -> LettersHeld:
    chosen = messages.choice(organisation, person) or Choice()
    return LettersHeld(
        off=tuple(sorted(each.value for each in chosen.off)),
        language=chosen.language,
        zone=chosen.zone,
        hour=chosen.hour,
        sent=tuple(
            LetterHeld(day=each.day, outcome=each.outcome.value, made_at=each.made_at, ended_at=each.ended_at)
            for each in messages.of(organisation, person, ALL_LETTERS)
        ),
    )


def _own(recorded: Recorded, person: UUID) -> Recorded:
    """The event with everybody else's words left out, each replaced by whose they are and where they stand."""

    def shown(text: Private) -> Private:
        if text.subject == person:
            return text
        where = text.place.rpartition("/")[2]
        return replace(text, text=f"[text of {text.subject}, position {recorded.position}, {where}]")

    return replace(recorded, event=map_private(recorded.event, shown))


def _by_reference(recorded: Recorded, content: Answer, what: str) -> Plain:
    """That somebody answered, judged or ranked, and where it stands; neither what, nor why."""
    where = f"[{what}, position {recorded.position}]"
    about = str(recorded.event.stream if isinstance(content, RankingGiven) else content.review)
    asked = "ranking" if isinstance(content, RankingGiven) else "review"
    answered = {asked: about, "person": str(content.person), "answers": where}
    return {"content": answered, "reason": where if recorded.event.reason is not None else None}


def _reads(trail: Trail, organisation: UUID, person: UUID) -> Sequence[Read]:
    found = list[Read]()
    while page := trail.reads(
        organisation, about=person, before=(found[-1].at, found[-1].id) if found else None, limit=PAGE
    ):
        found += page
    return found
