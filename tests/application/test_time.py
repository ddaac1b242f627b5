"""When something may be said to have happened, when it was learned, and what is asked of who enters it late."""

from __future__ import annotations

from copy import copy
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from adapters.memory.recorder import MemoryRecorder
from application.command import commands
from application.deciding import PLANNED, Entry, Request
from application.desk import organisation_id
from application.ledger import Ledger
from domain.catalogue import CATALOGUE
from domain.kernel import Actor, Refusal
from domain.organisation import ClockKind
from tests.application.scenes import Fields, entry, imported, published, recorded, refused, request, staffed, words
from tests.support.stage import Stage

MADE: Fields = {"party_person": "ann", "strategy": "growth", "by": "ann"}


class TestLateEntries:
    @pytest.mark.parametrize("known", ["2026-03-05", "2026-03-12", "2026-03-12T23:59:59"])
    def test_within_the_grace_period_nothing_is_asked(self, known: str) -> None:
        stage = published()
        made = stage.say("commitment.made", "2026-03-05", known=known, **MADE)
        assert recorded(stage, made).reason is None

    def test_the_day_after_it_a_reason_is(self) -> None:
        stage = published()
        with refused(stage, "late-without-reason", "reason", days=8, grace=7):
            stage.say("commitment.made", "2026-03-05T23:59:59", known="2026-03-13", **MADE)
        made = stage.say("commitment.made", "2026-03-05", known="2026-03-13", reason="in a drawer", **MADE)
        assert words(stage, recorded(stage, made).reason) == "in a drawer"

    @pytest.mark.parametrize("blank", ["", "   ", "\n\t"])
    def test_white_space_is_no_reason(self, blank: str) -> None:
        stage = published()
        with refused(stage, "late-without-reason"):
            stage.say("commitment.made", "2026-03-05", known="2026-03-13", reason=blank, **MADE)
        in_time = stage.say("commitment.made", "2026-03-05", known="2026-03-06", reason=blank, **MADE)
        assert recorded(stage, in_time).reason is None

    @pytest.mark.parametrize(
        ("at", "known", "late"),
        [
            # Clocks go forward on 29 March 2026: these seven days have 167 hours; and back on 25 October: 169.
            ("2026-03-23T23:30", "2026-03-30T23:30", False),
            ("2026-03-23T23:30", "2026-03-31T00:00", True),
            ("2026-10-20T00:00", "2026-10-27T23:59", False),
            ("2026-10-20T23:59", "2026-10-28T00:00", True),
        ],
    )
    def test_days_are_counted_by_the_calendar_of_the_zone(self, at: str, known: str, *, late: bool) -> None:
        stage = published()
        if late:
            with refused(stage, "late-without-reason"):
                stage.say("commitment.made", at, known=known, **MADE)
        else:
            stage.say("commitment.made", at, known=known, **MADE)

    def test_another_zone_counts_other_days(self) -> None:
        """An hour before midnight in UTC is the next day in Auckland, and late a day earlier."""
        for zone, late in (("UTC", True), ("Pacific/Auckland", False)):
            stage = Stage(zone=zone)
            said = Entry(
                command=stage.command("person.joined", person="ann"),
                at=datetime(2026, 1, 5, 23, tzinfo=UTC),
                known=datetime(2026, 1, 13, 1, tzinfo=UTC),
            )
            if late:
                with refused(stage, "late-without-reason", days=8):
                    stage.ledger.execute(request(stage, said))
            else:
                stage.ledger.execute(request(stage, said))

    @pytest.mark.parametrize(("days", "late"), [(0, 1), (1, 2), (30, 31)])
    def test_the_organisation_sets_the_days(self, days: int, late: int) -> None:
        stage = copy(Stage())
        stage.organisation = organisation_id("other")
        stage.say(
            "organisation.founded",
            "2026-01-01",
            organisation="other",
            name="O",
            clock=ClockKind.SIMULATED,
            grace_days=days,
        )
        known = stage.day("2026-03-31")
        joined = stage.command("person.joined", person="ann")
        with refused(stage, "late-without-reason", grace=days):
            stage.ledger.execute(request(stage, Entry(command=joined, at=known - timedelta(days=late), known=known)))
        stage.ledger.execute(request(stage, Entry(command=joined, at=known - timedelta(days=days), known=known)))

    def test_an_import_needs_its_reason_too(self) -> None:
        stage = published()
        line = entry(
            stage,
            "commitment.made",
            "2026-03-05",
            known="2026-04-05",
            actor=imported(stage.person("ann")),
            party_person="ann",
            strategy="growth",
        )
        with refused(stage, "late-without-reason"):
            stage.ledger.execute(request(stage, line))


