"""What the draft check objects to, and what it advises."""

from dataclasses import replace
from datetime import date

import pytest

from domain.draft_check import Advice, check, objections
from domain.element import Element

TODAY = date(2026, 2, 28)
FUTURE = Element(
    id="f",
    kind="compelling_future",
    horizon=date(2028, 12, 31),
    text="By the end of 2028 every village in the north gets its parcels by noon, from vans we own",
)
CRITERION = Element(
    id="c-1",
    kind="success_criterion",
    text="Clients stay",
    measure="retention",
    method="count",
    source="ledger",
    baseline="88 %",
    target="95 %",
    due=date(2028, 12, 31),
)
NEED = Element(id="n", kind="case_for_change", text="One parcel in five comes late, and clients leave")
BET = Element(id="b-1", kind="big_bet", text="Own vans")
CRITERIA = tuple(replace(CRITERION, id=f"c-{number}") for number in (1, 2, 3))


def advice(*elements: Element, limits: dict[str, int] | None = None) -> dict[str, Advice]:
    found = check(elements, {each.id for each in elements}, TODAY, limits or {}).advice
    return {each.name: each for each in found}


def test_a_sound_draft_is_only_asked_whether_a_competitor_could_sign_it() -> None:
    found = check((FUTURE, NEED, *CRITERIA, BET), {"c-1", "c-2", "c-3", "b-1"}, TODAY)
    assert found.objections == ()
    assert [each.name for each in found.advice] == ["could-a-competitor-sign-it"]


@pytest.mark.parametrize(
    ("criterion", "missing"),
    [
        (replace(CRITERION, measure=None), "measure"),
        (replace(CRITERION, target=""), "target"),
        (replace(CRITERION, due=None), "due"),
    ],
)
def test_a_criterion_is_unmeasurable_without(criterion: Element, missing: str) -> None:
    (objection,) = objections((criterion,), {"c-1"})
    assert (objection.name, objection.element, objection.missing) == ("unmeasurable", "c-1", (missing,))
    assert "measure" in objection.rule


@pytest.mark.parametrize("element", [CRITERION, replace(CRITERION, kind="criterion"), BET, replace(BET, kind="bet")])
def test_somebody_is_accountable_for_criteria_and_bets(element: Element) -> None:
    (objection,) = objections((element,), ())
    assert (objection.name, objection.element) == ("nobody-accountable", element.id)
    assert "accountable" in objection.rule
    assert objections((element,), {element.id}) == ()


def test_nobody_has_to_answer_for_a_value() -> None:
    assert objections((Element(id="x", kind="value", text="Candour"),), ()) == ()


def test_a_strategy_says_what_is_being_built() -> None:
    assert "no-compelling-future" in advice(BET)
    assert "no-compelling-future" not in advice(FUTURE)


def test_a_strategy_tells_the_truth_about_the_need_for_it() -> None:
    assert advice(BET)["no-case-for-change"].rule.endswith("(S2)")
    assert "no-case-for-change" not in advice(NEED)


@pytest.mark.parametrize(
    ("target", "advised"), [("much better", True), ("95 %", False), ("1st of all", False), (None, False)]
)
def test_a_target_is_a_number(target: str | None, advised: bool) -> None:
    assert ("criterion-unquantified" in advice(replace(CRITERION, target=target))) is advised


@pytest.mark.parametrize(("words", "advised"), [(14, True), (15, False), (20, False), (21, True)])
def test_a_compelling_future_has_15_to_20_words(words: int, advised: bool) -> None:
    text = " – ".join(["parcels"] * words)
    found = advice(replace(FUTURE, text=text))
    assert ("future-length" in found) is advised
    if advised:
        assert found["future-length"].figures == {"words": words, "least": 15, "most": 20}
        assert found["future-length"].elements == ("f",)


@pytest.mark.parametrize(
    ("horizon", "advised"),
    [(date(2028, 2, 27), True), (date(2028, 2, 28), False), (date(2029, 2, 28), False), (date(2029, 3, 1), True)],
)
def test_a_compelling_future_lies_two_to_three_years_ahead(horizon: date, advised: bool) -> None:
    found = advice(replace(FUTURE, horizon=horizon))
    assert ("future-horizon" in found) is advised
    if advised:
        days = (horizon - TODAY).days
        assert found["future-horizon"].figures == {"days": days, "least_years": 2, "most_years": 3}


def test_years_are_counted_from_a_leap_day_too() -> None:
    future = replace(FUTURE, horizon=date(2026, 2, 28))
    assert "future-horizon" not in {each.name for each in check((future,), (), date(2024, 2, 29)).advice}


def test_a_compelling_future_has_a_horizon() -> None:
    found = advice(replace(FUTURE, horizon=None))
    assert found["future-without-horizon"].missing == ("horizon",)
    assert "future-horizon" not in found


@pytest.mark.parametrize(("count", "advised"), [(0, True), (2, True), (3, False), (5, False), (6, True)])
def test_a_strategy_has_three_to_five_criteria(count: int, advised: bool) -> None:
    found = advice(*(replace(CRITERION, id=f"c-{number}") for number in range(count)))
    assert ("criteria-count" in found) is advised
    if advised:
        assert found["criteria-count"].figures == {"criteria": count, "least": 3, "most": 5}


@pytest.mark.parametrize(
    ("criterion", "missing"),
    [
        (replace(CRITERION, method=None), "method"),
        (replace(CRITERION, source=None), "source"),
        (replace(CRITERION, baseline=None), "baseline"),
    ],
)
def test_a_criterion_says_where_its_figures_come_from(criterion: Element, missing: str) -> None:
    found = advice(criterion)
    assert (found["criterion-untraceable"].elements, found["criterion-untraceable"].missing) == (("c-1",), (missing,))


def test_an_element_supports_what_is_there() -> None:
    found = advice(BET, replace(CRITERION, supports=("b-1", "gone")))
    assert (found["supports-removed"].elements, found["supports-removed"].missing) == (("c-1",), ("gone",))


def test_what_exceeds_a_limit_is_named_last_rank_first_out() -> None:
    bets = (
        Element(id="third", kind="priority", text="x", rank=3),
        Element(id="unranked", kind="priority", text="x"),
        Element(id="first", kind="priority", text="x", rank=1),
    )
    found = advice(*bets, limits={"priority": 1})["too-many"]
    assert (found.elements, found.figures) == (("third", "unranked"), {"found": 3, "most": 1})
    assert "too-many" not in advice(*bets, limits={"priority": 3})


def test_an_organisation_without_limits_of_its_own_has_avows() -> None:
    found = check(tuple(Element(id=str(number), kind="priority", text="x") for number in range(6)), (), TODAY)
    assert [each.elements for each in found.advice if each.name == "too-many"] == [("5",)]
