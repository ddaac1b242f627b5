"""Could a competitor sign it? Whose answer counts, about which words; and how far ahead a future lies."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.draft import ElementUnknown, StrategyRevised
from domain.draft_check import Advice, check
from domain.element import Element
from domain.future import futures, needs, stands_since
from domain.kernel import Refusal
from domain.platitude import Opinion, StrategyTested, Verdict, answers_to, verdict
from domain.publication import Publication
from domain.strategy import STRATEGY, StrategyDrafted, StrategyIsRetired, StrategyRetired, StrategyUnknown
from tests.support.specification import given, instant, on, some

STATEMENT = "We are the first call"
DRAFTED = on("2026-01-01", StrategyDrafted(title="Growth"))
WRITTEN = on("2026-01-02", StrategyRevised(element="future", kind="compelling_future", text=STATEMENT))
FUTURE = Element(id="future", kind="compelling_future", text=STATEMENT, horizon=date(2028, 6, 30))


def said(person: str, could_sign: bool, statement: str = STATEMENT) -> StrategyTested:
    return StrategyTested(element="future", statement=statement, person=some(person), could_sign=could_sign)


def answered(*answers: StrategyTested) -> tuple[Opinion, ...]:
    told = [on(f"2026-01-{day:02}", each) for day, each in enumerate(answers, 3)]
    return given(STRATEGY, DRAFTED, WRITTEN, *told).as_of("2026-02-01").tested


def signing(*answers: StrategyTested, text: str = STATEMENT) -> list[Advice]:
    element = Element(id="future", kind="compelling_future", text=text)
    found = check((element,), (), date(2026, 2, 1), tested=answered(*answers))
    return [each for each in found.advice if each.name == "could-a-competitor-sign-it"]


class TestAnswers:
    def test_of_one_person_the_newest_word_about_the_same_words_counts(self) -> None:
        answers = answered(said("Ann", True), said("Ben", False), said("Ann", False))
        assert [(each.person, each.could_sign) for each in answers] == [(some("Ben"), False), (some("Ann"), False)]
        assert verdict(answers_to(answers, "future", STATEMENT)) == Verdict(could=0, could_not=2)
        assert verdict(answers_to(answers, "future", "Something else")).platitude is None

    @pytest.mark.parametrize(
        ("facts", "refusal"),
        [
            ((), StrategyUnknown("tested")),
            ((DRAFTED,), ElementUnknown("future")),
            (
                (DRAFTED, WRITTEN, on("2026-01-03", StrategyRetired())),
                StrategyIsRetired("tested", instant("2026-01-03")),
            ),
        ],
    )
    def test_what_is_not_there_is_not_asked_about(self, facts: tuple[Any, ...], refusal: Refusal) -> None:
        given(STRATEGY, *facts).when(on("2026-01-09", said("Ann", True))).then(refusal)


class TestTheCheck:
    def test_asks_until_somebody_answered(self) -> None:
        (asked,) = signing()
        assert asked.figures == {}

    def test_stands_while_anybody_says_that_one_could(self) -> None:
        (found,) = signing(said("Ann", True), said("Ben", False))
        assert found.figures == {"could": 1, "could_not": 1}
        assert signing(said("Ann", True), said("Ann", False)) == []

    def test_asks_again_once_it_reads_otherwise(self) -> None:
        (asked,) = signing(said("Ann", False), text="We are the only call")
        assert asked.figures == {}


class TestTheFuture:
    def test_how_long_it_is_how_far_ahead_and_what_is_said_of_it(self) -> None:
        (found,) = futures((FUTURE,), answered(said("Ann", True)), lambda _: date(2026, 3, 1), date(2026, 6, 30))
        assert (found.words, found.concise, found.verdict.platitude) == (5, False, True)
        assert (found.days_ahead, found.days_left, found.two_to_three_years) == (852, 731, True)

    @pytest.mark.parametrize(
        ("since", "inside"), [("2025-06-29", False), ("2025-06-30", True), ("2026-06-30", True), ("2026-07-01", False)]
    )
    def test_two_to_three_years_ahead_of_the_day_on_which_it_was_said(self, since: str, inside: bool) -> None:
        (found,) = futures((FUTURE,), (), lambda _: date.fromisoformat(since), date(2026, 7, 1))
        assert found.two_to_three_years is inside

    def test_without_a_horizon(self) -> None:
        (found,) = futures(
            (Element(id="f", kind="compelling_future", text="So."),), (), lambda _: date(2026, 1, 1), date(2026, 1, 1)
        )
        assert (found.days_ahead, found.days_left, found.two_to_three_years) == (None, None, None)
        assert (found.verdict.platitude, found.answers) == (None, ())

    def test_it_stands_since_the_first_of_the_revisions_in_a_row_that_say_so(self) -> None:
        other = Element(id="future", kind="compelling_future", text="Other")
        publications = tuple(
            Publication(
                revision=number, material=True, published_at=instant(day), in_force_from=instant(day),
                published_by=None, elements=(each,), content_hash="", touches=(), submitted=True,
            )
            for number, (day, each) in enumerate(
                [("2026-01-01", FUTURE), ("2026-02-01", other), ("2026-03-01", FUTURE), ("2026-04-01", FUTURE)], 1
            )
        )  # fmt: skip
        assert stands_since(publications, FUTURE, instant("2026-05-01")) == instant("2026-03-01")
        assert stands_since(publications, FUTURE, instant("2026-01-15")) == instant("2026-01-01")
        assert stands_since(publications, FUTURE, instant("2026-02-15")) is None

    def test_the_need_for_it(self) -> None:
        need = Element(id="need", kind="case_for_change", text="One in five leaves")
        assert needs((FUTURE, need)) == (need,)
