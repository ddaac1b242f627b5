"""The sample organisation: a simulated history in our own format, the same bytes for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from adapters.sample.chart import ORGANISATION
from adapters.sample.story import SEED, tell

__all__ = ["HIGHLIGHTS", "ORGANISATION", "SEED", "Highlight", "sample_history"]


@dataclass(frozen=True, slots=True)
class Highlight:
    """A request to try, as the path of a GET, and what its answer shows."""

    request: str
    shows: str


def _asked(rest: str) -> str:
    return f"/v1/organisations/{ORGANISATION}/{rest}"


HIGHLIGHTS = (
    Highlight(
        _asked("alignment?strategy=clear-signal&unit=service-desk&valid_at=2025-10-16&known_at=2025-11-12"),
        "How many of the Service Desk stood behind its goal on 16 October 2025: 7 of 8 as known on 12 November. With "
        "known_at=2025-10-16 it is 6 of 7: one promise was entered late, one joining corrected since.",
    ),
    Highlight(
        _asked("alignment/changes?strategy=clear-signal&from=2026-03-31&to=2026-04-01"),
        "What a material revision does: 83 people were committed on the day before it came into force, 34 on the day. "
        "The bridge adds up, with who became stale and who counts only now.",
    ),
    Highlight(
        _asked("alignment/figures/commitments/unowned?strategy=clear-signal&unit=repair&valid_at=2026-06-05"),
        "A figure opened down to its events: somebody left and came back; her promise is unowned until she confirms it "
        "on 15 June 2026.",
    ),
)
"""Three requests for `make run` to print."""


def sample_history(seed: int = SEED) -> Iterator[str]:
    """The lines of the sample's history file, each with its end; the first one is the header."""
    return tell(seed).written()
