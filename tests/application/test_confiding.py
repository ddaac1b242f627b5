"""Confidential reviews through their commands: terms frozen at the opening, results out of the box, once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from application.confiding import read_results
from application.deciding import Correction
from application.review import Given, GroupReference
from domain.confided_results import Results
from domain.confidentiality import Grouping
from domain.kernel import Actor, Provenance, Word
from domain.questionnaire import Mode
from domain.review import REVIEW, BoxEnd, Review
from tests.application.scenes import content, entry, refused, request, state
from tests.support.audit import answer, everybody, open_audit, organisation, people
from tests.support.stage import Stage


@pytest.fixture(scope="module")
def company() -> Stage:
    """Its history only grows: each specification opens reviews of its own."""
    return organisation()


@pytest.fixture
def stage() -> Stage:
    stage = organisation()
    open_audit(stage)
    return stage


def audit(stage: Stage) -> Review:
    """The audit as it is known now."""
    return state(stage, REVIEW, found(stage))


def found(stage: Stage, review: str = "audit") -> Any:
    """The audit's id."""
    return stage.ledger.book(stage.organisation).find("review", review)


class TestOpening:
    def test_participants_tree_questions_k_readers_and_the_day_of_the_report_are_frozen_in_one_event(self) -> None:
        stage = organisation()
        opened = content(stage, open_audit(stage, readers=("executive-2",)))
        assert (len(opened.participants), opened.readers) == (42, (stage.person("executive-2"),))
        assert (opened.terms.k, opened.terms.by, str(opened.reported_back)) == (5, (Grouping.UNITS,), "2026-03-30")
        leaves = {leaf.path: len(leaf.people) for leaf in opened.terms.leaves}
        acme, commercial, sales = (str(stage.unit(each)) for each in ("acme", "commercial", "field_sales"))
        assert (leaves[acme, commercial, sales], sum(leaves.values())) == (14, 42)
        assert opened.questionnaire.question("believe")

    def test_who_moves_afterwards_stays_where_they_stood(self, stage: Stage) -> None:
        before = audit(stage).terms
        stage.say("membership.ended", "2026-03-03", person="service-1", unit="service")
        stage.say("membership.began", "2026-03-03", person="service-1", unit="plant", home=True)
        assert audit(stage).terms == before

    def test_ranks_may_be_nested_in_units_and_who_has_none_stands_directly_above(self, company: Stage) -> None:
        company.say("rank.held", "2026-03-01", person="plant-1", rank="foreman")
        opened = content(company, open_audit(company, review="nested", grouping=(Grouping.UNITS, Grouping.RANKS)))
        plant = [leaf for leaf in opened.terms.leaves if str(company.unit("plant")) in leaf.path]
        assert {leaf.path[3:]: len(leaf.people) for leaf in plant} == {("foreman",): 1, ("",): 7}

    def test_groups_of_stakeholders_may_make_the_tree(self, company: Stage) -> None:
        groups = (GroupReference(name="leaders", people=tuple(people("executive"))),)
        opened = content(company, open_audit(company, review="grouped", grouping=(Grouping.GROUPS,), groups=groups))
        assert {leaf.path: len(leaf.people) for leaf in opened.terms.leaves} == {("leaders",): 6, ("",): 36}

    def test_it_takes_sixteen_tenths_of_k_people_and_the_way_out_is_an_attributed_review(self, company: Stage) -> None:
        few = everybody()[:7]
        with refused(company, "too-few-participants", "mode", needed=8, participants=7):
            open_audit(company, review="few", participants=few)
        attributed: dict[str, Any] = {"mode": Mode.ATTRIBUTED, "reported_back": None}
        assert content(company, open_audit(company, review="few", participants=few, **attributed)).terms is None
        assert content(company, open_audit(company, review="eight", participants=everybody()[:8])).terms.k == 5

    @pytest.mark.parametrize(
        ("code", "where", "said"),
        [
            ("group-size-too-small", "minimum_group_size", {"minimum_group_size": 2}),
            ("confidential-is-possible", "mode", {"mode": Mode.ATTRIBUTED}),
            ("mode-not-offered", "mode", {"questionnaire": "clear-believable-implementable"}),
            ("mode-not-offered", "mode", {"questionnaire": "attitude-to-the-vision", "mode": Mode.ATTRIBUTED}),
            ("report-back-missing", "reported_back", {"reported_back": None}),
            ("reported-back-too-early", "reported_back", {"reported_back": "2026-03-19"}),
            ("grouping-unclear", "grouping", {"grouping": (Grouping.UNITS, Grouping.UNITS)}),
            ("grouping-unclear", "grouping", {"grouping": tuple(Grouping)}),
            ("grouping-unclear", "grouping", {"grouping": (Grouping.GROUPS,)}),
            ("grouping-unclear", "grouping", {"groups": (GroupReference(name="leaders", people=("executive-1",)),)}),
            ("of-confidential-only", "mode", {"mode": Mode.ATTRIBUTED, "minimum_group_size": 5}),
            ("of-confidential-only", "mode", {"mode": Mode.ATTRIBUTED, "grouping": (Grouping.RANKS,)}),
        ],
    )
    def test_terms_that_protect_nobody_are_refused(
        self, company: Stage, code: str, where: str, said: dict[str, Any]
    ) -> None:
        if isinstance(said.get("reported_back"), str):
            said = {"reported_back": company.day(said["reported_back"]).date()}
        with refused(company, code, where):
            open_audit(company, review="refused", **said)

    def test_what_was_frozen_is_not_corrected(self, stage: Stage) -> None:
        stream = found(stage)
        for word in (Word.REPLACEMENT, Word.RETRACTION):
            said: dict[str, Any] = {} if word is Word.RETRACTION else {"review": "audit"}
            said |= {"kind": "clarity_check", "title": "t", "strategy": "growth"} if said else {}
            said |= {"questionnaire": "commitment-audit", "mode": Mode.CONFIDENTIAL} if said else {}
            said |= {"participants": everybody()[:9], "closes": stage.day("2026-03-21")} if said else {}
            with refused(stage, "confided-stands-as-recorded", "replaces"):
                stage.say(
                    "review.opened",
                    "2026-03-02",
                    reason="others were meant",
                    correction=Correction(stream, 1, "review.opened", word),
                    **said,
                )


