"""The verifier's command line, alike in `avow verify` and in the stand-alone file. No network, no settings."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from adapters.crypto.notes import ED25519, NoteMalformed, VerifierKey, witness_lines
from adapters.evidence.packs import PackUnreadable, read_pack
from adapters.evidence.verifying import Report, verify

HOLDS, DISPROVED, UNREADABLE = 0, 1, 2
MARKS = {True: "holds", False: "FAILS", None: "note "}


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify a pack; the exit code tells 0 holds, 1 disproved, 2 unreadable."""
    parser = argparse.ArgumentParser(
        prog="avow-verify", description="Verify an evidence pack of Avow, without network, by a key that you hold."
    )
    parser.add_argument("pack", type=Path, help="the evidence pack")
    parser.add_argument("--key", type=Path, required=True, help="the log's key, as you were given it apart")
    parser.add_argument(
        "--checkpoint", type=Path, action="append", default=[], help="a checkpoint that you hold; may be repeated"
    )
    parser.add_argument("--witnesses", type=Path, help="a file with lines: witness NAME KEY")
    parser.add_argument("--json", action="store_true", dest="as_json", help="report in JSON, with the state recomputed")
    asked = parser.parse_args(arguments)
    return run(asked.pack, asked.key, asked.checkpoint, asked.witnesses, as_json=asked.as_json)


def run(pack: Path, key: Path, held: Sequence[Path], witnesses: Path | None, *, as_json: bool) -> int:
    """As `main`, with the arguments read."""
    try:
        pinned = VerifierKey.read(key.read_text(encoding="utf-8"))
        if pinned.type != ED25519:
            raise NoteMalformed(f"{key} holds a witness's key; pin the log's")
        trusted = [each for each, _ in witness_lines(witnesses.read_text(encoding="utf-8"))] if witnesses else []
        report = verify(read_pack(pack), pinned, [each.read_text(encoding="utf-8") for each in held], trusted)
    except (OSError, NoteMalformed, PackUnreadable, UnicodeDecodeError) as error:
        sys.stderr.write(f"{error}\n")
        return UNREADABLE
    sys.stdout.write(json.dumps(report.plain(), indent=2) + "\n" if as_json else told(report))
    return HOLDS if report.holds else DISPROVED


def told(report: Report) -> str:
    """The report for people."""
    lines = [f"A pack of the kind {report.kind}, {report.events} events, organisation {report.organisation}.", ""]
    lines += [f"  {MARKS[each.holds]}  {each.says}" for each in report.findings]
    if (bounds := report.altered_from) is not None:
        first, last = bounds
        where = f"position {first}" if first == last else f"a position from {first} to {last}"
        lines += ["", f"The history is not what it was, from {where} on."]
    lines += ["", "Nothing was disproved." if report.holds else "THIS PACK DOES NOT HOLD."]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
