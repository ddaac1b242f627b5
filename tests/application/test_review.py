"""Reviews through their commands: who is asked is frozen, answers count until the close, results stay as published."""

from __future__ import annotations

from typing import Any

import pytest

from application.ledger import Receipt
from application.review import ExclusionReference, Given, GroupReference
from domain.element import content_hash
from domain.questionnaire import GroupResult, Mode, Question, Questionnaire
from domain.questionnaires import CLEAR_BELIEVABLE_IMPLEMENTABLE
from domain.review import REVIEW, ReviewStanding
from domain.strategy import STRATEGY
from tests.application.scenes import Fields, answer, content, drafted, publish, published, refused, state, words
from tests.support.stage import Stage

ALL = {
    "clear": answer(5),
    "believable": answer(3),
    "implementable": Given(unknown=True),
    "missing": Given(comment="time"),
}


def open_review(stage: Stage, at: str = "2026-03-05", **said: Any) -> Receipt:
    """A review of the strategy among Ann, Bob and Cy until 1 April."""
    fields: Fields = {
        "review": "spring",
        "kind": "clarity_check",
        "title": "Clear?",
        "strategy": "growth",
        "questionnaire": "clear-believable-implementable",
        "participants": ("ann", "bob", "cy"),
        "closes": stage.day("2026-04-01"),
        **said,
    }
    return stage.say("review.opened", at, **fields)


def answered(stage: Stage, person: str, at: str = "2026-03-06", **answers: Any) -> Receipt:
    """What somebody answers for themselves."""
    return stage.say("review.answered", at, review="spring", person=person, by=person, answers=answers or ALL)


@pytest.fixture
def stage() -> Stage:
    stage = published()
    open_review(stage)
    return stage


def results(stage: Stage) -> tuple[GroupResult, ...]:
    """The newest results that are shown."""
    review = stage.ledger.book(stage.organisation).find("review", "spring")
    assert review is not None
    edition = state(stage, REVIEW, review).published
    return edition.results if edition else ()


class TestOpening:
    def test_it_is_about_the_draft_or_a_revision_by_its_hash(self) -> None:
        stage = published()
        publish(stage, "2026-03-10")
        strategy = state(stage, STRATEGY, stage.strategy("growth"))
        of_draft = open_review(stage, "2026-03-11")
        of_revision = open_review(stage, "2026-03-11", review="other", revision=2)
        draft, revision = content(stage, of_draft), content(stage, of_revision)
        assert (draft.revision, draft.content_hash) == (None, content_hash(strategy.draft.elements))
        assert (revision.revision, revision.content_hash) == (2, strategy.publications[1].content_hash)
        with refused(stage, "revision-unknown", "revision"):
            open_review(stage, "2026-03-11", review="third", revision=3)

    def test_people_are_named_by_key_or_id_and_frozen(self) -> None:
        stage = published()
        opened = content(
            stage,
            open_review(
                stage,
                participants=("ann", str(stage.person("cy"))),
                readers=("bob",),
                groups=(GroupReference(name="sellers", people=("ann",)),),
                exclusions=(ExclusionReference(person="bob", reason="on leave"),),
            ),
        )
        assert opened.participants == (stage.person("ann"), stage.person("cy"))
        assert (opened.readers, opened.groups[0].people) == ((stage.person("bob"),), (stage.person("ann"),))
        assert (opened.exclusions[0].person, words(stage, opened.exclusions[0].reason)) == (
            stage.person("bob"),
            "on leave",
        )
        assert opened.mode is Mode.ATTRIBUTED

    @pytest.mark.parametrize(
        ("said", "where"),
        [
            ({"participants": ("ann", "nobody")}, "participants"),
            ({"readers": ("nobody",)}, "readers"),
            ({"groups": (GroupReference(name="g", people=("nobody",)),)}, "groups"),
            ({"exclusions": (ExclusionReference(person="nobody", reason="why"),)}, "exclusions"),
        ],
    )
    def test_whoever_is_named_is_there(self, said: Fields, where: str) -> None:
        stage = published()
        with refused(stage, "unknown-reference", where, what="person"):
            open_review(stage, **said)

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ({"participants": ()}, "participants-unclear"),
            ({"participants": ("ann", "ann")}, "participants-unclear"),
            (
                {"groups": (GroupReference(name="g", people=("bob",)),), "participants": ("ann",)},
                "participants-unclear",
            ),
            ({"exclusions": (ExclusionReference(person="ann", reason="r"),)}, "participants-unclear"),
            ({"questionnaire": "none"}, "questionnaire-unknown"),
            ({"questionnaire": Questionnaire(name="q", version=1, modes=(), questions=())}, "questionnaire-flawed"),
        ],
    )
    def test_what_is_asked_and_of_whom_is_plain(self, said: Fields, code: str) -> None:
        stage = published()
        with refused(stage, code):
            open_review(stage, **said)

    def test_it_closes_after_it_opens(self) -> None:
        stage = published()
        with refused(stage, "closes-too-early", "closes"):
            open_review(stage, closes=stage.day("2026-03-05"))

    def test_a_questionnaire_may_be_written_out(self) -> None:
        stage = published()
        own = Questionnaire(
            name="own", version=3, modes=(Mode.ATTRIBUTED,), questions=(Question(id="q", text="Well?"),)
        )
        assert content(stage, open_review(stage, questionnaire=own)).questionnaire == own

    def test_a_draft_is_reviewed_before_anything_is_published(self) -> None:
        stage = drafted()
        opened = content(stage, open_review(stage, "2026-03-02"))
        assert opened.questionnaire == CLEAR_BELIEVABLE_IMPLEMENTABLE


