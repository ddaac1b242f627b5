"""Retention, rule by rule: who is due by the schedule, who is not, and that it is carried out once.

The same holds on PostgreSQL: tests/erasure/test_retention.py.
"""

from __future__ import annotations

from uuid import UUID

import pytest

from application.retention import PersonDue, RetentionKeeper, look
from domain.erasure import PersonErased
from domain.kernel import Actor
from domain.organisation import ORGANISATION
from domain.person import PERSON
from domain.retention import LONGEST, Retention
from domain.sealed import TextKind
from tests.application.scenes import recorded, refused, state, words
from tests.support.stage import Stage

WHY = "agreed with the works council"
IDENTITY, WORDS = TextKind.IDENTITY, TextKind.WORDS


@pytest.fixture
def stage() -> Stage:
    return peopled(Stage())


def peopled(stage: Stage) -> Stage:
    """Ann, Bob and Cy joined on 2 January; words are kept for 30 days after somebody left, identity for 90."""
    for person in ("ann", "bob", "cy"):
        stage.say("person.joined", "2026-01-02", person=person, name=person.title())
    set_to(stage, "2026-01-03", WORDS, 30)
    set_to(stage, "2026-01-03", IDENTITY, 90)
    return stage


def set_to(stage: Stage, at: str, kind: TextKind, days: int | None) -> None:
    stage.say("retention.set", at, kind=kind, days=days, reason=WHY)


def today(stage: Stage, at: str) -> None:
    """Let it be that day, or instant."""
    stage.say("clock.advanced", at)


def told(stage: Stage, at: str, *, dry: bool = False) -> dict[str, list[TextKind]]:
    """Which kinds of whom are due on that day, or erased."""
    today(stage, at)
    return {_name(stage, each): list(each.due.kinds) for each in look(stage.ledger, stage.organisation, dry=dry).people}


def _name(stage: Stage, each: PersonDue) -> str:
    return next(key for key in ("ann", "bob", "cy") if stage.person(key) == each.person)


def gone(stage: Stage, person: UUID) -> set[TextKind]:
    return set(stage.ledger.vault.erased(stage.organisation).get(person, frozenset()))


def position(stage: Stage) -> int:
    head = stage.ledger.ledger_recorder.head(stage.organisation)
    assert head is not None
    return head.position


class TestWhoIsDue:
    def test_somebody_who_left_from_the_day_on_when_the_time_is_over(self, stage: Stage) -> None:
        stage.say("person.left", "2026-03-01T17:00", person="ann")
        assert told(stage, "2026-03-30T23:59") == {}
        # 30 days later, by the organisation's own days: its clocks went forward in between.
        assert told(stage, "2026-03-31T00:00", dry=True) == {"ann": [WORDS]}

    def test_each_kind_has_a_time_of_its_own(self, stage: Stage) -> None:
        stage.say("person.left", "2026-03-01", person="ann")
        ann = stage.person("ann")
        assert told(stage, "2026-04-01") == {"ann": [WORDS]}
        assert gone(stage, ann) == {WORDS}
        assert told(stage, "2026-05-29") == {}
        assert {each.person for each in _on(stage, "2026-05-30")} == {ann}
        assert gone(stage, ann) == {WORDS, IDENTITY}

    def test_both_at_once_where_both_are_over(self, stage: Stage) -> None:
        stage.say("person.left", "2026-03-01", person="ann")
        assert told(stage, "2026-09-01") == {"ann": [IDENTITY, WORDS]}

    def test_nobody_who_is_there(self, stage: Stage) -> None:
        assert told(stage, "2029-01-01") == {}

    def test_nobody_who_came_back(self, stage: Stage) -> None:
        stage.say("person.left", "2026-03-01", person="ann")
        stage.say("person.joined", "2026-03-20", person="ann")
        assert told(stage, "2026-12-01") == {}
        stage.say("person.left", "2026-12-02", person="ann")
        assert told(stage, "2026-12-31") == {}
        assert told(stage, "2027-01-01") == {"ann": [WORDS]}

    def test_a_guest_whose_invitation_ended(self, stage: Stage) -> None:
        stage.say("guest.invited", "2026-01-05", person="gus", name="Gus")
        stage.say("person.left", "2026-01-06", person="gus")
        today(stage, "2026-03-01")
        (found,) = look(stage.ledger, stage.organisation).people
        assert found.due.left_at == stage.day("2026-01-06")
        assert gone(stage, found.person) == {WORDS}

    def test_a_corrected_leaving_date_counts_and_not_the_wrong_one(self, stage: Stage) -> None:
        left = stage.say("person.left", "2026-03-01", person="ann")
        stage.correct(left, "person.left", "2026-03-20", "2026-03-25", "left later", person="ann")
        assert told(stage, "2026-04-18") == {}
        assert told(stage, "2026-04-19") == {"ann": [WORDS]}

    def test_a_leaving_that_was_taken_back_is_none(self, stage: Stage) -> None:
        left = stage.say("person.left", "2026-03-01", person="ann")
        stage.correct(left, "person.left", "2026-03-01", "2026-03-25", "she stays")
        assert told(stage, "2026-12-01") == {}

    def test_whoever_was_erased_already_is_not_due_again(self, stage: Stage) -> None:
        stage.say("person.left", "2026-03-01", person="ann")
        stage.say("person.erased", "2026-03-02", person="ann", texts=(WORDS,), reason="her request")
        assert told(stage, "2026-04-10") == {}
        today(stage, "2026-06-10")
        (found,) = look(stage.ledger, stage.organisation).people
        assert found.due.kinds == (IDENTITY,)


