"""The gate before publication: the organisation's bar, clarity checks of a draft, and exceptions to them."""

from __future__ import annotations

from typing import Any

import pytest

from application.register import Register, Why
from application.review import Given, GroupReference
from domain.access import AccessRole
from domain.gate import Gate, Verdict, at_publication, at_the_draft
from domain.organisation import ORGANISATION
from domain.questionnaire import Answer, Bar, GroupResult, Questionnaire, tally
from domain.questionnaires import CLEAR_BELIEVABLE_IMPLEMENTABLE
from domain.review import REVIEW, ReviewKind
from domain.strategy import STRATEGY
from tests.application.scenes import Fields, drafted, entry, imported, refused, request
from tests.support.stage import Stage

ENOUGH, SHORT = {"clear": 4, "believable": 5, "implementable": 4}, {"clear": 4, "believable": 3, "implementable": 4}


def checked(stage: Stage, *answers: tuple[str, dict[str, int]], key: str = "check", at: str = "2026-03-02") -> None:
    """A clarity check of the draft in two groups, opened, answered and published on one day."""
    stage.say(
        "review.opened",
        at,
        review=key,
        kind=ReviewKind.CLARITY_CHECK,
        title=key,
        strategy="growth",
        participants=("ann", "cy", "bob"),
        groups=(GroupReference(name="sales", people=("ann", "cy")), GroupReference(name="service", people=("bob",))),
        questionnaire="clear-believable-implementable",
        closes=stage.day("2026-04-01"),
    )
    for person, scores in answers:
        given = {question: Given(score=score) for question, score in scores.items()}
        stage.say("review.answered", at, review=key, person=person, answers=given, by=person)
    ends(stage, key, at)


def ends(stage: Stage, key: str, at: str) -> None:
    """Its results are published in the evening."""
    stage.say("review.closed", f"{at}T18:00", review=key)
    stage.say("review.published", f"{at}T18:00", review=key)


def publish(stage: Stage, at: str = "2026-03-03", **said: Any) -> object:
    return stage.say("strategy.published", at, strategy="growth", material=True, by="bob", **said)


def gate(stage: Stage, at: str | None = None, revision: int | None = None) -> Gate:
    """Where the draft stands, or how a revision stood, as of the end of a day."""
    asked = stage.ask(at)
    states, organisation, id = stage.questions.states, stage.organisation, stage.strategy("growth")
    strategy = states.state(STRATEGY, organisation, asked.moment, id)
    reviews = states.states(REVIEW, organisation, asked.moment, strategy=id)
    bars = states.state(ORGANISATION, organisation, asked.moment, organisation).bars
    if revision is not None:
        return at_publication(strategy, revision, reviews, bars)
    return at_the_draft(strategy, reviews, bars, asked.valid_at)


def demanded(stage: Stage, score: int = 4, percent: int = 60) -> None:
    stage.say("bar.set", "2026-03-02", score=score, percent=percent, demanded=True)


def test_without_a_bar_nothing_is_demanded() -> None:
    stage = drafted()
    assert gate(stage).verdict is Verdict.NOT_ASKED
    publish(stage)


def test_a_check_that_is_demanded_has_to_be_held() -> None:
    stage = drafted()
    demanded(stage)
    with refused(stage, "gate-closed", "strategy", verdict="not-checked"):
        publish(stage)
    checked(stage, ("ann", ENOUGH), ("cy", ENOUGH), ("bob", ENOUGH))
    publish(stage)
    assert gate(stage, revision=1).verdict is Verdict.PASSED


def test_an_editorial_revision_takes_no_check() -> None:
    stage = drafted()
    demanded(stage)
    stage.say("strategy.published", "2026-03-03", strategy="growth", material=False, by="bob")


def test_every_group_reaches_the_bar_on_all_three() -> None:
    stage = drafted()
    checked(stage, ("ann", ENOUGH), ("cy", ENOUGH), ("bob", SHORT))
    found = gate(stage, "2026-03-02")
    assert (found.verdict, found.exception) == (Verdict.BELOW, None)
    told = [(each.group, each.question, each.reached, each.rated, each.enough) for each in found.checks[0].figures]
    assert told == [
        ("sales", "clear", 2, 2, True),
        ("sales", "believable", 2, 2, True),
        ("sales", "implementable", 2, 2, True),
        ("service", "clear", 1, 1, True),
        ("service", "believable", 0, 1, False),
        ("service", "implementable", 1, 1, True),
    ]
    with refused(stage, "gate-closed", verdict="below-the-bar"):
        publish(stage)


def test_a_group_of_which_nobody_rated_has_not_reached_the_bar() -> None:
    stage = drafted()
    checked(stage, ("ann", ENOUGH), ("cy", ENOUGH))
    found = gate(stage, "2026-03-02")
    assert found.verdict is Verdict.BELOW
    assert [(each.percent, each.enough) for each in found.checks[0].figures[3:]] == [(None, False)] * 3


