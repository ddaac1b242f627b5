"""The reference of all types in docs/history-format.md, made from the commands and their words.

`python -m adapters.interchange.reference` writes it anew between the marks; a test demands that it is what it writes.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill

from adapters.interchange.schema import DATE, DAY_OR_INSTANT, Schema, command_properties, required_fields
from adapters.interchange.words import words
from application.catalogue import commands
from domain.catalogue import CATALOGUE, aggregate_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "history-format.md"
WIDTH = 110
BEGIN, END = "<!-- types: begin -->", "<!-- types: end -->"


def reference() -> str:
    """All types, by the kind of record they speak about."""
    by_kind: dict[str, list[str]] = {}
    # In the order of the domain's catalogue: that of the commands depends on which module was imported first.
    for topic in (topic for topic in CATALOGUE if topic in commands()):
        by_kind.setdefault(aggregate_of(topic).kind, []).append(topic)
    return "\n".join(line for kind, topics in by_kind.items() for line in _section(kind, topics))


def _section(kind: str, topics: list[str]) -> Iterator[str]:
    yield from (f"### {kind.title()}", "")
    for topic in topics:
        asked = commands()[topic]
        yield fill(f"**`{topic}`** — {' '.join(inspect.cleandoc(asked.__doc__ or '').split())}", WIDTH)
        yield ""
        properties, needed = command_properties(asked), required_fields(asked)
        for name, schema in properties.items():
            mark = "" if name in needed else "?"
            line = f"- `{name}`{mark} ({_type(schema)}): {words(topic, name)}"
            yield fill(line, WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
        yield from ("",) if properties else ("- no fields of its own", "")


def _type(schema: Schema) -> str:
    if "enum" in schema:
        return ", ".join(f"`{each}`" for each in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(_type(each) for each in schema["anyOf"] if each.get("type") != "null")
    kinds = schema.get("type", "any")
    named = [kinds] if isinstance(kinds, str) else [each for each in kinds if each != "null"]
    if "array" in named:
        return f"list of {_type(schema['items'])}"
    if schema.get("pattern") == DATE:
        return "date"
    if schema.get("pattern") == DAY_OR_INSTANT:
        return "instant or date"
    return named[0]


def page_with_reference(page: str) -> str:
    """The page with the part between the marks made anew."""
    return re.sub(
        f"{re.escape(BEGIN)}.*{re.escape(END)}", lambda _: f"{BEGIN}\n\n{reference()}\n{END}", page, flags=re.DOTALL
    )


if __name__ == "__main__":
    PAGE.write_text(page_with_reference(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{PAGE.name}: {len(commands())} types\n")