class TestSchedule:
    def test_without_one_nobody_is_due(self) -> None:
        stage = Stage()
        stage.say("person.joined", "2026-01-02", person="ann", name="Ann")
        stage.say("person.left", "2026-01-03", person="ann")
        assert told(stage, "2096-01-01") == {}

    def test_the_newest_word_on_a_kind_holds(self, stage: Stage) -> None:
        stage.say("person.left", "2026-03-01", person="ann")
        set_to(stage, "2026-03-10", WORDS, 60)
        assert told(stage, "2026-04-29", dry=True) == {}
        set_to(stage, "2026-04-29", WORDS, 10)
        assert told(stage, "2026-04-29", dry=True) == {"ann": [WORDS]}
        set_to(stage, "2026-04-30", WORDS, None)
        assert told(stage, "2026-05-20") == {}

    def test_nothing_is_set_of_a_later_day(self, stage: Stage) -> None:
        with refused(stage, "lies-in-the-future", "at", topic="retention.set"):
            stage.say("retention.set", "2026-06-01", known="2026-03-02", kind=WORDS, days=200, reason=WHY)

    def test_it_is_a_dated_fact_that_can_be_corrected(self, stage: Stage) -> None:
        done = stage.say("retention.set", "2026-02-01", kind=WORDS, days=10, reason=WHY)
        stage.correct(done, "retention.set", "2026-02-01", "2026-02-02", "a slip", kind=WORDS, days=100)
        assert [
            (each.kind, each.days) for each in state(stage, ORGANISATION, stage.organisation, "2026-02-03").retention
        ] == [(WORDS, 30), (IDENTITY, 90), (WORDS, 100)]
        assert state(stage, ORGANISATION, stage.organisation, "2026-01-31").retention[0] == Retention(
            kind=WORDS, days=30, since=stage.day("2026-01-03")
        )

    def test_its_reason_is_the_organisations(self, stage: Stage) -> None:
        done = stage.say("retention.set", "2026-02-01", by="bob", kind=WORDS, days=10, reason=WHY)
        reason = recorded(stage, done).reason
        assert reason is not None
        assert (reason.subject, words(stage, reason)) == (stage.organisation, WHY)

    def test_it_needs_a_reason(self, stage: Stage) -> None:
        with refused(stage, "reason-required", "reason", topic="retention.set"):
            stage.say("retention.set", "2026-02-01", kind=WORDS, days=10)

    @pytest.mark.parametrize("days", [-1, LONGEST + 1])
    def test_a_time_that_nobody_can_wait_for_is_refused(self, stage: Stage, days: int) -> None:
        with refused(stage, "retention-days-wrong", "days", days=days):
            set_to(stage, "2026-02-01", WORDS, days)

    def test_no_day_is_a_time_too(self, stage: Stage) -> None:
        set_to(stage, "2026-02-01", WORDS, 0)
        stage.say("person.left", "2026-03-01T12:00", person="ann")
        assert told(stage, "2026-03-01T12:00", dry=True) == {"ann": [WORDS]}


class TestLegalHold:
    def test_it_stops_the_erasure_and_is_told(self, stage: Stage) -> None:
        for person in ("ann", "bob"):
            stage.say("person.left", "2026-03-01", person=person)
        stage.say("person.held", "2026-03-02", person="ann", until=stage.day("2026-06-01"), reason="case 17")
        today(stage, "2026-04-01")
        found = {_name(stage, each): each for each in look(stage.ledger, stage.organisation).people}
        hold = found["ann"].due.hold
        assert hold is not None
        assert (hold.until, found["ann"].position) == (stage.day("2026-06-01"), None)
        assert found["bob"].position is not None
        assert (gone(stage, stage.person("ann")), gone(stage, stage.person("bob"))) == (set(), {WORDS})

    def test_once_it_ends_they_are_due(self, stage: Stage) -> None:
        stage.say("person.left", "2026-03-01", person="ann")
        stage.say("person.held", "2026-03-02", person="ann", reason="case 17")
        today(stage, "2026-07-01")
        look(stage.ledger, stage.organisation)
        stage.say("person.released", "2026-07-02", person="ann", reason="case closed")
        assert told(stage, "2026-07-02") == {"ann": [IDENTITY, WORDS]}
        assert gone(stage, stage.person("ann")) == {IDENTITY, WORDS}


