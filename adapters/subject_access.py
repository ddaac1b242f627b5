"""What is held on a person as a text that they can read: every value, under its name, and nothing hidden in markup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Json = Any  # JSON is of any shape

HEADINGS: Mapping[str, str] = {
    "person": "Who you are here: names, memberships, ranks, managers, roles",
    "statements": "What was recorded by you, about you, or naming you",
    "tokens": "Tokens issued to you (no secrets are kept)",
    "sign_ins": "Where you sign in",
    "letters": "What you chose about letters, and which there were",
    "reads": "Who opened your record",
    "erasure": "What was erased of you, and what keeps the rest",
}
NOTE = """\
Other people's words that mention you are theirs; here stands where each of them is. Answers that you gave in
confidential reviews are not in this file: they can be tied to nobody. Texts that were erased show as erased."""


def readable(shown: Mapping[str, Json]) -> str:
    """The answer of a subject access, opened, as a text."""
    lines = [
        f"Everything that {shown['organisation_name']} holds on you in Avow",
        f"Your id here: {shown['id']}",
        f"As of {shown['made_at']}, position {shown['position']} of the record of organisation {shown['organisation']}",
        "",
        *NOTE.splitlines(),
        *([shown["note"]] if shown["note"] else []),
    ]
    for name, heading in HEADINGS.items():
        lines += ["", heading, "=" * len(heading)]
        lines += list(_told(shown[name], 0)) or ["nothing"]
    return "\n".join(lines) + "\n"


def _told(value: Json, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(value, Mapping):
        for name, each in value.items():
            if each in (None, [], {}, ""):
                continue
            label = str(name).replace("_", " ")
            if _is_plain(each):
                yield f"{indent}{label}: {_plain(each)}"
            else:
                yield f"{indent}{label}:"
                yield from _told(each, depth + 1)
    elif isinstance(value, list):
        for number, each in enumerate(value, start=1):
            if _is_plain(each):
                yield f"{indent}- {_plain(each)}"
            else:
                yield f"{indent}{number}."
                yield from _told(each, depth + 1)
    else:
        yield f"{indent}{_plain(value)}"


def _is_plain(value: Json) -> bool:
    return value == {"erased": True} or not isinstance(value, Mapping | list)


def _plain(value: Json) -> str:
    if value == {"erased": True}:
        return "[erased]"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
