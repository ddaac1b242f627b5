"""Full-text search in PostgreSQL: over the texts of the stored read model, in the rules of each item's language."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any, LiteralString
from uuid import UUID

from adapters.postgres.connections import Database
from application.searching import MARKS, Extract, KnowledgeSearch
from application.states import Moment

CONFIGURATIONS: Mapping[str, str] = {
    "ar": "arabic", "hy": "armenian", "eu": "basque", "ca": "catalan", "da": "danish", "nl": "dutch", "en": "english",
    "fi": "finnish", "fr": "french", "de": "german", "el": "greek", "hi": "hindi", "hu": "hungarian",
    "id": "indonesian", "ga": "irish", "it": "italian", "lt": "lithuanian", "ne": "nepali", "no": "norwegian",
    "nb": "norwegian", "nn": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "es": "spanish", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""PostgreSQL's rules for a language; words of any other are taken as they are written."""
AS_WRITTEN = "simple"

OPEN, CLOSE, LESS, GREATER, AND, SLASH = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004", "\ue005"
"""Characters of private use that stand for marks, for what HTML would read, and for a slash: none is part of a word.

A text that has them itself is read without them.
"""
SELECTED = f'StartSel="{OPEN}", StopSel="{CLOSE}"'
MARKED = f"{SELECTED}, HighlightAll=true"
EXTRACT = f'{SELECTED}, MaxWords=30, MinWords=12, MaxFragments=2, FragmentDelimiter=" … "'
BARE = {"from": f"<>&/{LESS}{GREATER}{AND}{SLASH}{OPEN}{CLOSE}", "to": f"{LESS}{GREATER}{AND}{SLASH}"}
"""How a text is read: without tags and entities, which PostgreSQL would pass over, and without paths of files.

With a slash before or in it PostgreSQL takes words for one path; whoever looks for one of them would not find it.
"""

WANTED: LiteralString = """
    with q as materialized (
        select configuration, websearch_to_tsquery(configuration::regconfig, %(query)s) as query
        from unnest(%(configurations)s::text[]) as wanted (configuration)
    )
"""
"""What is looked for by the rules of each language: read once, and not once an item."""

STANDING: LiteralString = """
    from avow_read.texts as t
    join q using (configuration)
    where t.slot = (select slot from avow_read.versions where status = 'live')
      and t.organisation = %(organisation)s
      and t.valid_from <= %(valid_at)s and %(valid_at)s < t.valid_to
      and t.known_from <= %(position)s and %(position)s < t.known_to
"""

FIND: LiteralString = (
    WANTED
    + "select t.stream"
    + STANDING
    + """
      and t.document @@ q.query
      and (%(language)s::text is null or t.language = %(language)s)
    order by ts_rank_cd(t.document, q.query) desc, t.stream
"""
)

EXTRACTS: LiteralString = (
    WANTED
    + """
    select
        t.stream,
        ts_headline(
            t.configuration::regconfig, translate(t.title, %(from)s, %(to)s), q.query, %(marked)s
        ),
        ts_headline(t.configuration::regconfig, translate(t.body, %(from)s, %(to)s), q.query, %(extract)s)
"""
    + STANDING
    + " and t.stream = any(%(items)s)"
)

PLANNED: LiteralString = "select set_config('plan_cache_mode', 'force_custom_plan', true)"
"""Lets PostgreSQL plan each search for its own words and moment, until the transaction ends.

A plan for any words and moment, which it keeps after some searches, takes a row or two to stand where there are
thousands, and looks through all of them once for every language.
"""

_WORDS = str.maketrans(dict.fromkeys("<>&/", " "))
"""What parts words in a text parts them in what is looked for."""


def configuration_of(language: str) -> str:
    """PostgreSQL's rules for a language."""
    return CONFIGURATIONS.get(language, AS_WRITTEN)


class PostgresSearch(KnowledgeSearch):
    """Asks within the walls of the organisation; `answering` is a database in the reader's role."""

    def __init__(self, answering: Database) -> None:
        self._answering = answering

    def find(self, organisation: UUID, moment: Moment, query: str, language: str | None = None) -> list[UUID]:
        """See `KnowledgeSearch.find`. Raises StoreUnavailable."""
        asked = {**_asked(organisation, moment, query, language), "language": language}
        return [row[0] for row in self._ask(organisation, FIND, asked)]

    def extracts(self, organisation: UUID, moment: Moment, query: str, items: Sequence[UUID]) -> Mapping[UUID, Extract]:
        """See `KnowledgeSearch.extracts`. Raises StoreUnavailable."""
        asked = {
            **_asked(organisation, moment, query, None),
            **BARE,
            "marked": MARKED,
            "extract": EXTRACT,
            "items": list(items),
        }
        return {
            stream: Extract(title=_shown(title), text=_shown(text))
            for stream, title, text in self._ask(organisation, EXTRACTS, asked)
        }

    def _ask(self, organisation: UUID, statement: LiteralString, asked: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        # Any: what the driver takes and gives.
        return self._answering.ask_together(organisation, [(PLANNED, ()), (statement, asked)])[1]


def _asked(organisation: UUID, moment: Moment, query: str, language: str | None) -> dict[str, Any]:
    # Any: what the driver takes.
    every = sorted({*CONFIGURATIONS.values(), AS_WRITTEN})
    return {
        "organisation": organisation,
        "valid_at": moment.valid_at,
        "position": moment.position,
        "query": query.translate(_WORDS),
        "configurations": every if language is None else [configuration_of(language)],
    }


def _shown(text: str) -> str:
    """The text as HTML: what PostgreSQL marked is marked, all else is escaped."""
    plain = text.replace(LESS, "<").replace(GREATER, ">").replace(AND, "&").replace(SLASH, "/")
    return html.escape(plain).replace(OPEN, MARKS[0]).replace(CLOSE, MARKS[1])
