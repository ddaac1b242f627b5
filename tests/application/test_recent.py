"""What was used last is kept, within its bound."""

from __future__ import annotations

from application.recent import Recent


def kept(recent: Recent[str, int], *keys: str) -> list[int | None]:
    return [recent.get(key) for key in keys]


def test_the_one_not_used_for_longest_goes_first() -> None:
    recent = Recent[str, int](2)
    recent.put("a", 1)
    recent.put("b", 2)
    assert recent.get("a") == 1
    recent.put("c", 3)
    assert kept(recent, "a", "b", "c") == [1, None, 3]


def test_a_heavy_one_takes_the_place_of_several() -> None:
    recent = Recent[str, int](10)
    for number, key in enumerate("abc"):
        recent.put(key, number, weight=3)
    recent.put("d", 3, weight=7)
    assert kept(recent, "a", "b", "c", "d") == [None, None, 2, 3]


def test_one_heavier_than_the_bound_is_kept_alone() -> None:
    recent = Recent[str, int](10)
    recent.put("a", 1)
    recent.put("b", 2, weight=11)
    assert kept(recent, "a", "b") == [None, 2]
    recent.put("c", 3)
    assert kept(recent, "b", "c") == [None, 3]


def test_another_value_takes_the_weight_of_the_former() -> None:
    recent = Recent[str, int](10)
    recent.put("a", 1, weight=9)
    recent.put("a", 2, weight=1)
    recent.put("b", 3, weight=9)
    assert kept(recent, "a", "b") == [2, 3]
