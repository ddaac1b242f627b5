"""Evidence through its commands: for which element, of which day, and in whose words."""

from __future__ import annotations

from datetime import date
from typing import Any

from application.ledger import Receipt
from domain.evidence import EVIDENCE, EvidenceKind, EvidenceRecorded
from tests.application.scenes import content, published, refused, state
from tests.support.stage import Stage


def told(stage: Stage, at: str = "2026-03-10", **said: Any) -> Receipt:
    """A letter about the vision."""
    letter = {
        "strategy": "growth",
        "element": "vision",
        "kind": EvidenceKind.STATED,
        "measure": "testimonials",
        "text": "First!",
    }
    return stage.say("evidence.recorded", at, **{**letter, "source": "a letter", **said}, by="ann")


def test_its_text_is_the_organisations_and_not_its_recorders() -> None:
    stage = published()
    found = content(stage, told(stage, piece="letter"))
    assert isinstance(found, EvidenceRecorded)
    assert found.text is not None
    assert (found.text.subject, found.key, found.source) == (stage.organisation, "letter", "a letter")


def test_it_is_about_an_element_that_there_is() -> None:
    stage = published()
    with refused(stage, "target-element-unknown", "element"):
        told(stage, element="nothing")
    with refused(stage, "unknown-reference", "strategy"):
        told(stage, strategy="other")


def test_nobody_saw_what_is_still_to_come() -> None:
    stage = published()
    with refused(stage, "observed-later", "observed"):
        told(stage, observed=date(2026, 3, 11))
    assert state(stage, EVIDENCE, told(stage, observed=date(2026, 3, 10))).observed == date(2026, 3, 10)


def test_it_is_withdrawn_by_key_and_corrected_under_its_own() -> None:
    stage = published()
    first = told(stage, piece="letter")
    stage.correct(
        first,
        "evidence.recorded",
        "2026-03-10",
        "2026-03-12",
        "misread",
        strategy="growth",
        element="mission",
        kind=EvidenceKind.STATED,
        measure="testimonials",
        text="Second!",
        source="a letter",
    )
    stage.say("evidence.withdrawn", "2026-03-20", piece="letter")
    found = state(stage, EVIDENCE, first)
    assert (found.element, found.key, found.withdrawn_at) == ("mission", "letter", stage.day("2026-03-20"))
    with refused(stage, "unknown-reference", "piece"):
        stage.say("evidence.withdrawn", "2026-03-20", piece="nothing")
