"""The moment that a question is about: how its two times are written, and how long a read waits for a position."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import request

from adapters.http.outages import NotThereYet
from adapters.http.refusals import FieldsNotValid, HeaderMalformed, NothingThereYet
from adapters.http.services import Services
from adapters.http.session import Session
from adapters.instants import DATE, day_of, read_date, read_instant
from application.questions import Asked, KnownTimeInFuture

PATIENCE = 5.0
"""How many seconds a read waits for the read model at most."""
STEP = 0.02
POSITION = re.compile(r"\d{1,15}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moments:
    """A question's moment, and what the caller said of it: a time that is not stated is the present one."""

    asked: Asked
    stated: Mapping[str, str]

    @property
    def at_present(self) -> bool:
        """Whether neither time was stated."""
        return not self.stated


def moment_of(
    services: Services,
    session: Session,
    arguments: Mapping[str, str],
    names: tuple[str, str] = ("valid_at", "known_at"),
) -> Moments:
    """The moment that two arguments name.

    Raises InstantMalformed, KnownTimeInFuture, PositionUnknown, NotProjectedYet.
    """
    valid, known = names
    valid_at = read_instant(arguments[valid], session.zone, valid, end_of_day=True) if valid in arguments else None
    known_at = _known(session, arguments[known], known) if known in arguments else None
    asked = services.questions.ask(session.organisation, valid_at, known_at)
    return Moments(asked, {name: arguments[name] for name in names if name in arguments})


def _known(session: Session, text: str, where: str) -> datetime | int:
    if POSITION.fullmatch(text):
        return int(text)
    if not DATE.fullmatch(text):
        return read_instant(text, session.zone, where)
    day = read_date(text, where)
    simulated = session.settings.clock.value == "simulated"
    if day >= session.now.astimezone(session.zone).date() and not simulated:
        raise KnownTimeInFuture(session.now)
    return day_of(day, text, session.zone, where, end_of_day=True)


def wait_as_asked(services: Services, session: Session) -> None:
    """Wait for the position that the header `Avow-At-Least` or the argument `at_least` names, if one does.

    Raises NothingThereYet; NotThereYet when the read model does not come to it in time.
    """
    named = {"at_least": request.args.get("at_least"), "Avow-At-Least": request.headers.get("Avow-At-Least")}
    for name, text in named.items():
        if text is None:
            continue
        if not POSITION.fullmatch(text):
            if name == "at_least":
                problem = "this has to be a position: a whole number"
                raise FieldsNotValid(name, problem, {name: problem})
            raise HeaderMalformed(name, "has to be a position: a whole number")
        wait_for(services, session, int(text))


def wait_for(services: Services, session: Session, position: int) -> None:
    """Let the read model come to a position. Raises NothingThereYet, NotThereYet."""
    head = services.ledger.ledger_recorder.head(session.organisation)
    if head is None or position > head.position:
        raise NothingThereYet(position, head.position if head else 0)
    until = time.monotonic() + PATIENCE
    while (reached := services.states.position(session.organisation)) < position:
        if time.monotonic() >= until:
            raise NotThereYet(position, reached, PATIENCE)
        time.sleep(STEP)


def lag(services: Services, session: Session) -> int:
    """How many events the read model is behind the newest one."""
    head = services.ledger.ledger_recorder.head(session.organisation)
    return max(0, (head.position if head else 0) - services.states.position(session.organisation))
