"""How sure a difference between two groups is, by resampling with SciPy: the same question gives the same figures."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from application.resampling import Sureness

RESAMPLES = 9_999
"""How many resamples are drawn, for the interval and for p."""


class SciPyResampling:
    """Draws from a generator that is seeded by the question, so that nothing but the question decides the figures."""

    def sureness(self, question: str, more: Sequence[float], less: Sequence[float]) -> Sureness:
        """The interval of the difference of means, and the p of a permutation test of it."""
        # Loading SciPy takes a second and tens of megabytes, and hardly any process is asked this.
        import numpy as np  # noqa: PLC0415
        from scipy import stats  # type: ignore[import-untyped]  # noqa: PLC0415

        seed = int.from_bytes(hashlib.sha256(question.encode()).digest(), "big")

        def difference(first: np.ndarray, second: np.ndarray, axis: int = -1) -> np.ndarray:
            return np.asarray(np.mean(first, axis=axis) - np.mean(second, axis=axis))

        groups = (np.asarray(more, dtype=float), np.asarray(less, dtype=float))
        drawn = stats.bootstrap(
            groups,
            difference,
            n_resamples=RESAMPLES,
            confidence_level=0.95,
            method="percentile",
            rng=np.random.Generator(np.random.PCG64(seed)),
        )
        permuted = stats.permutation_test(
            groups,
            difference,
            permutation_type="independent",
            n_resamples=RESAMPLES,
            alternative="two-sided",
            rng=np.random.Generator(np.random.PCG64(seed)),
        )
        interval = drawn.confidence_interval
        return Sureness(
            low=round(float(interval.low), 4),
            high=round(float(interval.high), 4),
            p=round(float(permuted.pvalue), 4),
            resamples=RESAMPLES,
        )
