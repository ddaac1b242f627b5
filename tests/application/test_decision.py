"""Decisions through their commands: of elements that were there, by somebody who is."""

from __future__ import annotations

import pytest

from domain.decision import DECISION, Alternative
from tests.application.scenes import Fields, entry, published, refused, request, state
from tests.support.stage import Stage

SAID: Fields = {
    "decision": "vans",
    "matter": "Vans of our own?",
    "alternatives": (Alternative(id="keep", text="Keep"), Alternative(id="nothing", text="Leave it")),
    "chosen": "keep",
    "decider": "ann",
    "strategy": "growth",
}


@pytest.fixture
def stage() -> Stage:
    stage = published()
    stage.say(
        "strategy.revised", "2026-03-05", strategy="growth", element="depots", kind="big_bet", text="Depots", by="ann"
    )
    return stage


def test_it_names_elements_and_who_decided(stage: Stage) -> None:
    taken = stage.say("decision.taken", "2026-03-06", **SAID, applies=("vision", "mission", "vision"), bet="depots")
    found = state(stage, DECISION, taken)
    assert (found.applies, found.bet, found.decider) == (("mission", "vision"), "depots", stage.person("ann"))
    assert (found.key, found.strategy, found.taken_at) == ("vans", stage.strategy("growth"), stage.day("2026-03-06"))


def test_whoever_records_it_decided_unless_another_is_named(stage: Stage) -> None:
    said = {name: value for name, value in SAID.items() if name != "decider"}
    taken = stage.say("decision.taken", "2026-03-06", by="bob", **said)
    assert state(stage, DECISION, taken).decider == stage.person("bob")
    with refused(stage, "decider-unsaid", "decider"):
        stage.say("decision.taken", "2026-03-06", **{**said, "decision": "another"})


@pytest.mark.parametrize(
    ("more", "code", "where"),
    [
        ({"applies": ("care",)}, "no-element-then", "applies"),
        ({"bet": "care"}, "no-element-then", "bet"),
        ({"applies": ("vision", "depots")}, "no-driver", "applies"),
        ({"bet": "vision"}, "no-bet", "bet"),
        ({"strategy": "other"}, "unknown-reference", "strategy"),
        ({"unit": "nowhere"}, "unknown-reference", "unit"),
        ({"decider": "nobody"}, "unknown-reference", "decider"),
        ({"strategy": None, "applies": ("vision",)}, "drivers-of-no-strategy", "strategy"),
        ({"chosen": "both"}, "chosen-is-no-alternative", "chosen"),
    ],
)
def test_what_it_names_was_there_by_then(stage: Stage, more: Fields, code: str, where: str) -> None:
    with refused(stage, code, where):
        stage.say("decision.taken", "2026-03-06", **{**SAID, **more})


def test_an_element_that_came_later_is_not_cited(stage: Stage) -> None:
    with refused(stage, "no-element-then", "bet"):
        stage.say("decision.taken", "2026-03-04", known="2026-03-06", **SAID, bet="depots")


def test_a_reversal_says_why_and_may_name_what_was_decided_instead(stage: Stage) -> None:
    taken = stage.say("decision.taken", "2026-03-06", **SAID)
    instead = stage.say("decision.taken", "2026-04-01", **{**SAID, "decision": "none", "chosen": "nothing"})
    with refused(stage, "reason-required", "reason"):
        stage.say("decision.reversed", "2026-04-01", decision="vans")
    done = entry(stage, "decision.reversed", "2026-04-01", reason="too dear", decision="vans", by="none")
    stage.ledger.execute(request(stage, done))
    found = state(stage, DECISION, taken)
    assert (found.reversed_at, found.reversed_by) == (stage.day("2026-04-01"), instead.stream)
