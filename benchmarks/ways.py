"""How long the parts of the alignment state take that tell of the ways of working, beside the state itself.

The sample organisation is imported as every history is, twice under two keys, so that one has a neighbour behind the
wall; its answers are asked over HTTP, within this process, at days of its two years at random.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

from adapters.bootstrap import Installation, on_postgres
from adapters.crypto.keys import KeyEncryptionKey
from adapters.http.app import NOUNS, create_app
from adapters.interchange.reading import HistoryFile
from adapters.sample import sample_history
from application.desk import organisation_id
from application.history import RefusedLine
from application.importing import Import
from application.permissions import Role
from benchmarks.importing import bare_copy
from benchmarks.measuring import Row, quantile, store, table, timed

STRATEGY, NEIGHBOUR = "deep-current", "neighbour"
FIRST, DAYS, ASKED = date(2025, 3, 1), 600, 15
MORE = {"outcomes": "&outcome=engagement&bar=20&from=2025-01-31"}
"""What some are asked beside the strategy."""
ELSEWHERE = frozenset({"changes", "explanation"})
"""What lies between two instants or two known times, and is another question."""


def written(into: Path, key: str) -> Path:
    """The sample as a history file, under a key of its own."""
    path = into / f"{key}.jsonl"
    lines = list(sample_history())
    for number in (0, 1):
        lines[number] = lines[number].replace('"organisation": "sample"', f'"organisation": "{key}"')
    path.write_text("".join(lines), encoding="utf-8")
    return path


def brought_in(installation: Installation, path: Path) -> int:
    """Import one, and tell how many facts it has."""
    file, refused = HistoryFile(path), list[RefusedLine]()
    organisation = organisation_id(file.header.organisation)
    staging = installation.staging(organisation)
    run = Import(installation.ledger, staging, organisation, file.header, refused=refused.append)
    report = run.run(file.statements())
    if refused:
        raise SystemExit(f"{len(refused)} lines were refused: {refused[0]}")
    return report.recorded


def parts() -> list[str]:
    """The addresses of the parts of the alignment state."""
    paths = {ask.path for noun in NOUNS for ask in noun.asks if ask.path.startswith("alignment/") and not ask.media}
    names = (path.removeprefix("alignment/") for path in paths if "<" not in path)
    return sorted(name for name in names if name not in ELSEWHERE)


def report() -> str:
    """The tables of the measurement."""
    random = Random(11)
    days = [FIRST + timedelta(days=random.randrange(DAYS)) for _ in range(ASKED)]
    with store() as kept, on_postgres(kept.dsn, KeyEncryptionKey(bytes(32))) as installation:
        path = written(kept.folder, "sample")
        facts = 0

        def bring_in() -> None:
            nonlocal facts
            facts = brought_in(installation, path)

        seconds = timed(bring_in)
        rows = [
            Row(
                what=f"import of the sample, {facts:,} facts of all kinds",
                figure=f"{facts / seconds:,.0f} facts/s",
                beside=f"bare COPY of the lines: {seconds / bare_copy(kept, path):,.0f} times as fast",
            )
        ]
        brought_in(installation, written(kept.folder, NEIGHBOUR))
        projector = installation.projector()
        if projector is None or installation.model is None:
            raise SystemExit("there is nothing to be projected into")
        with installation.model.open() as session:
            if not session.lead():
                raise SystemExit("somebody else projects")
            while projector.project(session, 500):
                pass
        client = create_app(installation).test_client()
        organisation = organisation_id("sample")
        token = installation.tokens.issue(organisation, "benchmark", roles=(Role.AUDITOR,))[1]

        def ask(address: str) -> None:
            reply = client.get(
                f"/v1/organisations/sample/{address}", headers={"Authorization": f"Bearer {token}"}, buffered=True
            )
            if reply.status_code not in (200, 409):  # 409: too few units to compare
                raise SystemExit(f"{address}: {reply.get_data(as_text=True)[:300]}")

        def took(address: str) -> list[float]:
            ask(address + str(days[0]))
            return [timed(lambda day=day: ask(f"{address}{day}")) for day in days]  # type: ignore[misc]

        whole = took(f"alignment?strategy={STRATEGY}&valid_at=")
        bare = took("units?page_size=1&valid_at=")
        beside = quantile(whole, 0.5)
        rows += [
            Row(what="the alignment state itself", figure=_told(whole), beside="1.0"),
            Row(what="one unit of the chart: the least that is asked", figure=_told(bare), beside=_times(bare, beside)),
        ]
        for name in parts():
            found = took(f"alignment/{name}?strategy={STRATEGY}{MORE.get(name, '')}&valid_at=")
            rows.append(Row(what=f"alignment/{name}", figure=_told(found), beside=_times(found, beside)))
    return table(f"Ways of working: {2 * facts:,} events, of two organisations; times the alignment state", rows)


def _told(took: list[float]) -> str:
    return f"p50 {quantile(took, 0.5) * 1000:.0f} ms, most {max(took) * 1000:.0f} ms"


def _times(took: list[float], beside: float) -> str:
    return f"{quantile(took, 0.5) / beside:.1f}"
