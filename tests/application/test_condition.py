"""The five conditions through their commands: within a condition review, by its participants, while it is open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from application.condition import Ground
from application.condition_cycles import ConditionCycles
from application.ledger import Receipt
from domain.condition import CONDITION, Condition, Verdict
from domain.condition_results import Cycle, counts_of, first_edition, rows_of
from domain.owed import Call
from domain.questionnaire import Questionnaire
from domain.questionnaires import FIVE_CONDITIONS
from domain.review import REVIEW
from domain.strategy import STRATEGY
from tests.application.scenes import Fields, correction, entry, imported, published, refused, request, state
from tests.support.stage import Stage

GROUNDS = (Ground(text="Two of five", source="goal tree"),)
ABOUT: Fields = {"review": "may", "unit": "service", "condition": Condition.GOALS}


def opened(stage: Stage, review: str = "may", at: str = "2026-05-04", **said: Any) -> Receipt:
    """A review on the five conditions among Ann and Bob until the end of 15 May."""
    fields: Fields = {
        "review": review,
        "kind": "condition_review",
        "title": "May",
        "strategy": "growth",
        "questionnaire": "five-conditions",
        "participants": ("ann", "bob"),
        "closes": stage.day("2026-05-16"),
        **said,
    }
    return stage.say("review.opened", at, **fields)


@pytest.fixture
def stage() -> Stage:
    stage = published()
    opened(stage)
    stage.say("condition.assigned", "2026-05-04", review="may", unit="service", assessors=("ann", "bob"))
    return stage


def judge(stage: Stage, at: str = "2026-05-06", **said: Any) -> Receipt:
    """What Ann judges of the goals of service, unless said otherwise."""
    fields: Fields = {"person": "ann", "judgement": Verdict.PARTLY, "rests_on": GROUNDS, "by": "ann", **ABOUT, **said}
    return stage.say("condition.judged", at, **fields)


def test_what_it_rests_on_was_read_at_its_instant_and_as_known_then(stage: Stage) -> None:
    made = judge(stage)
    known = stage.ledger.ledger_recorder.recorded_at(stage.organisation, made.position)
    (ground,) = state(stage, CONDITION, made).spoken[0].rests_on
    assert (ground.valid_at, ground.known_at) == (stage.day("2026-05-06"), known)
    read = Ground(text="1", figure="goals", valid_at=stage.day("2026-04-30"), known_at=stage.day("2026-05-02"))
    (ground,) = state(stage, CONDITION, judge(stage, "2026-05-07", rests_on=(read,))).spoken[1].rests_on
    assert (ground.valid_at, ground.known_at) == (stage.day("2026-04-30"), stage.day("2026-05-02"))


def test_it_rests_on_nothing_that_nobody_can_have_read_yet(stage: Stage) -> None:
    read, ahead = Ground(text="1", figure="goals"), stage.day("2026-05-08")
    for each in (replace(read, valid_at=ahead), replace(read, known_at=ahead)):
        with refused(stage, "read-ahead-of-time", "rests_on"):
            judge(stage, "2026-05-07", rests_on=(each,))


def test_both_words_stand_in_one_stream_and_who_says_anothers_is_marked(stage: Stage) -> None:
    judge(stage)
    agreed = stage.say("condition.agreed", "2026-05-07", person="bob", by="ann", **ABOUT)
    words = state(stage, CONDITION, agreed).spoken
    assert [(each.person, each.agreed, each.on_behalf) for each in words] == [
        (stage.person("ann"), False, False),
        (stage.person("bob"), True, True),
    ]


def test_an_import_may_state_it_without_saying_who_entered_it(stage: Stage) -> None:
    said = {"person": "ann", "judgement": Verdict.PARTLY, "rests_on": GROUNDS, **ABOUT}
    asked = request(stage, entry(stage, "condition.judged", "2026-05-06", actor=imported(), **said))
    made = stage.ledger.execute(asked)
    assert state(stage, CONDITION, made).spoken[0].on_behalf


def test_evidence_is_dated_to_when_it_came_into_force(stage: Stage) -> None:
    said: Fields = {**ABOUT, "text": "a new rule", "source": "agreement"}
    made = stage.say("condition.evidenced", "2026-04-01", known="2026-06-03", reason="filed apart", **said)
    (found,) = state(stage, CONDITION, made).evidence
    assert found.since == stage.day("2026-04-01")


@pytest.mark.parametrize("at", ["2026-05-03", "2026-05-16"])
def test_nothing_is_said_before_the_opening_or_after_the_close(stage: Stage, at: str) -> None:
    with refused(stage, "takes-no-answers", "at"):
        judge(stage, at)
    with refused(stage, "takes-no-answers", "at"):
        stage.say("condition.assigned", at, review="may", unit="sales", assessors=("ann", "bob"))


def test_assessors_are_participants(stage: Stage) -> None:
    with refused(stage, "assessor-not-asked", "assessors"):
        stage.say("condition.assigned", "2026-05-05", review="may", unit="sales", assessors=("ann", "cy"))


def test_conditions_are_judged_in_a_review_on_them(stage: Stage) -> None:
    clear: Fields = {"kind": "clarity_check", "questionnaire": "clear-believable-implementable"}
    opened(stage, "clear", **clear)
    with refused(stage, "not-a-condition-review", "review"):
        judge(stage, review="clear")
    with refused(stage, "not-a-condition-review", "review"):
        stage.say("condition.evidenced", "2026-05-05", **{**ABOUT, "review": "clear"}, text="x", source="y")


def test_their_questionnaire_is_for_condition_reviews_as_it_came(stage: Stage) -> None:
    with refused(stage, "questionnaire-of-another-kind", "kind"):
        opened(stage, "other", kind="health_check")
    mine = Questionnaire(
        name="five-conditions", version=2, modes=FIVE_CONDITIONS.modes, questions=FIVE_CONDITIONS.questions
    )
    with refused(stage, "questionnaire-of-another-kind", "kind"):
        opened(stage, "other", questionnaire=mine)


def test_nobody_answers_them_alone(stage: Stage) -> None:
    with refused(stage, "answered-together", "review"):
        stage.say("review.answered", "2026-05-05", review="may", person="ann", by="ann", answers={})


def test_published_results_count_units_and_are_frozen(stage: Stage) -> None:
    made = judge(stage)
    stage.say("condition.agreed", "2026-05-07", person="bob", by="bob", **ABOUT)
    stage.say("review.published", "2026-05-16", review="may")
    again: Fields = {**ABOUT, "person": "ann", "judgement": Verdict.NOT_APPARENT, "rests_on": GROUNDS}
    stage.say(
        "condition.judged",
        "2026-05-06",
        known="2026-05-20",
        by="ann",
        reason="miscounted",
        correction=correction(stage, made),
        **again,
    )
    stage.say("review.published", "2026-05-21", review="may", reason="miscounted")
    review = stage.ledger.book(stage.organisation).find("review", "may")
    assert review is not None
    told = [each.results[0].questions[2].distribution for each in state(stage, REVIEW, review).editions]
    assert told == [(0, 1, 0), (1, 0, 0)]


def test_what_was_known_at_the_close_stays_so_though_results_are_published_or_closing_is_said_later(
    stage: Stage,
) -> None:
    made = judge(stage)
    stage.say("condition.agreed", "2026-05-07", person="bob", by="bob", **ABOUT)
    again: Fields = {**ABOUT, "person": "ann", "judgement": Verdict.NOT_APPARENT, "rests_on": GROUNDS}
    word = correction(stage, made)
    stage.say("condition.judged", "2026-05-06", known="2026-05-20", by="ann", reason="x", correction=word, **again)
    late: Fields = {**ABOUT, "text": "a new rule", "source": "agreement"}
    stage.say("condition.evidenced", "2026-05-11", known="2026-05-21", reason="filed apart", **late)
    for topic, at in ((None, "2026-05-22"), ("review.closed", "2026-05-28"), ("review.published", "2026-06-01")):
        if topic is not None:
            stage.say(topic, at, review="may")
        cycle = only_cycle(stage, at)
        first, (row,) = first_edition(cycle), rows_of(cycle)
        assert first is not None
        assert (first.partly, first.not_apparent, counts_of((row,)).not_apparent) == (1, 0, 1)
        goals = row.cells[2]
        assert (goals.restated, [each.text for each in goals.unknown]) == (True, ["a new rule"])


def only_cycle(stage: Stage, at: str) -> Cycle:
    """The one condition review, as of the end of a day and known then."""
    asked = stage.ask(at, at)
    settings = stage.questions.organisation(asked.organisation, asked.moment)
    (strategy,) = stage.questions.states.states(STRATEGY, stage.organisation, asked.moment)
    assert settings is not None
    states = stage.questions.states
    (found,) = ConditionCycles(stage.ledger, states, stage.organisation, asked.moment, settings.chart).of(strategy)
    return found


def test_assessors_owe_a_judgement_once_for_each_review(stage: Stage) -> None:
    stage.say("condition.assigned", "2026-05-05", review="may", unit="sales", assessors=("ann", "bob"))
    found = stage.questions.owed(stage.ask("2026-05-06"), stage.person("ann"))
    assert [(each.call, each.due and each.due.isoformat()) for each in found] == [(Call.JUDGE, "2026-05-15")]
    assert stage.questions.owed(stage.ask("2026-05-16"), stage.person("ann")) == []
    assert stage.questions.owed(stage.ask("2026-05-06"), stage.person("cy")) == []
