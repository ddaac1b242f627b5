"""What is told of a confidential review, as of any instant: S1 of examples.md to the digit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from application import answers
from application.confided_answers import Telling
from application.withdrawing import destroy_withdrawn
from domain.alignment import Alignment
from domain.owed import Call, DutyStatus, owed_by
from domain.questionnaire import Answer
from domain.review import REVIEW, BoxEnd, Review
from tests.application.scenes import state
from tests.support.audit import QUESTIONNAIRE, TEAMS, answer, confided, everybody, open_audit, organisation, people
from tests.support.stage import Stage

Told = dict[str, Any]

AVOWED = {"executive": 5, "field_sales": 12, "marketing": 2, "service": 3, "plant": 4, "supply": 1}
"""How many of each team avow openly that they are committed: the first ones."""
LEFT, MOVED = "marketing-4", "field_sales-14"


@pytest.fixture(scope="module")
def stage() -> Stage:
    """The whole of S1, with its late entry and its correction."""
    stage = organisation()
    open_audit(stage)
    for team, count in AVOWED.items():
        for person in people(team)[:count]:
            stage.say(
                "commitment.made", "2026-03-05", commitment=f"of-{person}", party_person=person, strategy="growth",
                element="vision", level="committed", by=person,
            )  # fmt: skip
    stage.say("review.participation_reported", "2026-03-12", review="audit", percent=40)
    answer(stage, audit_id(stage))
    stage.say("review.published", "2026-03-23", review="audit", by="executive-1")
    stage.say("review.box_ended", "2026-03-23", review="audit", end=BoxEnd.PUBLISHED)
    stage.say("person.left", "2026-02-27", known="2026-04-09", person=LEFT, reason="the notice came late")
    stage.say(
        "membership.ended", "2026-02-01", known="2026-04-14", person=MOVED, unit="field_sales", reason="wrong team"
    )
    stage.say(
        "membership.began",
        "2026-02-01",
        known="2026-04-14",
        person=MOVED,
        unit="service",
        home=True,
        reason="wrong team",
    )
    return stage


def audit_id(stage: Stage, review: str = "audit") -> Any:
    """The id of a review."""
    return stage.ledger.book(stage.organisation).find("review", review)


def found(stage: Stage, valid: str, known: str, unit: str | None = None) -> Alignment:
    """The alignment state as of the ends of two days."""
    return stage.alignment("growth", valid, known, unit)


def told(stage: Stage, valid: str, known: str, unit: str | None = None, review: str = "audit") -> Told:
    """What the alignment state tells of the audit."""
    asked = stage.ask(valid, known)
    state = found(stage, valid, known, unit)
    telling = Telling(stage.questions, asked, state)
    id = str(audit_id(stage, review))
    reviews: list[Told] = answers.alignment(state, confided=telling.of)["reviews"]
    return next(each for each in reviews if each["review"] == id)


def part(told: Told, name: str) -> Told:
    """The figures of one part, by its name."""
    parts: list[Told] = told["results"]["parts"]
    return next(each for each in parts if set(each["name"].split(" + ")) == set(name.split(" + ")))


class TestBeforeThePublication:
    def test_how_many_answered_is_told_for_the_whole_in_steps_and_no_figure_from_answers(self, stage: Stage) -> None:
        shown = told(stage, "2026-03-12", "2026-03-12")
        participation = shown["participation"]
        assert (participation["count"], participation["of"], participation["percent"]) == (None, 42, 40)
        assert (shown["results"], shown["mode"], shown["minimum_group_size"]) == (None, "confidential", 5)
        assert "answered" not in shown

    def test_there_is_no_figure_of_who_answered_to_be_opened(self, stage: Stage) -> None:
        names = set(found(stage, "2026-03-31", "2026-03-31").figures)
        assert f"reviews/{audit_id(stage)}/answered" not in names
        assert f"reviews/{audit_id(stage)}/participants" in names

    def test_everybody_owes_an_answer_until_the_close_whether_they_gave_it_or_not(self, stage: Stage) -> None:
        for person in ("plant-1", "plant-8"):
            for day, owes in (("2026-03-02", True), ("2026-03-20", True), ("2026-03-21", False)):
                situation = found(stage, day, "2026-03-31").situation
                owed = [each for each in owed_by(situation, (), stage.person(person)) if each.call is Call.ANSWER]
                assert [(each.record, each.overdue) for each in owed] == [(audit_id(stage), False)] * owes

    def test_a_duty_to_answer_ends_with_the_review_and_is_never_overdue(self) -> None:
        stage = organisation()
        open_audit(stage)
        stage.say(
            "duty.given",
            "2026-03-02",
            person="plant-1",
            kind="answer",
            for_="audit",
            due=stage.day("2026-03-10").date(),
        )
        status = {
            day: {
                name.removeprefix("duties/")
                for name, figure in found(stage, day, "2026-03-02").figures.items()
                if name.startswith("duties/") and figure.count
            }
            for day in ("2026-03-09", "2026-03-15", "2026-03-25")
        }
        assert status == {
            "2026-03-09": {DutyStatus.OPEN},
            "2026-03-15": {DutyStatus.OPEN},
            "2026-03-25": {DutyStatus.LAPSED},
        }


class TestThePublishedResults:
    @pytest.mark.parametrize(
        ("name", "n", "rated", "believed", "mean", "understood"),
        [
            ("Executive", 6, 6, 66.7, "3.7", 83.3),
            ("Field Sales", 11, 10, 20.0, "2.4", 72.7),
            ("Marketing + Service", 9, 9, 44.4, "3.1", 66.7),
            ("Operations", 8, 7, 42.9, "3.1", 50.0),
            ("Commercial", 20, 19, 31.6, "2.7", 70.0),
            ("all", 34, 32, 40.6, "3.0", 67.6),
        ],
    )
    def test_they_are_those_of_the_table(
        self, stage: Stage, name: str, n: int, rated: int, believed: float, mean: str, understood: float
    ) -> None:
        figures = part(told(stage, "2026-03-31", "2026-03-31"), name)
        believe = figures["questions"][1]
        assert (figures["n"], believe["rated"], believe["high_share"], believe["mean"]) == (n, rated, believed, mean)
        assert figures["themes"]["understand"]["high_share"] == understood
        assert figures["understood_minus_believed"] == round(understood - believed, 1)

    def test_thirty_four_of_forty_two_answered(self, stage: Stage) -> None:
        shown = told(stage, "2026-03-31", "2026-03-31")
        assert shown["participation"] == {"count": 34, "of": 42, "percent": 81.0}
        assert shown["box_ended"] == "published"

    def test_avowed_stands_beside_confided(self, stage: Stage) -> None:
        sales = part(told(stage, "2026-03-31", "2026-03-31"), "Field Sales")
        assert sales["avowed"] == {"count": 12, "of": 14, "percent": 85.7}
        assert (sales["questions"][2]["high_share"], sales["questions"][2]["rated"]) == (27.3, 11)

    def test_they_decide_to_reopen_the_content_with_field_sales(self, stage: Stage) -> None:
        shown = told(stage, "2026-03-31", "2026-03-31")
        steps = {each["name"]: each["decides"] for each in shown["results"]["parts"] if each["decides"]}
        assert steps == {"Field Sales": ["reopen_the_content"]}

    def test_they_are_the_same_whatever_scope_is_asked_about(self, stage: Stage) -> None:
        whole, unit = (told(stage, "2026-03-31", "2026-03-31", unit)["results"] for unit in (None, "plant"))
        assert whole == unit

    def test_nothing_is_shown_as_of_an_instant_before_they_were_published(self, stage: Stage) -> None:
        assert told(stage, "2026-03-22", "2026-04-14")["results"] is None
        assert told(stage, "2026-03-31", "2026-03-22")["results"] is None

    def test_comments_are_of_the_whole_and_undated(self, stage: Stage) -> None:
        comments = told(stage, "2026-03-31", "2026-03-31")["results"]["comments"]["unsaid"]
        assert len(comments) == 34
        assert set(comments) == {f"said by one of {team}" for team in TEAMS}


class TestWhatIsLearnedLater:
    def test_somebody_who_had_left_is_no_longer_of_the_population_and_a_note_says_so(self, stage: Stage) -> None:
        assert found(stage, "2026-03-02", "2026-03-31").figures["population/people"].count == 42
        assert found(stage, "2026-03-02", "2026-04-09").figures["population/people"].count == 41
        for valid in ("2026-03-02", "2026-04-09"):
            shown = told(stage, valid, "2026-04-09")
            assert [each["reads"] for each in shown["notes"]] == ["1 participant was no longer a member, learned 9 Apr"]
        assert told(stage, "2026-03-31", "2026-03-31")["notes"] == []

    def test_the_published_results_stay_as_they_were_to_the_byte(self, stage: Stage) -> None:
        def published(known: str) -> bytes:
            results = told(stage, "2026-03-31", known)["results"]
            for each in results["parts"]:
                del each["avowed"]
            return msgspec.json.encode(results)

        assert published("2026-03-31") == published("2026-04-09") == published("2026-04-14")
        assert told(stage, "2026-03-31", "2026-04-14")["participation"] == {"count": 34, "of": 42, "percent": 81.0}

    def test_a_correction_moves_what_was_avowed_and_nothing_that_was_confided(self, stage: Stage) -> None:
        members = {
            team: found(stage, "2026-03-02", "2026-04-14", team).figures["population/people"].count for team in TEAMS
        }
        assert tuple(members.values()) == (6, 13, 3, 8, 8, 3)
        sales = part(told(stage, "2026-03-31", "2026-04-14"), "Field Sales")
        assert sales["avowed"] == {"count": 12, "of": 13, "percent": 92.3}
        assert sales["n"] == 11


class TestWithdrawn:
    @pytest.fixture
    def withdrawn(self) -> Stage:
        stage = organisation()
        open_audit(stage)
        answer(stage, audit_id(stage))
        stage.say("review.published", "2026-03-23", review="audit")
        assert told(stage, "2026-03-23", "2026-03-23")["results"]["answered"] == 34
        stage.say("review.withdrawn", "2026-04-02", review="audit", edition=1, reason="groups were named wrongly")
        return stage

    def test_every_instant_then_shows_withdrawn(self, withdrawn: Stage) -> None:
        for valid, known in (("2026-03-23", "2026-03-23"), ("2026-03-23", "2026-04-02"), ("2026-04-02", "2026-04-02")):
            shown = told(withdrawn, valid, known)
            assert shown["results"]["withdrawn"] is True
            assert set(shown["results"]) == {"published_at", "withdrawn"}
            assert shown["participation"]["count"] is None

    def test_the_key_is_destroyed_at_once_and_may_be_again(self, withdrawn: Stage) -> None:
        review: Review = state(withdrawn, REVIEW, audit_id(withdrawn))
        sealed = [each.confided for each in review.editions if each.confided is not None]
        assert withdrawn.ledger.vault.open(withdrawn.organisation, sealed) == [None]
        for _ in range(2):
            assert destroy_withdrawn(withdrawn.ledger, withdrawn.organisation) > 0
            assert withdrawn.ledger.vault.open(withdrawn.organisation, sealed) == [None]


class TestMovement:
    def test_it_stands_beside_the_figures_of_the_later_review(self) -> None:
        stage = organisation()
        open_audit(stage)
        answer(stage, audit_id(stage))
        stage.say("review.published", "2026-03-23", review="audit")
        later: Told = {"closes": stage.day("2026-05-21"), "reported_back": stage.day("2026-05-31").date()}
        open_audit(stage, at="2026-05-02", review="again", **later)
        review = audit_id(stage, "again")
        stage.box.prepare(stage.organisation, review, [stage.person(person) for person in everybody()])
        for person, said in confided():
            stage.box.cast(stage.organisation, review, stage.person(person), {**said, "believe": Answer(score=4)})
        stage.say("review.published", "2026-05-23", review="again")
        figures = part(told(stage, "2026-05-31", "2026-05-31", review="again"), "Field Sales")
        assert figures["questions"][1]["moved"] == {"high_share": 80.0, "mean": "1.6"}
        first = part(told(stage, "2026-05-31", "2026-05-31"), "Field Sales")
        assert first["questions"][1]["moved"] is None

    def test_what_was_asked_in_other_words_did_not_move(self) -> None:
        stage = organisation()
        open_audit(stage)
        answer(stage, audit_id(stage))
        stage.say("review.published", "2026-03-23", review="audit")
        questions = tuple(
            replace(each, text="It is the right one.") if each.id == "believe" else each
            for each in QUESTIONNAIRE.questions
        )
        later: Told = {"closes": stage.day("2026-05-21"), "reported_back": stage.day("2026-05-31").date()}
        asked = replace(QUESTIONNAIRE, version=2, questions=questions)
        open_audit(stage, at="2026-05-02", review="again", questionnaire=asked, **later)
        answer(stage, audit_id(stage, "again"))
        stage.say("review.published", "2026-05-23", review="again")
        figures = part(told(stage, "2026-05-31", "2026-05-31", review="again"), "Field Sales")["questions"]
        assert figures[0]["moved"] == {"high_share": 0.0, "mean": "0.0"}
        assert figures[1]["moved"] is None
