"""Messages over HTTP: what one chose, what was sent; and the address in a letter that ends them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from html import escape
from uuid import UUID

from flask import Blueprint, Response, request

from adapters.http.answers import Found
from adapters.http.asks import Ask, Inquiry
from adapters.http.deeds import Deed, Doing
from adapters.http.fields import KEY, KEY_PATTERN, Several, Text, WholeNumber
from adapters.http.noun import Noun
from adapters.http.refusals import NobodyBehindToken
from adapters.http.schemas import Field
from adapters.http.services import Services
from adapters.stop_tokens import read_token
from adapters.wording import ENGLISH, WORDS
from application.messages import Choice, ChoiceUnknown, Outcome
from domain.reminder import MessageKind

KINDS = tuple(MessageKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceAnswer:
    """What is chosen: the kinds that are off, and language, time zone and hour; null for what is usual."""

    off: tuple[str, ...]
    language: str | None
    zone: str | None
    hour: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageAnswer:
    """One of one's own messages: of which day, and what became of it. What stood in it is kept nowhere."""

    day: date
    outcome: Outcome
    made_at: datetime
    ended_at: datetime | None
    next_attempt_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagesAnswer:
    """What one chose, what holds (else the organisation's or the usual), and one's last messages, newest first."""

    kinds: tuple[str, ...]
    chosen: ChoiceAnswer
    holds: ChoiceAnswer
    messages: tuple[MessageAnswer, ...]


def _shaped(choice: Choice) -> ChoiceAnswer:
    return ChoiceAnswer(
        off=tuple(sorted(each.value for each in choice.off)),
        language=choice.language,
        zone=choice.zone,
        hour=choice.hour,
    )


def shown(inquiry: Inquiry) -> Found:
    """One's own choice about messages, and what became of the last ones; as it is at present."""
    person, office = inquiry.session.caller.person, inquiry.services.messages
    inquiry.check()
    if person is None:
        raise NobodyBehindToken
    organisation = inquiry.organisation
    answer = MessagesAnswer(
        kinds=tuple(each.value for each in KINDS),
        chosen=_shaped(office.store.choice(organisation, person) or Choice()),
        holds=_shaped(office.holds(organisation, person, inquiry.session.settings.zone)),
        messages=tuple(
            MessageAnswer(
                day=each.day,
                outcome=each.outcome,
                made_at=each.made_at,
                ended_at=each.ended_at,
                next_attempt_at=each.next_attempt_at,
            )
            for each in office.store.of(organisation, person)
        ),
    )
    return Found(answer=answer, asks={"person": person})


def _choice(doing: Doing) -> Choice:
    said = doing.said
    unknown = sorted(set(said["off"]) - set(KINDS))
    if unknown:
        raise ChoiceUnknown("off", f"a list of {', '.join(KINDS)}; there is no kind {unknown[0]}")
    return Choice(
        off=frozenset(map(MessageKind, said["off"])), language=said["language"], zone=said["zone"], hour=said["hour"]
    )


def chosen(doing: Doing) -> object:
    """Which kinds of messages one does not want, and in which language, time zone and at which hour one does.

    All of it is said anew: what is left out is as usual.
    """
    person = doing.session.caller.person
    if person is None:
        raise NobodyBehindToken
    choice = _choice(doing)
    doing.services.messages.choose(doing.session.organisation, person, choice)
    return _shaped(choice)


def set_for_all(doing: Doing) -> object:
    """In which language, time zone and at which hour messages go to whoever chose nothing else.

    No kind can be turned off for others.
    """
    choice = _choice(doing)
    if choice.off:
        raise ChoiceUnknown("off", "left out: each person turns off what they do not want")
    doing.services.messages.choose(doing.session.organisation, doing.session.organisation, choice)
    return _shaped(choice)


FIELDS: Mapping[str, Field] = {
    "off": Several(
        Text(longest=KEY, shortest=1, pattern=KEY_PATTERN),
        load_default=list,
        metadata={"description": f"Kinds that are not wanted: {', '.join(KINDS)}.", "examples": [["commitments"]]},
    ),
    "language": Text(
        longest=KEY,
        load_default=None,
        allow_none=True,
        metadata={"description": "en or de; unstated, as usual.", "examples": ["de"]},
    ),
    "zone": Text(
        longest=KEY,
        load_default=None,
        allow_none=True,
        metadata={"description": "A time zone (IANA); unstated, the organisation's.", "examples": ["Europe/Berlin"]},
    ),
    "hour": WholeNumber(
        load_default=None,
        allow_none=True,
        metadata={"description": "From which hour of the day on; unstated, as usual.", "examples": [8]},
    ),
}

MESSAGES = Noun(
    name="messages",
    description="Messages about what is one's own to do: which, when, and in which language.",
    deeds=(
        Deed(
            path="me/messages",
            act="messages.chosen",
            do=chosen,
            title="Choose my messages.",
            fields=FIELDS,
            answers=ChoiceAnswer,
        ),
        Deed(
            path="messages",
            act="messages.set",
            do=set_for_all,
            title="Set what holds for whoever chose nothing.",
            fields=FIELDS,
            answers=ChoiceAnswer,
        ),
    ),
    asks=(
        Ask(
            path="me/messages", view="owed", find=shown, title="Show my messages.", answers=MessagesAnswer, times=False
        ),
    ),
)


def stopping_of(services: Services) -> Blueprint:
    """The address in a letter: a page that asks (GET), and the one click that stops (POST, RFC 8058)."""
    blueprint = Blueprint("stopping", __name__)

    @blueprint.route("/stop/<token>", methods=["GET", "POST"])
    def stop(token: str) -> Response:
        office, found = services.messages, read_token(services.messages, token[:200], partial(_is_open, services))
        if found is None:
            return _page("There is nothing to be stopped here.", 404)
        organisation, person, kind = found
        language = office.holds(organisation, person, "UTC").language or ENGLISH
        words = WORDS.get(language, WORDS[ENGLISH])
        asked, done = (
            words[f"{word}_all"] if kind is None else words[word].format(kind=words[kind])
            for word in ("confirm", "stopped")
        )
        if request.method == "POST":
            office.stop(organisation, person, kind)
            return _page(done, language=language)
        form = f"<form method=post><button>{escape(words['button'])}</button></form>"
        return _page(asked, language=language, form=form)

    return blueprint


def _is_open(services: Services, organisation: UUID) -> bool:
    """Whether there is such an organisation, and it was not closed: no key is made for any other."""
    there = organisation in services.ledger.ledger_recorder.organisations()
    return there and services.ledger.organisation(organisation).closed_at is None


def _page(text: str, status: int = 200, *, language: str = ENGLISH, form: str = "") -> Response:
    body = (
        f"<!doctype html><html lang={escape(language)}><meta charset=utf-8><title>Avow</title>"
        f"<meta name=viewport content=width=device-width><p>{escape(text)}</p>{form}"
    )
    headers = {
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",
    }
    return Response(body, status, headers, content_type="text/html; charset=utf-8")
