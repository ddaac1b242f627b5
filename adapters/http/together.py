"""Several facts of one record in one request: all of them are recorded, or none.

Corrections that only hold together need this, and whoever joins with a first membership. The facts are written as lines
of the history format.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from flask import Response

from adapters.http.acts import CORRECTED, Acting, entry_of
from adapters.http.bodies import read_body
from adapters.http.document import Document, problems
from adapters.http.preconditions import idempotency_of, version_seen
from adapters.http.refusals import FieldsNotValid
from adapters.http.schemas import command_of, read, schema_of
from adapters.http.session import Session, open_session
from application import permissions
from application.command import commands
from application.concerns import about_command
from application.deciding import Entry
from application.desk import Desk
from domain.kernel import Word

MOST = 100
"""How many facts one request may have."""

BEGINNING = frozenset(
    {
        "unit.formed", "person.joined", "guest.invited", "strategy.drafted", "goal.proposed", "commitment.made",
        "action.planned", "tactic.adopted",
        "commitment.declined", "acknowledgement.given", "acknowledgement.declined", "duty.given", "review.opened",
    }
)  # fmt: skip
"""What can be the first fact of a record: a request that begins with it need not say which version it saw."""


class Corrector(Protocol):
    """Makes the entry of a correction."""

    def entry(self, session: Session, word: Word, position: str, body: object) -> Entry:
        """The word that a body says on the fact at a position, by whom it may be said."""
        ...


def record_together(acting: Acting, corrector: Corrector, organisation: str) -> Response:
    """Record the facts of one record, all or none. Raises the refusal of the first rule that is not met."""
    session = open_session(acting.services, organisation)
    body = read_body()
    lines = _lines(body)
    entries = tuple(_entry(acting, corrector, session, line, number) for number, line in enumerate(lines))
    idempotency = idempotency_of(session, body, acting.services.vault)
    new = lines[0].get("type") in BEGINNING and not {"replaces", "retracts"} & set(lines[0])
    version = None if new else version_seen()
    return acting.record(session, entries, version, idempotency, CORRECTED, {"organisation": organisation})


def _lines(body: object) -> list[dict[str, Any]]:
    if not isinstance(body, dict) or set(body) != {"facts"}:
        raise _wrong("facts", "this has to be an object with the one field facts")
    facts = body["facts"]
    if not isinstance(facts, list) or not 1 <= len(facts) <= MOST:
        raise _wrong("facts", f"this has to be a list of 1 to {MOST} facts")
    for number, fact in enumerate(facts):
        if not isinstance(fact, dict):
            raise _wrong(f"facts.{number}", "this has to be an object: {...}")
    return facts


def _entry(acting: Acting, corrector: Corrector, session: Session, line: Mapping[str, Any], number: int) -> Entry:
    said = {name: value for name, value in line.items() if name not in ("type", "replaces", "retracts")}
    words = [(word, line[name]) for name, word in _WORDS.items() if name in line]
    if len(words) > 1:
        raise _wrong(f"facts.{number}.retracts", "a fact is replaced or retracted, not both")
    try:
        for word, position in words:
            if isinstance(position, bool) or not isinstance(position, int):
                name = "replaces" if word is Word.REPLACEMENT else "retracts"
                raise _wrong(name, "this has to be a position: a whole number, without quotation marks")
            return corrector.entry(session, word, str(position), said)
        return _fact(acting, session, line.get("type"), said)
    except FieldsNotValid as refusal:
        raise FieldsNotValid(
            f"facts.{number}.{refusal.field}",
            refusal.problem,
            {f"facts.{number}.{name}": problem for name, problem in refusal.problems.items()},
        ) from None


_WORDS = {"replaces": Word.REPLACEMENT, "retracts": Word.RETRACTION}


def _fact(acting: Acting, session: Session, topic: object, body: object) -> Entry:
    if not isinstance(topic, str) or topic not in permissions.COMMANDS or topic == "organisation.founded":
        raise _wrong("type", "this has to be a type of fact, such as person.joined")
    asked = commands()[topic]
    said = read(schema_of(asked), body)
    entry = entry_of(command_of(asked, said.own, {}, session.zone), said, session)
    session.book.prepare([entry.command])
    desk = Desk(session.book, session.actor, entry.at or entry.known or session.now)
    if entry.command is not None:
        permissions.check(session.caller, topic, about_command(entry.command, topic, desk, session.caller))
    return entry


def _wrong(field: str, problem: str) -> FieldsNotValid:
    return FieldsNotValid(field, problem, {field: problem})


def together_document() -> Document:
    """The description of the route in the OpenAPI document."""
    line = {
        "type": "object",
        "description": "A line of the history format without `id`: `type` and its fields; or `replaces` a position, "
        "with the fields of that fact; or `retracts` one.",
        "properties": {
            "type": {"type": "string", "enum": sorted(set(permissions.COMMANDS) - {"organisation.founded"})},
            "replaces": {"type": "integer", "minimum": 1},
            "retracts": {"type": "integer", "minimum": 1},
        },
    }
    schema = {
        "type": "object",
        "required": ["facts"],
        "additionalProperties": False,
        "properties": {"facts": {"type": "array", "minItems": 1, "maxItems": MOST, "items": line}},
    }
    example = {
        "facts": [
            {"type": "person.joined", "person": "anna", "name": "Anna"},
            {"type": "membership.began", "person": "anna", "unit": "sales", "home": True},
        ]
    }
    return {
        "summary": "Record several facts of one record together.",
        "description": "All of them are recorded, or none: such as somebody's joining and first membership, or "
        "corrections that only hold together. A request that begins with the first fact of a new record needs no "
        "If-Match.",
        "parameters": ["IdempotencyKey", "IfMatchWhereItChanges"],
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema, "example": example}}},
        "responses": {
            "201": {"$ref": "#/components/responses/Recorded"},
            **problems((400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 503)),
        },
        "security": [{"token": []}],
    }
