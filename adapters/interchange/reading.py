"""Lines become statements: JSON, checked against the schema of its type, turned into the command of that type."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from adapters.instants import ASKED_ABOUT, read_instant
from adapters.interchange.flaws import UTC, Document, FieldInvalid, be_valid
from adapters.interchange.lines import Line, read_lines
from adapters.interchange.schema import DAY_OR_INSTANT, clearable, command_properties, spelt
from application.command import Command, commands
from application.history import BEGINS, FORMAT, Corrects, Header, Statement, Unreadable
from domain.kernel import Refusal, RefusalKind

decode = msgspec.json.Decoder(Document).decode
canonical = msgspec.json.Encoder(order="sorted").encode


@dataclass(eq=False)
class NotJSON(Refusal):
    """A line that is no JSON object."""

    problem: str
    kind = RefusalKind.INVALID
    where = "line"
    rule = "the line is not a JSON object: {problem}"
    way_out = "write one JSON object a line, without a line end inside"


@dataclass(eq=False)
class CutOff(Refusal):
    """A last line without an end that is no JSON either: the file stops in the middle of it."""

    kind = RefusalKind.INVALID
    where = "line"
    rule = "the file ends in the middle of this line"
    way_out = "copy or download the file again, and compare its size"


@dataclass(eq=False)
class TypeUnknown(Refusal):
    """A line of a type that this version does not know."""

    topic: str
    kind = RefusalKind.INVALID
    where = "type"
    rule = "there is no type {topic!r}"
    way_out = "docs/history-format.md lists the types; a newer history needs a newer Avow"


@dataclass(eq=False)
class ReplacesOrRetracts(Refusal):
    """A line that would do both."""

    kind = RefusalKind.INVALID
    where = "retracts"
    rule = "a line replaces another one or retracts it, not both"
    way_out = "to take a fact back use `retracts` alone; to say it anew use `replaces` alone"


@dataclass(eq=False)
class ActedTwice(Refusal):
    """A line with both a person and a service that acted."""

    kind = RefusalKind.INVALID
    where = "service"
    rule = "either a person acted (`actor`) or a service did (`service`), not both"
    way_out = "name the one that acted"


@dataclass(eq=False)
class HeaderMissing(Refusal):
    """A file whose first line is not the header."""

    problem: str
    kind = RefusalKind.INVALID
    where = "line"
    rule = "the first line is not the header of a history: {problem}"
    way_out = 'begin with {{"avow": 1, "organisation": key, "source": name, "reason": why it is brought in now}}'


@dataclass(eq=False)
class FormatUnknown(Refusal):
    """A history in a version of the format that is not read here."""

    found: object
    known: int = FORMAT
    kind = RefusalKind.INVALID
    where = "avow"
    rule = "the history is in version {found} of the format; this Avow reads version {known}"
    way_out = "export it in version {known}, or upgrade Avow"


class HistoryFile:
    """A history in a file: its header, then its statements, as often as they are asked for.

    Raises HeaderMissing, FormatUnknown, FileDamaged, FieldInvalid, and OSError.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = path.stat().st_size
        self.header = self._read_header()

    def lines(self, progress: Callable[[int], None] = lambda _: None) -> Iterator[Line]:
        """The lines behind the header. `progress` is told how many bytes were read."""
        return (line for line in read_lines(self.path, progress) if line.number > self._header_line)

    def statements(
        self, zone: ZoneInfo = UTC, progress: Callable[[int], None] = lambda _: None
    ) -> Iterator[Statement | Unreadable]:
        """What each line behind the header states, or why it states nothing.

        A bare date means its first instant in `zone`, or in the zone that the history founds its organisation in.
        """
        reader = Reader(zone)
        return map(reader.read, self.lines(progress))

    def _read_header(self) -> Header:
        line = next(read_lines(self.path), None)
        if line is None:
            raise HeaderMissing("the file is empty")
        self._header_line = line.number
        if line.refusal is not None:
            raise line.refusal
        try:
            document = _document(line)
        except Refusal as refusal:
            raise HeaderMissing(str(refusal)) from refusal
        if "avow" not in document:
            raise HeaderMissing("it has no field `avow`")
        if document["avow"] != FORMAT or isinstance(document["avow"], bool):
            raise FormatUnknown(document["avow"])
        be_valid("header", document)
        return Header(organisation=document["organisation"], source=document["source"], reason=document.get("reason"))