def test_the_bar_is_the_one_of_the_day_on_which_the_check_was_opened() -> None:
    stage = drafted()
    stage.say("bar.set", "2026-03-02", score=3, percent=50)
    checked(stage, ("ann", SHORT), ("cy", SHORT), ("bob", SHORT))
    assert gate(stage, "2026-03-02").verdict is Verdict.PASSED
    stage.say("bar.set", "2026-03-02T20:00", score=5, percent=100, demanded=True)
    found = gate(stage, "2026-03-02")
    assert (found.verdict, found.checks[0].bar) == (Verdict.PASSED, Bar(score=3, percent=50))


def test_a_share_is_not_rounded_up_to_the_bar() -> None:
    """Two of three are 66.6 %: 66 is reached, 67 is not."""
    for percent, verdict in ((66, Verdict.PASSED), (67, Verdict.BELOW)):
        stage = drafted()
        stage.say("bar.set", "2026-03-02", score=4, percent=percent)
        stage.say(
            "review.opened",
            "2026-03-02",
            review="check",
            kind=ReviewKind.CLARITY_CHECK,
            title="Check",
            strategy="growth",
            participants=("ann", "cy", "bob"),
            questionnaire="clear-believable-implementable",
            closes=stage.day("2026-04-01"),
        )
        for person, scores in (("ann", ENOUGH), ("cy", ENOUGH), ("bob", dict.fromkeys(ENOUGH, 1))):
            given = {question: Given(score=score) for question, score in scores.items()}
            stage.say("review.answered", "2026-03-02", review="check", person=person, answers=given, by=person)
        ends(stage, "check", "2026-03-02")
        found = gate(stage, "2026-03-02")
        assert (found.verdict, found.checks[0].figures[0].percent) == (verdict, 66)


def test_what_was_changed_after_the_check_is_another_draft() -> None:
    stage = drafted()
    checked(stage, ("ann", ENOUGH), ("cy", ENOUGH), ("bob", ENOUGH))
    stage.say("strategy.revised", "2026-03-03", strategy="growth", element="vision", kind="vision", text="Else")
    stage.say("strategy.submitted", "2026-03-03", strategy="growth")
    with refused(stage, "gate-closed", verdict="changed-after-check"):
        publish(stage)
    stage.say("strategy.revised", "2026-03-03", strategy="growth", element="vision", kind="vision", text="Our vision")
    stage.say("strategy.submitted", "2026-03-03", strategy="growth")
    publish(stage)


def test_a_check_that_is_under_way_holds_the_draft_up_and_a_cancelled_one_does_not() -> None:
    stage = drafted()
    stage.say(
        "review.opened",
        "2026-03-02",
        review="check",
        kind=ReviewKind.CLARITY_CHECK,
        title="Check",
        strategy="growth",
        participants=("ann",),
        questionnaire="clear-believable-implementable",
        closes=stage.day("2026-04-01"),
    )
    with refused(stage, "gate-closed", verdict="check-under-way"):
        publish(stage)
    stage.say("review.cancelled", "2026-03-03", review="check", reason="it was the wrong one")
    publish(stage)


def test_results_that_were_withdrawn_pass_nothing() -> None:
    stage = drafted()
    checked(stage, ("ann", ENOUGH), ("cy", ENOUGH), ("bob", ENOUGH))
    stage.say("review.withdrawn", "2026-03-03", review="check", edition=1, reason="a sheet was counted twice")
    with refused(stage, "gate-closed", verdict="check-under-way"):
        publish(stage)


@pytest.mark.parametrize("revision", [None, 1])
def test_of_two_checks_of_one_draft_the_later_counts_and_the_draft_before_is_another(revision: int | None) -> None:
    stage = drafted()
    checked(stage, ("ann", ENOUGH), ("cy", ENOUGH), ("bob", SHORT))
    checked(stage, ("ann", ENOUGH), ("cy", ENOUGH), ("bob", ENOUGH), key="again", at="2026-03-03")
    if revision is not None:
        publish(stage, "2026-03-04")
        assert gate(stage).verdict is Verdict.NOT_ASKED
    found = gate(stage, revision=revision)
    assert (found.verdict, len(found.checks)) == (Verdict.PASSED, 2)


