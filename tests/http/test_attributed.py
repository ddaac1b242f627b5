"""What people judge and rank under their name is told to who may read it, in the history and on what is held."""

from __future__ import annotations

import json
from typing import Any

from application.permissions import Role
from tests.http.test_permissions import BODIES
from tests.support.api import Api

GROUND = "Two goals of five are somebody's"


def _done(response: Any) -> None:
    assert response.status_code == 201, response.get_json()


def test_what_an_assessor_judges_and_a_leader_ranks_is_read_by_whom_it_is_for(api: Api) -> None:
    _done(api.post("units", {"unit": "sales", "name": "Sales", "kind": "team"}))
    anna, lead = (api.joins(person, unit="sales") for person in ("anna", "lead"))
    api.published()
    for bet in ("east", "west"):
        _done(api.as_("strategist").post("strategies/2026/elements", {"element": bet, "kind": "bet", "text": bet}))
    _done(api.post("rankings", {**BODIES["ranking.opened"], "ranking": "bets"}))
    _done(api.as_("anna").post("rankings/bets/orders", {"ranks": {"east": 1, "west": 2}}))
    asked = {"kind": "condition_review", "questionnaire": "five-conditions", "participants": ["anna", "lead"]}
    _done(api.as_("sponsor").post("reviews", {**BODIES["review.opened"], **asked, "review": "may"}))
    _done(api.post("reviews/may/assessors", {"unit": "sales", "assessors": ["anna", "lead"]}))
    rests_on = [{"text": GROUND, "source": "goal tree"}]
    judged = {"person": "anna", "unit": "sales", "condition": "goals", "judgement": "partly", "rests_on": rests_on}
    _done(api.as_("anna").post("reviews/may/judgements", judged))
    api.tokens["asked"] = api.issue("asked", person=lead, roles=(Role.ADMINISTRATOR, Role.AUDITOR))

    told = {}
    for who in ("administrator", "auditor", "asked"):
        history: Any = api.as_(who).get("history?topics=condition.judged,ranking.given").get_json()["answer"]
        held = json.dumps(api.get(f"people/{anna}/subject-access").get_json()) if who != "auditor" else None
        told[who] = (
            {each["topic"]: each["content"] is not None for each in history},
            (GROUND in held, '"east": 1' in held) if held else None,
        )
    assert told == {
        "administrator": ({"ranking.given": True, "condition.judged": False}, (False, True)),
        "auditor": ({"ranking.given": True, "condition.judged": True}, None),
        # A leader who is asked for an order of their own: whatever else they may see, not yet the others'.
        "asked": ({"ranking.given": False, "condition.judged": True}, (True, False)),
    }
    assert GROUND in api.as_("anna").get(f"people/{anna}/subject-access/text").get_data(as_text=True)
