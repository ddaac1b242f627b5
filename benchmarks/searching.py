"""How long a search over knowledge takes, beside SQLite's full-text index over the same texts in this process.

Avow finds what stood at an instant, within an organisation's walls, each item by the rules of its language; SQLite
finds what is there. Both rank all matches; Avow gives extracts of the first page, SQLite of all.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from uuid import UUID, uuid5

import psycopg

from adapters.postgres.connections import Database
from adapters.postgres.searching import PostgresSearch
from application.desk import organisation_id
from application.states import Moment
from benchmarks.filling import BATCH
from benchmarks.histories import START
from benchmarks.measuring import Row, Store, quantile, store, table, timed
from domain.kernel import Actor, Event
from domain.knowledge import KnowledgeCaptured, KnowledgeRevised

ITEMS = int(os.environ.get("AVOW_BENCH_ITEMS", "10000"))
WORDS, ASKED, PAGE = 120, 200, 20
REVISED = 10
"""One item in so many has a second version."""
ORGANISATION = organisation_id("bench")
SYLLABLES = (
    "ren",
    "tal",
    "van",
    "quo",
    "ta",
    "tion",
    "ser",
    "vice",
    "deb",
    "or",
    "pric",
    "ing",
    "del",
    "iv",
    "er",
    "y",
)


def vocabulary(random: Random) -> list[str]:
    """Five thousand invented words."""
    return ["".join(random.choices(SYLLABLES, k=random.randrange(2, 5))) for _ in range(5_000)]


def texts(random: Random, words: list[str]) -> Iterator[tuple[UUID, str, str]]:
    """The items: common words often, others rarely, as in a language."""
    weights = [1 / place for place in range(1, len(words) + 1)]
    for number in range(ITEMS):
        said = random.choices(words, weights, k=WORDS)
        yield uuid5(ORGANISATION, f"item:{number}"), " ".join(said[:4]), " ".join(said)


def _events(said: list[tuple[UUID, str, str]]) -> Iterator[Event]:
    for number, (item, title, text) in enumerate(said):
        contents: list[KnowledgeCaptured | KnowledgeRevised] = [
            KnowledgeCaptured(title=title, text=text, language="en")
        ]
        if number % REVISED == 0:
            contents = [KnowledgeCaptured(title=title, text="To be said.", language="en"), KnowledgeRevised(text=text)]
        for version, content in enumerate(contents, 1):
            yield Event(
                organisation=ORGANISATION,
                stream=item,
                version=version,
                topic=content.TOPIC,
                fact=version,
                effective_at=START + timedelta(minutes=version),
                actor=Actor(),
                command=item,
                index=version,
                content=content,
            )


def _fill(into: Store, said: list[tuple[UUID, str, str]]) -> int:
    events = list(_events(said))
    for first in range(0, len(events), BATCH):
        stored = [into.ledger.mapper.to_stored_event(each) for each in events[first : first + BATCH]]
        into.ledger.ledger_recorder.insert_events(stored, organisation=ORGANISATION)
    with into.model.open() as session:
        if not session.lead():
            raise RuntimeError("somebody else projects")
        while into.projector.project(session, 500):
            pass
    with psycopg.connect(into.dsn, autocommit=True) as connection:
        connection.execute("analyze avow_read.texts")  # as PostgreSQL does by itself after a minute
    return len(events)


def _beside(said: list[tuple[UUID, str, str]]) -> sqlite3.Connection:
    peer = sqlite3.connect(":memory:")
    peer.execute("create virtual table items using fts5(item unindexed, title, body, tokenize='porter')")
    peer.executemany("insert into items values (?, ?, ?)", [(str(item), title, text) for item, title, text in said])
    return peer


def report() -> str:
    """The table of the measurement."""
    random = Random(7)
    words = vocabulary(random)
    said = list(texts(random, words))
    peer = _beside(said)
    ranked = words[:2_000]
    queries = [" ".join(random.sample(ranked, random.choice([1, 1, 2]))) for _ in range(ASKED)]
    with store() as kept, Database(kept.dsn, "avow_reader") as answering:
        moment = Moment(START + timedelta(days=1), _fill(kept, said))
        search = PostgresSearch(answering)

        def find(query: str) -> int:
            found = search.find(ORGANISATION, moment, query)
            search.extracts(ORGANISATION, moment, query, found[:PAGE])
            return len(found)

        def fts(query: str) -> int:
            asked = " ".join(f'"{word}"' for word in query.split())
            found = peer.execute(
                "select item, snippet(items, 2, '<', '>', '…', 30) from items where items match ? order by bm25(items)",
                [asked],
            ).fetchall()
            return len(found)

        def like(query: str) -> int:
            wanted = " and ".join(["body like ?"] * len(query.split()))
            found = peer.execute(
                f"select item from items where {wanted}",  # noqa: S608 — made of constants alone
                [f"%{word}%" for word in query.split()],
            ).fetchall()
            return len(found)

        find(queries[0])
        counts = [find(query) for query in queries]
        ours = [timed(lambda query=query: find(query)) for query in queries]  # type: ignore[misc]
        theirs = [timed(lambda query=query: fts(query)) for query in queries]  # type: ignore[misc]
        scanned = [timed(lambda query=query: like(query)) for query in queries]  # type: ignore[misc]

    def told(name: str, took: list[float]) -> str:
        return f"{name} p50 {quantile(took, 0.5) * 1000:.1f} ms, p99 {quantile(took, 0.99) * 1000:.1f} ms"

    ratio = quantile(ours, 0.5) / quantile(theirs, 0.5)
    against = quantile(ours, 0.5) / quantile(scanned, 0.5)
    what = f"search over {ITEMS:,} items, {ASKED} queries that match {quantile(counts, 0.5):.0f} at the median"
    return table(
        "Searching",
        [
            Row(what=what, figure=told("found, ranked, first page", ours), beside=told("SQLite FTS5", theirs)),
            Row(what="… at p50", figure=f"{ratio:.1f} times SQLite FTS5", beside=f"{against:.2f} times LIKE in SQLite"),
        ],
    )
