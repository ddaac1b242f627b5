"""Answers are for ever: what was told once under one `rules` is told in the same bytes by every later release."""

from __future__ import annotations

import json

from domain.alignment import RULES
from tests.golden.answers import FOLDER, MOMENTS, file_of, told, written

ANEW = (
    "an old answer would be another one: raise RULES in domain/alignment.py, show an example in the CHANGELOG, and run "
    "`python -m tests.golden.answers`; if these rules were never released, that alone will do"
)


def test_every_answer_that_was_kept_under_these_rules_is_given_again() -> None:
    assert file_of(RULES).exists(), ANEW
    assert file_of(RULES).read_bytes() == written(), ANEW


def test_an_answer_says_under_which_rules_it_was_given() -> None:
    for kept in FOLDER.glob("rules-*.json"):
        rules = int(kept.stem.removeprefix("rules-"))
        assert {each["rules"] for each in json.loads(kept.read_text()) if "rules" in each} == {rules}
        assert rules <= RULES


def test_the_story_has_what_an_answer_could_stumble_over() -> None:
    """The control arm: late facts, corrections, a move and a leaver each make some answer another one."""
    states = [each["answer"] for each in told() if "answer" in each][::2]
    assert len({json.dumps(each) for each in states}) == len(MOMENTS)
    before, restated, *_ = states
    assert before["commitments"]["all"]["count"] < restated["commitments"]["all"]["count"]
