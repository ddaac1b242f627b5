"""What people hold and propose, over HTTP: whom it is told to, what is held on each of them, what erasure leaves."""

from __future__ import annotations

import json
from typing import Any

import pytest

from adapters.interchange.exporting import Export
from application.permissions import Role
from tests.support.api import Api

FEEDBACK, CREDIT, PROPOSED = "all went to plan", "the price list", "say it in ten words"
EVIDENCE, DOUBT = "the register shows it", "are we up to it?"
ANSWERED, SOURCE = "it is short already", "course of May"
WORDS = {"anna": (FEEDBACK, PROPOSED, EVIDENCE, DOUBT, SOURCE), "lena": (CREDIT,)}
"""Whose own words they are: what identifies nobody else."""


@pytest.fixture(scope="module")
def api() -> Api:
    """A scene that is looked at."""
    return scene()


def scene() -> Api:
    """Anna and Ben in sales, which Lena leads; Cem in service, which delivers. Anna has her part in all of it."""
    api = Api.found()
    for unit in ("sales", "service"):
        done(api.post("units", {"unit": unit, "name": unit.title(), "kind": "team"}))
    for person, unit in (("anna", "sales"), ("ben", "sales"), ("lena", "sales"), ("cem", "service")):
        api.joins(person, unit=unit)
        api.as_("administrator")
    done(api.change("people/lena", "access-roles", {"role": "lead", "unit": "sales"}))
    done(api.change("units/sales", "spokespersons", {"person": "anna"}))
    done(api.change("units/service", "spokespersons", {"person": "cem"}))
    api.published()
    took_part = [{"person": "anna", "complete": True, "feedback": FEEDBACK}, {"person": "ben", "complete": False}]
    held = {
        "conversation": "held", "strategy": "2026", "stage": "completion", "unit": "sales", "outcomes": took_part,
        "recognition": [{"person": "anna", "completed": CREDIT}],
    }  # fmt: skip
    done(api.as_("lena").post("conversations", held))
    done(api.as_("anna").post("proposals", {"proposal": "shorter", "strategy": "2026", "text": PROPOSED}))
    done(api.as_("strategist").change("proposals/shorter", "answers", {"taken": "not_taken_up", "why": ANSWERED}))
    goal = {"goal": "quick", "strategy": "2026", "title": "Quick", "unit": "sales", "supports": ["vision"]}
    done(api.post("goals", goal))
    action = {"action": "desk", "title": "One desk", "goal": "quick", "person": "anna", "by_when": "2999-01-01"}
    done(api.post("actions", action))
    done(api.as_("anna").change("actions/desk", "completions", {"evidence": EVIDENCE}))
    doubt = {"concern": "doubt", "strategy": "2026", "kind": "competence", "text": DOUBT, "about": {"person": "lena"}}
    done(api.post("concerns", {**doubt, "person": "anna", "put_to": "cem"}))
    needed = {"capability": "listening", "strategy": "2026", "title": "Listening", "elements": ["vision"]}
    done(api.as_("strategist").post("capabilities", needed))
    shown = {"party": {"person": "anna"}, "source": SOURCE}
    done(api.change("capabilities/listening", "showings", shown))
    return api


def done(reply: Any) -> None:
    assert reply.status_code == 201, reply.get_json()


def told(api: Api, who: str, path: str) -> Any:
    reply = api.as_(who).get(path)
    assert reply.status_code == 200, reply.get_json()
    return reply.get_json()["answer"]


def test_members_see_proposals_and_conversations_of_their_own_units(api: Api) -> None:
    assert [len(told(api, who, "proposals")) for who in ("anna", "ben", "lena", "cem")] == [1, 1, 1, 0]
    assert told(api, "ben", "proposals/shorter")["text"] == PROPOSED
    assert [len(told(api, who, "conversations")) for who in ("anna", "ben", "lena", "cem")] == [1, 1, 1, 0]
    api.as_("administrator")
    api.joins("dora", unit="sales")
    (seen,) = told(api, "dora", "conversations")
    assert (seen["stage"], seen["outcomes"], seen["others"], seen["recognition"]) == ("completion", [], 2, [])
    assert api.as_("cem").get("conversations/held").status_code == 403


