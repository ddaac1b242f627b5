"""How long the alignment state takes at any instant, beside the same question answered by folding the events.

Cold is the first question to a process that has read nothing yet; warm is one about another instant after it; again is
the same one once more, whose states are still held. The instants lie in the weeks in which a strategy is taken on, and
after them, when all that was said about it is alive: the largest answer there is.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import LiteralString, NamedTuple
from uuid import UUID, uuid5

from adapters.collector import collect_rarely
from adapters.postgres.connections import Database
from application.desk import organisation_id
from application.questions import Questions
from application.states import Definition, States
from benchmarks.filling import fill
from benchmarks.histories import FACTS_A_PERSON, START, STRATEGIES
from benchmarks.measuring import Row, Store, quantile, store, table, timed
from domain.scope import Scope

SIZES = tuple(int(size) for size in os.environ.get("AVOW_BENCH_EVENTS", "10000 1000000").split())
ASKED = 40
SECONDS = 60.0
"""How long a scope is asked about at most: about the largest organisation fewer questions are asked."""
LARGEST_FOLDED = 200_000
"""The longest history that is folded whole for comparison: the definition holds all events in memory."""
ORGANISATION = organisation_id("bench")
SAID_WITHIN = 42_000
"""Minutes after which all of a strategy's statements are made."""

COUNT: LiteralString = """
    select count(*)
    from avow_read.states
    where slot = (select slot from avow_read.versions where status = 'live')
      and organisation = %(organisation)s
      and (kind = 'person' or kind in ('commitment', 'acknowledgement') and strategy = %(strategy)s)
      and valid_from <= %(valid_at)s and %(valid_at)s < valid_to
      and known_from <= %(position)s and %(position)s < known_to
"""
"""Counts the rows behind one whole state, and gives none of them out."""


class Took(NamedTuple):
    """Seconds that passed, and seconds that this process computed: on a busy machine the two are far apart."""

    elapsed: float
    computed: float


def took(act: Callable[[], object]) -> Took:
    """What an act takes."""
    computed, begun = time.process_time(), time.perf_counter()
    act()
    return Took(time.perf_counter() - begun, time.process_time() - computed)


class Asking:
    """Asks about strategies and instants at random: no answer comes from a memory of the answer."""

    def __init__(self, into: Store, reader: Database, random: Random) -> None:
        self.into, self.reader, self.random = into, reader, random
        head = into.ledger.ledger_recorder.head(ORGANISATION)
        self.position = head.position if head is not None else 0

    def questions(self, states: States | None = None) -> Questions:
        """What a process has that has read nothing yet."""
        return Questions(self.into.ledger, states or self.into.states())

    def about(self) -> tuple[UUID, datetime]:
        """Some strategy, and some instant since it was opened."""
        number = self.random.randrange(STRATEGIES)
        at = START + timedelta(days=60 * (number + 1), minutes=self.random.randrange(2 * SAID_WITHIN))
        return uuid5(ORGANISATION, f"strategy:s{number}"), at

    def ask(self, questions: Questions, scope: Scope, strategy: UUID, at: datetime) -> None:
        """One question, from its two times to its figures."""
        questions.alignment(questions.ask(ORGANISATION, at, self.position), strategy, scope)

    def count(self, strategy: UUID, at: datetime) -> None:
        """The rows behind a whole state, counted by the database and not given out."""
        asked = {"organisation": ORGANISATION, "strategy": strategy, "valid_at": at, "position": self.position}
        self.reader.ask(ORGANISATION, COUNT, asked)

    def rows(self, name: str, scope: Scope) -> list[Row]:
        """Cold, warm and again, in a scope."""
        kept, end = self.questions(), time.monotonic() + SECONDS
        self.ask(kept, scope, *self.about())
        cold, warm, again, counted = list[Took](), list[Took](), list[Took](), list[Took]()
        # In turns: what else the machine does falls on all of them alike.
        while len(cold) < ASKED and time.monotonic() < end:
            fresh, first, other = self.questions(), self.about(), self.about()
            cold.append(took(lambda: self.ask(fresh, scope, *first)))  # noqa: B023 — called at once
            warm.append(took(lambda: self.ask(kept, scope, *other)))  # noqa: B023
            again.append(took(lambda: self.ask(kept, scope, *other)))  # noqa: B023
            counted.append(took(lambda: self.count(*other)))  # noqa: B023
        times = _p50(warm) / _p50(counted)
        return [
            Row(what=f"{name}, cold", figure=_spread(cold), beside=f"{len(cold)} questions"),
            Row(what=f"{name}, warm", figure=_spread(warm), beside=f"{times:,.1f} times a count of the whole's rows"),
            Row(what=f"{name}, again", figure=_spread(again)),
        ]


def answers(into: Store, size: int, facts: int) -> list[Row]:
    """The questions, put to a store that is filled and projected."""
    collect_rarely()
    name, team = f"{facts:,} events", uuid5(ORGANISATION, f"unit:t{max(10, size // FACTS_A_PERSON) // 20}")
    with Database(into.dsn, "avow_reader") as reader:
        asking = Asking(into, reader, Random(size))
        whole = asking.rows(f"{name}, whole organisation", Scope())
        one_team = asking.rows(f"{name}, one team of ten", Scope(unit=team))
        if size > LARGEST_FOLDED:
            return [*whole, *one_team]
        defined = asking.questions(Definition(into.ledger))
        reading = timed(lambda: asking.ask(defined, Scope(), *asking.about()))
        folding = [took(lambda: asking.ask(defined, Scope(), *asking.about())) for _ in range(3)]
    told = f"{_spread(folding)}; the first time, events read too: {reading:,.1f} s"
    return [*whole, *one_team, Row(what=f"{name}, whole organisation, by folding all events", figure=told)]


def measure(size: int) -> list[Row]:
    """Fill, project, ask."""
    with store() as into:
        begun = time.perf_counter()
        facts = fill(into, size)
        filling = time.perf_counter() - begun
        projecting = timed(into.projector.catch_up)
        speed = f"{facts / filling:,.0f} then {facts / projecting:,.0f}/s"
        recorded = Row(what=f"{facts:,} events, recorded undecided, then projected", figure=speed)
        return [recorded, *answers(into, size, facts)]


def _p50(seconds: list[Took]) -> float:
    return quantile([each.elapsed for each in seconds], 0.5)


def _spread(seconds: list[Took]) -> str:
    slowest = quantile([each.elapsed for each in seconds], 0.99)
    computed = quantile([each.computed for each in seconds], 0.5)
    return f"p50 {_p50(seconds) * 1000:,.0f} ms, p99 {slowest * 1000:,.0f} ms; computing {computed * 1000:,.0f} ms"


def report() -> str:
    """All sizes."""
    return table("Alignment state", [row for size in SIZES for row in measure(size)])
