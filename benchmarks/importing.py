"""How fast a history is brought in, end to end, and with how much memory; beside its bare bytes copied into a table."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import psycopg

from adapters.interchange.reading import HistoryFile
from adapters.postgres.staging import PostgresStaging
from application.desk import organisation_id
from application.history import RefusedLine
from application.importing import Import
from benchmarks.histories import write
from benchmarks.measuring import Row, Store, apart, peak_megabytes, store, table, timed

SIZES = (20_000,)


def import_file(into: Store, path: Path) -> None:
    """Import a history file as `avow import` does."""
    file = HistoryFile(path)
    organisation = organisation_id(file.header.organisation)
    refused = list[RefusedLine]()
    Import(
        ledger=into.ledger,
        staging=PostgresStaging(into.writer, organisation),
        organisation=organisation,
        header=file.header,
        refused=refused.append,
    ).run(file.statements())
    if refused:
        raise SystemExit(f"{len(refused)} lines were refused: {refused[0]}")


def measure(facts: int) -> dict[str, float]:
    """One import in this process."""
    with store() as into:
        path = into.folder / "history.jsonl"
        written = write(path, facts)
        before = peak_megabytes()
        seconds = timed(lambda: import_file(into, path))
        peak = peak_megabytes()
        return {"facts": written, "seconds": seconds, "before": before, "peak": peak, "copy": bare_copy(into, path)}


def bare_copy(into: Store, path: Path) -> float:
    """Seconds to copy the same lines, undecided and unsealed, into a table with one key: the limit."""
    with psycopg.connect(into.dsn) as connection:
        connection.execute("create table bare (position bigint primary key, line bytea)")

        def copy() -> None:
            with connection.cursor().copy("copy bare from stdin") as rows, path.open("rb") as lines:
                for number, line in enumerate(lines):
                    rows.write_row((number, line))
            connection.commit()

        return timed(copy)


def report() -> str:
    """Every size in a process of its own."""
    rows = list[Row]()
    for size in SIZES:
        found = json.loads(apart("benchmarks.importing", str(size)))
        rate = found["facts"] / found["seconds"]
        rows.append(
            Row(
                what=f"import of {int(found['facts']):,} facts",
                figure=f"{rate:,.0f} facts/s, peak {found['peak']:,.0f} MB ({found['before']:,.0f} MB before)",
                beside=f"bare COPY of the lines: {found['seconds'] / found['copy']:,.0f} times as fast",
            )
        )
    return table("Import", rows)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]))))
