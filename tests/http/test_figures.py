"""Who may see the records behind a figure, and who its counts alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.api import Api


@pytest.fixture
def compared(api: Api) -> str:
    """Two people of one unit, one of whom acknowledged between two instants; the question that compares these."""
    api.post("units", {"unit": "sales", "name": "Sales", "kind": "team"})
    for person in ("anna", "ben"):
        api.as_("administrator").joins(person, unit="sales")
    api.published()
    start: Any = api.as_("administrator").get("").get_json()["question"]["valid_at"]
    done = api.as_("anna").post("acknowledgements", {"person": "anna", "strategy": "2026"})
    assert done.status_code == 201, done.json
    api.as_("administrator").change("units/sales", "names", {"name": "Field"})
    end: Any = api.get("").get_json()["question"]["valid_at"]
    return f"alignment/changes?strategy=2026&unit=sales&from={start}&to={end}"


def bridge(api: Api, question: str, figure: str) -> Any:
    answer: Any = api.get(question).get_json()["answer"]
    return next(each for each in answer["figures"] if each["figure"] == figure)


def test_a_comparison_names_who_was_outstanding_to_those_alone_who_may_open_it(api: Api, compared: str) -> None:
    for caller, named in (("auditor", True), ("ben", False)):
        api.as_(caller)
        assert api.get("alignment/figures/acknowledgement/none?strategy=2026&unit=sales").status_code == (
            200 if named else 403
        )
        left = bridge(api, compared, "acknowledgement/none")["left"]["changed"]
        assert left["count"] == 1
        assert (left["records"] is not None) is named
        people = bridge(api, compared, "population/people")
        assert (people["before"], people["after"]) == (2, 2)


def test_an_answer_of_then_has_the_labels_of_today_beside_it(api: Api, compared: str) -> None:
    start = compared.partition("from=")[2].partition("&")[0]
    answer: Any = api.as_("auditor").get(f"alignment?strategy=2026&unit=sales&valid_at={start}").get_json()
    unit = answer["answer"]["scope"]["unit"]
    assert answer["answer"]["scope"]["name"] == "Sales"
    assert answer["present"]["labels"]["units"] == {unit: "Field"}


def test_a_kpi_of_somebodys_own_goal_is_their_own_though_nobody_said_so(api: Api) -> None:
    """Anna measures her own goal: she needs not say that it is hers, and no colleague sees it or counts it."""
    api.post("units", {"unit": "sales", "name": "Sales", "kind": "team"})
    for person in ("anna", "ben"):
        api.as_("administrator").joins(person, unit="sales")
    api.published()
    goal = {"goal": "own", "strategy": "2026", "title": "Learn it", "person": "anna", "supports": ["vision"]}
    assert api.as_("anna").post("goals", goal).status_code == 201
    kpi = {"kpi": "pages", "goal": "own", "title": "Pages", "measured_in": "pages", "direction": "up"}
    assert api.as_("ben").post("kpis", kpi).status_code == 403
    assert api.as_("anna").post("kpis", kpi).status_code == 201
    assert api.get("kpis/pages").status_code == 200
    assert api.as_("ben").get("kpis/pages").status_code == 403
    told: Any = api.as_("strategist").get("alignment/kpis?strategy=2026").get_json()["answer"]
    assert (told["withheld"], told["whole"]["kpis"]["count"]) == (1, 0)
    told = api.as_("auditor").get("alignment/kpis?strategy=2026").get_json()["answer"]
    assert (told["withheld"], list(told["levels"])) == (0, ["individual"])


def test_a_plan_goes_on_in_the_unit_that_carries_its_unit_on(api: Api) -> None:
    """Nobody committed to the goal of sales yet; sales and field merge: of the two that are there now, none did."""
    for unit in ("sales", "field"):
        api.post("units", {"unit": unit, "name": unit.title(), "kind": "team"})
        api.joins(f"{unit}-1", unit=unit)
    api.published()
    goal = {"goal": "plan", "strategy": "2026", "title": "Plan", "unit": "sales", "start": "2026-04-01"}
    assert api.as_("strategist").post("goals", {**goal, "within_days": 30}).status_code == 201
    assert api.as_("administrator").change("units/sales", "mergers", {"into": "field"}).status_code == 201
    for scope in ("", "&unit=field"):
        told: Any = api.as_("auditor").get(f"alignment/plan?strategy=2026{scope}").get_json()["answer"]
        assert [each["reads"] for plan in told["plans"] for each in plan["goals"]] == ["0 of 2"]


@pytest.mark.parametrize(("whose", "who"), [({"person": "anna"}, "anna"), ({"unit": "sales"}, "lena")])
def test_whoever_may_change_a_goal_may_correct_that_change(api: Api, whose: dict[str, str], who: str) -> None:
    api.post("units", {"unit": "sales", "name": "Sales", "kind": "team"})
    for person in ("anna", "lena", "ben"):
        api.as_("administrator").joins(person, unit="sales")
    assert api.change("people/lena", "access-roles", {"role": "lead", "unit": "sales"}).status_code == 201
    api.published()
    api.as_(who).post("goals", {"goal": "g", "strategy": "2026", "title": "G", **whose})
    for act, said, mended in (("changes", {"title": "H"}, {"title": "I"}), ("acceptances", {}, {})):
        done = api.change("goals/g", act, said)
        assert done.status_code == 201, done.json
        position = done.get_json()["position"]
        body = {**mended, "reason": "misheard"}
        for caller, status in (("ben", 403), (who, 201)):
            tag = api.as_(caller).get("goals/g", Avow_At_Least=str(api.position)).headers["ETag"]
            assert api.post(f"history/{position}/replacements", body, If_Match=tag).status_code == status