class TestCarryingOut:
    def test_it_is_an_erasure_like_any_other_and_says_why(self, stage: Stage) -> None:
        stage.say("person.left", "2026-03-01", person="ann")
        ann, before = stage.person("ann"), position(stage)
        today(stage, "2026-04-01")
        (done,) = look(stage.ledger, stage.organisation).people
        assert done.position == position(stage) == before + 2
        event = stage.ledger.recorded(
            stage.ledger.ledger_recorder.select_positions(stage.organisation, after=before + 1, limit=1)[0]
        ).event
        assert (event.stream, event.content, event.actor) == (
            ann, PersonErased(texts=(WORDS,)), Actor(service="retention"),
        )  # fmt: skip
        assert words(stage, event.reason) == "retention"
        assert state(stage, PERSON, ann, "2026-04-01").erasures[0].at == stage.day("2026-04-01")

    def test_a_dry_run_changes_nothing(self, stage: Stage) -> None:
        stage.say("person.left", "2026-03-01", person="ann")
        today(stage, "2026-04-01")
        before = position(stage)
        (found,) = look(stage.ledger, stage.organisation, dry=True).people
        assert (found.position, found.due.kinds) == (None, (WORDS,))
        assert (position(stage), gone(stage, found.person)) == (before, set())

    def test_run_twice_it_erases_once(self, stage: Stage) -> None:
        stage.say("person.left", "2026-03-01", person="ann")
        today(stage, "2026-04-01")
        assert len(look(stage.ledger, stage.organisation).people) == 1
        before = position(stage)
        assert look(stage.ledger, stage.organisation).people == ()
        assert position(stage) == before

    def test_interrupted_the_next_run_goes_on_with_whoever_is_left(self, stage: Stage) -> None:
        for person in ("ann", "bob", "cy"):
            stage.say("person.left", "2026-03-01", person=person)
        today(stage, "2026-04-01")
        ids, given = stage.ledger.fresh_id, iter(range(2))

        def killed() -> UUID:
            if next(given, None) is None:
                raise KeyboardInterrupt
            return ids()

        stage.ledger.fresh_id = killed
        with pytest.raises(KeyboardInterrupt):
            look(stage.ledger, stage.organisation)
        stage.ledger.fresh_id = ids
        assert told(stage, "2026-04-01") == {"cy": [WORDS]}

    def test_whoever_comes_back_this_very_moment_is_spared(self, stage: Stage) -> None:
        stage.say("person.left", "2026-03-01", person="ann")
        today(stage, "2026-04-01")
        ids = stage.ledger.fresh_id

        def comes_back() -> UUID:
            stage.ledger.fresh_id = ids
            stage.say("person.joined", "2026-04-01", person="ann")
            return ids()

        stage.ledger.fresh_id = comes_back
        (found,) = look(stage.ledger, stage.organisation).people
        assert (found.position, gone(stage, found.person)) == (None, set())
        assert found.refused is not None
        assert "version" in found.refused
        assert look(stage.ledger, stage.organisation).people == ()

    def test_of_an_organisation_that_was_closed_nothing_is_looked_at(self, stage: Stage) -> None:
        stage.say("person.left", "2026-03-01", person="ann")
        stage.say("organisation.closed", "2026-04-01")
        assert look(stage.ledger, stage.organisation).people == ()


class TestTheWorker:
    def test_it_looks_once_on_each_day_of_the_organisation(self) -> None:
        stage = peopled(Stage())
        keeper = RetentionKeeper(stage.ledger)
        for person, left in (("ann", "2026-03-01"), ("bob", "2026-03-02")):
            stage.say("person.left", left, person=person)
        today(stage, "2026-03-31")
        keeper.keep()
        assert (gone(stage, stage.person("ann")), gone(stage, stage.person("bob"))) == ({WORDS}, set())
        before = position(stage)
        keeper.keep()
        assert position(stage) == before
        today(stage, "2026-04-01")
        keeper.keep()
        assert gone(stage, stage.person("bob")) == {WORDS}

    def test_two_workers_make_one_erasure(self) -> None:
        stage = peopled(Stage())
        stage.say("person.left", "2026-03-01", person="ann")
        today(stage, "2026-04-01")
        RetentionKeeper(stage.ledger).keep()
        before = position(stage)
        RetentionKeeper(stage.ledger).keep()
        assert position(stage) == before

    def test_a_closed_organisation_keeps_it_from_no_other(self) -> None:
        stage = peopled(Stage())
        stage.say("organisation.closed", "2026-04-01")
        RetentionKeeper(stage.ledger).keep()


def _on(stage: Stage, at: str) -> tuple[PersonDue, ...]:
    today(stage, at)
    return look(stage.ledger, stage.organisation).people