class TestAnswering:
    def test_no_answer_is_ever_recorded(self, stage: Stage) -> None:
        with refused(stage, "answers-are-confided", "review"):
            stage.say(
                "review.answered", "2026-03-03", review="audit", person="plant-1", by="plant-1",
                answers={"believe": Given(score=3)},
            )  # fmt: skip

    def test_participation_is_told_at_most_daily_and_never_falls(self, stage: Stage) -> None:
        stage.say("review.participation_reported", "2026-03-05", review="audit", percent=20)
        with refused(stage, "participation-too-soon", "at"):
            stage.say("review.participation_reported", "2026-03-05T23:59", review="audit", percent=30)
        with refused(stage, "participation-not-risen", "percent"):
            stage.say("review.participation_reported", "2026-03-06", review="audit", percent=20)
        stage.say("review.participation_reported", "2026-03-06", review="audit", percent=40)
        assert [each.percent for each in audit(stage).reports] == [20, 40]

    def test_it_is_extended_before_its_close_only_and_with_the_reason(self, stage: Stage) -> None:
        with refused(stage, "reason-required", "reason"):
            stage.say("review.extended", "2026-03-10", review="audit", closes=stage.day("2026-03-24"))
        stage.say("review.extended", "2026-03-10", review="audit", closes=stage.day("2026-03-22"), reason="ill")
        with refused(stage, "extended-after-its-close", "at"):
            stage.say("review.extended", "2026-03-22", review="audit", closes=stage.day("2026-04-01"), reason="ill")


class TestPublishing:
    def test_it_takes_the_results_out_of_the_box_once(self, stage: Stage) -> None:
        answer(stage, found(stage))
        with refused(stage, "review-not-closed"):
            stage.say("review.published", "2026-03-20", review="audit")
        published = content(stage, stage.say("review.published", "2026-03-23", review="audit", by="executive-1"))
        assert (published.results, published.edition) == ((), 1)
        (text,) = stage.ledger.vault.open(stage.organisation, [published.confided])
        assert text is not None
        results = read_results(text)
        assert (results.asked, results.answered, [part.n for part in results.parts]) == (42, 34, [9, 11, 6, 8, 20, 34])
        for edition in (None, 2):
            with refused(stage, "published-once", "review"):
                stage.say("review.published", "2026-03-24", review="audit", edition=edition, reason="again")

    def test_where_too_few_answered_nothing_is_ever(self, stage: Stage) -> None:
        answer(stage, found(stage), count=4)
        with refused(stage, "too-few-answered", "review"):
            stage.say("review.published", "2026-03-23", review="audit")
        stage.say("review.box_ended", "2026-03-24", review="audit", end=BoxEnd.REFUSED)
        with refused(stage, "published-once", "review"):
            stage.say("review.published", "2026-03-25", review="audit")

    def test_nobody_states_what_others_confided(self, stage: Stage) -> None:
        with refused(stage, "results-come-from-the-box", "results"):
            stage.say("review.published", "2026-03-23", review="audit", results=())
        stated = Results(asked=42, answered=42, parts=())
        with refused(stage, "results-come-from-the-box", "results"):
            stage.say("review.published", "2026-03-23", review="audit", confided=stated)
        attributed: dict[str, Any] = {"mode": Mode.ATTRIBUTED, "reported_back": None, "participants": everybody()[:7]}
        open_audit(stage, at="2026-03-24", review="named", **{**attributed, "closes": stage.day("2026-03-25")})
        with refused(stage, "results-of-another-review", "results"):
            stage.say("review.published", "2026-03-26", review="named", confided=stated)

    def test_they_are_withdrawn_with_a_reason_and_not_published_again(self, stage: Stage) -> None:
        answer(stage, found(stage))
        stage.say("review.published", "2026-03-23", review="audit")
        with refused(stage, "published-once", "review"):
            stage.say("review.cancelled", "2026-03-24", review="audit")
        with refused(stage, "reason-required", "reason"):
            stage.say("review.withdrawn", "2026-03-24", review="audit", edition=1)
        stage.say("review.withdrawn", "2026-03-24", review="audit", edition=1, reason="told to the wrong people")
        with refused(stage, "published-once", "review"):
            stage.say("review.published", "2026-03-25", review="audit")

    def test_an_installation_without_a_box_takes_no_confidence(self, stage: Stage) -> None:
        stage.ledger.box = None
        with refused(stage, "no-ballot-box", "mode"):
            stage.say("review.published", "2026-03-23", review="audit")


