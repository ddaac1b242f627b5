"""Corrections over HTTP: a newer word on a recorded fact, named by the position of any event about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Api, Blueprint  # type: ignore[import-untyped]

from adapters.http.acts import Act, Acting, entry_of
from adapters.http.bodies import read_body
from adapters.http.document import Document, problems
from adapters.http.noun import ROOT
from adapters.http.preconditions import idempotency_of, version_seen
from adapters.http.schemas import command_of, envelope_schema, read, schema_of, spelt
from adapters.http.session import Session, open_session
from application import permissions
from application.command import commands
from application.concerns import about_content
from application.deciding import Correction
from application.desk import Desk, UnknownReference
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
        services = self.acting.services
        session = open_session(services, organisation)
        body = read_body()
        event = self._event(session, position)
        correction = Correction(stream=event.stream, fact=event.fact, topic=event.topic, word=word)
        aggregate = aggregate_of(event.topic)
        timeline = services.ledger.timeline(aggregate, session.organisation, event.stream)
        if word is Word.REPLACEMENT:
            filled = _filled(event, timeline)
            said = read(schema_of(commands()[event.topic], frozenset(filled)), body)
            command = command_of(commands()[event.topic], said.own, filled, session.zone)
            entry = entry_of(command, said, session, correction)
            if entry.at is None:
                entry = replace(entry, at=_effective(timeline, event))
        else:
            said = read(envelope_schema(), body)
            entry = replace(entry_of(None, said, session, correction), at=_effective(timeline, event))
        idempotency = idempotency_of(session, body, services.vault)
        version = version_seen()
        desk = Desk(services.ledger.book(session.organisation), session.actor, event.effective_at)
        about = about_content(_content(timeline, event), event.topic, event.stream, desk, session.caller)
        permissions.check(session.caller, event.topic, about)
        return self.acting.record(session, (entry,), version, idempotency, CORRECTED, {"organisation": organisation})

    def _event(self, session: Session, text: str) -> Event:
        ledger = self.acting.services.ledger
        position = int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
        placed = ledger.ledger_recorder.select_positions(session.organisation, after=max(0, position - 1), limit=1)
        if position < 1 or not placed:
            raise UnknownReference("position", text, "position")
        return ledger.recorded(placed[0]).event


def _filled(event: Event, timeline: Timeline[Any]) -> Mapping[str, Any]:
    """What a replacement need not say again, because the fact it replaces says which record it is about."""
    asked: type[Any] = commands()[event.topic]
    kind = aggregate_of(event.topic).kind
    required = {spelt(each.name) for each in fields(asked) if each.name in _required(asked)}
    filled: dict[str, Any] = {kind: str(event.stream)} if kind in required and kind not in MEANT else {}
    unit = getattr(_content(timeline, event), "unit", None)
    if kind == "organisation" and "unit" in required and isinstance(unit, UUID):
        filled["unit"] = str(unit)
    return filled


def _required(asked: type[Any]) -> frozenset[str]:
    return frozenset(name for name, field in schema_of(asked)().fields.items() if field.required)


def _content(timeline: Timeline[Any], event: Event) -> Content | None:
    standing = next((fact.content for fact in timeline.facts if fact.version == event.fact), None)
    return standing if standing is not None else event.content


def _effective(timeline: Timeline[Any], event: Event) -> datetime:
    return next((fact.effective_at for fact in timeline.facts if fact.version == event.fact), event.effective_at)


CORRECTED = Act(path="history", topic="", leads_to="history/{position}")


def corrections_of(acting: Acting, api: Api) -> Blueprint:
    """The two routes of corrections."""
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
    for view, document in ((replacement, _replacing()), (retraction, _retracting())):
        view.__name__ = name = f"post_history_position_{view.__name__}s"
        blueprint.add_url_rule(
            f"/history/<position>/{name.rpartition('_')[2]}",
            name,
            blueprint.doc(**document, operationId=name)(view),
            methods=["POST"],
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