def test_a_record_holds_what_a_person_had_their_part_in_and_nothing_of_others(api: Api) -> None:
    record = told(api, "anna", "people/anna/record")
    assert {name: len(record[name]) for name in ("actions", "proposals", "concerns", "conversations")} == dict.fromkeys(
        ("actions", "proposals", "concerns", "conversations"), 1
    )
    (held,) = record["conversations"]
    assert (held["state"]["told"]["outcome"]["feedback"], held["state"]["told"]["themselves"]) == (FEEDBACK, False)
    assert [each["completed"] for each in held["state"]["recognition"]] == [CREDIT]
    assert record["proposals"][0]["state"]["replies"][0]["why"] == ANSWERED
    ben = told(api, "ben", "people/ben/record")
    assert set(ben) == {"person", "commitments", "acknowledgements", "duties", "conversations"}
    assert not [word for word in (FEEDBACK, CREDIT, record["person"]["id"]) if word in json.dumps(ben["conversations"])]


def test_who_leads_the_raiser_of_a_concern_does_not_find_one_about_themselves_in_the_record(api: Api) -> None:
    assert "concerns" not in told(api, "lena", "people/anna/record")
    assert DOUBT not in json.dumps(told(api, "lena", "people/anna/record"))
    assert [each["state"]["text"] for each in told(api, "auditor", "people/anna/record")["concerns"]] == [DOUBT]


def test_subject_access_holds_conversations_and_proposals_with_the_own_words_alone(api: Api) -> None:
    shown = told(api, "anna", "people/anna/subject-access")
    kinds = {"conversation", "proposal", "action", "concern", "capability"}
    assert kinds <= set(shown["statements"])
    text = json.dumps(shown)
    assert [word for word in WORDS["anna"] if word not in text] == []
    assert [word for word in (CREDIT, ANSWERED) if word in text] == []
    (held,) = shown["statements"]["conversation"]
    assert held["content"]["recognition"][0]["completed"].startswith("[text of ")
    ben = json.dumps(told(api, "ben", "people/ben/subject-access")["statements"]["conversation"])
    assert FEEDBACK not in ben


PAGES = (
    "alignment/enrolment?strategy=2026", "alignment/shaping?strategy=2026", "alignment/concerns?strategy=2026",
    "alignment/capabilities?strategy=2026", "alignment/on-the-hook?strategy=2026", "conversations",
    "conversations/held", "proposals", "proposals/shorter", "actions", "actions/desk", "concerns",
    "capabilities/listening", "people/{anna}/record", "people/{anna}/subject-access", "history?page_size=100",
)  # fmt: skip


def test_erased_nothing_of_it_is_found_anywhere_and_the_structure_stands() -> None:
    api = scene()
    anna = told(api, "anna", "me")["person"]
    api.tokens["all"] = api.issue("all", roles=tuple(Role)[:-1])
    pages = [page.format(anna=anna) for page in PAGES]
    before = {page: told(api, "all", page) for page in pages}
    written = json.dumps(list(before.values()))
    assert [word for word in WORDS["anna"] if word not in written] == [], (
        "what is not found later was there to be found"
    )
    done(api.as_("administrator").change(f"people/{anna}", "erasures", {"reason": "her request"}))
    after = {page: told(api, "all", page) for page in pages}
    exported = b"".join(Export(api.installation.ledger, api.organisation).lines()).decode()
    fed = api.as_("auditor").get("feed?limit=100").get_data(as_text=True)
    assert "proposal.made" in fed
    for text in (json.dumps(list(after.values())), exported, fed):
        assert [word for word in WORDS["anna"] if word in text] == []
    for page in ("alignment/enrolment?strategy=2026", "alignment/shaping?strategy=2026"):
        assert [after[page][name] for name in after[page] if name not in ("people", "waiting")] == [
            before[page][name] for name in before[page] if name not in ("people", "waiting")
        ]
    assert CREDIT in json.dumps(after["conversations/held"]), "who thanked her is not erased"
    (told_of_anna, told_of_ben) = after["conversations/held"]["outcomes"]
    assert (told_of_anna["feedback"], told_of_anna["complete"], told_of_ben["complete"]) == (
        {"erased": True},
        True,
        False,
    )
