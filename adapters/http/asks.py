"""Questions: GETs of the state as of a moment. A table says who answers an address; one view shapes the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import quote, urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from flask import Response, request

from adapters.http.answers import Found, reply
from adapters.http.cursors import MOST, PAGE, Cursor, read_cursor, write_cursor
from adapters.http.moments import Moments, moment_of, wait_as_asked
from adapters.http.refusals import FieldsNotValid, NotBegunThen
from adapters.http.services import Services
from adapters.http.session import Session, open_session
from adapters.http.trail import leave_trace
from application import labels, permissions
from application.concerns import about
from application.desk import Desk
from application.permissions import About
from application.questions import Asked
from domain.kernel import Party
from domain.organisation import Organisation
from domain.scope import Population, Scope, population
from domain.temporal import Aggregate, Timeline

S = TypeVar("S")
T = TypeVar("T")
TIMES = ("valid_at", "known_at")
WAITING = ("at_least",)
PAGING = ("cursor", "page_size")
OF_THE_STATE = "alignment/"
"""Where the addresses of the parts of the alignment state begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """An argument of a question beside its times."""

    name: str
    meaning: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string", "minLength": 1, "maxLength": 200})
    required: bool = False


@dataclass(frozen=True)
class Inquiry:
    """One question being answered: who asks, as of which moment, and with which arguments."""

    services: Services
    session: Session
    moments: Moments
    path: Mapping[str, str]
    arguments: Mapping[str, str]
    view: str
    cursor: Cursor | None = None
    page_size: int = PAGE

    @property
    def asked(self) -> Asked:
        """The moment."""
        return self.moments.asked

    @property
    def organisation(self) -> UUID:
        """The organisation's id."""
        return self.session.organisation

    @property
    def desk(self) -> Desk:
        """A desk at the valid time, for looking references up and for who is concerned."""
        return Desk(self.services.ledger.book(self.organisation), self.session.actor, self.asked.valid_at)

    def find(self, kind: str, name: str | None = None) -> UUID:
        """The id of the record that a part of the address names by key or id. Raises UnknownReference."""
        return self.desk.find(kind, self.path[name or kind], name or kind)

    def named(self, kind: str, name: str | None = None) -> UUID | None:
        """The id of the record that an argument names, None where it is not given. Raises UnknownReference."""
        text = self.arguments.get(name or kind)
        return self.desk.find(kind, text, name or kind) if text is not None else None

    def states(self, aggregate: Aggregate[S], **narrowed: Any) -> dict[UUID, S]:  # noqa: ANN401 — see States.states
        """The states of all streams of a kind as of the moment."""
        return self.services.states.states(aggregate, self.organisation, self.asked.moment, **narrowed)

    @cached_property
    def settings(self) -> Organisation:
        """The organisation's settings and chart as of the moment."""
        found = self.services.questions.organisation(self.organisation, self.asked.moment)
        return found if found is not None else Organisation()

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the organisation counts its days."""
        return ZoneInfo(self.settings.zone)

    @property
    def today(self) -> date:
        """The organisation's day at the valid time."""
        return self.day_of(self.asked.valid_at)

    def day_of(self, instant: datetime) -> date:
        """The organisation's day of an instant."""
        return instant.astimezone(self.zone).date()

    def population(self, scope: Scope) -> Population:
        """Who belongs to a scope as of the moment."""
        people = self.services.questions.people(self.asked)
        return population(self.settings.chart, people, scope, self.asked.valid_at)

    def own(self, aggregate: Aggregate[S], stream: UUID) -> tuple[S, int | None]:
        """A record's state, and its version where this is its present; another moment has none.

        Raises NotBegunThen for one that had not begun.
        """
        if self.moments.at_present:
            found = self.present(aggregate, stream)
            state, version = found.state(self.asked.valid_at), found.version
            begun = bool(found.until(self.asked.valid_at))
        else:
            states = self.states(aggregate, streams=[stream])
            begun = stream in states
            state, version = states.get(stream, aggregate.initial), None
        if not begun:
            raise NotBegunThen(aggregate.kind, self.path.get(aggregate.kind, str(stream)))
        return state, version

    def present(self, aggregate: Aggregate[S], stream: UUID) -> Timeline[S]:
        """A stream as known at the position of the answer."""
        ledger = self.services.ledger
        timeline = ledger.timeline(aggregate, self.organisation, stream)
        head = ledger.ledger_recorder.head(self.organisation)
        if head is None or head.position == self.asked.position:
            return timeline
        return ledger.timeline_until(aggregate, self.organisation, stream, self.asked.position)

    def about(self, party: Party | None = None, units: Iterable[UUID] = (), *, published: bool = True) -> About:
        """What something is about, for the policies: over the units as they were at the valid time."""
        return about(self.desk, self.session.caller, party, units, published=published)

    def check(self, concerned: About | None = None, view: str | None = None) -> None:
        """Raises NotPermitted unless some policy opens this view to the caller."""
        permissions.check(self.session.caller, view or self.view, concerned or About(published=False))

    def sees(self, concerned: Callable[[], About], view: str | None = None) -> bool:
        """Whether some policy opens this view; what it is about is worked out only where it matters."""
        nothing = About(published=False)
        if permissions.allowed(self.session.caller, view or self.view, nothing):
            return True
        return permissions.allowed(self.session.caller, view or self.view, concerned())

    def labels(self, answer: object) -> Mapping[str, object]:
        """What the units, goals and strategies in an answer, and the people whom the caller sees, are called now."""

        def sees(person: UUID) -> bool:
            return self.sees(lambda: self.about(Party("person", person)), "person")

        found = labels.now(self.services.questions, self.asked, msgspec.to_builtins(answer), sees)
        return found if found.get("labels") else {}

    def page(
        self,
        entries: Iterable[tuple[str, T]],
        shape: Callable[[str, T], object | None],
        asks: Mapping[str, object] | None = None,
    ) -> Found:
        """One page of the entries, which come in order; those that `shape` makes None of are left out."""
        after, shown, last, more = self.cursor.after if self.cursor else "", list[object](), "", False
        for id, entry in entries:
            if id <= after:
                continue
            made = shape(id, entry)
            if made is None:
                continue
            if len(shown) == self.page_size:
                more = True
                break
            shown.append(made)
            last = id
        walk = {"page_size": self.page_size, "after": after or None}
        return Found(answer=shown, asks={**(asks or {}), **walk}, next=self.link(last) if more else None)

    def link(self, after: str) -> str:
        """The address of the page that follows on an entry."""
        cursor = Cursor(self.asked.valid_at, self.asked.position, after)
        text = write_cursor(cursor, _bound(self.arguments), self.session, self.services.vault)
        kept = {name: value for name, value in self.arguments.items() if name not in ("cursor", "at_least")}
        return f"{quote(request.path)}?{urlencode({**kept, 'cursor': text})}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One address that answers one question. `view` names the policies that open it; `plain` says that it is a text.

    `media` is the media type of a page that is made of the answer.
    """

    path: str
    view: str
    find: Callable[[Inquiry], Found]
    title: str
    answers: Any = None
    arguments: tuple[Argument, ...] = ()
    pages: bool = False
    times: bool = True
    plain: bool = False
    media: str = ""

    @property
    def allowed_arguments(self) -> frozenset[str]:
        """Every argument that the address takes."""
        names = [each.name for each in self.arguments]
        return frozenset([*names, *WAITING, *(TIMES if self.times else ()), *(PAGING if self.pages else ())])


@dataclass(frozen=True)
class Asking:
    """Answers questions."""

    services: Services

    def answer(self, ask: Ask, organisation: str, path: Mapping[str, str]) -> Response:
        """Answer one GET. Raises the refusal of the rule that is not met."""
        session = open_session(self.services, organisation)
        arguments = arguments_of(ask)
        wait_as_asked(self.services, session)
        cursor = (
            read_cursor(arguments["cursor"], _bound(arguments), session, self.services.vault)
            if "cursor" in arguments
            else None
        )
        if cursor is None:
            moments = moment_of(self.services, session, arguments if ask.times else {})
        else:
            asked = self.services.questions.ask(session.organisation, cursor.valid_at, cursor.position)
            moments = Moments(asked, {"cursor": arguments["cursor"]})
        inquiry = Inquiry(self.services, session, moments, path, arguments, ask.view, cursor, _page_size(arguments))
        found = ask.find(inquiry) if moments.asked.founded else Found(answer=None)
        if ask.path.startswith(OF_THE_STATE) and not found.present and found.printed is None:
            found = replace(found, present=inquiry.labels(found.answer))
        leave_trace(self.services.trail, ask.path, session, moments, found)
        return reply(found, moments, session, self.services)


def arguments_of(ask: Ask) -> dict[str, str]:
    """The arguments of the request, each once and each one that the address takes. Raises FieldsNotValid."""
    problems: dict[str, str] = {}
    for name, values in request.args.lists():
        if name not in ask.allowed_arguments:
            problems[name[:80]] = "there is no such argument here"
        elif len(values) > 1:
            problems[name] = "this is given more than once"
    for each in ask.arguments:
        text = request.args.get(each.name)
        if each.required and text is None:
            problems[each.name] = "this is required"
        elif text is not None and not text.strip():
            problems[each.name] = "this is empty"
    if problems:
        first = min(problems)
        raise FieldsNotValid(first, problems[first], problems)
    return request.args.to_dict()


def _page_size(arguments: Mapping[str, str]) -> int:
    text = arguments.get("page_size")
    if text is None:
        return PAGE
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:9]) <= MOST:
        problem = f"this has to be a whole number from 1 to {MOST}"
        raise FieldsNotValid("page_size", problem, {"page_size": problem})
    return int(text)


def _bound(arguments: Mapping[str, str]) -> str:
    kept = sorted((name, value) for name, value in arguments.items() if name not in ("cursor", "at_least"))
    return f"{request.path}?{urlencode(kept)}"
