"""A statement is bound to the revision that its author saw: the one in force then, unless they name another one."""

from __future__ import annotations

from typing import Any

import pytest

from application.ledger import Receipt
from domain.strategy import STRATEGY
from tests.application.scenes import Fields, content, drafted, publish, published, refused, state
from tests.support.stage import Stage

TOPICS = pytest.mark.parametrize("topic", ["commitment.made", "acknowledgement.given", "acknowledgement.declined"])


def stated(stage: Stage, topic: str, at: str, **said: Any) -> Receipt:
    """A statement by Ann."""
    party: Fields = {"party_person": "ann"} if topic == "commitment.made" else {"person": "ann"}
    return stage.say(topic, at, by="ann", strategy="growth", reason="as it is", **party, **said)


def revision(stage: Stage, receipt: Receipt) -> int | None:
    """What it is bound to; the hash has to be that revision's."""
    seen = content(stage, receipt).seen
    if seen is None:
        return None
    publications = state(stage, STRATEGY, stage.strategy("growth")).publications
    assert publications[seen.revision - 1].content_hash == seen.content_hash
    assert isinstance(seen.revision, int)
    return seen.revision


@TOPICS
def test_it_binds_to_the_revision_in_force_then(topic: str) -> None:
    stage = published()
    publish(stage, "2026-03-10")
    assert revision(stage, stated(stage, topic, "2026-03-09")) == 1
    assert revision(stage, stated(stage, topic, "2026-03-10")) == 2
    assert revision(stage, stated(stage, topic, "2026-03-11")) == 2


@TOPICS
def test_before_the_first_publication_there_is_nothing_to_bind_to(topic: str) -> None:
    stage = drafted()
    if topic == "commitment.made":
        assert revision(stage, stated(stage, topic, "2026-03-02")) is None
    else:
        with refused(stage, "nothing-to-acknowledge", "revision", strategy="growth"):
            stated(stage, topic, "2026-03-02")


@TOPICS
def test_a_revision_that_was_not_published_by_then_cannot_be_named(topic: str) -> None:
    stage = published()
    publish(stage, "2026-03-10")
    for named, at in ((2, "2026-03-09"), (3, "2026-03-11"), (0, "2026-03-11"), (-1, "2026-03-11")):
        with refused(stage, "revision-unknown", "revision", revision=named):
            stated(stage, topic, at, revision=named)


@TOPICS
def test_one_made_on_a_superseded_revision_is_refused(topic: str) -> None:
    stage = published()
    publish(stage, "2026-03-10")
    with refused(stage, "revision-superseded", "revision", revision=1, by=2):
        stated(stage, topic, "2026-03-10", revision=1)


@TOPICS
def test_one_made_before_and_entered_late_is_accepted(topic: str) -> None:
    stage = published()
    publish(stage, "2026-03-10")
    assert revision(stage, stated(stage, topic, "2026-03-09", known="2026-03-12", revision=1)) == 1


@TOPICS
def test_an_earlier_editorial_edition_may_still_be_named(topic: str) -> None:
    stage = published()
    publish(stage, "2026-03-10", material=False)
    assert revision(stage, stated(stage, topic, "2026-03-11", revision=1)) == 1
    assert revision(stage, stated(stage, topic, "2026-03-11")) == 2
    publish(stage, "2026-03-20")
    for superseded in (1, 2):
        with refused(stage, "revision-superseded", by=3):
            stated(stage, topic, "2026-03-21", revision=superseded)


@TOPICS
def test_one_published_and_not_yet_in_force_may_be_named_and_supersedes_only_then(topic: str) -> None:
    stage = published()
    publish(stage, "2026-03-10", in_force_from=stage.day("2026-03-20"))
    assert revision(stage, stated(stage, topic, "2026-03-15")) == 1
    assert revision(stage, stated(stage, topic, "2026-03-15", revision=2)) == 2
    assert revision(stage, stated(stage, topic, "2026-03-19T23:59:59", revision=1)) == 1
    with refused(stage, "revision-superseded"):
        stated(stage, topic, "2026-03-20", revision=1)


@pytest.mark.parametrize("act", ["changed", "renewed", "accepted"])
def test_whoever_affirms_it_anew_binds_it_anew(act: str) -> None:
    stage = published()
    stage.say("commitment.made", "2026-03-05", commitment="c", party_person="ann", strategy="growth", by="ann")
    stage.say("commitment.reassigned", "2026-03-06", commitment="c", party_person="cy", by="ann")
    publish(stage, "2026-03-10")
    with refused(stage, "revision-superseded"):
        stage.say(f"commitment.{act}", "2026-03-11", commitment="c", revision=1, by="cy")
    assert revision(stage, stage.say(f"commitment.{act}", "2026-03-11", commitment="c", by="cy")) == 2


def test_a_no_is_bound_too() -> None:
    stage = published()
    said: Fields = {"party_person": "ann", "strategy": "growth", "reason": "no", "by": "ann"}
    assert revision(stage, stage.say("commitment.declined", "2026-03-05", **said)) == 1
    publish(stage, "2026-03-10")
    with refused(stage, "revision-superseded"):
        stage.say("commitment.declined", "2026-03-11", revision=1, **said)


class TestInForceFrom:
    """The publication's own day, and none stated, mean from the publication on."""

    @pytest.mark.parametrize("stated_day", [None, "2026-03-10", "2026-03-10T09:00", "2026-03-10T12:00"])
    def test_its_own_day_is_from_its_own_instant(self, stated_day: str | None) -> None:
        stage = published()
        stated_at = stage.day(stated_day) if stated_day else None
        receipt = publish(stage, "2026-03-10T12:00", in_force_from=stated_at)
        assert content(stage, receipt).in_force_from is None
        assert state(stage, STRATEGY, receipt).publications[-1].in_force_from == stage.day("2026-03-10T12:00")

    @pytest.mark.parametrize("later", ["2026-03-10T18:00", "2026-03-11", "2026-04-01"])
    def test_a_later_instant_is_kept(self, later: str) -> None:
        stage = published()
        receipt = publish(stage, "2026-03-10T12:00", in_force_from=stage.day(later))
        assert content(stage, receipt).in_force_from == stage.day(later)

    @pytest.mark.parametrize("earlier", ["2026-03-09", "2026-03-09T23:59:59"])
    def test_an_earlier_day_is_refused(self, earlier: str) -> None:
        stage = published()
        stage.say("strategy.revised", "2026-03-09", strategy="growth", element="vision", kind="vision", text="V2")
        stage.say("strategy.submitted", "2026-03-09", strategy="growth")
        with refused(stage, "in-force-before-publication", "in_force_from"):
            stage.say(
                "strategy.published",
                "2026-03-10T12:00",
                strategy="growth",
                material=True,
                in_force_from=stage.day(earlier),
            )

    def test_the_day_is_that_of_the_organisations_zone(self) -> None:
        """23:30 in UTC is half past midnight of the next day in Berlin."""
        stage = published()
        receipt = publish(stage, "2026-03-11T00:30", in_force_from=stage.day("2026-03-11"))
        assert content(stage, receipt).in_force_from is None