class TestTheEndOfTheBox:
    def test_it_is_told_once_and_as_the_review_stands(self, stage: Stage) -> None:
        with refused(stage, "box-ends-otherwise", "end"):
            stage.say("review.box_ended", "2026-03-10", review="audit", end=BoxEnd.PUBLISHED)
        stage.say("review.cancelled", "2026-03-10", review="audit")
        with refused(stage, "box-ends-otherwise", "end"):
            stage.say("review.box_ended", "2026-03-11", review="audit", end=BoxEnd.REFUSED)
        stage.say("review.box_ended", "2026-03-11", review="audit", end=BoxEnd.CANCELLED)
        assert audit(stage).box is BoxEnd.CANCELLED
        with refused(stage, "box-ended-before", "review"):
            stage.say("review.box_ended", "2026-03-12", review="audit", end=BoxEnd.CANCELLED)

    def test_a_box_without_keys_takes_no_answers_any_more(self, stage: Stage) -> None:
        stage.say("review.box_ended", "2026-03-10", review="audit", end=BoxEnd.VOID)
        assert not audit(stage).takes_answers(stage.day("2026-03-11"))

    def test_attributed_reviews_have_none(self, company: Stage) -> None:
        attributed: dict[str, Any] = {"mode": Mode.ATTRIBUTED, "reported_back": None}
        open_audit(company, review="named", participants=everybody()[:7], **attributed)
        with refused(company, "not-confidential", "review"):
            company.say("review.box_ended", "2026-04-10", review="named", end=BoxEnd.VOID)


class TestAnImport:
    def test_it_states_the_results_of_a_review_held_elsewhere_by_the_keys_of_units(self, stage: Stage) -> None:
        answer(stage, found(stage))
        published = content(stage, stage.say("review.published", "2026-03-23", review="audit"))
        (text,) = stage.ledger.vault.open(stage.organisation, [published.confided])
        open_audit(stage, at="2026-03-24", review="elsewhere", closes=stage.day("2026-03-25"), revision=2)
        source = Actor(imported=Provenance(source="minutes", line=7))
        stated = read_results(str(text))
        stage.ledger.execute(
            request(
                stage, entry(stage, "review.published", "2026-03-26", review="elsewhere", confided=stated), actor=source
            )
        )
        (edition,) = state(stage, REVIEW, found(stage, "elsewhere")).editions
        assert edition.confided is not None
        (again,) = stage.ledger.vault.open(stage.organisation, [edition.confided])
        assert again == text
        open_audit(stage, at="2026-03-27", review="careless", closes=stage.day("2026-03-28"), revision=2)
        thin = replace(stated, parts=(replace(stated.parts[0], n=4), *stated.parts[1:]))
        said = entry(stage, "review.published", "2026-03-29", review="careless", confided=thin)
        with refused(stage, "class-too-small", "results"):
            stage.ledger.execute(request(stage, said, actor=source))
        for fields in ({"asked": 41}, {"parts": (replace(stated.parts[0], part=(("elsewhere",),)),)}):
            said = entry(stage, "review.published", "2026-03-29", review="careless", confided=replace(stated, **fields))
            with refused(stage, "results-of-another-review", "results"):
                stage.ledger.execute(request(stage, said, actor=source))
