"""Write the sample organisation's history to a file: `python -m adapters.sample OUT.jsonl`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from adapters.sample import SEED, sample_history


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the file; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m adapters.sample", description=__doc__)
    parser.add_argument("out", type=Path, help="the file to write")
    parser.add_argument("--seed", type=int, default=SEED, help="decides what chance does (default %(default)s)")
    given = parser.parse_args(arguments)
    with given.out.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(sample_history(given.seed))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