class TestExceptions:
    def test_somebody_else_lets_the_draft_pass_as_it_was_submitted(self) -> None:
        stage = drafted()
        stage.say("access.granted", "2026-03-02", person="cy", role=AccessRole.SPONSOR)
        demanded(stage)
        with refused(stage, "approver-is-author"):
            self.approved(stage, by="ann")
        self.approved(stage, by="cy")
        stage.say("strategy.revised", "2026-03-03", strategy="growth", element="new", kind="value", text="Speed")
        stage.say("strategy.submitted", "2026-03-04", strategy="growth")
        with refused(stage, "gate-closed"):
            publish(stage, "2026-03-04")
        self.approved(stage, by="cy", exception="again", at="2026-03-04")
        publish(stage, "2026-03-04")
        found = gate(stage, revision=1)
        assert (found.verdict, found.exception, found.is_open) == (Verdict.NOT_CHECKED, "again", True)

    def test_it_is_for_the_objection_that_it_names(self) -> None:
        stage = drafted()
        demanded(stage)
        self.approved(stage, by="cy", objection="below-the-bar")
        with refused(stage, "gate-closed", verdict="not-checked"):
            publish(stage)

    @staticmethod
    def approved(
        stage: Stage, by: str, objection: str = "not-checked", exception: str = "haste", at: str = "2026-03-03"
    ) -> None:
        said: Fields = {"exception": exception, "objection": objection, "reason": "the bank waits"}
        stage.say("exception.approved", at, strategy="growth", by=by, **said)


def test_the_bar_is_on_the_scale() -> None:
    stage = Stage()
    for score, percent in ((1, 70), (6, 70), (4, 0), (4, 101)):
        with refused(stage, "bar-off-scale", "score"):
            stage.say("bar.set", "2026-01-05", score=score, percent=percent)


def test_a_check_on_another_scale_or_of_other_questions_is_none() -> None:
    stage = drafted()
    demanded(stage)
    for number, other in enumerate(
        (
            Questionnaire(**{**_plain(CLEAR_BELIEVABLE_IMPLEMENTABLE), "highest": 7, "bar": None}),
            Questionnaire(
                **{**_plain(CLEAR_BELIEVABLE_IMPLEMENTABLE), "questions": CLEAR_BELIEVABLE_IMPLEMENTABLE.questions[:2]}
            ),
        )
    ):
        stage.say(
            "review.opened",
            "2026-03-02",
            review=f"check {number}",
            kind=ReviewKind.CLARITY_CHECK,
            title="Check",
            strategy="growth",
            participants=("ann",),
            questionnaire=other,
            closes=stage.day("2026-04-01"),
        )
    with refused(stage, "gate-closed", verdict="not-checked"):
        publish(stage)


def _plain(asked: Questionnaire) -> dict[str, Any]:
    return {name: getattr(asked, name) for name in type(asked).__dataclass_fields__}


def test_an_import_is_never_refused_but_stands_in_the_register() -> None:
    stage = drafted()
    demanded(stage)
    head = stage.ledger.ledger_recorder.head(stage.organisation)
    assert head is not None
    known = "2026-03-04"
    said: Fields = {"strategy": "growth", "material": True}
    stage.ledger.execute(
        request(stage, entry(stage, "strategy.published", "2026-03-04", known=known, actor=imported(), **said))
    )
    register = Register(stage.questions, stage.ask())
    found, _ = register.page(0, 50, frozenset({Why.GATE_CLOSED}))
    assert [each.recorded.event.topic for each in found] == ["strategy.published"]
    assert Why.GATE_CLOSED in found[0].why
    assert gate(stage, revision=1).verdict is Verdict.NOT_CHECKED


def test_a_late_check_shows_as_known_and_does_not_change_what_was_published() -> None:
    """Results of a check held on paper, entered late: as known before, the gate says otherwise."""
    stage = drafted()
    publish(stage)
    asked = CLEAR_BELIEVABLE_IMPLEMENTABLE
    results = tuple(
        GroupResult(group=None, invited=1, answered=1, questions=tally(asked, [_answers(ENOUGH)])) for _ in range(1)
    )
    before = stage.ledger.ledger_recorder.head(stage.organisation)
    assert before is not None
    for topic, said in (
        (
            "review.opened",
            {
                "kind": ReviewKind.CLARITY_CHECK,
                "title": "On paper",
                "strategy": "growth",
                "participants": ("ann",),
                "questionnaire": asked.name,
                "closes": stage.day("2026-03-02T18:00"),
            },
        ),
        ("review.published", {"results": results}),
    ):
        stage.say(
            topic,
            "2026-03-02T08:00" if topic == "review.opened" else "2026-03-02T20:00",
            known="2026-03-20",
            reason="held on paper",
            review="paper",
            **said,
        )
    known = gate(stage, revision=1)
    assert (known.verdict, known.checks[0].edition) == (Verdict.PASSED, 1)
    states, id = stage.questions.states, stage.strategy("growth")
    asked_then = stage.questions.ask(stage.organisation, stage.day("2026-03-10"), before.position)
    strategy = states.state(STRATEGY, stage.organisation, asked_then.moment, id)
    reviews = states.states(REVIEW, stage.organisation, asked_then.moment, strategy=id)
    assert at_publication(strategy, 1, reviews, ()).verdict is Verdict.NOT_ASKED


def _answers(scores: dict[str, int]) -> dict[str, Answer]:
    return {question: Answer(score=score) for question, score in scores.items()}