class TestTheFuture:
    """Only planned changes of the chart lie ahead."""

    def test_a_planned_change_of_every_kind_may(self) -> None:
        stage = staffed()
        ahead, now = "2026-12-01", stage.ledger.now(stage.organisation)
        said: list[tuple[str, Fields]] = [
            ("unit.formed", {"unit": "north", "name": "North", "kind": "team"}),
            ("unit.renamed", {"unit": "sales", "name": "Selling"}),
            ("unit.moved", {"unit": "sales", "parent": "north"}),
            ("spokesperson.named", {"unit": "north", "person": "ann"}),
            ("unit.split", {"unit": "north", "into": ("sales", "service")}),
            ("unit.merged", {"unit": "sales", "into": "service"}),
            ("unit.dissolved", {"unit": "service"}),
            ("person.joined", {"person": "dee"}),
            ("membership.began", {"person": "ann", "unit": "service"}),
            ("membership.ended", {"person": "ann", "unit": "sales"}),
            ("rank.held", {"person": "ann", "rank": "director"}),
            ("manager.assigned", {"person": "ann", "manager": "bob"}),
            ("person.left", {"person": "bob"}),
            ("clock.advanced", {}),
        ]
        assert {topic for topic, _ in said} == PLANNED
        for topic, fields in said:
            stage.ledger.execute(
                request(stage, Entry(command=stage.command(topic, **fields), at=stage.day(ahead), known=now))
            )

    @pytest.mark.parametrize(
        ("topic", "said"),
        [
            ("commitment.made", {"party_person": "ann", "strategy": "growth"}),
            ("strategy.published", {"strategy": "growth", "material": True}),
            ("goal.accepted", {"goal": "faster"}),
            ("duty.given", {"person": "ann", "kind": "decide", "for_": "faster"}),
            ("acknowledgement.given", {"person": "ann", "strategy": "growth"}),
            ("access.granted", {"person": "ann", "role": "auditor"}),
            ("guest.invited", {"person": "gus"}),
            ("scale.defined", {"scale": "s", "version": 1, "levels": ("a",), "ordered": False}),
            ("accountable.named", {"for_": "faster", "person": "ann"}),
        ],
    )
    def test_nothing_else_may(self, topic: str, said: Fields) -> None:
        stage = published()
        with refused(stage, "lies-in-the-future", "at", topic=topic):
            stage.say(topic, "2026-03-10T00:00:01", known="2026-03-10", reason="soon", **said)

    def test_every_planned_topic_is_one(self) -> None:
        assert set(CATALOGUE) >= PLANNED


