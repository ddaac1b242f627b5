"""The same question draws the same; and what is drawn agrees with what can be worked out."""

from __future__ import annotations

from statistics import NormalDist, mean, variance

import pytest

from adapters.resampling import RESAMPLES, SciPyResampling

MORE = [4.0, 6.5, 5.0, 7.5, 6.0, 3.5, 8.0, 5.5, 6.0, 7.0, 4.5, 6.5]
LESS = [3.0, 2.5, 4.0, 5.0, 1.5, 3.5, 2.0, 4.5, 3.0, 2.5]
LOW, HIGH, P = 1.675, 3.6504, 0.0006
"""As drawn by the versions that the locks pin: others may draw otherwise, and old answers would change."""


def test_the_same_question_gives_the_same_figures_and_these_for_ever() -> None:
    found = SciPyResampling().sureness("does it pay?", MORE, LESS)
    assert found == SciPyResampling().sureness("does it pay?", MORE, LESS)
    assert (found.low, found.high, found.p, found.resamples) == (LOW, HIGH, P, RESAMPLES)


def test_another_question_draws_anew() -> None:
    first, second = (SciPyResampling().sureness(question, MORE, LESS) for question in ("one", "another"))
    assert (first.low, first.high) != (second.low, second.high)


def test_the_interval_is_that_of_the_normal_approximation_nearly() -> None:
    found = SciPyResampling().sureness("q", MORE, LESS)
    middle = mean(MORE) - mean(LESS)
    # The bootstrap divides by n where the unbiased variance divides by n - 1.
    error = sum(variance(each) * (len(each) - 1) / len(each) ** 2 for each in (MORE, LESS)) ** 0.5
    spread = NormalDist().inv_cdf(0.975) * error
    assert (found.low, found.high) == pytest.approx((middle - spread, middle + spread), abs=0.08)


def test_where_there_is_nothing_chance_alone_makes_as_much() -> None:
    same = [float(number % 5) for number in range(20)]
    found = SciPyResampling().sureness("q", same, same)
    assert found.p == 1.0
    assert found.low < 0 < found.high


def test_where_groups_are_apart_it_is_as_rare_as_can_be_drawn() -> None:
    found = SciPyResampling().sureness("q", [100.0 + n for n in range(10)], [float(n) for n in range(10)])
    assert found.p == pytest.approx(2 / (RESAMPLES + 1), abs=1e-4)
    assert found.low > 0


def test_values_that_are_all_alike_have_no_spread() -> None:
    found = SciPyResampling().sureness("q", [3.0] * 10, [1.0] * 10)
    assert (found.low, found.high) == (2.0, 2.0)
