"""Corrections over HTTP: a newer word on a recorded fact, named by the position of any event about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Api, Blueprint  # type: ignore[import-untyped]

from adapters.http.acts import CORRECTED, Acting, entry_of
from adapters.http.bodies import read_body
from adapters.http.document import Document, problems
from adapters.http.noun import ROOT, path_parameters
from adapters.http.preconditions import idempotency_of, version_seen
from adapters.http.refusals import EventUnknown
from adapters.http.schemas import command_of, envelope_schema, read, schema_of, spelt
from adapters.http.session import Session, open_session
from adapters.http.together import record_together, together_document
from application import permissions
from application.command import commands
from application.concerns import about_command, about_content
from application.deciding import Correction, Entry
from application.desk import Desk
from domain.catalogue import aggregate_of
from domain.kernel import Content, Event, Word
from domain.temporal import Timeline

MEANT = frozenset({"acknowledgement", "duty", "organisation", "response"})
"""Kinds of streams that no field of their commands names."""


@dataclass(frozen=True)
class Correcting:
    """Records newer words on facts: a replacement of the fact's type, or a retraction."""

    acting: Acting

    def correct(self, word: Word, organisation: str, position: str) -> Response:
        """Answer one POST of a correction. Raises the refusal of the rule that is not met."""
        session = open_session(self.acting.services, organisation)
        body = read_body()
        entry = self.entry(session, word, position, body)
        idempotency = idempotency_of(session, body, self.acting.services.vault)
        version = version_seen()
        return self.acting.record(session, (entry,), version, idempotency, CORRECTED, {"organisation": organisation})

    def entry(self, session: Session, word: Word, position: str, body: object) -> Entry:
        """The word that a body says on the fact at a position, by whom it may be said.

        Permission is asked for what the fact said so far and for what it is to say.
        """
        services, event = self.acting.services, self._event(session, position)
        correction = Correction(stream=event.stream, fact=event.fact, topic=event.topic, word=word)
        timeline = services.ledger.timeline(aggregate_of(event.topic), session.organisation, event.stream)
        content = self._content(session, event)
        if word is Word.REPLACEMENT:
            asked, filled = commands()[event.topic], _filled(event, content)
            said = read(schema_of(asked, frozenset(filled)), body)
            entry = entry_of(command_of(asked, said.own, filled, session.zone), said, session, correction)
        else:
            entry = entry_of(None, read(envelope_schema(), body), session, correction)
        effective = _effective(timeline, event)
        if word is Word.RETRACTION or entry.at is None:
            entry = replace(entry, at=effective)
        session.book.prepare([entry.command])
        desk = Desk(session.book, session.actor, effective)
        about = about_content(content, event.topic, event.stream, desk, session.caller)
        permissions.check(session.caller, event.topic, about)
        if entry.command is not None:
            permissions.check(
                session.caller, event.topic, about_command(entry.command, event.topic, desk, session.caller)
            )
        return entry

    def _event(self, session: Session, text: str) -> Event:
        ledger = self.acting.services.ledger
        position = int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
        placed = ledger.ledger_recorder.select_positions(session.organisation, after=max(0, position - 1), limit=1)
        if position < 1 or not placed:
            head = ledger.ledger_recorder.head(session.organisation)
            raise EventUnknown(text[:80], head.position if head else 0)
        return ledger.recorded(placed[0]).event

    def _content(self, session: Session, event: Event) -> Content | None:
        """What the fact says; or said before it was taken back, for that can be undone."""
        ledger = self.acting.services.ledger
        words = map(ledger.recorded, ledger.ledger_recorder.select_stream(session.organisation, event.stream))
        said = [each.event.content for each in words if each.event.fact == event.fact]
        return next((each for each in reversed(said) if each is not None), None)


def _filled(event: Event, content: Content | None) -> Mapping[str, Any]:
    """What a replacement need not say again, because the fact it replaces says which record it is about."""
    asked: type[Any] = commands()[event.topic]
    kind = aggregate_of(event.topic).kind
    required = {spelt(each.name) for each in fields(asked) if each.name in _required(asked)}
    filled: dict[str, Any] = {kind: str(event.stream)} if kind in required and kind not in MEANT else {}
    unit = getattr(content, "unit", None)
    if kind == "organisation" and "unit" in required and isinstance(unit, UUID):
        filled["unit"] = str(unit)
    return filled


def _required(asked: type[Any]) -> frozenset[str]:
    return frozenset(name for name, field in schema_of(asked)().fields.items() if field.required)


def _effective(timeline: Timeline[Any], event: Event) -> datetime:
    return next((fact.effective_at for fact in timeline.facts if fact.version == event.fact), event.effective_at)


def corrections_of(acting: Acting, api: Api) -> Blueprint:
    """The routes of corrections, and that of several facts together."""
    correcting = Correcting(acting)
    blueprint = Blueprint("corrections", __name__, url_prefix=ROOT, description="Newer words on recorded facts.")

    def replacement(organisation: str, position: str) -> Response:
        return correcting.correct(Word.REPLACEMENT, organisation, position)

    def retraction(organisation: str, position: str) -> Response:
        return correcting.correct(Word.RETRACTION, organisation, position)

    for topic in sorted(permissions.COMMANDS):
        if topic in commands():
            schema = schema_of(commands()[topic])
            if schema.__name__ not in api.spec.components.schemas:
                api.spec.components.schema(schema.__name__, schema=schema)

    def together(organisation: str) -> Response:
        return record_together(acting, correcting, organisation)

    for name, path, view, document in (
        ("replacements", "history/<position>/replacements", replacement, _replacing()),
        ("retractions", "history/<position>/retractions", retraction, _retracting()),
        ("requests", "requests", together, together_document()),
    ):
        view.__name__ = f"post_{name}"
        blueprint.add_url_rule(
            f"/{path}",
            view.__name__,
            blueprint.doc(**document, operationId=view.__name__)(view),
            methods=["POST"],
            parameters=path_parameters(path),
        )
    return blueprint


def _replacing() -> Document:
    names = sorted({commands()[topic].__name__ for topic in permissions.COMMANDS if topic in commands()})
    return _documented(
        "Replace a fact.",
        "The fact was this instead: `at` and all fields of its type, as in the act that recorded it. Which record it "
        "is about need not be said again; if unstated, `at` stays as it was. Needs a reason.",
        {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in names]},
    )


def _retracting() -> Document:
    return _documented(
        "Retract a fact.",
        "What the fact said never was. Needs a reason. To undo a retraction, replace the fact.",
        envelope_schema(),
    )


def _documented(summary: str, description: str, schema: object) -> Document:
    return {
        "summary": summary,
        "description": description,
        "parameters": ["IdempotencyKey", "IfMatch"],
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {
            "201": {"$ref": "#/components/responses/Recorded"},
            **problems((400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 503)),
        },
        "security": [{"token": []}],
    }
