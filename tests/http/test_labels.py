"""What parts of the alignment state mention is named beside them, as it is called now, for whoever may see it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.api import Api

ASKED = "alignment/on-the-hook?strategy=2026"


@pytest.fixture
def api(api: Api) -> Api:
    """Ann, of sales, answers for a goal there."""
    api.post("units", {"unit": "sales", "name": "Sales", "kind": "team"})
    ann = api.joins("ann", unit="sales")
    api.published()
    said = {"goal": "fast", "strategy": "2026", "title": "Faster", "unit": "sales", "accountable": ann}
    assert api.as_("strategist").post("goals", said).status_code == 201
    assert api.change("goals/fast", "acceptances").status_code == 201
    return api


def present(api: Api, asked: str = ASKED) -> Any:
    return api.get(asked).get_json()["present"].get("labels", {})


def test_a_part_of_the_state_names_units_goals_and_people_by_their_ids(api: Api) -> None:
    (row,) = api.as_("auditor").get(ASKED).get_json()["answer"]["answered_for"]
    assert present(api) == {
        "units": {row["unit"]: "Sales"},
        "goals": {row["goal"]: "Faster"},
        "people": {row["person"]: "Ann"},
    }


def test_as_they_are_called_now(api: Api) -> None:
    before = api.as_("auditor").get(ASKED)
    api.as_("administrator").change("units/sales", "names", {"name": "Field"})
    after = api.as_("auditor").get(ASKED)
    assert list(present(api)["units"].values()) == ["Field"]
    assert before.get_json()["answer"]["answered_for"] == after.get_json()["answer"]["answered_for"]


def test_people_are_named_to_those_alone_who_may_see_them(api: Api) -> None:
    bob = api.as_("administrator").joins("bob", unit="sales")
    assert api.change("people/bob", "access-roles", {"role": "lead", "unit": "sales"}).status_code == 201
    assert list(present(api.as_("bob"), f"{ASKED}&unit=sales")["people"].values()) == ["Ann"]
    assert "people" not in present(api.as_("strategist"))
    assert bob not in str(present(api))


def test_what_mentions_nothing_has_no_labels(api: Api) -> None:
    assert api.as_("auditor").get("alignment/drivers?strategy=2026").get_json()["present"] == {}
