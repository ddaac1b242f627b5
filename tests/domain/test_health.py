"""The health check over its cycles: trends of the same wording, trust between units, reference values."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from domain.benchmark import BENCHMARK, Benchmark, BenchmarkLoaded, ReferenceMeasure, ReferenceValue
from domain.health import GroupTold, Held, compared, trends, trust_between
from domain.kernel import Actor, Refusal
from domain.questionnaire import Answer, Question, Questionnaire, tally
from domain.questionnaires import HEALTH_CHECK, TRUST
from domain.temporal import Fact

SALES, SERVICE, PLANT = UUID(int=1), UUID(int=2), UUID(int=3)
DAILY = "What I did in the last weeks served our goals."


def asked(*units: UUID) -> Questionnaire:
    about = tuple(Question(id=f"trust-{n}", text=f"Unit {n}", theme=TRUST) for n, _ in enumerate(units, 1))
    return replace(HEALTH_CHECK, questions=(*HEALTH_CHECK.questions, *about))


def held(
    number: int,
    on: Questionnaire,
    groups: dict[str | None, list[dict[str, int]]],
    units: dict[str, UUID] | None = None,
    trusted: tuple[UUID, ...] = (),
) -> Held:
    """A check opened in month `number`, whose groups answered so."""
    told = tuple(
        GroupTold(
            group=group,
            unit=(units or {}).get(group or ""),
            n=len(answers),
            questions=tally(on, [{q: Answer(score=s) for q, s in each.items()} for each in answers]),
        )
        for group, answers in groups.items()
    )
    at = datetime(2026, number, 1, tzinfo=UTC)
    return Held(
        review=UUID(int=100 + number),
        title=f"Check {number}",
        opened_at=at,
        published_at=at,
        questionnaire=on,
        groups=told,
        trusted_units=trusted,
    )


def test_a_trend_puts_the_same_wording_in_one_line_oldest_first() -> None:
    first = held(1, asked(), {None: [{"daily": 2}, {"daily": 4}, {"daily": 5}]})
    second = held(4, asked(), {None: [{"daily": 4}, {"daily": 5}]})
    (found,) = [each for each in trends([second, first]) if each.question == "daily"]
    assert [(each.review, each.n, each.rated, each.mean, each.high_share) for each in found.points] == [
        (first.review, 3, 3, "3.7", 66.7),
        (second.review, 2, 2, "4.5", 100.0),
    ]
    assert found.left_out == ()


def test_another_wording_or_scale_stands_apart_with_the_reason() -> None:
    other = replace(asked(), questions=(Question(id="daily", text="My days serve our goals."),))
    longer = replace(asked(), highest=7, modes=(asked().modes[1],))
    none = replace(asked(), questions=(Question(id="else", text="Else?"),))
    checks = [
        held(1, other, {None: [{"daily": 4}]}),
        held(2, longer, {None: [{"daily": 7}]}),
        held(3, none, {None: [{"else": 4}]}),
        held(4, asked(), {None: [{"daily": 3}]}),
    ]
    (found,) = [each for each in trends(checks) if each.question == "daily"]
    assert [each.review for each in found.points] == [checks[3].review]
    assert [(each.review, each.reason) for each in found.left_out] == [
        (checks[0].review, "the wording differs"),
        (checks[1].review, "the scale differs: 1 to 7, and 1 to 5"),
        (checks[2].review, "it was not asked"),
    ]
    assert found.left_out[0].wording == "My days serve our goals."


def test_without_a_check_there_is_no_trend() -> None:
    assert trends([]) == ()


def test_each_group_trusts_each_unit_but_its_own() -> None:
    check = held(
        1,
        asked(SALES, SERVICE),
        {
            None: [{"trust-1": 5, "trust-2": 1}],
            "Sales": [{"trust-1": 5, "trust-2": 1}, {"trust-1": 5, "trust-2": 4}],
            "Service": [{"trust-1": 2}],
        },
        {"Sales": SALES, "Service": SERVICE},
        (SALES, SERVICE),
    )
    told = [(each.group, each.trusts, each.n, each.rated, each.mean, each.high_share) for each in trust_between(check)]
    assert told == [("Sales", SERVICE, 2, 2, "2.5", 50.0), ("Service", SALES, 1, 1, "2.0", 0.0)]


def test_a_group_of_no_single_unit_trusts_all_that_were_asked_about() -> None:
    check = held(1, asked(SALES, SERVICE), {"Both": [{"trust-1": 3, "trust-2": 4}]}, None, (SALES, SERVICE))
    assert [each.trusts for each in trust_between(check)] == [SALES, SERVICE]


def value(**more: object) -> ReferenceValue:
    said = {"question": "daily", "wording": DAILY, "measure": ReferenceMeasure.MEAN, "value": "3.4", **more}
    return ReferenceValue(**said)  # type: ignore[arg-type]  # each of its type


def others(*values: ReferenceValue, lowest: int = 1, highest: int = 5, verified: bool = False) -> Benchmark:
    loaded = BenchmarkLoaded(
        title="Others",
        source="a brochure",
        dated=date(2025, 6, 1),
        lowest=lowest,
        highest=highest,
        verified=verified,
        values=values,
    )
    fact = Fact(UUID(int=9), 1, 1, datetime(2026, 1, 1, tzinfo=UTC), Actor(), loaded)
    BENCHMARK.guard(Benchmark(), fact)
    return BENCHMARK.evolve(Benchmark(), fact)


NEWEST = held(4, asked(), {None: [{"daily": 4}, {"daily": 5}, {"daily": 2}], "A": [{"daily": 1}]})


def test_a_mean_and_a_share_are_compared_with_the_newest_checks_own_of_all() -> None:
    share = value(measure=ReferenceMeasure.SHARE, value="58", from_score=4, n=410)
    mean, high = compared(NEWEST, {UUID(int=9): others(value(), share)})
    assert (mean.own, mean.difference, mean.reason, mean.own_rated) == ("3.7", "0.3", None, 3)
    assert (high.own, high.difference, high.reference_n) == ("66.7", "8.7", 410)
    assert (mean.mark, mean.source, mean.dated) == ("unverified vendor figures", "a brochure", date(2025, 6, 1))


def test_verified_values_bear_no_mark() -> None:
    (found,) = compared(NEWEST, {UUID(int=9): others(value(), verified=True)})
    assert found.mark is None


def test_spaces_make_no_other_wording() -> None:
    (found,) = compared(NEWEST, {UUID(int=9): others(value(wording=f" {DAILY.replace(' ', '  ')} "))})
    assert found.reason is None


@pytest.mark.parametrize(
    ("benchmark", "reason"),
    [
        (others(value(wording="Your days serve the goals.")), "the wording differs"),
        (others(value(value="4.4"), highest=7), "the scale differs: 1 to 5, and 1 to 7"),
        (others(value(question="nothing")), "it was not asked"),
        (others(value(question="means", wording=HEALTH_CHECK.questions[2].text)), "nobody rated it"),
    ],
)
def test_what_differs_is_refused_for_comparison_with_the_reason(benchmark: Benchmark, reason: str) -> None:
    (found,) = compared(NEWEST, {UUID(int=9): benchmark})
    assert (found.own, found.difference, found.reason) == (None, None, reason)


def test_without_a_check_nothing_is_compared() -> None:
    (found,) = compared(None, {UUID(int=9): others(value())})
    assert found.reason == "no health check has published results"


@pytest.mark.parametrize(
    "values",
    [
        (),
        (value(value="many"),),
        (value(value="NaN"),),
        (value(value="5.1"),),
        (value(value="0.9"),),
        (value(wording=" "),),
        (value(from_score=4),),
        (value(n=0),),
        (value(), value()),
        (value(measure=ReferenceMeasure.SHARE, value="58"),),
        (value(measure=ReferenceMeasure.SHARE, value="58", from_score=1),),
        (value(measure=ReferenceMeasure.SHARE, value="101", from_score=4),),
    ],
)
def test_values_that_nothing_can_be_compared_with_are_refused(values: tuple[ReferenceValue, ...]) -> None:
    with pytest.raises(Refusal) as caught:
        others(*values)
    assert caught.value.code == "benchmark-flawed"
