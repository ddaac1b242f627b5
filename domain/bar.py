"""The organisation's bar for "enough": what a strategy has to reach before it is published, and whether it is asked.

What is set is a dated fact of the organisation; a clarity check is judged by the bar of the instant it was opened at,
so that nobody moves it once the answers are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.dated import followed_by, latest
from domain.kernel import Content, Refusal, RefusalKind, event

LOWEST, HIGHEST = 1, 5
"""The scale that the bar is on."""


@event("bar.set")
class BarSet(Content):
    """Enough is, from here on: `percent` or more in a hundred of those who rate give `score` or more, from 1 to 5.

    `demanded` says that no material revision is published without a clarity check of its draft.
    """

    score: int
    percent: int
    demanded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BarSince:
    """The bar from an instant on, until the next entry."""

    score: int
    percent: int
    demanded: bool
    since: datetime


Bars = tuple[BarSince, ...]
"""The bars of an organisation, oldest first."""


@dataclass(eq=False)
class BarOffScale(Refusal):
    """A bar that everybody, or nobody, could reach."""

    score: int
    percent: int
    kind = RefusalKind.INVALID
    where = "score"
    rule = f"a bar of {{percent}} % at {{score}} is none: scores go from {LOWEST} to {HIGHEST}, shares from 1 to 100 %"
    way_out = "give a score above the lowest one, such as 4, and a share of those who rate, such as 70"


def refuse_bar(content: BarSet) -> None:
    """Refuse a bar that is none."""
    if not (LOWEST < content.score <= HIGHEST and 0 < content.percent <= 100):
        raise BarOffScale(content.score, content.percent)


def with_bar(bars: Bars, content: BarSet, at: datetime) -> Bars:
    """The bars with this one too."""
    made = BarSince(score=content.score, percent=content.percent, demanded=content.demanded, since=at)
    return followed_by(bars, made)


def bar_at(bars: Bars, at: datetime) -> BarSince | None:
    """The bar at that instant; None where the organisation had set none."""
    return latest(bars, at)
