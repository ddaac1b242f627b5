"""Who a caller is at present: the roles they hold, the units they lead, the reviews they run under a charter."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from uuid import UUID
from zoneinfo import ZoneInfo

from application.ledger import Ledger
from application.live_book import LiveBook
from application.permissions import Caller, Role
from application.tokens import Credential
from domain.charter import ReviewChartered
from domain.organisation import ORGANISATION
from domain.person import PERSON, Person
from domain.review import REVIEW


@dataclass
class _Named:
    """Who is named in charters of which reviews, up to a position."""

    position: int = 0
    reviews: dict[UUID, set[UUID]] = field(default_factory=dict[UUID, set[UUID]])


class Callers:
    """Finds out who a token's caller is. Which reviews name whom is read once, and from then on what is new."""

    batch = 1_000

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._named: dict[UUID, _Named] = {}
        self._lock = Lock()

    def caller(self, token: Credential, now: datetime, book: LiveBook | None = None) -> Caller | None:
        """The caller behind a token at an instant; None for a person who is not there: who left acts no more.

        `book` is one that is open already, if there is one.
        """
        if token.person is None:
            return Caller(
                organisation=token.organisation, name=token.name, roles=token.roles, scopes=token.scopes, now=now
            )
        book = book or self.ledger.book(token.organisation)
        person = book.timeline(PERSON, token.person).state()
        if person.presence(now) is None:
            return None
        roles, reviews = token.roles or _roles(person, now), dict[UUID, UUID]()
        if not token.roles or Role.FACILITATOR in token.roles:
            reviews = self.run_by(book, token.person, now)
        leads = (each.unit for each in person.roles(now) if each.role is Role.LEAD and each.unit is not None)
        return Caller(
            organisation=token.organisation,
            name=token.name,
            person=token.person,
            roles=roles | {Role.FACILITATOR} if reviews else roles - {Role.FACILITATOR},
            scopes=token.scopes,
            leads=frozenset(leads),
            facilitates=frozenset(reviews),
            examines=frozenset(reviews.values()),
            now=now,
        )

    def run_by(self, book: LiveBook, person: UUID, now: datetime) -> dict[UUID, UUID]:
        """The reviews that a person runs under a charter at an instant, each with the strategy it is about."""
        zone = book.timeline(ORGANISATION, book.organisation).state().zone
        found, today = dict[UUID, UUID](), now.astimezone(ZoneInfo(zone)).date()
        for review in self._naming(book, person):
            state = book.timeline(REVIEW, review).state(now)
            if state.strategy is not None and any(
                each.facilitator == person and each.opens(now, today) for each in state.charters
            ):
                found[review] = state.strategy
        return found

    def _naming(self, book: LiveBook, person: UUID) -> list[UUID]:
        recorder, organisation, head = self.ledger.ledger_recorder, book.organisation, book.head
        with self._lock:
            named = self._named.setdefault(organisation, _Named())
            while head is not None and named.position < head.position:
                placed = recorder.select_positions(
                    organisation,
                    after=named.position,
                    until=head.position,
                    limit=self.batch,
                    topics=[ReviewChartered.TOPIC],
                )
                for each in placed:
                    event = self.ledger.recorded(each).event
                    if isinstance(event.content, ReviewChartered):
                        named.reviews.setdefault(event.content.facilitator, set()).add(event.stream)
                named.position = placed[-1].position if len(placed) == self.batch else head.position
            return sorted(named.reviews.get(person, ()))


def _roles(person: Person, now: datetime) -> frozenset[Role]:
    held = frozenset(each.role for each in person.roles(now))
    return held | {Role.MEMBER} if person.present(now) else held
