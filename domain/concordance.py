"""How much rankings agree: Kendall's coefficient of concordance W, with the correction for ties, in exact numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

Ranks = Mapping[str, int]
"""A place for each thing, 1 for the first; things in one place are tied. Places may leave gaps."""

Because = Literal["fewer-than-two-rankings", "fewer-than-two-things", "everything-tied"]

FEWEST = 2
THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a thing stands in all rankings together: the mean of its ranks, exact and with three decimals."""

    thing: str
    mean: float
    exact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Concordance:
    """How much `n` rankings of `m` things agree: W from 0 (not at all) to 1 (alike), exact and with three decimals.

    Where it is not defined, w is None and `because` says why. `order` is by mean rank.
    """

    n: int
    m: int
    w: float | None
    exact: str | None
    because: Because | None
    order: tuple[Placed, ...]


def midranks(ranks: Ranks) -> Mapping[str, Fraction]:
    """The rank of each thing from 1 on; tied ones share the mean of the ranks that they take up together."""
    at = Counter(ranks.values())
    before, shared = 0, dict[int, Fraction]()
    for place in sorted(at):
        shared[place] = before + Fraction(at[place] + 1, 2)
        before += at[place]
    return {thing: shared[place] for thing, place in ranks.items()}


def concordance(rankings: Sequence[Ranks], things: Sequence[str]) -> Concordance:
    """The concordance of whole rankings of these things.

    W = 12 S / (n² (m³ − m) − n ΣT), where S is the sum of the squared deviations of the rank sums from their mean, and
    T = Σ (t³ − t) over the ties of t things of one ranking.
    """
    n, m = len(rankings), len(things)
    ranked = [midranks(each) for each in rankings]
    sums = {thing: sum((each[thing] for each in ranked), Fraction()) for thing in things}
    w, because = _coefficient(rankings, sums, n, m)
    return Concordance(
        n=n,
        m=m,
        w=_rounded(w) if w is not None else None,
        exact=str(w) if w is not None else None,
        because=because,
        order=_order(sums, n),
    )


def _coefficient(
    rankings: Sequence[Ranks], sums: Mapping[str, Fraction], n: int, m: int
) -> tuple[Fraction | None, Because | None]:
    if n < FEWEST:
        return None, "fewer-than-two-rankings"
    if m < FEWEST:
        return None, "fewer-than-two-things"
    mean = Fraction(n * (m + 1), 2)
    squares = sum(((each - mean) ** 2 for each in sums.values()), Fraction())
    ties = sum(t**3 - t for ranks in rankings for t in Counter(ranks.values()).values())
    below = n**2 * (m**3 - m) - n * ties
    if below == 0:
        return None, "everything-tied"
    return 12 * squares / below, None


def _order(sums: Mapping[str, Fraction], n: int) -> tuple[Placed, ...]:
    if n == 0:
        return ()
    means = sorted(((each / n, thing) for thing, each in sums.items()))
    return tuple(Placed(thing=thing, mean=_rounded(mean), exact=str(mean)) for mean, thing in means)


def _rounded(number: Fraction) -> float:
    return float((Decimal(number.numerator) / number.denominator).quantize(THOUSANDTH, ROUND_HALF_UP))
