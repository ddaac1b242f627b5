"""Confidential reviews leave with their published results and come in with them; what was confided never does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from adapters.bootstrap import in_memory
from adapters.interchange.exporting import Export
from application.confided_answers import published_of
from domain.confided_results import Results
from domain.review import REVIEW, BoxEnd, Review
from tests.interchange.conftest import Place, Said
from tests.support.audit import answer, open_audit, organisation
from tests.support.stage import Stage


@pytest.fixture
def stage() -> Stage:
    stage = organisation()
    open_audit(stage)
    stage.say("review.participation_reported", "2026-03-12", review="audit", percent=40)
    answer(stage, audit(stage))
    stage.say("review.published", "2026-03-23", review="audit", by="executive-1")
    stage.say("review.box_ended", "2026-03-23", review="audit", end=BoxEnd.PUBLISHED)
    return stage


def audit(stage: Stage) -> Any:
    return stage.ledger.book(stage.organisation).find("review", "audit")


def taken_out(stage: Stage) -> list[Said]:
    return [json.loads(each) for each in Export(stage.ledger, stage.organisation).lines()]


def said_of(lines: list[Said], type: str) -> Said:
    return next(each for each in lines if each.get("type") == type)


def brought_in(lines: list[Said], folder: Path) -> tuple[Review, Results | None]:
    """The audit in an installation of its own, and its published results."""
    copy = Place(in_memory(), folder)
    report = copy.bring_in(lines)
    assert not report.refused, [str(each) for each in copy.refused]
    ledger = copy.avow.ledger
    id = ledger.book(copy.organisation).find("review", "audit")
    assert id is not None
    review = ledger.timeline(REVIEW, copy.organisation, id).state()
    return review, published_of(ledger, copy.organisation, id, review)


def test_the_copy_has_the_same_terms_and_the_same_results(stage: Stage, tmp_path: Path) -> None:
    original = stage.ledger.timeline(REVIEW, stage.organisation, audit(stage)).state()
    review, results = brought_in(taken_out(stage), tmp_path)
    assert review.terms is not None
    assert original.terms is not None
    assert {(leaf.path, len(leaf.people)) for leaf in review.terms.leaves} == {
        (leaf.path, len(leaf.people)) for leaf in original.terms.leaves
    }
    assert (review.terms.k, review.terms.by) == (original.terms.k, original.terms.by)
    assert (review.box, [each.percent for each in review.reports]) == (BoxEnd.PUBLISHED, [40])
    assert results == published_of(stage.ledger, stage.organisation, audit(stage), original)
    assert results is not None


def test_groups_are_named_by_the_keys_of_units_and_no_answer_is_in_the_file(stage: Stage) -> None:
    lines = taken_out(stage)
    published = said_of(lines, "review.published")["confided"]
    assert ["acme", "operations"] in [path for each in published["parts"] for path in each["part"]]
    assert "review.answered" not in {each.get("type") for each in lines}
    opened = said_of(lines, "review.opened")
    assert (opened["minimum_group_size"], opened["grouping"], opened["mode"]) == (5, ["units"], "confidential")


def test_withdrawn_results_are_in_no_file(stage: Stage, tmp_path: Path) -> None:
    stage.say("review.withdrawn", "2026-04-02", review="audit", edition=1, reason="wrong names")
    lines = taken_out(stage)
    assert "confided" not in said_of(lines, "review.published")
    review, results = brought_in(lines, tmp_path)
    assert (results, review.editions[0].withdrawn_at is not None) == (None, True)


def refused(lines: list[Said], folder: Path) -> str:
    """The first rule that an import of these lines breaks."""
    copy = Place(in_memory(), folder)
    copy.bring_in(lines)
    return copy.refused[0].code if copy.refused else "none"


def test_forged_results_single_out_nobody_either(stage: Stage, tmp_path: Path) -> None:
    """Each part alone is of enough people; the whole less this one is of the two in Supply."""
    lines = taken_out(stage)
    published = said_of(lines, "review.published")["confided"]
    whole = next(each for each in published["parts"] if each["part"] == [[]])
    but_supply = [["acme", "commercial"], ["acme", "executive"], ["acme", "operations", "plant"]]
    published["parts"].append({**whole, "part": but_supply, "n": 32})
    assert refused(lines, tmp_path) == "class-too-small"


def test_forged_comments_of_fewer_than_ten_are_refused(stage: Stage, tmp_path: Path) -> None:
    lines = taken_out(stage)
    published = said_of(lines, "review.published")["confided"]
    (whole,) = [each for each in published["parts"] if each["part"] == [[]]]
    published |= {"answered": 9, "parts": [{**whole, "union": False, "n": 9, "questions": []}]}
    assert published["comments"]
    assert refused(lines, tmp_path) == "class-too-small"


@pytest.mark.parametrize("change", [{"n": 8}, {"skipped": 1}, {"question": "colour"}])
def test_forged_figures_fit_the_people_and_the_questions(stage: Stage, tmp_path: Path, change: Said) -> None:
    lines = taken_out(stage)
    question = said_of(lines, "review.published")["confided"]["parts"][0]["questions"][0]
    question |= change
    assert refused(lines, tmp_path) == "results-of-another-review"


def test_of_a_box_that_was_never_here_no_end_is_told(stage: Stage, tmp_path: Path) -> None:
    """What became of the answers its source knows, if anybody."""
    stage.say("unit.formed", "2026-03-25", unit="later", name="Later", kind="team", parent="acme")
    lines = [each for each in taken_out(stage) if each.get("type") not in ("review.published", "review.box_ended")]
    copy = Place(in_memory(), tmp_path)
    copy.bring_in(lines)
    assert not copy.refused
    copy.avow.boxes.keep(copy.organisation)
    ledger = copy.avow.ledger
    id = ledger.book(copy.organisation).find("review", "audit")
    assert id is not None
    review = ledger.timeline(REVIEW, copy.organisation, id).state()
    assert (review.has_closed(ledger.now(copy.organisation)), review.box) == (True, None)
