"""How long the alignment state takes at any instant, beside the same question answered by folding the events."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from random import Random
from uuid import uuid5

from application.desk import organisation_id
from application.questions import Questions
from application.states import Definition
from benchmarks.filling import fill
from benchmarks.histories import START, STRATEGIES
from benchmarks.measuring import Row, quantile, store, table, timed
from domain.scope import Scope

SIZES = tuple(int(size) for size in os.environ.get("AVOW_BENCH_EVENTS", "10000 1000000").split())
ASKED = 40
LARGEST_FOLDED = 200_000
"""The longest history that is folded whole for comparison: the definition holds all events in memory."""


def measure(size: int) -> list[Row]:
    """Random strategies at random instants, each asked once: nothing is answered from a memory of the answer."""
    random = Random(size)
    with store() as into:
        begun = time.perf_counter()
        facts = fill(into, size)
        filling = time.perf_counter() - begun
        projecting = timed(into.projector.catch_up)
        organisation = organisation_id("bench")
        stored = Questions(into.ledger, into.states())
        team = uuid5(organisation, "unit:t0")

        def ask(questions: Questions, scope: Scope) -> None:
            strategy = random.randrange(STRATEGIES)
            at = START + timedelta(days=60 * (strategy + 1), minutes=random.randrange(60_000))
            asked = questions.ask(organisation, at, into.ledger.ledger_recorder.head(organisation).position)  # type: ignore[union-attr]
            questions.alignment(asked, uuid5(organisation, f"strategy:s{strategy}"), scope)

        whole = [timed(lambda: ask(stored, Scope())) for _ in range(ASKED)]
        one_team = [timed(lambda: ask(stored, Scope(unit=team))) for _ in range(ASKED)]
        beside = ""
        if size <= LARGEST_FOLDED:
            definition = Questions(into.ledger, Definition(into.ledger))
            reading = timed(lambda: ask(definition, Scope()))
            beside = _beside(timed(lambda: ask(definition, Scope())), reading, whole)
    name = f"{facts:,} events"
    return [
        Row(
            what=f"{name}, recorded undecided, then projected",
            figure=f"{facts / filling:,.0f} then {facts / projecting:,.0f}/s",
        ),
        Row(what=f"{name}, whole organisation", figure=_spread(whole), beside=beside),
        Row(what=f"{name}, one team of ten", figure=_spread(one_team)),
    ]


def _spread(seconds: list[float]) -> str:
    return f"p50 {quantile(seconds, 0.5) * 1000:,.0f} ms, p99 {quantile(seconds, 0.99) * 1000:,.0f} ms"


def _beside(folded: float, reading: float, whole: list[float]) -> str:
    times = folded / quantile(whole, 0.5)
    return f"folding the events, read already: {times:,.1f} times as long; read first: {reading:,.1f} s"


def report() -> str:
    """All sizes."""
    return table("Alignment state", [row for size in SIZES for row in measure(size)])
