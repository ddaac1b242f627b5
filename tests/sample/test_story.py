"""The story as docs/sample.md tells it: every row of its tables is asked, and the highlights over HTTP."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.http.app import create_app
from adapters.sample import HIGHLIGHTS
from application.confided_answers import Telling
from application.permissions import Role
from domain.alignment import Alignment
from domain.review import ReviewKind
from tests.sample.imported import Imported

DOCUMENT = Path(__file__).parents[2] / "docs" / "sample.md"
ROW = re.compile(r"\| (\d{4}-\d\d-\d\d) \| (\d{4}-\d\d-\d\d) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|")
END = datetime.max.replace(tzinfo=UTC)
ROWS = [match.groups() for match in map(ROW.fullmatch, DOCUMENT.read_text(encoding="utf-8").splitlines()) if match]


def test_the_document_has_rows_to_ask() -> None:
    assert len(ROWS) > 50


@pytest.mark.parametrize(("valid", "known", "strategy", "scope", "figure", "answer"), ROWS)
def test_every_answer_of_the_document_comes(
    sample: Imported, valid: str, known: str, strategy: str, scope: str, figure: str, answer: str
) -> None:
    assert sample.answer(valid, known, strategy, scope, figure) == answer


def test_everything_told_applies(sample: Imported) -> None:
    for strategy, day in (("compass", "2025-08-28"), ("clear-signal", "2026-10-30"), ("deep-current", "2026-10-30")):
        assert not sample.alignment(day, "2026-10-30", strategy).situation.unapplied


def test_compass_is_succeeded_by_clear_signal(sample: Imported) -> None:
    retired = sample.alignment("2026-10-30", "2026-10-30", "compass").situation.strategy
    assert retired.retired_at is not None
    assert retired.successor == sample.id("strategy", "clear-signal")


def test_revisions_are_material_material_and_editorial(sample: Imported) -> None:
    first, second, third = sample.alignment("2026-10-30", "2026-10-30", "clear-signal").situation.strategy.publications
    assert (first.material, second.material, third.material) == (True, True, False)
    assert second.touches == ("bet-modular", "c-lead", "let-go-custom")
    assert all(each.submitted and not each.unmet for each in (first, second, third))


def test_the_editorial_revision_changes_no_figure(sample: Imported) -> None:
    day_before, day_of = (sample.alignment(day, "2026-10-30", "clear-signal") for day in ("2026-07-05", "2026-07-06"))
    for name in ("commitments/stale", "acknowledgement/outdated"):
        assert day_before.figures[name] == day_of.figures[name]


def test_the_first_review_found_the_draft_clear_and_not_yet_believable(sample: Imported) -> None:
    edition = editions(sample.alignment("2026-10-30", "2026-10-30", "clear-signal"), invited=23)[0]
    everybody = next(each for each in edition.results if each.group is None)
    assert {each.question: each.enough for each in everybody.questions} == {
        "clear": True, "believable": False, "implementable": False,
    }  # fmt: skip


def test_the_second_review_is_restated_beside_its_first_edition(sample: Imported) -> None:
    first, second = editions(sample.alignment("2026-10-30", "2026-10-30", "clear-signal"), invited=31)
    answered = [next(each.answered for each in edition.results if each.group is None) for edition in (first, second)]
    assert answered == [19, 20]
    as_known_then = editions(sample.alignment("2026-05-07", "2026-05-07", "clear-signal"), invited=31)
    assert [each.edition for each in as_known_then] == [1]


def test_the_night_does_not_believe_its_leaders_and_everybody_else_comes_round(sample: Imported) -> None:
    """What three confidential audits published of Night Readings, and of all."""
    questions, found = sample.installation.questions, sample.alignment("2026-10-30", "2026-10-30", "deep-current")
    telling = Telling(questions, questions.ask(sample.organisation), found)
    audits = [(id, each) for id, each in found.situation.reviews.items() if each.kind == ReviewKind.COMMITMENT_AUDIT]
    told = [telling.of(id, each) for id, each in sorted(audits, key=lambda audit: audit[1].closes or END)]
    night, everybody = (
        [next(part for part in each["results"]["parts"] if part["name"] == name) for each in told]
        for name in ("Night Readings", "all")
    )
    assert [each["n"] for each in night] == [11, 12, 13]
    assert [each["decides"] for each in night] == [["leaders_first", "reopen_the_content"]] * 3
    assert [(each["n"], each["decides"]) for each in everybody] == [(202, []), (217, []), (223, [])]
    assert {each["minimum_group_size"] for each in told} == {5}


def editions(found: Alignment, invited: int) -> Any:
    return next(each.editions for each in found.situation.reviews.values() if len(each.participants) == invited)


@pytest.fixture
def highlights(sample: Imported) -> list[Any]:
    """What the three requests are answered over HTTP, asked by an auditor."""
    client = create_app(sample.installation).test_client()
    token = sample.installation.tokens.issue(sample.organisation, "auditor", roles=(Role.AUDITOR,))[1]
    answers = [client.get(each.request, headers={"Authorization": f"Bearer {token}"}) for each in HIGHLIGHTS]
    assert [each.status_code for each in answers] == [200, 200, 200]
    return [each.get_json()["answer"] for each in answers]


def test_the_highlights_show_what_they_promise(highlights: list[Any]) -> None:
    team, changes, opened = highlights
    assert [each["reads"] for each in team["teams"]] == ["7 of 8"]
    bridge = next(each for each in changes["figures"] if each["figure"] == "parties/people/committed")
    assert (bridge["before"], bridge["after"]) == (83, 34)
    left = sum(step["count"] for step in bridge["left"].values())
    assert bridge["before"] + bridge["entered"]["changed"]["count"] - left == 34
    assert "became_stale" in bridge["left"]
    (unowned,) = opened["records"]
    assert unowned["flags"] == ["unowned"]
    assert [each["topic"] for each in unowned["events"]] == ["commitment.made"]
