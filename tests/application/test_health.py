"""Health checks and benchmarks through their commands."""

from __future__ import annotations

from datetime import date
from typing import Any

from application.health import Checks, not_shown
from application.review import Given, GroupReference
from domain.benchmark import BENCHMARK, ReferenceMeasure, ReferenceValue
from domain.health import Held, trust_between
from domain.questionnaire import Mode
from domain.review import REVIEW, ReviewKind
from tests.application.scenes import published, refused, state
from tests.support.stage import Stage

VALUE = ReferenceValue(question="daily", wording="Daily?", measure=ReferenceMeasure.MEAN, value="3.4")
LOADED: dict[str, Any] = {
    "benchmark": "others",
    "title": "Others",
    "source": "a brochure",
    "dated": date(2025, 6, 1),
    "lowest": 1,
    "highest": 5,
    "values": (VALUE,),
}


def opened(stage: Stage, at: str = "2026-03-05", **said: Any) -> None:
    """A health check of everybody, by name, about sales and service."""
    asked = {
        "review": "pulse",
        "kind": ReviewKind.HEALTH_CHECK,
        "title": "Pulse",
        "strategy": "growth",
        "participants": ("ann", "cy", "bob"),
        "questionnaire": "health-check",
        "trusted_units": ("sales", "service"),
        "closes": stage.day("2026-04-01"),
    }
    stage.say("review.opened", at, **{**asked, **said})


def held(stage: Stage) -> list[Held]:
    asked = stage.ask()
    reviews = stage.questions.states.states(REVIEW, stage.organisation, asked.moment)
    settings = stage.questions.organisation(stage.organisation, asked.moment)
    assert settings is not None
    checks = Checks(stage.ledger, stage.organisation, settings.chart, lambda _id, _review: True)
    found = checks.held(reviews)
    assert not_shown(reviews.values(), found) == len(reviews) - len(found)
    return found


def test_a_question_about_each_unit_is_added_and_those_who_sit_in_it_are_shown_apart() -> None:
    stage = published()
    opened(stage)
    review = state(stage, REVIEW, _stream(stage))
    assert review.questionnaire is not None
    assert [each.text for each in review.questionnaire.questions if each.theme == "trust"] == [
        "I can rely on Sales: what it promises is kept.",
        "I can rely on Service: what it promises is kept.",
    ]
    assert review.trusted_units == (stage.unit("sales"), stage.unit("service"))
    assert [(each.name, each.unit, len(each.people)) for each in review.groups] == [
        ("Sales", stage.unit("sales"), 2),
        ("Service", stage.unit("service"), 1),
    ]


def test_what_each_unit_answers_about_the_other_is_the_matrix() -> None:
    stage = published()
    opened(stage)
    assert held(stage) == []
    for person, ours, theirs in (("ann", 5, 2), ("cy", 4, 4), ("bob", 3, 5)):
        answers = {"trust-1": Given(score=ours), "trust-2": Given(score=theirs)}
        stage.say("review.answered", "2026-03-06", review="pulse", person=person, answers=answers, by=person)
    stage.say("review.closed", "2026-03-07", review="pulse")
    stage.say("review.published", "2026-03-07", review="pulse")
    (check,) = held(stage)
    told = [(each.group, each.trusts, each.rated, each.mean) for each in trust_between(check)]
    assert told == [("Sales", stage.unit("service"), 2, "3.0"), ("Service", stage.unit("sales"), 1, "3.0")]


def test_groups_that_are_named_stay_as_they_are_named() -> None:
    stage = published()
    opened(stage, groups=(GroupReference(name="Front", people=("ann", "bob"), unit="sales"),))
    review = state(stage, REVIEW, _stream(stage))
    assert [(each.name, each.unit) for each in review.groups] == [("Front", stage.unit("sales"))]


def test_each_unit_is_asked_about_once() -> None:
    stage = published()
    with refused(stage, "trust-unclear", "trusted_units"):
        opened(stage, trusted_units=("sales", "sales"))


def test_a_questionnaire_written_out_with_its_questions_of_trust_is_asked_as_it_is() -> None:
    """As an export states it."""
    stage = published()
    opened(stage)
    review = state(stage, REVIEW, _stream(stage))
    opened(stage, review="copy", questionnaire=review.questionnaire)
    assert state(stage, REVIEW, _stream(stage, "copy")).questionnaire == review.questionnaire
    with refused(stage, "trust-unclear"):
        opened(stage, review="third", questionnaire=review.questionnaire, trusted_units=("sales",))


def test_a_confidential_check_is_read_off_its_published_groups_alone() -> None:
    stage = published()
    people = tuple(f"p{number}" for number in range(6))
    for number, person in enumerate(people):
        unit = "sales" if number < 3 else "service"
        stage.say("person.joined", "2026-03-04", person=person, name=person)
        stage.say("membership.began", "2026-03-04", person=person, unit=unit, home=True)
    opened(stage, participants=people, mode=Mode.CONFIDENTIAL, minimum_group_size=3, reported_back=date(2026, 5, 1))
    assert held(stage) == []
    assert state(stage, REVIEW, _stream(stage)).groups == ()


class TestBenchmarks:
    def test_they_are_loaded_once_and_withdrawn_with_a_reason(self) -> None:
        stage = Stage()
        stage.say("benchmark.loaded", "2026-01-05", **LOADED)
        with refused(stage, "benchmark-already-loaded"):
            stage.say("benchmark.loaded", "2026-01-05", **LOADED)
        with refused(stage, "reason-required"):
            stage.say("benchmark.withdrawn", "2026-01-06", benchmark="others")
        done = stage.say("benchmark.withdrawn", "2026-01-06", benchmark="others", reason="nobody knows whom they asked")
        assert state(stage, BENCHMARK, done).withdrawn_at == stage.day("2026-01-06")
        with refused(stage, "benchmark-not-loaded"):
            stage.say("benchmark.withdrawn", "2026-01-07", benchmark="others", reason="again")

    def test_flawed_ones_are_refused(self) -> None:
        stage = Stage()
        with refused(stage, "benchmark-flawed", "values", flaw="there are none"):
            stage.say("benchmark.loaded", "2026-01-05", **{**LOADED, "values": ()})


def _stream(stage: Stage, key: str = "pulse") -> Any:
    return stage.ledger.book(stage.organisation).find("review", key)
