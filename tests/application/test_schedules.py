"""Schedules: what is set, what Avow opens on its day, and what was missed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from adapters.recurrence import RuleRecurrences
from application.schedules import ScheduleKeeper, Schedules
from domain.confidentiality import Grouping
from domain.questionnaire import Mode
from domain.review import REVIEW, Review, ReviewKind
from domain.schedule import SCHEDULE, Occurrence, OccurrenceStanding
from tests.application.scenes import published, refused, state
from tests.support.stage import Stage

SAID: dict[str, Any] = {
    "schedule": "pulse",
    "kind": ReviewKind.HEALTH_CHECK,
    "title": "Pulse",
    "strategy": "growth",
    "questionnaire": "health-check",
    "rule": "FREQ=MONTHLY;BYDAY=1MO",
    "open_days": 14,
}

CONFIDED: dict[str, Any] = {"mode": Mode.CONFIDENTIAL, "reported_back_days": 7}


def scheduled(at: str = "2026-03-10", start: str = "2026-03-02T09:00", **said: Any) -> Stage:
    """Every first Monday of a month at nine, from March on, set on 10 March."""
    stage = published()
    stage.say("schedule.set", at, **{**SAID, "starts": stage.day(start), **said})
    return stage


def advance(stage: Stage, to: str) -> int:
    """It is that instant now, and the keeper looks once; how many cycles it opened."""
    stage.say("clock.advanced", to)
    return keeper(stage).keep(stage.organisation)


def keeper(stage: Stage) -> ScheduleKeeper:
    return ScheduleKeeper(stage.ledger, stage.questions, RuleRecurrences())


def told(stage: Stage, at: str | None = None, known: str | None = None) -> list[tuple[str, OccurrenceStanding]]:
    return [(_local(each.at), each.standing) for each in _occurrences(stage, at, known)]


def _occurrences(stage: Stage, at: str | None, known: str | None) -> tuple[Occurrence, ...]:
    asked = stage.ask(at, known)
    found = stage.questions.states.states(SCHEDULE, stage.organisation, asked.moment)
    ((id, schedule),) = found.items()
    return Schedules(stage.questions, RuleRecurrences()).occurrences(asked, id, schedule)


def _local(at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo('Europe/Berlin')):%Y-%m-%dT%H:%M}"


def reviews(stage: Stage) -> dict[UUID, Review]:
    return stage.questions.states.states(REVIEW, stage.organisation, stage.ask().moment)


def test_a_cycle_is_opened_on_its_day_once_by_whoever_comes_first() -> None:
    stage = scheduled()
    assert advance(stage, "2026-04-06T08:59") == 0
    assert advance(stage, "2026-04-06T09:00") == 1
    assert keeper(stage).keep(stage.organisation) == 0
    assert advance(stage, "2026-04-06T15:00") == 0
    ((_, review),) = reviews(stage).items()
    assert (review.title, review.kind, review.revision) == ("Pulse, 2026-04-06", ReviewKind.HEALTH_CHECK, 1)
    assert review.closes == stage.day("2026-04-20")
    assert review.participants == tuple(sorted(stage.person(each) for each in ("ann", "cy", "bob")))
    assert told(stage) == [("2026-04-06T09:00", OccurrenceStanding.HELD)]


def test_who_is_asked_is_who_is_there_then() -> None:
    stage = scheduled(unit="sales")
    stage.say("person.joined", "2026-04-05", person="new", name="New")
    stage.say("membership.began", "2026-04-05", person="new", unit="sales", home=True)
    advance(stage, "2026-04-06T09:00")
    ((_, review),) = reviews(stage).items()
    assert review.participants == tuple(sorted(stage.person(each) for each in ("ann", "cy", "new")))


def test_what_was_not_opened_on_its_day_was_missed() -> None:
    stage = scheduled()
    assert advance(stage, "2026-05-05T10:00") == 0
    assert told(stage) == [
        ("2026-04-06T09:00", OccurrenceStanding.MISSED),
        ("2026-05-04T09:00", OccurrenceStanding.MISSED),
    ]
    assert advance(stage, "2026-06-01T23:59") == 1
    assert told(stage)[2] == ("2026-06-01T09:00", OccurrenceStanding.HELD)


def test_it_is_due_on_its_day_and_not_yet_missed() -> None:
    stage = scheduled()
    stage.say("clock.advanced", "2026-04-06T12:00")
    asked = stage.questions.ask(stage.organisation)
    ((id, schedule),) = stage.questions.states.states(SCHEDULE, stage.organisation, asked.moment).items()
    (found,) = Schedules(stage.questions, RuleRecurrences()).occurrences(asked, id, schedule)
    assert (found.standing, found.closes) == (OccurrenceStanding.DUE, stage.day("2026-04-20"))


def test_what_was_before_it_was_set_is_not_missed() -> None:
    stage = scheduled()
    stage.say("clock.advanced", "2026-03-20")
    assert told(stage) == []


def test_a_cancelled_cycle_is_not_opened_again() -> None:
    stage = scheduled()
    advance(stage, "2026-04-06T09:00")
    ((id, _),) = reviews(stage).items()
    stage.say("review.cancelled", "2026-04-06T10:00", review=str(id), reason="the wrong week")
    assert keeper(stage).keep(stage.organisation) == 0
    assert told(stage) == [("2026-04-06T09:00", OccurrenceStanding.CANCELLED)]


def test_set_anew_it_holds_from_then_on() -> None:
    stage = scheduled()
    advance(stage, "2026-04-06T09:00")
    said = {**SAID, "starts": stage.day("2026-03-02T14:00"), "rule": "FREQ=MONTHLY;BYMONTHDAY=15"}
    stage.say("schedule.set", "2026-04-20", **said)
    assert advance(stage, "2026-05-15T14:00") == 1
    assert told(stage) == [("2026-04-06T09:00", OccurrenceStanding.HELD), ("2026-05-15T14:00", OccurrenceStanding.HELD)]
    assert told(stage, "2026-04-10", "2026-04-10") == [("2026-04-06T09:00", OccurrenceStanding.HELD)]


def test_once_it_ended_nothing_is_opened_and_nothing_missed() -> None:
    stage = scheduled()
    stage.say("schedule.ended", "2026-03-20", schedule="pulse")
    assert advance(stage, "2026-04-06T10:00") == 0
    assert told(stage) == []
    with refused(stage, "schedule-unknown"):
        stage.say("schedule.ended", "2026-04-06T11:00", schedule="pulse")
    with refused(stage, "schedule-unknown"):
        stage.say("schedule.set", "2026-04-06T11:00", **{**SAID, "starts": stage.day("2026-03-02")})


def test_a_schedule_that_ended_earlier_as_is_learned_late_missed_nothing() -> None:
    stage = scheduled()
    stage.say("clock.advanced", "2026-04-08")
    assert told(stage)[0][1] is OccurrenceStanding.MISSED
    stage.say("schedule.ended", "2026-04-01", known="2026-04-20", schedule="pulse", reason="told late")
    assert told(stage) == []
    assert told(stage, "2026-04-10", "2026-04-10") == [("2026-04-06T09:00", OccurrenceStanding.MISSED)]


def test_a_cycle_that_cannot_be_held_is_missed() -> None:
    """Three people are too few for a confidential one."""
    stage = scheduled(mode=Mode.CONFIDENTIAL, reported_back_days=14)
    assert advance(stage, "2026-04-06T09:00") == 0
    assert reviews(stage) == {}
    assert why(stage) == [(OccurrenceStanding.DUE, "too-few-participants")]
    stage.say("clock.advanced", "2026-04-07")
    assert told(stage) == [("2026-04-06T09:00", OccurrenceStanding.MISSED)]
    assert why(stage) == [(OccurrenceStanding.MISSED, "too-few-participants")]


def test_why_a_cycle_could_not_be_opened_is_told_once_and_no_more_when_it_can_be() -> None:
    stage = published()
    stage.say("unit.formed", "2026-03-10", unit="empty", name="Empty", kind="team")
    stage.say("schedule.set", "2026-03-10", **{**SAID, "starts": stage.day("2026-03-02T09:00"), "unit": "empty"})
    advance(stage, "2026-04-06T09:00")
    before = stage.ledger.now(stage.organisation)
    assert advance_again(stage) == 0
    assert stage.ledger.now(stage.organisation) == before
    (found,) = _occurrences(stage, None, None)
    assert (found.refused_by, found.in_words) == (
        "participants-unclear",
        "it is not plain who takes part: there are none",
    )
    stage.say("person.joined", "2026-04-06T10:00", person="new", name="New")
    stage.say("membership.began", "2026-04-06T10:00", person="new", unit="empty", home=True)
    assert advance(stage, "2026-04-06T11:00") == 1
    assert why(stage) == [(OccurrenceStanding.HELD, None)]


def test_why_it_was_missed_is_told_where_nobody_looked_and_where_it_was_entered_late() -> None:
    stage = scheduled()
    stage.say("clock.advanced", "2026-04-08")
    assert why(stage) == [(OccurrenceStanding.MISSED, "nobody-looked")]
    stage = published()
    late = {**SAID, "starts": stage.day("2026-03-02T09:00"), "reason": "told late"}
    stage.say("schedule.set", "2026-03-10", known="2026-04-08", **late)
    assert why(stage) == [(OccurrenceStanding.MISSED, "entered-late")]


def why(stage: Stage) -> list[tuple[OccurrenceStanding, str | None]]:
    """What became of each occurrence so far, and why there is no cycle."""
    return [(each.standing, each.refused_by) for each in _occurrences(stage, None, None)]


def advance_again(stage: Stage) -> int:
    """The keeper looks another time, at the same instant."""
    return keeper(stage).keep(stage.organisation)


def test_one_that_nobody_opened_may_be_held_later_by_hand() -> None:
    stage = scheduled()
    stage.say("clock.advanced", "2026-04-08")
    stage.say(
        "review.opened",
        "2026-04-08",
        review="late",
        kind=ReviewKind.HEALTH_CHECK,
        title="Pulse",
        strategy="growth",
        questionnaire="health-check",
        participants=("ann",),
        closes=stage.day("2026-04-20"),
        schedule="pulse",
        occurrence=stage.day("2026-04-06T09:00"),
    )
    assert told(stage) == [("2026-04-06T09:00", OccurrenceStanding.HELD)]
    stage.say("review.closed", "2026-04-09", review="late")


@pytest.mark.parametrize("field", ["schedule", "occurrence"])
def test_a_review_names_the_schedule_with_the_occurrence(field: str) -> None:
    stage = scheduled()
    named = {"schedule": "pulse", "occurrence": stage.day("2026-04-06T09:00")}
    with refused(stage, "occurrence-unclear", "occurrence"):
        stage.say(
            "review.opened",
            "2026-04-08",
            kind=ReviewKind.HEALTH_CHECK,
            title="Pulse",
            strategy="growth",
            questionnaire="health-check",
            participants=("ann",),
            closes=stage.day("2026-04-20"),
            **{field: named[field]},  # type: ignore[arg-type]  # one of the two
        )


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"rule": "FREQ=HOURLY"}, "rule-unclear"),
        ({"open_days": 0}, "cycle-too-long"),
        ({"open_days": 367}, "cycle-too-long"),
        ({"mode": Mode.CONFIDENTIAL}, "reported-back-never"),
        ({"reported_back_days": -1}, "reported-back-never"),
        ({"minimum_group_size": 5}, "of-confidential-only"),
        ({"grouping": (Grouping.RANKS,)}, "of-confidential-only"),
        ({**CONFIDED, "minimum_group_size": 2}, "group-size-too-small"),
        ({**CONFIDED, "grouping": (Grouping.UNITS, Grouping.UNITS)}, "grouping-unclear"),
        ({**CONFIDED, "grouping": (Grouping.GROUPS,)}, "grouping-unclear"),
        ({**CONFIDED, "kind": ReviewKind.BUSINESS_REVIEW, "questionnaire": "business-review"}, "mode-not-offered"),
        ({"trusted_units": ("sales", "sales")}, "trust-unclear"),
        ({"reported_back_days": 367}, "reported-back-never"),
        ({"starts": datetime(2016, 2, 1, tzinfo=UTC)}, "starts-too-early"),
    ],
)
def test_what_is_no_schedule_is_refused(said: dict[str, Any], code: str) -> None:
    stage = published()
    with refused(stage, code):
        stage.say("schedule.set", "2026-03-10", **{**SAID, "starts": stage.day("2026-03-02"), **said})


def test_a_schedule_stays_with_its_strategy() -> None:
    stage = scheduled()
    stage.say("strategy.drafted", "2026-03-10", strategy="other", title="Other")
    with refused(stage, "schedule-of-another-strategy", "strategy"):
        stage.say("schedule.set", "2026-03-11", **{**SAID, "starts": stage.day("2026-03-02"), "strategy": "other"})


def test_the_next_ones_are_told() -> None:
    stage = scheduled()
    asked = stage.ask("2026-03-10")
    ((_, schedule),) = stage.questions.states.states(SCHEDULE, stage.organisation, asked.moment).items()
    found = Schedules(stage.questions, RuleRecurrences()).ahead(asked, schedule, 2)
    assert [_local(each.at) for each in found] == ["2026-04-06T09:00", "2026-05-04T09:00"]


@pytest.mark.parametrize("at", ["2029-06-01", "2500-01-01", "9998-12-30"])
def test_what_is_asked_of_a_far_day_ends_some_time_ahead_of_the_present(at: str) -> None:
    """A rule without an end would be followed for thousands of years by whoever names the last day that there is."""
    stage = scheduled(rule="FREQ=DAILY")
    found = told(stage, at)
    assert (found[0][0], found[-1][0]) == ("2026-03-10T09:00", "2028-05-17T09:00")
    asked = stage.ask(at)
    ((_, schedule),) = stage.questions.states.states(SCHEDULE, stage.organisation, asked.moment).items()
    assert Schedules(stage.questions, RuleRecurrences()).ahead(asked, schedule, 2) == []


def test_the_set_questionnaire_is_frozen_with_it() -> None:
    stage = scheduled()
    ((id, _),) = stage.questions.states.states(SCHEDULE, stage.organisation, stage.ask().moment).items()
    found = state(stage, SCHEDULE, id).present
    assert found is not None
    assert found.questionnaire.name == "health-check"