class TestAnswers:
    def test_comments_are_sealed_under_their_author(self, stage: Stage) -> None:
        given = content(stage, answered(stage, "ann")).answers
        assert (given["clear"].score, given["implementable"].unknown) == (5, True)
        comment = given["missing"].comment
        assert (comment.subject, words(stage, comment)) == (stage.person("ann"), "time")

    def test_only_who_was_asked_answers(self, stage: Stage) -> None:
        stage.say("person.joined", "2026-03-06", person="dee")
        with refused(stage, "not-a-participant", "person"):
            answered(stage, "dee")

    @pytest.mark.parametrize(
        ("answers", "code"),
        [
            ({"unheard": answer(3)}, "question-unknown"),
            ({"clear": answer(6)}, "score-off-scale"),
            ({"clear": answer(0)}, "score-off-scale"),
            ({"clear": Given()}, "answer-unclear"),
            ({"clear": Given(score=3, skip=True)}, "answer-unclear"),
            ({"missing": answer(3)}, "answer-unclear"),
        ],
    )
    def test_they_fit_the_questions(self, stage: Stage, answers: Fields, code: str) -> None:
        with refused(stage, code, "answers"):
            answered(stage, "ann", **answers)

    def test_they_are_taken_until_the_close_and_not_at_it(self, stage: Stage) -> None:
        answered(stage, "ann", "2026-03-31T23:59:59")
        for at in ("2026-03-04", "2026-04-01", "2026-04-02"):
            with refused(stage, "takes-no-answers", "at"):
                answered(stage, "ann", at)

    def test_an_extension_takes_them_for_longer(self, stage: Stage) -> None:
        stage.say("review.extended", "2026-03-20", review="spring", closes=stage.day("2026-04-10"), reason="holidays")
        answered(stage, "ann", "2026-04-05")
        with refused(stage, "extension-shortens", "closes"):
            stage.say("review.extended", "2026-04-06", review="spring", closes=stage.day("2026-04-08"), reason="no")

    @pytest.mark.parametrize("end", ["review.closed", "review.cancelled"])
    def test_after_its_end_none_is_taken(self, stage: Stage, end: str) -> None:
        stage.say(end, "2026-03-10", review="spring")
        with refused(stage, "takes-no-answers"):
            answered(stage, "ann", "2026-03-11")
        with refused(stage, "review-ended"):
            stage.say("review.extended", "2026-03-11", review="spring", closes=stage.day("2026-05-01"), reason="more")

    def test_given_in_time_they_are_entered_late(self, stage: Stage) -> None:
        stage.say("review.closed", "2026-03-10", review="spring")
        stage.say(
            "review.answered",
            "2026-03-09",
            known="2026-03-12",
            review="spring",
            person="ann",
            by="ann",
            answers={"clear": answer(4)},
        )
        stage.say("review.published", "2026-03-12", review="spring")
        assert results(stage)[0].answered == 1

    def test_the_last_ones_before_the_close_count(self, stage: Stage) -> None:
        answered(stage, "ann", "2026-03-06", clear=answer(1))
        answered(stage, "ann", "2026-03-07", clear=answer(5))
        stage.say("review.closed", "2026-03-08", review="spring")
        stage.say("review.published", "2026-03-09", review="spring")
        assert results(stage)[0].questions[0].distribution == (0, 0, 0, 0, 1)


