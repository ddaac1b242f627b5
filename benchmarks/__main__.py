"""Measure, each figure beside a peer or a limit in one run: `python -m benchmarks [NAME …]`; all without a name."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from benchmarks import alignment, appending, commands, importing, projecting, searching, starting, ways

MEASUREMENTS: Mapping[str, Callable[[], str]] = {
    "starting": starting.report,
    "commands": commands.report,
    "appending": appending.report,
    "importing": importing.report,
    "projecting": projecting.report,
    "alignment": alignment.report,
    "searching": searching.report,
    "ways": ways.report,
}


def main(names: list[str]) -> int:
    """Run the named measurements, or all, and write their tables."""
    unknown = [name for name in names if name not in MEASUREMENTS]
    if unknown:
        sys.stderr.write(f"there is no measurement {', '.join(unknown)}: choose of {', '.join(MEASUREMENTS)}\n")
        return 2
    for name in names or MEASUREMENTS:
        sys.stdout.write(MEASUREMENTS[name]() + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
