"""Acts: POSTs to domain-named sub-resources. A table says which command an address takes; one view carries them out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response

from adapters.http.bodies import read_body
from adapters.http.preconditions import Running, idempotency_of, same_request, version_seen
from adapters.http.presenting import encode
from adapters.http.schemas import Said, command_of, read, schema_of
from adapters.http.services import Services
from adapters.http.session import Session, open_session
from adapters.instants import read_instant, written
from application import permissions
from application.command import Command, commands
from application.concerns import about_command
from application.deciding import Correction, Entry, Request
from application.desk import Desk
from application.ledger import Receipt
from application.ports import Idempotency, RequestAlreadyRecorded
from domain.kernel import Content

PREFIX = "/v1/organisations/{organisation}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One address that takes one command.

    `path` follows on the organisation's; the parameters in it are fields of the command by the same name, unless
    `fills` names another. `leads_to` is the address of what was recorded: `{id}` is the stream's id, or the field of
    the content that `id` names. `changes` asks for the version its author saw; `version_into` is the command's own
    field for it, where it has one (an element's version instead of the whole record's); what does not change anything
    adds something new, of which nobody saw a version. `apart` replies to what is not for the history, and None to the
    rest.
    """

    path: str
    topic: str
    leads_to: str
    id: str = ""
    fills: Mapping[str, str] = field(default_factory=dict[str, str])
    changes: bool = False
    version_into: str = ""
    title: str = ""
    apart: Callable[[Acting, Apart], Response | None] | None = None

    @property
    def command(self) -> type[Command]:
        """The command that the address takes."""
        return commands()[self.topic]

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters of the address beside the organisation."""
        return tuple(part.strip("<>").rpartition(":")[2] for part in self.path.split("/") if part.startswith("<"))

    @property
    def filled(self) -> dict[str, str]:
        """The command's field that each parameter of the address fills in."""
        return {name: self.fills.get(name, name) for name in self.parameters}

    @property
    def schema_fields(self) -> frozenset[str]:
        """The fields that the body does not have, because the address or a header says them."""
        return frozenset({*self.filled.values(), *((self.version_into,) if self.version_into else ())})


@dataclass(frozen=True, slots=True)
class Apart:
    """A permitted act that may not be for the history."""

    session: Session
    command: Command
    said: Said
    desk: Desk
    idempotency: Idempotency | None


@dataclass(frozen=True)
class Acting:
    """Carries acts out: body, command, permission, key, version, record, reply."""

    services: Services
    running: Running = field(default_factory=Running)

    def carry_out(self, act: Act, organisation: str, path: Mapping[str, str]) -> Response:
        """Answer one POST. Raises the refusal of the rule that is not met."""
        session = open_session(self.services, organisation)
        body = read_body(required=False)
        said = read(schema_of(act.command, act.schema_fields), body)
        idempotency = idempotency_of(session, body, self.services.vault)
        version = version_seen() if act.changes else None
        filled: dict[str, Any] = {act.filled[name]: value for name, value in path.items()}
        if act.version_into:
            filled[act.version_into], version = version or 0, None
        command = command_of(act.command, said.own, filled, session.zone)
        entry = entry_of(command, said, session)
        session.book.prepare([command])
        desk = self._desk(session, entry)
        permissions.check(session.caller, act.topic, about_command(command, act.topic, desk, session.caller))
        if act.apart is not None:
            replied = act.apart(self, Apart(session, command, said, desk, idempotency))
            if replied is not None:
                return replied
        return self.record(session, (entry,), version, idempotency, act, {"organisation": organisation, **path})

    def _desk(self, session: Session, entry: Entry) -> Desk:
        return Desk(session.book, session.actor, entry.at or entry.known or session.now)

    def record(
        self,
        session: Session,
        entries: tuple[Entry, ...],
        version: int | None,
        idempotency: Idempotency | None,
        act: Act,
        path: Mapping[str, str],
    ) -> Response:
        """Record the entries exactly once, and tell where they are."""
        ledger, organisation = self.services.ledger, session.organisation
        with self.running.one(session, idempotency):
            found = session.book.outcome(idempotency) if idempotency is not None else None
            if found is None:
                request = Request(
                    organisation=organisation,
                    id=ledger.fresh_id(),
                    actor=session.actor,
                    entries=entries,
                    expected_version=version,
                    idempotency=idempotency,
                )
                try:
                    made = ledger.execute(request, session.book)
                    return self._told(session, act, path, made)
                except RequestAlreadyRecorded as already:
                    found = already.outcome
            if idempotency is not None:
                same_request(found, idempotency)
            recorded_at = ledger.ledger_recorder.recorded_at(organisation, found.position)
            before = Receipt(
                position=found.position, recorded_at=recorded_at, stream=found.streams[-1], version=found.version
            )
            return self._told(session, act, path, before, repeated=True)

    def _told(
        self, session: Session, act: Act, path: Mapping[str, str], made: Receipt, *, repeated: bool = False
    ) -> Response:
        id = str(made.stream)
        if act.id:
            content = self._content(session, made.position)
            id = str(getattr(content, act.id))
        body = {
            "id": id,
            "position": made.position,
            "version": made.version,
            "recorded_at": written(made.recorded_at) if made.recorded_at else None,
        }
        headers = {
            "Location": (PREFIX + act.leads_to).format_map({**path, "id": id, "position": made.position}),
            "ETag": f'"v{made.version}"',
            "Avow-Position": str(made.position),
            "Cache-Control": "no-store",
        }
        if repeated:
            headers["Avow-Repeated"] = "true"
        return Response(encode(body), 201, headers, content_type="application/json")

    def _content(self, session: Session, position: int) -> Content | None:
        placed = self.services.ledger.ledger_recorder.select_positions(
            session.organisation, after=position - 1, limit=1
        )
        return self.services.ledger.recorded(placed[0]).event.content


CORRECTED = Act(path="history", topic="", leads_to="history/{position}")
"""Where what several routes record leads to: its event."""


def entry_of(command: Command | None, said: Said, session: Session, correction: Correction | None = None) -> Entry:
    """The entry that a body asks for. Raises InstantMalformed for its instants."""
    envelope = said.envelope
    at, known = envelope.get("at"), envelope.get("known")
    return Entry(
        command=command,
        at=read_instant(at, session.zone, "at") if at is not None else None,
        reason=envelope.get("reason"),
        labels=envelope.get("labels") or {},
        correction=correction,
        known=read_instant(known, session.zone, "known") if known is not None else None,
    )
