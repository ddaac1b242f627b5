"""Reports through their commands: what Avow keeps of an answer, and what asking it again comes to."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from application.ledger import Receipt
from application.ports import Told
from application.reporting import Again, AskedAgain, Reporting
from domain.kernel import Word
from domain.report import REPORT, Report
from domain.review import REVIEW
from domain.scope import Scope
from tests.application.scenes import correction, entry, imported, published, refused, request, state, words
from tests.support.audit import answer, open_audit, organisation
from tests.support.stage import Stage


@pytest.fixture
def stage() -> Stage:
    """The strategy in force since 3 March; Ann committed on the 10th."""
    stage = published()
    commit(stage, "ann", "2026-03-10")
    return stage


def commit(stage: Stage, person: str, at: str, known: str | None = None) -> Receipt:
    return stage.say(
        "commitment.made", at, known=known, party_person=person, strategy="growth", level="committed", by=person,
        reason="late" if known else None,
    )  # fmt: skip


def report(stage: Stage, at: str = "2026-04-02", **said: Any) -> Receipt:
    fields: dict[str, Any] = {
        "title": "First quarter",
        "strategy": "growth",
        "report": "q1",
        "valid_at": stage.day("2026-03-31"),
    }
    return stage.say("report.published", at, by="bob", **{**fields, **said})


def kept(stage: Stage, made: Receipt, at: str | None = None) -> Report:
    return state(stage, REPORT, made.stream, at)


def again(stage: Stage, made: Receipt, reports: Reporting | None = None) -> AskedAgain:
    return (reports or stage.reports).again(stage.organisation, kept(stage, made))


def test_avow_asks_the_question_and_keeps_what_proves_the_answer(stage: Stage) -> None:
    before = stage.ledger.ledger_recorder.head(stage.organisation)
    assert before is not None
    made = report(stage, audience="Ms Weber of the bank", unit="sales", rank=None)
    found = kept(stage, made)
    assert (found.strategy, found.unit, found.rank) == (stage.strategy("growth"), stage.unit("sales"), None)
    assert (found.valid_at, found.position, found.rules) == (stage.day("2026-03-31"), before.position, 2)
    assert (found.published_by, found.title) == (stage.person("bob"), "First quarter")
    assert found.audience is not None
    assert (words(stage, found.audience), found.audience.subject) == ("Ms Weber of the bank", stage.person("bob"))
    answer = stage.reports.answer(stage.organisation, found)
    assert answer is not None
    assert found.digest == hashlib.sha256(answer).hexdigest()
    tree = found.tree
    assert tree is not None
    assert stage.log.signer.signed(stage.organisation, found.checkpoint) is not None
    assert tree.size >= found.position
    (placed,) = stage.ledger.ledger_recorder.select_positions(
        stage.organisation, after=made.position - 1, until=made.position
    )
    assert b"Weber" not in placed.state


def test_unstated_it_is_of_now(stage: Stage) -> None:
    found = kept(stage, report(stage, valid_at=None))
    assert (found.valid_at, found.published_at) == (stage.day("2026-04-02"), stage.day("2026-04-02"))


def test_a_recent_checkpoint_serves_and_an_older_one_does_not(stage: Stage) -> None:
    newest = stage.log.checkpoint(stage.organisation)
    assert newest is not None
    assert kept(stage, report(stage)).checkpoint == newest.note
    assert kept(stage, report(stage, report="q1-again")).checkpoint != newest.note


def test_it_is_answered_the_same_whatever_is_learned_later(stage: Stage) -> None:
    made = report(stage)
    assert again(stage, made).outcome is Again.SAME
    assert again(stage, made).restated == ()
    commit(stage, "cy", "2026-03-20", known="2026-04-20")
    found = again(stage, made)
    assert (found.outcome, found.digest) == (Again.SAME, kept(stage, made).digest)
    assert "commitments/current" in found.restated
    since = report(stage, "2026-04-21", report="q1-restated")
    assert kept(stage, since).digest != kept(stage, made).digest
    assert again(stage, since).restated == ()


def test_a_report_may_be_of_what_was_known_before(stage: Stage) -> None:
    first = report(stage)
    known = kept(stage, first).known_at
    commit(stage, "cy", "2026-03-20", known="2026-04-20")
    told = kept(stage, report(stage, "2026-04-21", report="as-then", known_at=known))
    assert (told.position, told.digest) == (kept(stage, first).position, kept(stage, first).digest)


def test_raised_rules_are_told(stage: Stage) -> None:
    made = report(stage)
    later = again(stage, made, replace(stage.reports, rules=3))
    assert (later.outcome, later.rules) == (Again.SAME_UNDER_OTHER_RULES, 3)


class Earlier:
    """An earlier release, which answered otherwise under the rules of its time."""

    def __init__(self, stage: Stage, rules: int) -> None:
        self.stage, self.rules = stage, rules

    def tell(
        self, organisation: UUID, strategy: UUID, scope: Scope, valid_at: datetime, known_at: datetime | None
    ) -> Told:
        told = self.stage.reports.tell(organisation, strategy, scope, valid_at, known_at)
        return replace(told, rules=self.rules, digest="0" * 64)


@pytest.mark.parametrize(("rules", "outcome"), [(1, Again.OTHER_RULES), (2, Again.DIFFERS)])
def test_an_answer_that_changed_is_owed_to_the_rules_or_must_not_be(stage: Stage, rules: int, outcome: Again) -> None:
    stage.ledger.reporter = Earlier(stage, rules)
    found = again(stage, report(stage))
    assert (found.outcome, found.rules) == (outcome, 2)
    assert found.digest != "0" * 64


def test_it_is_withdrawn_with_a_reason_and_stays_on_the_record(stage: Stage) -> None:
    made = report(stage)
    with refused(stage, "reason-required"):
        stage.say("report.withdrawn", "2026-04-05", report="q1", by="bob")
    stage.say("report.withdrawn", "2026-04-05", report="q1", by="bob", reason="the wrong unit")
    assert kept(stage, made, "2026-04-04").withdrawn_at is None
    assert kept(stage, made).withdrawn_at == stage.day("2026-04-05")
    with refused(stage, "report-already-withdrawn"):
        stage.say("report.withdrawn", "2026-04-06", report="q1", by="bob", reason="again")
    with refused(stage, "unknown-reference"):
        stage.say("report.withdrawn", "2026-04-06", report="q9", by="bob", reason="which?")


@pytest.mark.parametrize("word", [Word.REPLACEMENT, Word.RETRACTION])
def test_what_was_told_is_not_corrected(stage: Stage, word: Word) -> None:
    made = report(stage)
    said: dict[str, Any] = {"title": "Better", "strategy": "growth"} if word is Word.REPLACEMENT else {}
    with refused(stage, "report-is-for-good"):
        stage.say(
            "report.published", "2026-04-02", known="2026-04-09", by="bob", reason="nicer",
            correction=correction(stage, made, word), **said,
        )  # fmt: skip


def test_a_withdrawal_may_be_taken_back(stage: Stage) -> None:
    made = report(stage)
    gone = stage.say("report.withdrawn", "2026-04-05", report="q1", by="bob", reason="the wrong unit")
    stage.correct(gone, "report.withdrawn", "2026-04-05", "2026-04-06", "it was the right one")
    assert kept(stage, made).withdrawn_at is None


@pytest.mark.parametrize("field", ["position", "rules", "digest", "checkpoint"])
def test_what_avow_works_out_is_not_stated(stage: Stage, field: str) -> None:
    stated: dict[str, Any] = {field: 1 if field in ("position", "rules") else "0" * 64}
    with refused(stage, "avow-tells-it", where=field):
        report(stage, **stated)


def test_there_has_to_be_something_to_report(stage: Stage) -> None:
    with refused(stage, "nothing-to-report"):
        report(stage, valid_at=stage.day("2026-02-01"))
    with refused(stage, "report-of-the-future"):
        report(stage, valid_at=stage.day("2026-04-03"))
    report(stage)
    with refused(stage, "key-in-use"):
        report(stage)


def bring_in(stage: Stage, **said: Any) -> Receipt:
    """A report as a line of a source tells it."""
    line = entry(stage, "report.published", "2026-04-02", title="Q1", strategy="growth", actor=imported(), **said)
    return stage.ledger.execute(request(stage, line))


def test_an_import_says_what_was_told(stage: Stage) -> None:
    told = stage.reports.tell(stage.organisation, stage.strategy("growth"), Scope(), stage.day("2026-03-31"), None)
    fields = {name: getattr(told, name) for name in Told.__dataclass_fields__}
    made = bring_in(stage, **fields)
    found = kept(stage, made)
    assert found.told_elsewhere
    assert again(stage, made) == AskedAgain(outcome=Again.TOLD_ELSEWHERE, rules=2, digest=None, restated=())
    assert stage.reports.answer(stage.organisation, found) is None
    for missing in fields:
        with refused(stage, "report-incomplete", where=missing):
            bring_in(stage, **{name: value for name, value in fields.items() if name != missing})


def test_published_results_of_a_review_may_still_be_withdrawn_for_good() -> None:
    """No digest is left by which somebody could guess them."""
    stage = organisation()
    open_audit(stage)
    review = stage.ledger.book(stage.organisation).find("review", "audit")
    assert review is not None
    answer(stage, review)
    stage.say("review.published", "2026-03-23", review="audit", by="executive-1")
    (strategy,) = {each.strategy for each in [state(stage, REVIEW, review)]}
    assert strategy is not None
    made = stage.say("report.published", "2026-03-24", title="Q1", strategy=str(strategy))
    told = stage.reports.answer(stage.organisation, kept(stage, made))
    stage.say("review.withdrawn", "2026-03-25", review="audit", edition=1, by="executive-1", reason="a wrong group")
    assert told is not None
    assert str(review).encode() in told
    assert stage.reports.answer(stage.organisation, kept(stage, made)) == told
    assert again(stage, made).outcome is Again.SAME
