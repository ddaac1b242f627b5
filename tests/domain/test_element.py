"""How two versions of a strategy differ, and the hash that binds a statement to one of them."""

from dataclasses import replace
from datetime import date

import pytest

from domain.element import ChangeKind, Element, content_hash, diff

VISION = Element(id="v", kind="vision", text="Every parcel is home by noon")
RETENTION = Element(
    id="c-1",
    kind="success_criterion",
    text="Clients stay",
    supports=("v",),
    measure="retention",
    target="95 %",
    due=date(2028, 12, 31),
)


def test_the_hash_is_that_of_the_canonical_json() -> None:
    # printf '%s' '{"elements":[{"id":"v","kind":"vision","text":"Zoë—\"€\"\n"}]}' | sha256sum, with \n and \" escaped
    zoe = Element(id="v", kind="vision", text='Zoë—"€"\n')
    assert content_hash([zoe]) == "d123947b31fa359b2557bb81b57d1a413ee6f6192b319b0daef7a481ffb89996"


def test_what_an_element_does_not_say_is_not_in_the_hash() -> None:
    # sha256 of {"elements":[{"due":"2028-12-31","id":"c-1","kind":"success_criterion", … ,"text":"Clients stay"}]}
    assert content_hash([RETENTION]) == "e14b2c744f7b93cfdd546702bff7505c9c6d21e9990f2eea4055e6776900d0b1"


def test_the_order_of_the_elements_decides_nothing() -> None:
    assert content_hash([VISION, RETENTION]) == content_hash([RETENTION, VISION])


def test_the_order_of_what_is_supported_decides_nothing() -> None:
    one, other = replace(VISION, supports=("a", "b")), replace(VISION, supports=("b", "a"))
    assert content_hash([one]) == content_hash([other])
    assert diff([one], [other]) == ()


@pytest.mark.parametrize(
    "other",
    [
        replace(RETENTION, text="Clients remain"),
        replace(RETENTION, due=date(2029, 1, 1)),
        replace(RETENTION, rank=1),
        replace(RETENTION, supports=()),
        replace(RETENTION, kind="value"),
        replace(RETENTION, id="c-2"),
    ],
)
def test_every_word_counts(other: Element) -> None:
    assert content_hash([other]) != content_hash([RETENTION])


def test_nothing_differs_between_the_same_elements() -> None:
    assert diff([VISION, RETENTION], [RETENTION, VISION]) == ()


def test_elements_are_added_removed_and_changed() -> None:
    moved = replace(RETENTION, due=date(2029, 6, 30), supports=())
    bet = Element(id="b", kind="big_bet", text="Own vans")
    added, changed, removed = diff([VISION, RETENTION], [moved, bet])
    assert (added.element, added.change, added.before, added.after) == ("b", ChangeKind.ADDED, None, bet)
    assert added.fields == ("kind", "text")
    assert (changed.element, changed.change, changed.fields) == ("c-1", ChangeKind.CHANGED, ("supports", "due"))
    assert (changed.before, changed.after) == (RETENTION, moved)
    assert (removed.element, removed.change, removed.after) == ("v", ChangeKind.REMOVED, None)


@pytest.mark.parametrize(
    ("before", "after", "never"),
    [
        (RETENTION, replace(RETENTION, text="Clients remain"), True),
        (replace(RETENTION, kind="criterion"), None, True),
        (None, Element(id="b", kind="big_bet", text="Own vans"), True),
        (RETENTION, replace(RETENTION, kind="value"), True),
        (replace(RETENTION, kind="value"), RETENTION, True),
        (VISION, replace(VISION, horizon=date(2029, 1, 1)), True),
        (VISION, replace(VISION, due=date(2029, 1, 1)), True),
        (VISION, replace(VISION, target="noon"), True),
        (Element(id="t", kind="target", text="noon"), None, True),
        (VISION, replace(VISION, text="Every parcel, home by noon"), False),
        (VISION, None, False),
    ],
)
def test_a_criterion_target_date_or_bet_is_never_editorial(
    before: Element | None, after: Element | None, never: bool
) -> None:
    (change,) = diff([before] if before else [], [after] if after else [])
    assert change.never_editorial is never
