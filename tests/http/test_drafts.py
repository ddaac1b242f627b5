"""What stands in a draft alone is for who may see drafts: no part of the alignment state tells it to anybody else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.api import Api

UNSAID = "Close the northern plant"
PARTS = (
    "", "/goal-tree", "/kpis", "/plan", "/four-columns", "/four-columns/html", "/enrolment", "/coordination",
    "/shaping", "/cascade", "/concerns", "/on-the-hook", "/conditions", "/gaps", "/capabilities", "/programmes",
    "/knowledge", "/decisions", "/resources",
)  # fmt: skip


@pytest.fixture
def drafting(api: Api) -> Api:
    """Anna sits in sales. One strategy is published, with a draft beside it; another one was never published."""
    _done(api.post("units", {"unit": "sales", "name": "Sales", "kind": "team"}))
    api.joins("anna", unit="sales")
    api.published()
    api.as_("strategist")
    _done(api.post("strategies", {"strategy": "secret", "title": UNSAID}))
    for strategy in ("2026", "secret"):
        for element, kind in (
            ("bet", "big_bet"),
            ("value", "value"),
            ("goes", "let_go"),
            ("many", "success_criterion"),
        ):
            body = {"element": element, "kind": kind, "text": UNSAID}
            _done(api.post(f"strategies/{strategy}/elements", body))
    item = {"title": "T", "text": "t", "language": "en", "strategy": "2026", "elements": ["bet"]}
    _done(api.post("knowledge", item))
    two = [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]
    taken = {"matter": "m", "alternatives": two, "chosen": "a", "strategy": "2026", "applies": ["value"]}
    _done(api.post("decisions", {**taken, "unit": "sales", "decider": "anna"}))
    given = {"strategy": "2026", "element": "bet", "unit": "sales", "begins": "2026-01-01", "ends": "2026-01-31"}
    _done(api.post("resources/plans", {**given, "amount": "5", "currency": "EUR"}))
    return api


def _done(response: Any) -> None:
    assert response.status_code == 201, response.get_json()


def test_no_part_of_the_state_tells_what_stands_in_a_draft_alone(drafting: Api) -> None:
    told = {"anna": set[str](), "strategist": set[str]()}
    for who, found in told.items():
        drafting.as_(who)
        for part in PARTS:
            shown = drafting.get(f"alignment{part}?strategy=2026&unit=sales")
            assert shown.status_code == 200, (who, part, shown.get_json())
            if UNSAID in shown.get_data(as_text=True):
                found.add(part)
    assert told == {"anna": set(), "strategist": {"/knowledge", "/decisions", "/resources"}}


def test_a_strategy_that_is_not_published_is_for_who_may_see_drafts(drafting: Api) -> None:
    opened = {
        who: {drafting.as_(who).get(f"alignment{part}?strategy=secret&unit=sales").status_code for part in PARTS}
        for who in ("anna", "strategist")
    }
    assert opened == {"anna": {403}, "strategist": {200}}


def test_while_it_is_open_for_shaping_members_see_the_draft_and_what_follows_from_it(drafting: Api) -> None:
    _done(drafting.as_("strategist").post("strategies/secret/shaping-openings", {}))
    shown: Any = drafting.as_("anna").get("alignment/goal-tree?strategy=secret&unit=sales").get_json()["answer"]
    assert [each["text"] for each in shown["unsupported"]] == [UNSAID] * 2
