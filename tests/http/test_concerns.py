"""Concerns over HTTP: what was confided beside what was said by name, and who may open what."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.cycle import EVERYBODY, NORTH, SOUTH, Cycle, done

CLOSES = "2026-04-10T16:00:00Z"
KINDS = ("competence", "sincerity", "courage", "care")


@pytest.fixture
def cycle(cycle: Cycle) -> Cycle:
    """Two teams; by name one concern of the north, in confidence several of both, published on 1 April."""
    raised = {"person": NORTH[0], "strategy": "2026", "kind": "care", "text": "who looks after us?", "concern": "c-1"}
    done(cycle.api.as_(NORTH[0]).post("concerns", raised))
    opened = {
        "review": "doubts",
        "kind": "health_check",
        "title": "What we doubt",
        "strategy": "2026",
        "revision": 1,
        "questionnaire": "confided-concerns",
        "mode": "confidential",
        "participants": list(EVERYBODY),
        "closes": CLOSES,
        "reported_back": "2026-04-20",
    }
    done(cycle.api.as_("sponsor").post("reviews", opened))
    for number, person in enumerate(EVERYBODY):
        doubts = {kind: {"score": int(kind == "care" and number < 4)} for kind in KINDS}
        answers = {**doubts, "addressed": {"score": 4 if person in NORTH else 2}}
        body = {"person": person, "answers": answers}
        assert cycle.api.as_(person).post("reviews/doubts/answers", body).status_code == 201
    done(cycle.api.as_("sponsor").change("reviews/doubts", "closings"))
    done(cycle.api.as_("sponsor").change("reviews/doubts", "publications"))
    return cycle


def counted(cycle: Cycle, who: str, unit: str | None = None) -> Any:
    """What concerns come to."""
    scope = f"&unit={unit}" if unit else ""
    reply = cycle.api.as_(who).get(f"alignment/concerns?strategy=2026{scope}")
    assert reply.status_code == 200, reply.get_json()
    return reply.get_json()["answer"]


def test_what_was_confided_stands_beside_and_is_not_added(cycle: Cycle) -> None:
    found = counted(cycle, "sponsor")
    assert found["kinds"][-1]["raised"] == 1
    (confided,) = found["confided"]
    assert confided["kinds"] == {"competence": 0, "sincerity": 0, "courage": 0, "care": 4}
    assert (confided["n"], confided["addressed"]) == (12, 50.0)


@pytest.mark.parametrize(("unit", "care", "addressed"), [("north", 4, 100.0), ("south", 0, 0.0)])
def test_of_a_unit_it_is_the_published_group_of_that_unit(cycle: Cycle, unit: str, care: int, addressed: float) -> None:
    (confided,) = counted(cycle, "sponsor", unit)["confided"]
    assert (confided["n"], confided["kinds"]["care"], confided["addressed"]) == (6, care, addressed)


def test_a_count_opens_to_those_who_see_all_that_is_behind_it(cycle: Cycle) -> None:
    opened = {
        who: counted(cycle, who, "north")["kinds"][-1]["concerns"] for who in ("sponsor", "strategist", *NORTH[:2])
    }
    assert [len(opened["sponsor"] or ()), len(opened[NORTH[0]] or ())] == [1, 1]
    assert (opened[NORTH[1]], opened["strategist"]) == (None, None)


def test_a_colleague_of_another_team_sees_neither_the_concern_nor_the_figures_of_the_team(cycle: Cycle) -> None:
    api = cycle.api.as_(SOUTH[0])
    assert api.get("concerns").get_json()["answer"] == []
    assert api.get("concerns/c-1").status_code == 403
    assert api.get("alignment/concerns?strategy=2026&unit=north").status_code == 403


def test_bad_input_is_told_where_and_why(cycle: Cycle) -> None:
    api = cycle.api.as_(NORTH[0])
    said = {"person": NORTH[0], "strategy": "2026", "kind": "doubt", "text": "t"}
    wrong_kind: Any = api.post("concerns", said).get_json()
    assert (wrong_kind["field"], bool(wrong_kind["way_out"])) == ("kind", True)
    wrongdoing: Any = api.post("concerns", {**said, "kind": "care", "wrongdoing": True}).get_json()
    assert (wrongdoing["field"], wrongdoing["rule"]) == ("wrongdoing", "reports-go-elsewhere")
    nothing = api.change("concerns/c-1", "confirmations")
    assert (nothing.status_code, nothing.get_json()["rule"]) == (409, "not-addressed")
