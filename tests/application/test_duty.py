"""Duties through their command: for something that is there, from the day on which they are given."""

from __future__ import annotations

from datetime import date

import pytest

from application.command import Subject
from domain.duty import DUTY, DutyKind
from tests.application.scenes import Fields, content, entry, imported, published, refused, request, state
from tests.support.stage import Stage


@pytest.fixture
def stage() -> Stage:
    stage = published()
    stage.say(
        "review.opened",
        "2026-03-05",
        review="spring",
        kind="clarity_check",
        title="R",
        strategy="growth",
        questionnaire="clear-believable-implementable",
        participants=("ann",),
        closes=stage.day("2026-04-01"),
    )
    return stage


@pytest.mark.parametrize(
    ("kind", "for_", "said"),
    [
        (DutyKind.ACKNOWLEDGE, "growth", {"strategy"}),
        (DutyKind.ACKNOWLEDGE, Subject(strategy="growth", revision=1), {"strategy", "revision"}),
        (DutyKind.ANSWER, "spring", {"review", "strategy"}),
        (DutyKind.ANSWER, Subject(review="spring"), {"review", "strategy"}),
        (DutyKind.DECIDE, "faster", {"goal", "strategy"}),
        (DutyKind.DECIDE, Subject(strategy="growth", element="vision"), {"strategy", "element"}),
        (DutyKind.DECIDE, Subject(strategy="growth", goal="faster"), {"strategy", "goal"}),
    ],
)
def test_it_says_what_it_is_for(stage: Stage, kind: DutyKind, for_: str | Subject, said: set[str]) -> None:
    given = content(stage, stage.say("duty.given", "2026-03-06", person="ann", kind=kind, for_=for_, unit="sales"))
    names = ("strategy", "revision", "element", "goal", "review")
    assert {name for name in names if getattr(given, name) is not None} == said
    assert (given.person, given.unit) == (stage.person("ann"), stage.unit("sales"))
    assert given.strategy == stage.strategy("growth")


@pytest.mark.parametrize(
    ("kind", "for_", "code", "where"),
    [
        (DutyKind.ACKNOWLEDGE, Subject(), "duty-for-nothing", "for"),
        (DutyKind.ANSWER, "growth", "duty-for-nothing", "for"),
        (DutyKind.DECIDE, Subject(revision=1), "duty-for-nothing", "for"),
        (DutyKind.ACKNOWLEDGE, Subject(strategy="growth", revision=2), "revision-unknown", "revision"),
        (DutyKind.DECIDE, Subject(strategy="growth", element="values"), "target-element-unknown", "element"),
        (DutyKind.DECIDE, Subject(strategy="other", goal="faster"), "goal-of-another-strategy", "goal"),
        (DutyKind.ANSWER, Subject(review="autumn"), "unknown-reference", "for"),
        (DutyKind.DECIDE, "nothing", "unknown-reference", "for"),
    ],
)
def test_it_is_for_something_that_is_there(
    stage: Stage, kind: DutyKind, for_: str | Subject, code: str, where: str
) -> None:
    stage.say("strategy.drafted", "2026-03-05", strategy="other", title="Other")
    with refused(stage, code, where):
        stage.say("duty.given", "2026-03-06", person="ann", kind=kind, for_=for_)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-03-06", None),
        ("2026-03-06", date(2026, 3, 6)),
        ("2026-03-06T23:59", date(2026, 3, 6)),
        ("2026-03-07T00:30", date(2026, 3, 7)),
    ],
)
def test_it_is_due_on_the_day_on_which_it_was_given_or_later(stage: Stage, at: str, due: date | None) -> None:
    given = stage.say("duty.given", at, person="ann", kind="decide", for_="faster", due=due)
    assert (state(stage, DUTY, given).due, state(stage, DUTY, given).given_at) == (due, stage.day(at))


def test_never_before(stage: Stage) -> None:
    """The day is that of the organisation's zone: 00:30 in Berlin is the day before in UTC. Imports keep to it too."""
    for at, due in (("2026-03-06", date(2026, 3, 5)), ("2026-03-07T00:30", date(2026, 3, 6))):
        given = date.fromisoformat(at[:10])
        for actor in (None, imported()):
            duty = entry(stage, "duty.given", at, actor=actor, person="ann", kind="decide", for_="faster", due=due)
            with refused(stage, "due-before-given", "due", due=due, given=given):
                stage.ledger.execute(request(stage, duty))


def test_each_is_a_duty_of_its_own(stage: Stage) -> None:
    said: Fields = {"person": "ann", "kind": "decide", "for_": "faster"}
    first = stage.say("duty.given", "2026-03-06", **said)
    assert stage.say("duty.given", "2026-03-06", **said).stream != first.stream
