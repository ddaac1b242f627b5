"""Reads `mutmut results --all true` and says, module by module, how many changes to the code the tests noticed.

A change that makes the tests run without end is noticed too. One that was never tried (out of time, or not selected)
counts nowhere; one that no test reaches counts as unnoticed.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable

NOTICED = frozenset({"killed", "timeout", "segfault", "suspicious"})
UNNOTICED = frozenset({"survived", "no tests"})


def scores(lines: Iterable[str]) -> dict[str, tuple[int, int]]:
    """How many changes were noticed, and how many tried, by module."""
    seen: dict[str, Counter[bool]] = defaultdict(Counter)
    for line in lines:
        name, _, outcome = line.strip().partition(": ")
        if outcome in NOTICED | UNNOTICED:
            seen[name.rpartition(".")[0]][outcome in NOTICED] += 1
    return {module: (count[True], count.total()) for module, count in sorted(seen.items())}


def report(lines: Iterable[str]) -> str:
    """The scores as a table, with their sum as the last line."""
    found = scores(lines)
    noticed, tried = (sum(column) for column in zip(*found.values(), strict=True)) if found else (0, 0)
    rows = [*found.items(), ("mutation score", (noticed, tried))]
    return "\n".join(f"{name:<28} {hit:>5} of {of:<5} {hit / of if of else 0:>6.1%}" for name, (hit, of) in rows)


if __name__ == "__main__":
    sys.stdout.write(report(sys.stdin) + "\n")
