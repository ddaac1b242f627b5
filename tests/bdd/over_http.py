"""The features over HTTP: requests through a socket to Avow on PostgreSQL, answered from its stored read models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import MISSING, dataclass, field, fields
from datetime import date, datetime
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from urllib.parse import quote, urlencode
from uuid import UUID

import msgspec
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from adapters.bootstrap import Installation
from adapters.http.acts import Act
from adapters.http.app import NOUNS, create_app
from application.catalogue import commands
from application.importing import Report
from application.permissions import Role
from tests.bdd.driver import As, Driver, Json, Made, Refused, Said, kind_of

OFFICE = (Role.ADMINISTRATOR, Role.STRATEGIST, Role.SPONSOR, Role.AUDITOR)
REFUSING = frozenset({403, 404, 409, 412, 422})
"""The statuses of a rule's no. Any other but success is a defect, of the product or of these tests."""
NOTHING: Mapping[str, str] = {}


class _Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"  # one connection serves all requests of a scenario

    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing is printed."""


@dataclass(frozen=True)
class Served:
    """Avow, served on a port, with its projector at work."""

    installation: Installation
    app: Flask
    port: int


@contextmanager
def serving(installation: Installation) -> Iterator[Served]:
    """Serve Avow meanwhile."""
    stop, projector = Event(), installation.projector()
    assert projector is not None
    app = create_app(installation)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Handler)
    workers = Thread(target=server.serve_forever), Thread(target=projector.run, args=(stop,))
    for each in workers:
        each.start()
    try:
        yield Served(installation, app, server.port)
    finally:
        stop.set()
        server.shutdown()
        for each in workers:
            each.join()
        server.server_close()


@dataclass
class OverHttp(Driver):
    """Speaks to the API alone; only the founding and the tokens come from beside it, as from the command line."""

    connection: HTTPConnection = field(kw_only=True)
    tokens: dict[str | None, str] = field(default_factory=dict[str | None, str])
    tags: dict[str, str] = field(default_factory=dict[str, str])
    """What the office remembers of its own requests: the tag that each record has since. People read it first."""
    elements: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    """What was added to drafts: said again, it is revised."""

    def beside(self) -> Driver:
        return OverHttp(self.installation, self.app, connection=self.connection)

    def record(self, said: Said) -> Made:
        act, fields = self._act(said), dict(said.fields)
        path = act.path
        for name, filled in act.filled.items():
            if filled != act.version_into:
                value = quote(str(fields.pop(filled)), safe="")
                path = path.replace(f"<path:{name}>", value).replace(f"<{name}>", value)
        record = _record_of(said, path)
        tag = self._tag(act, record, said) if act.changes else None
        return self._made(said, path, {**fields, **self._envelope(said)}, tag, record)

    def replace(self, made: Made, said: Said) -> Made:
        body = {**_not_told_by_the_fact(said), **self._envelope(said)}
        return self._corrected(made, "replacements", said, body)

    def retract(self, made: Made, said: Said) -> Made:
        body = {name: value for name, value in self._envelope(said).items() if name != "at"}
        return self._corrected(made, "retractions", said, body)

    def _corrected(self, made: Made, word: str, said: Said, body: Json) -> Made:
        _, headers = self._send("GET", f"history/{made.position}")
        self.tags.clear()
        return self._made(said, f"history/{made.position}/{word}", body, headers["ETag"], "")

    def bring_in(self, path: Path, *, keep_going: bool = False) -> Report:
        report = super().bring_in(path, keep_going=keep_going)
        self.tags.clear()
        self.position = max(self.position, report.position)
        return report

    def _made(self, said: Said, path: str, body: Json, tag: str | None, record: str) -> Made:
        receipt, headers = self._send("POST", path, said.by, body, {"If-Match": tag} if tag else {})
        self.tags[record] = headers["ETag"]
        self.position = receipt["position"]
        if said.topic == "strategy.revised":
            (self.elements.discard if said.fields.get("removed") else self.elements.add)(_element(said))
        recorded_at = datetime.fromisoformat(receipt["recorded_at"])
        return Made(said=said, position=self.position, id=receipt["id"], recorded_at=recorded_at)

    def _act(self, said: Said) -> Act:
        acts = [act for noun in NOUNS for act in noun.acts if act.topic == said.topic]
        about_known = {
            "strategy.revised": said.seen is not None or _element(said) in self.elements,
            "person.joined": said.fields.get("person") in self.people,
            "commitment.declined": "commitment" in said.fields,
        }.get(said.topic, acts[0].changes)
        return next(act for act in acts if act.changes is about_known)

    def _tag(self, act: Act, record: str, said: Said) -> str:
        """The version that the author saw: that of the record as it is now, unless they read an element before."""
        if act.version_into:
            return f'"v{said.seen or self.element_version(*_element(said))}"'
        if said.by is None and record in self.tags:
            return self.tags[record]
        return self._send("GET", record, said.by)[1]["ETag"]

    def _envelope(self, said: Said) -> Json:
        reason = {"reason": said.reason} if said.reason else {}
        return {"at": said.at.isoformat(), "known": self.known(said).isoformat(), **reason}

    def element_version(self, strategy: str, element: str) -> int:
        version: int = self._answer(f"strategies/{quote(strategy)}/elements/{quote(element)}")["version"]
        return version

    def alignment(self, strategy: str, when: As, unit: str | None = None, rank: str | None = None) -> Json:
        return self._answer("alignment", strategy=strategy, unit=unit, rank=rank, **_times(when))

    def behind(self, strategy: str, figure: str, when: As, unit: str | None = None) -> list[Json]:
        opened = self._answer(f"alignment/figures/{quote(figure)}", strategy=strategy, unit=unit, **_times(when))
        return list(opened["records"])

    def changes(self, strategy: str, before: As, after: As, unit: str | None = None) -> list[Json]:
        times = {
            **{{"valid_at": "from", "known_at": "from_known_at"}[name]: each for name, each in _times(before).items()},
            **{{"valid_at": "to", "known_at": "to_known_at"}[name]: each for name, each in _times(after).items()},
        }
        return list(self._answer("alignment/changes", strategy=strategy, unit=unit, **times)["figures"])

    def explained(self, strategy: str, figure: str, when: As, later: date) -> Json:
        times = {"valid_at": when.of.isoformat(), "from_known_at": _times(when)["known_at"]}
        later_on = _times(As(of=when.of, known=later))["known_at"]
        return self._answer("alignment/explanation", strategy=strategy, figure=figure, to_known_at=later_on, **times)

    def owed(self, person: str, when: As) -> list[Json]:
        return list(self._answer("me/owed", person, **_times(when)))

    def everything_about(self, person: str, when: As) -> Json:
        return self._answer(f"people/{quote(person)}/record", person, **_times(when))

    def chart(self, when: As) -> list[Json]:
        return list(self._answer("units", **_times(when)))

    def document(self, strategy: str, revision: int) -> list[Json]:
        return list(self._answer(f"strategies/{quote(strategy)}/revisions/{revision}")["elements"])

    def differences(self, strategy: str, before: str, after: str) -> list[Json]:
        path = f"strategies/{quote(strategy)}/differences"
        return list(self._answer(path, **{"from": before, "to": after})["elements"])

    def confide(self, person: str, review: str, answers: Json) -> None:
        path = f"reviews/{quote(review, safe='')}/answers"
        self._send("POST", path, person, {"person": person, "answers": answers})

    def replied(self, person: str, address: str) -> Json:
        return self._send("GET", address, person)[0]

    def read(self, person: str, address: str) -> str:
        return self._text(address, person)

    def words(self, made: Made) -> list[Json]:
        event = self._answer(f"history/{made.position}")
        events = self._answer("history", stream=event["stream"])
        return [each for each in events if each["fact"] == event["fact"]]

    def log_key(self) -> str:
        return self._text("log/key")

    def checkpoint(self) -> str:
        return self._text("log/checkpoint")

    def _text(self, path: str, by: str | None = None) -> str:
        self.connection.request(
            "GET", f"/v1/organisations/{self.key}/{path}", headers={"Authorization": f"Bearer {self._token(by)}"}
        )
        response = self.connection.getresponse()
        text = response.read().decode()
        assert response.status == 200, (path, response.status, text)
        return text

    def _answer(self, path: str, by: str | None = None, **arguments: str | None) -> Json:
        given = {name: value for name, value in arguments.items() if value is not None}
        return self._send("GET", f"{path}?{urlencode(given)}" if given else path, by)[0]["answer"]

    def _send(
        self, method: str, path: str, by: str | None = None, body: Json = None, headers: Mapping[str, str] = NOTHING
    ) -> tuple[Json, Message]:
        """Send a request and read its reply. Raises Refused for a problem that is the caller's."""
        sent = {
            "Authorization": f"Bearer {self._token(by)}",
            "Content-Type": "application/json",
            "Avow-At-Least": str(self.position),
            **headers,
        }
        address = f"/v1/organisations/{self.key}/{path}".rstrip("/")
        self.connection.request(method, address, msgspec.json.encode(body) if method == "POST" else None, sent)
        response = self.connection.getresponse()
        read = msgspec.json.decode(response.read())
        if response.status in REFUSING:
            raise Refused(read["detail"], read["way_out"])
        assert response.status in (200, 201), (method, address, response.status, read)
        return read, response.headers

    def _token(self, by: str | None) -> str:
        if by not in self.tokens:
            person, roles = (UUID(self.people[by]), ()) if by else (None, OFFICE)
            issued = self.installation.tokens.issue(self.organisation, by or "office", person=person, roles=roles)
            self.tokens[by] = issued[1]
        return self.tokens[by]


def _element(said: Said) -> tuple[str, str]:
    return said.fields.get("strategy", ""), said.fields.get("element", "")


def _record_of(said: Said, path: str) -> str:
    """Where the record is found that a statement changes; all units and agreements are one, the organisation."""
    noun, *names = path.split("/")
    if noun in {"units", "agreements"}:
        return ""
    if names:
        return f"{noun}/{names[0]}"
    return f"{noun}/{quote(str(said.fields.get(kind_of(said.topic), '')), safe='')}"


def _not_told_by_the_fact(said: Said) -> dict[str, Json]:
    """What a replacement says: all but the record that it is about, where its type always names it."""
    asked, kind = commands()[said.topic], kind_of(said.topic)
    required = {each.name for each in fields(asked) if each.default is MISSING}  # type: ignore[arg-type]  # a dataclass
    told = {kind, "unit"} if kind == "organisation" else {kind}
    return {name: value for name, value in said.fields.items() if name not in told & required}


def _times(when: As) -> dict[str, str]:
    known = {"known_at": when.known.isoformat()} if when.known else {}
    return {"valid_at": when.of.isoformat(), **known}