@dataclass
class Reader:
    """Reads lines in their order; `zone` is where the organisation counts its days, as far as it was told."""

    zone: ZoneInfo = UTC

    def read(self, line: Line) -> Statement | Unreadable:
        """What a line states, or why it states nothing."""
        if line.refusal is not None:
            return Unreadable(number=line.number, refusal=line.refusal)
        document: Document = {}
        try:
            document = _document(line)
            return self._statement(line.number, document)
        except Refusal as refusal:
            id = document.get("id")
            return Unreadable(
                number=line.number, refusal=refusal, id=id if isinstance(id, str) else None, begins=_begins(document)
            )

    def _statement(self, number: int, document: Document) -> Statement:
        document.pop("refused", None)
        spelling = canonical(document)
        retracts, replaces = document.get("retracts"), document.get("replaces")
        topic, asked, at, corrects = document.get("type"), None, None, None
        if retracts is not None:
            if replaces is not None:
                raise ReplacesOrRetracts
            be_valid("retraction", document)
            corrects = Corrects(line=retracts, word="retracts")
        else:
            topic = _known_type(topic)
            be_valid(topic, document)
            if topic == "organisation.founded":
                self._move_to(document.get("zone"))
            at = self._when("at", document["at"])
            asked = self._command(topic, document)
            corrects = Corrects(line=replaces, word="replaces") if replaces is not None else None
        known = document.get("known")
        return Statement(
            number=number,
            id=document["id"],
            topic=topic,
            at=at,
            command=asked,
            canonical=spelling,
            known=self._when("known", known) if known is not None else None,
            actor=document.get("actor"),
            service=_service(document),
            reason=document.get("reason"),
            corrects=corrects,
            tied_to=document.get("with"),
            labels=document.get("labels") or {},
        )

    def _move_to(self, zone: str | None) -> None:
        try:
            self.zone = ZoneInfo(zone) if zone else UTC
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return  # the founding itself will be refused

    def _when(self, field: str, text: str) -> datetime:
        """The instant, or the first one of a bare date, in UTC. Raises InstantMalformed."""
        return _instant(text, self.zone, field)

    def _command(self, topic: str, document: Document) -> Command:
        shape = _shape(topic)
        given = {shape.own[name]: value for name, value in document.items() if name in shape.own}
        emptied = [name for name in shape.clearable if name in given and not given[name]]
        if emptied:
            given = {name: value for name, value in given.items() if name not in emptied}
            given["cleared"] = (*given.get("cleared", ()), *emptied)
        for name in shape.lists:
            if isinstance(given.get(name), str):
                given[name] = (given[name],)
        for name in shape.instants:
            if given.get(name) is not None:
                given[name] = self._when(spelt(name), given[name])
        try:
            return msgspec.convert(given, shape.command)
        except msgspec.ValidationError as error:
            problem, _, path = str(error).partition(" - at `$.")
            field = path.rstrip("`").partition(".")[0].partition("[")[0]
            see = f"see {topic} in docs/history-format.md"
            raise FieldInvalid(spelt(field) or "line", problem, see) from error


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a command takes from its line: its fields by their name there, and those that need a second look."""

    command: type[Command]
    own: Mapping[str, str]
    clearable: tuple[str, ...]
    lists: tuple[str, ...]
    instants: tuple[str, ...]


@cache
def _shape(topic: str) -> _Shape:
    asked = commands()[topic]
    schemas = command_properties(asked)
    names = {spelt(each.name): each.name for each in fields(asked)}  # type: ignore[arg-type]  # commands are dataclasses
    return _Shape(
        command=asked,
        own=names,
        clearable=clearable(asked),
        lists=tuple(names[each] for each, schema in schemas.items() if schema.get("items") == {"type": "string"}),
        instants=tuple(names[each] for each, schema in schemas.items() if schema.get("pattern") == DAY_OR_INSTANT),
    )


@lru_cache(10_000)
def _instant(text: str, zone: ZoneInfo, field: str) -> datetime:
    # Neighbouring lines often state the same instant.
    return read_instant(text, zone, field, end_of_day=field in ASKED_ABOUT)


def _begins(document: Document) -> tuple[str, str] | None:
    """The kind and the key of the record that a line was to begin, however wrong the line is."""
    topic = document.get("type")
    kind = BEGINS.get(topic) if isinstance(topic, str) else None
    key = document.get(kind) if kind else None
    return (kind, key) if kind and isinstance(key, str) else None


def _service(document: Document) -> str | None:
    """What acted where no person did. Raises ActedTwice."""
    service: str | None = document.get("service")
    if service is not None and document.get("actor") is not None:
        raise ActedTwice
    return service


def _known_type(topic: object) -> str:
    if not isinstance(topic, str):
        raise FieldInvalid("type", "the line has no type", "name one of the types of docs/history-format.md")
    if topic not in commands():
        raise TypeUnknown(topic)
    return topic


def _document(line: Line) -> Document:
    try:
        return decode(line.content)
    except (msgspec.DecodeError, RecursionError) as error:
        if line.last:
            raise CutOff from error
        raise NotJSON(_without_path(str(error))) from error


def _without_path(problem: str) -> str:
    return problem.partition(" - at ")[0]
