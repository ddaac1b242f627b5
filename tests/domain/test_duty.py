"""What a person owes, from when on."""

from datetime import date

import pytest

from domain.duty import DUTY, Duty, DutyAlreadyGiven, DutyForNothing, DutyGiven, DutyKind
from tests.support.specification import given, instant, on, some

GIVEN = DutyGiven(
    person=some("Anna"),
    kind=DutyKind.ACKNOWLEDGE,
    strategy=some("north"),
    revision=2,
    element="v",
    goal=some("vans"),
    review=some("audit"),
    unit=some("fleet"),
    due=date(2026, 5, 1),
)


def test_a_duty_runs_from_the_day_on_which_it_was_given() -> None:
    given(DUTY).when(on("2026-04-20", GIVEN)).then(
        Duty(
            given_at=instant("2026-04-20"),
            person=some("Anna"),
            kind=DutyKind.ACKNOWLEDGE,
            strategy=some("north"),
            revision=2,
            element="v",
            goal=some("vans"),
            review=some("audit"),
            unit=some("fleet"),
            due=date(2026, 5, 1),
        )
    )


def test_a_duty_is_given_once() -> None:
    given(DUTY, on("2026-04-20", GIVEN)).when(on("2026-04-21", GIVEN)).then(DutyAlreadyGiven)


@pytest.mark.parametrize(
    ("kind", "needed"),
    [(DutyKind.ACKNOWLEDGE, "a strategy"), (DutyKind.ANSWER, "a review"), (DutyKind.DECIDE, "a strategy or a goal")],
)
def test_a_duty_is_for_something(kind: DutyKind, needed: str) -> None:
    given(DUTY).when(on("2026-04-20", DutyGiven(person=some("Anna"), kind=kind))).then(DutyForNothing(kind, needed))


@pytest.mark.parametrize(
    "content",
    [
        DutyGiven(person=some("Anna"), kind=DutyKind.ACKNOWLEDGE, strategy=some("north")),
        DutyGiven(person=some("Anna"), kind=DutyKind.ANSWER, review=some("audit")),
        DutyGiven(person=some("Anna"), kind=DutyKind.DECIDE, strategy=some("north"), element="b-1"),
        DutyGiven(person=some("Anna"), kind=DutyKind.DECIDE, goal=some("vans")),
    ],
)
def test_each_kind_names_what_it_is_for(content: DutyGiven) -> None:
    given(DUTY).when(on("2026-04-20", content)).then(kind=content.kind)