class TestResults:
    def test_they_wait_for_the_close(self, stage: Stage) -> None:
        answered(stage, "ann")
        with refused(stage, "review-not-closed", "at"):
            stage.say("review.published", "2026-03-10", review="spring")
        stage.say("review.published", "2026-04-01", review="spring")
        assert (results(stage)[0].invited, results(stage)[0].answered) == (3, 1)

    def test_they_are_counted_for_all_and_for_each_group(self) -> None:
        stage = published()
        open_review(stage, groups=(GroupReference(name="sellers", people=("ann", "cy")),))
        answered(stage, "ann", clear=answer(4))
        answered(stage, "bob", clear=answer(2))
        stage.say("review.closed", "2026-03-07", review="spring")
        stage.say("review.published", "2026-03-08", review="spring")
        assert [(each.group, each.invited, each.answered, each.questions[0].mean) for each in results(stage)] == [
            (None, 3, 2, "3.0"),
            ("sellers", 2, 1, "4.0"),
        ]

    def test_those_of_a_review_held_elsewhere_are_stated(self, stage: Stage) -> None:
        stated = GroupResult(group=None, invited=3, answered=2, questions=())
        stage.say("review.closed", "2026-03-07", review="spring")
        stage.say("review.published", "2026-03-08", review="spring", results=(stated,))
        assert results(stage) == (stated,)
        other = GroupResult(group=None, invited=4, answered=2, questions=())
        with refused(stage, "results-of-another-review", "results"):
            stage.say("review.published", "2026-03-09", review="spring", results=(other,), reason="restated")

    def test_a_restated_edition_stands_beside_the_one_before(self, stage: Stage) -> None:
        answered(stage, "ann", clear=answer(4))
        stage.say("review.closed", "2026-03-07", review="spring")
        published_first = stage.say("review.published", "2026-03-08", review="spring")
        stage.say(
            "review.answered",
            "2026-03-06",
            known="2026-03-09",
            review="spring",
            person="bob",
            by="bob",
            answers={"clear": answer(2)},
        )
        stage.say("review.published", "2026-03-10", review="spring", reason="Bob's sheet came late")
        editions = state(stage, REVIEW, published_first).editions
        assert [(each.edition, each.results[0].answered) for each in editions] == [(1, 1), (2, 2)]

    @pytest.mark.parametrize("edition", [0, 1, 3])
    def test_editions_have_no_gap(self, stage: Stage, edition: int) -> None:
        stage.say("review.closed", "2026-03-07", review="spring")
        stage.say("review.published", "2026-03-08", review="spring", edition=1)
        with refused(stage, "edition-out-of-order", "edition", next=2):
            stage.say("review.published", "2026-03-09", review="spring", edition=edition, reason="again")

    def test_one_withdrawn_is_shown_no_more(self, stage: Stage) -> None:
        stage.say("review.closed", "2026-03-07", review="spring")
        stage.say("review.published", "2026-03-08", review="spring")
        stage.say("review.withdrawn", "2026-03-09", review="spring", edition=1, reason="miscounted")
        assert results(stage) == ()
        with refused(stage, "edition-unknown", "edition"):
            stage.say("review.withdrawn", "2026-03-10", review="spring", edition=1, reason="again")

    def test_a_cancelled_review_has_none(self, stage: Stage) -> None:
        cancelled = stage.say("review.cancelled", "2026-03-07", review="spring")
        assert state(stage, REVIEW, cancelled).standing is ReviewStanding.CANCELLED
        with refused(stage, "review-ended"):
            stage.say("review.published", "2026-04-02", review="spring")


class TestFindings:
    def test_one_is_recorded_once(self, stage: Stage) -> None:
        said: Fields = {
            "review": "spring",
            "finding": "f-1",
            "text": "Nobody knows why",
            "unit": "sales",
            "element": "vision",
        }
        found = stage.say("review.found", "2026-03-06", **said)
        assert content(stage, found).unit == stage.unit("sales")
        with refused(stage, "finding-already-recorded", "finding"):
            stage.say("review.found", "2026-03-07", **said)

    def test_about_a_unit_that_is_there(self, stage: Stage) -> None:
        with refused(stage, "unknown-reference", "unit"):
            stage.say("review.found", "2026-03-06", review="spring", finding="f", text="t", unit="nowhere")


@pytest.mark.parametrize("topic", ["review.closed", "review.cancelled", "review.published", "review.found"])
def test_nothing_is_said_of_it_before_it_opened(stage: Stage, topic: str) -> None:
    said: Fields = {"finding": "f", "text": "t"} if topic == "review.found" else {}
    with refused(stage, "review-unknown", "at"):
        stage.say(topic, "2026-03-04", review="spring", **said)
