"""What comparing two groups needs of the outside: how sure a difference is, by drawing from the values again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Sureness:
    """How sure a difference of means is: a 95 % interval, and how often chance alone makes one as large (`p`)."""

    low: float
    high: float
    p: float
    resamples: int


class Resampling(Protocol):
    """Draws from the values of two groups again and again."""

    def sureness(self, question: str, more: Sequence[float], less: Sequence[float]) -> Sureness:
        """How sure the difference of their means is. The same question and values give the same answer, for ever."""
        ...
