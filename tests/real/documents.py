"""Goal documents: what their fields said after each landing, and which documents are goals at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tests.real.source import Landing, Row

Key = tuple[str, str]
"""Period and slug."""
Fields = Mapping[str, str]

PAGES_WITH_A_STATUS = frozenset({"index", "0001-Project-goal-slate"})
STANDINGS = {"Accepted": "accepted", "Not accepted": "declined", "Orphaned": "deferred", "Invited": "deferred"}
PLACEHOLDERS = frozenset({"todo", "owner", "tbd"})
HANDLE = re.compile(r"@([A-Za-z0-9][A-Za-z0-9-]*)")


def key_of(row: Row) -> Key:
    """The document a row is about."""
    return row["period"], row["slug"]


def is_template(key: Key) -> bool:
    """Whether a document is the blank one that goals are written from."""
    return "TEMPLATE" in key[1]


def goals_among(rows: Iterable[Row]) -> frozenset[Key]:
    """The documents that are goals: those that state a status at some time, without templates and overview pages."""
    with_status = {key_of(row) for row in rows if row["field"] == "status"}
    return frozenset(key for key in with_status if not is_template(key) and key[1] not in PAGES_WITH_A_STATUS)


def standing(status: str) -> str:
    """What a document's status makes of its goal. A status is taken at its word: only "Accepted" accepts."""
    return STANDINGS.get(status, "proposed")


def after(before: Fields | None, rows: Sequence[Row]) -> Fields | None:
    """A document's fields once these rows of one landing were taken; None for one that is not there."""
    fields = None if before is None else dict(before)
    for row in sorted(rows, key=lambda row: row["new"] != "removed"):
        match row["field"], row["new"]:
            case "(document)", "removed":
                fields = None
            case "(document)", _:
                fields = {}
            case name, value:
                fields = {**(fields or {}), name: value}
    return fields


def by_document(landing: Landing) -> dict[Key, list[Row]]:
    """The rows of a landing by the document they are about, in the file's order."""
    found: dict[Key, list[Row]] = {}
    for row in landing.rows:
        found.setdefault(key_of(row), []).append(row)
    return found


def renamed(landings: Iterable[Landing], goals: frozenset[Key]) -> dict[Key, Key]:
    """Goals whose document got another name: each former name with the one that followed it.

    So it is where one landing removes exactly one goal document of a title and adds exactly one of the same title.
    """
    documents: dict[Key, Fields | None] = {}
    followed: dict[Key, Key] = {}
    for landing in landings:
        gone: dict[tuple[str, str], list[Key]] = {}
        come: dict[tuple[str, str], list[Key]] = {}
        for key, rows in by_document(landing).items():
            before, now = documents.get(key), after(documents.get(key), rows)
            documents[key] = now
            if key in goals and before is not None and now is None:
                gone.setdefault((key[0], before.get("title", "")), []).append(key)
            if key in goals and before is None and now is not None:
                come.setdefault((key[0], now.get("title", "")), []).append(key)
        followed.update(
            (gone[title][0], come[title][0])
            for title in gone
            if title[1] and len(gone[title]) == len(come.get(title, ())) == 1
        )
    return followed


@dataclass(frozen=True)
class Contact:
    """Who a document names to answer for its goal: a person where one can be made out, and what else it says."""

    handle: str | None
    words: str | None

    @classmethod
    def stated(cls, text: str, known: frozenset[str]) -> Contact:
        """The first `@handle` in the text, else the first part that is wholly a handle known elsewhere."""
        handles = [each for each in HANDLE.findall(text) if each.lower() not in PLACEHOLDERS]
        parts = (part.strip() for part in re.split(r"[,;/]| and ", text))
        bare = (part for part in parts if part.lower() in known)
        handle = handles[0] if handles else next(bare, None)
        whole = handle is not None and text.lower() in {handle.lower(), "@" + handle.lower()}
        return cls(handle, None if whole else text or None)


def handles_known(members: Iterable[Row], changes: Iterable[Row]) -> frozenset[str]:
    """Every handle that the source uses of somebody in a team or, with an `@`, of a point of contact; lower-case."""
    contacts = (row["new"] for row in changes if row["field"] == "point_of_contact")
    named = {each.lower() for text in contacts for each in HANDLE.findall(text)}
    return frozenset({row["person"].lower() for row in members} | (named - PLACEHOLDERS))
