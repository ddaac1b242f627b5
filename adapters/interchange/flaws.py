"""What is wrong with a line, in words: which field, the rule it breaks, and how to write it instead."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

import jsonschema_rs

from adapters.instants import read_date, read_instant
from adapters.interchange.schema import DATE, DAY_OR_INSTANT, ENVELOPE, INSTANT, validator
from domain.kernel import Refusal, RefusalKind

Document = dict[str, Any]  # Any: JSON
Flaw = jsonschema_rs.ValidationError
Kind = jsonschema_rs.ValidationErrorKind
UTC = ZoneInfo("UTC")
MOST_SHOWN: Final = 80
"""Characters of a wrong value that are shown."""

KINDS: Final[Mapping[str, str]] = {
    "string": "a text in quotes",
    "integer": "a whole number without quotes",
    "number": "a number without quotes",
    "boolean": "true or false, without quotes",
    "array": "a list in [ ]",
    "object": "an object in { }",
}
"""The kinds of JSON as whoever writes them sees them."""

TIMES: Final[Mapping[str, tuple[Callable[[str, str], object], str, str]]] = {
    DATE: (read_date, "a date", "a date, such as 2026-04-01"),
    INSTANT: (
        lambda text, where: read_instant(text, UTC, where),
        "an instant",
        "an instant with its zone, such as 2026-04-01T09:30:00Z",
    ),
    DAY_OR_INSTANT: (
        lambda text, where: read_instant(text, UTC, where),
        "an instant or a date",
        "an instant with its zone, such as 2026-04-01T09:30:00Z, or a date, such as 2026-04-01",
    ),
}
"""Of each pattern of a time: who reads such a text and says what is wrong with it; what it is; how to write it."""


@dataclass(eq=False)
class FieldInvalid(Refusal):
    """A field that the schema of the line's type does not allow as it is."""

    field: str
    problem: str
    expected: str
    kind = RefusalKind.INVALID
    rule = "{problem}"
    way_out = "{expected}"

    def __post_init__(self) -> None:
        self.where = self.field  # type: ignore[misc]  # here it differs from line to line


def be_valid(name: str, document: Document) -> None:
    """Let pass what the schema of the header, of a retraction or of a topic allows. Raises FieldInvalid."""
    schema = validator(name)
    if schema.is_valid(document):
        return
    raise _told(name, _telling(list(schema.iter_errors(document))))


def _telling(flaws: list[Flaw]) -> Flaw:
    """The flaw that explains most: the deepest; an unknown field before what it may be a misspelling of."""
    flaw = max(flaws, key=lambda each: (len(each.instance_path), isinstance(each.kind, Kind.AdditionalProperties)))
    if isinstance(flaw.kind, Kind.AnyOf):
        # Of the shapes that are allowed, the one that was meant has the value's kind.
        meant = [each for each in flaw.kind.context if not any(_of_another_kind(one, flaw) for one in each)]
        if meant:
            return _telling(meant[0])
    return flaw


def _of_another_kind(flaw: Flaw, whole: Flaw) -> bool:
    return isinstance(flaw.kind, Kind.Type) and len(flaw.instance_path) == len(whole.instance_path)


def _told(name: str, flaw: Flaw) -> Refusal:
    path = [str(each) for each in flaw.instance_path]
    field, see = ".".join(path) or "line", _page(name)
    match flaw.kind:
        case Kind.AdditionalProperties(unexpected=unexpected):
            unknown = ", ".join(repr(each) for each in unexpected)
            within = f"the field {field!r}" if path else _line(name)
            at = ".".join([*path, str(unexpected[0])])
            return FieldInvalid(at, f"{within} has no field {unknown}", f"remove or rename it: see {see}")
        case Kind.Required(property=property):
            at = ".".join([*path, str(property)])
            return FieldInvalid(at, f"the field {at!r} is missing", f"add it: see {see}")
        case Kind.Pattern(pattern=pattern) if pattern in TIMES:
            return _mistimed(field, str(flaw.instance), pattern)
    problem, expected = _wrong(flaw)
    hint = ENVELOPE.get(path[0], {}).get("description") if path else None
    means = f"{field} means: {hint.rstrip('.')}" if hint else f"see {see}"
    return FieldInvalid(field, problem, f"{expected}; {means}" if expected else means)


def _mistimed(field: str, text: str, pattern: str) -> Refusal:
    read, what, how = TIMES[pattern]
    if pattern != DATE:
        try:
            read(text, field)
        except Refusal as refusal:
            return refusal
    return FieldInvalid(field, f"{_shown(text)} is not {what}", f"write {how}")


def _wrong(flaw: Flaw) -> tuple[str, str]:
    """What is wrong with a value, and how to write it."""
    shown = _shown(flaw.instance)
    match flaw.kind:
        case Kind.Type(types=types):
            return f"{shown} is not {_either(types)}", f"write {_either(types)}"
        case Kind.AnyOf(context=context):
            kinds = [
                kind for each in context for one in each if isinstance(one.kind, Kind.Type) for kind in one.kind.types
            ]
            return f"{shown} is not {_either(kinds)}", f"write {_either(kinds)}"
        case Kind.Enum(options=options):
            named = ", ".join(str(each) for each in options)
            return f"{shown} is none of the words that are allowed here", f"write one of: {named}"
        case Kind.MinLength():
            return "it is empty", "write at least one character"
        case Kind.MaxLength(limit=limit):
            return f"it has more than {limit} characters", f"write at most {limit}"
        case _:
            return str(flaw.message), ""


def _either(kinds: list[str]) -> str:
    return " or ".join(KINDS[each] for each in KINDS if each in kinds)


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def _line(name: str) -> str:
    return f"the {name}" if name == "header" else f"a {name} line"


def _page(name: str) -> str:
    part = {"header": "“The file”", "retraction": "“Every line”"}.get(name, name)
    return f"{part} in docs/history-format.md"
