"""How often Python looks for cycles of objects that nobody uses any more."""

from __future__ import annotations

import gc

YOUNG, MIDDLE, ALL = 10_000, 20, 50
"""New objects until the young are looked through; how often until the middle ones are; how often until all are."""


def collect_rarely() -> None:
    """Look through all objects after ten million new ones at the earliest, instead of after seventy thousand.

    A question about a large organisation makes a million objects at once, states that hold no cycles and that go when
    the last name for them goes. Looking through all of them again and again took two thirds of its time.
    """
    gc.set_threshold(YOUNG, MIDDLE, ALL)
