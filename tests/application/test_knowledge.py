"""Knowledge through its commands: of what was there by then, by people who are."""

from __future__ import annotations

from datetime import date

import pytest

from domain.knowledge import KNOWLEDGE
from domain.need import NEED, USE
from domain.owed import Call, Owed
from domain.search_time import SEARCH_TIME
from tests.application.scenes import Fields, published, refused, state
from tests.support.stage import Stage

SAID: Fields = {"knowledge": "terms", "title": "Terms", "text": "By the day.", "language": "en", "keeper": "ann"}


@pytest.fixture
def stage() -> Stage:
    return published()


def test_it_is_tied_to_elements_that_were_there(stage: Stage) -> None:
    made = stage.say("knowledge.captured", "2026-03-05", **SAID, strategy="growth", elements=("vision", "vision"))
    assert state(stage, KNOWLEDGE, made).elements == ("vision",)
    with refused(stage, "item-element-unknown", "elements"):
        stage.say("knowledge.revised", "2026-03-06", knowledge="terms", elements=("care",))
    stage.say("knowledge.retired", "2026-03-07", knowledge="terms")
    with refused(stage, "knowledge-is-retired", "at"):
        stage.say("knowledge.revised", "2026-03-08", knowledge="terms", text="x")


@pytest.mark.parametrize(
    ("more", "code", "where"),
    [
        ({"strategy": "growth", "elements": ("care",)}, "item-element-unknown", "elements"),
        ({"elements": ("vision",)}, "elements-of-no-strategy", "strategy"),
        ({"keeper": "nobody"}, "unknown-reference", "keeper"),
        ({"unit": "nowhere"}, "unknown-reference", "unit"),
        ({"language": "English"}, "language-unknown", "language"),
    ],
)
def test_what_it_names_was_there_by_then(stage: Stage, more: Fields, code: str, where: str) -> None:
    with refused(stage, code, where):
        stage.say("knowledge.captured", "2026-03-05", **{**SAID, **more})


def test_the_same_need_in_other_letters_is_the_same(stage: Stage) -> None:
    first = stage.say("knowledge.needed", "2026-03-05", role="Sales", stage="closing", what="Who signs")
    with refused(stage, "already-needed", "what"):
        stage.say("knowledge.needed", "2026-03-06", role="sales", stage="Closing ", what="who  signs")
    other = stage.say("knowledge.needed", "2026-03-06", role="sales:closing", stage="who", what="signs")
    assert other.stream != first.stream
    stage.say("knowledge.need_ended", "2026-03-07", need=str(first.stream))
    assert not state(stage, NEED, first).standing


def test_a_use_is_of_an_item_that_was_there(stage: Stage) -> None:
    stage.say("knowledge.captured", "2026-03-05", **SAID)
    with refused(stage, "used-before-captured", "at"):
        stage.say("knowledge.used", "2026-03-04", known="2026-03-06", knowledge="terms", person="bob")
    with refused(stage, "user-unsaid", "person"):
        stage.say("knowledge.used", "2026-03-06", knowledge="terms")
    made = stage.say("knowledge.used", "2026-03-06", by="bob", knowledge="terms", did_not_know=True)
    found = state(stage, USE, made)
    assert (found.person, found.did_not_know) == (stage.person("bob"), True)


def test_hours_are_of_whoever_states_them_or_of_a_unit(stage: Stage) -> None:
    own = stage.say("knowledge.time_stated", "2026-03-05", by="bob", hours="6")
    again = stage.say("knowledge.time_stated", "2026-03-06", person="bob", hours="4")
    unit = stage.say("knowledge.time_stated", "2026-03-05", unit="sales", role="Closers", hours="5.25", of_people=12)
    assert own.stream == again.stream != unit.stream
    found = state(stage, SEARCH_TIME, unit)
    assert (found.unit, found.person, found.role, found.stated[0].of_people) == (
        stage.unit("sales"),
        None,
        "Closers",
        12,
    )
    with refused(stage, "hours-of-nobody", "person"):
        stage.say("knowledge.time_stated", "2026-03-05", known="2026-03-06", person="bob", unit="sales", hours="1")


def test_its_keeper_looks_at_it_again_once_its_day_has_come(stage: Stage) -> None:
    due = date(2026, 3, 31)
    made = stage.say("knowledge.captured", "2026-03-05", **SAID, review_by=due)

    def owed(day: str, person: str = "ann") -> list[Owed]:
        return [each for each in stage.questions.owed(stage.ask(day), stage.person(person)) if each.call is Call.ACT]

    assert owed("2026-03-30") == []
    assert owed("2026-03-31") == [Owed(call=Call.ACT, record=made.stream, due=due)]
    assert owed("2026-04-01") == [Owed(call=Call.ACT, record=made.stream, due=due, overdue=True)]
    assert owed("2026-04-01", "bob") == []
