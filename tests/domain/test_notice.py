"""What those who are asked are told before the first question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.confidentiality import Terms
from domain.notice import told
from domain.questionnaire import Mode
from domain.questionnaires import CLEAR_BELIEVABLE_IMPLEMENTABLE, COMMITMENT_AUDIT
from domain.review import Review
from tests.support.specification import some

ATTRIBUTED = Review(participants=(some("Anna"),) * 4, questionnaire=COMMITMENT_AUDIT)
CONFIDENTIAL = replace(
    ATTRIBUTED,
    mode=Mode.CONFIDENTIAL,
    terms=Terms(k=7, leaves=()),
    readers=(some("Eve"),),
    reported_back=date(2026, 3, 31),
)


def texts(review: Review) -> dict[str, str]:
    """What is told, by what it is about."""
    return {each.about: each.text for each in told(review)}


def test_in_an_attributed_review_that_answers_carry_names_and_why_it_is_not_confidential() -> None:
    assert texts(ATTRIBUTED)["mode"].startswith("Your answers carry your name")
    assert "With 4 people asked it cannot be confidential" in texts(ATTRIBUTED)["why"]
    assert "why" not in texts(replace(ATTRIBUTED, questionnaire=CLEAR_BELIEVABLE_IMPLEMENTABLE))


def test_in_a_confidential_one_what_is_published_of_whom_when_and_for_whom() -> None:
    said = texts(CONFIDENTIAL)
    assert list(said)[:4] == ["mode", "groups", "once", "participation"]
    assert "groups of at least 7 people who answered" in said["groups"]
    assert "readers: 1" in said["readers"]
    assert "By 2026-03-31" in said["report"]


def test_and_what_no_rule_can_keep() -> None:
    limits = {each.about for each in told(CONFIDENTIAL) if each.limit}
    assert limits == {"unanimity", "collusion", "style", "operator", "joiners", "copies", "absence", "signing in"}
    assert not any(each.limit for each in told(ATTRIBUTED))


def test_nobody_is_called_anonymous() -> None:
    assert all("anonymous" not in each.text.replace("not anonymous", "") for each in told(CONFIDENTIAL))