class TestASimulatedClock:
    def test_it_lives_in_the_times_it_is_told(self) -> None:
        stage = staffed()
        stage.say("rank.held", "2026-02-01", person="ann", rank="x")
        assert stage.ledger.now(stage.organisation) == stage.day("2026-02-01")
        assert stage.ledger.is_simulated(stage.organisation)

    def test_they_never_decrease(self) -> None:
        stage = staffed()
        stage.say("rank.held", "2026-02-01", person="ann", rank="x")
        before = stage.day("2026-02-01") - timedelta(minutes=1)
        with refused(stage, "known-time-not-yours", "known"):
            stage.ledger.execute(
                request(stage, Entry(command=stage.command("person.left", person="ann"), known=before))
            )

    def test_one_and_the_same_may_be_told_again_and_again(self) -> None:
        stage = staffed()
        told = [
            stage.ledger.execute(
                request(
                    stage,
                    Entry(command=stage.command("rank.held", person="ann", rank=rank), known=stage.day("2026-02-01")),
                )
            )
            for rank in "abcd"
        ]
        assert [each.recorded_at for each in told] == [
            stage.day("2026-02-01") + timedelta(microseconds=number) for number in range(4)
        ]

    def test_nor_within_a_request(self) -> None:
        stage = staffed()
        for first, second in (("2026-02-02", "2026-02-01"), ("2025-01-01", "2026-02-01")):
            ranks = (
                Entry(
                    command=stage.command("rank.held", person="ann", rank=rank), at=stage.day("2026-02-01"), known=known
                )
                for rank, known in (("x", stage.day(first)), ("y", stage.day(second)))
            )
            with refused(stage, "known-time-not-yours"):
                stage.ledger.execute(request(stage, *ranks))

    def test_of_one_instant_each_is_known_a_microsecond_later(self) -> None:
        stage = staffed()
        ranks = [entry(stage, "rank.held", "2026-02-01", person="ann", rank=rank) for rank in ("x", "y")]
        receipt = stage.ledger.execute(request(stage, *ranks))
        assert receipt.recorded_at == stage.day("2026-02-01") + timedelta(microseconds=1)

    def test_where_none_is_told_it_stays_now(self) -> None:
        stage = staffed()
        now = stage.ledger.now(stage.organisation)
        receipt = stage.ledger.execute(request(stage, Entry(command=stage.command("person.left", person="ann"))))
        assert receipt.recorded_at == now + timedelta(microseconds=1)
        assert recorded(stage, receipt).effective_at == now

    def test_it_can_be_advanced_without_any_fact(self) -> None:
        stage = staffed()
        now = stage.ledger.now(stage.organisation)
        advanced = Entry(command=stage.command("clock.advanced"), at=stage.day("2026-06-01"), known=now)
        stage.ledger.execute(request(stage, advanced))
        assert stage.ledger.now(stage.organisation) == stage.day("2026-06-01")
        left = stage.ledger.execute(request(stage, Entry(command=stage.command("person.left", person="ann"))))
        assert left.recorded_at == recorded(stage, left).effective_at == stage.day("2026-06-01")

    def test_facts_between_are_late_by_its_own_days(self) -> None:
        stage = staffed()
        stage.say("clock.advanced", "2026-06-01")
        with refused(stage, "late-without-reason", days=8):
            stage.ledger.execute(
                request(stage, Entry(command=stage.command("person.left", person="ann"), at=stage.day("2026-05-24")))
            )


class TestARealClock:
    def real(self, *, now: datetime) -> tuple[Stage, list[datetime]]:
        """A stage whose store has a clock of its own, and that clock's hand."""
        hand, stage = [now], copy(Stage())
        stage.ledger = Ledger(MemoryRecorder(lambda: hand[0]), stage.ledger.mapper, stage.ledger.vault, uuid4)
        self.say(stage, "organisation.founded", organisation="acme", name="Acme", zone="Europe/Berlin")
        return stage, hand

    def say(
        self, stage: Stage, topic: str, *, at: datetime | None = None, known: datetime | None = None, **said: Any
    ) -> object:
        made = Entry(command=commands()[topic](**said), at=at, known=known)
        return stage.ledger.execute(
            Request(organisation=stage.organisation, id=uuid4(), actor=Actor(), entries=(made,))
        )

    def test_known_times_are_the_stores_alone(self) -> None:
        now = datetime(2026, 5, 1, 12, tzinfo=UTC)
        stage, _ = self.real(now=now)
        for known in (now, now + timedelta(days=1), now - timedelta(days=1)):
            with refused(stage, "known-time-not-yours", "known"):
                self.say(stage, "person.joined", known=known, person="ann")

    def test_not_even_a_founding_brings_its_own(self) -> None:
        stage, _ = self.real(now=datetime(2026, 5, 1, 12, tzinfo=UTC))
        stage.organisation = organisation_id("other")
        with refused(stage, "known-time-not-yours", "known"):
            self.say(
                stage, "organisation.founded", known=datetime(2020, 1, 1, tzinfo=UTC), organisation="other", name="O"
            )

    def test_now_is_the_newest_known_time_where_the_clock_runs_behind(self) -> None:
        now = datetime(2026, 5, 1, 12, tzinfo=UTC)
        stage, hand = self.real(now=now)
        hand[0] = now - timedelta(hours=1)
        assert stage.ledger.now(stage.organisation) == now
        self.say(stage, "person.joined", person="ann", at=now)
        with pytest.raises(Refusal, match="after the present instant"):
            self.say(stage, "access.granted", person="ann", role="auditor", at=now + timedelta(minutes=1))
        hand[0] = now + timedelta(minutes=1)
        self.say(stage, "access.granted", person="ann", role="auditor", at=now + timedelta(minutes=1))

    def test_it_cannot_be_advanced(self) -> None:
        stage, _ = self.real(now=datetime(2026, 5, 1, 12, tzinfo=UTC))
        with refused(stage, "clock-is-real", "type"):
            self.say(stage, "clock.advanced")
