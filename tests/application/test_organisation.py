"""Organisations, their charts and scales, through their commands."""

from __future__ import annotations

from copy import copy

import pytest

from application.desk import organisation_id
from domain.organisation import ClockKind
from tests.application.scenes import Fields, content, refused, staffed
from tests.support.stage import Stage


def other() -> Stage:
    """A stage whose organisation is still to be founded."""
    stage = copy(Stage())
    stage.organisation = organisation_id("other")
    return stage


class TestFounding:
    def test_what_is_not_said_is_as_documented(self) -> None:
        stage = other()
        stage.say("organisation.founded", "2026-01-01", organisation="other", name="Other", clock=ClockKind.SIMULATED)
        found = stage.ledger.organisation(stage.organisation)
        assert (found.name, found.zone, found.grace_days, found.key) == ("Other", "UTC", 7, "other")

    def test_it_is_founded_under_its_own_key(self) -> None:
        stage = other()
        with refused(stage, "founds-another", "organisation", key="another"):
            stage.say(
                "organisation.founded", "2026-01-01", organisation="another", name="Other", clock=ClockKind.SIMULATED
            )

    @pytest.mark.parametrize("zone", ["Europe/Atlantis", "", "UTC+1", "../etc/passwd", "europe/berlin"])
    def test_its_zone_is_one_of_the_databases(self, zone: str) -> None:
        stage = other()
        with refused(stage, "zone-unknown", "zone", zone=zone):
            stage.say(
                "organisation.founded",
                "2026-01-01",
                organisation="other",
                name="O",
                zone=zone,
                clock=ClockKind.SIMULATED,
            )

    def test_its_grace_period_is_no_less_than_none(self) -> None:
        stage = other()
        said: Fields = {"organisation": "other", "name": "O", "clock": ClockKind.SIMULATED}
        with refused(stage, "grace-days-negative", "grace_days"):
            stage.say("organisation.founded", "2026-01-01", grace_days=-1, **said)

    def test_it_is_founded_once(self) -> None:
        stage = staffed()
        said: Fields = {"organisation": "acme", "name": "Again", "clock": ClockKind.SIMULATED}
        with refused(stage, "organisation-already-founded", "organisation", name="Acme"):
            stage.say("organisation.founded", "2026-02-01", **said)

    def test_nothing_happened_in_its_chart_before(self) -> None:
        stage = staffed()
        with refused(stage, "organisation-not-founded", "at"):
            stage.say("unit.formed", "2025-12-31", known="2026-01-05", unit="x", name="X", kind="team")


class TestChart:
    def test_a_unit_lives_and_ends(self) -> None:
        stage = staffed()
        stage.say("unit.formed", "2026-01-05", unit="north", name="North", kind="team", parent="acme")
        stage.say("unit.renamed", "2026-01-06", unit="north", kind="function")
        stage.say("unit.moved", "2026-01-07", unit="north", parent="sales")
        stage.say("unit.moved", "2026-01-08", unit="north")
        stage.say("unit.dissolved", "2026-01-09", unit="north")
        chart, north = stage.ledger.organisation(stage.organisation).chart, stage.unit("north")
        parents = [chart.parent(north, stage.day(f"2026-01-0{day}")) for day in (5, 7, 8)]
        assert parents == [stage.unit("acme"), stage.unit("sales"), None]
        assert not chart.alive(north, stage.day("2026-01-09"))

    @pytest.mark.parametrize(
        ("topic", "said", "code"),
        [
            ("unit.moved", {"unit": "acme", "parent": "sales"}, "cycle-in-chart"),
            ("unit.moved", {"unit": "sales", "parent": "sales"}, "cycle-in-chart"),
            ("unit.merged", {"unit": "sales", "into": "sales"}, "unit-succeeds-itself"),
            ("unit.merged", {"unit": "acme", "into": "sales"}, "merged-into-own-part"),
            ("unit.split", {"unit": "sales", "into": ("service",)}, "split-into-too-few"),
            ("unit.split", {"unit": "sales", "into": ()}, "split-into-too-few"),
            ("unit.renamed", {"unit": "sales"}, "nothing-renamed"),
            ("unit.moved", {"unit": "gone"}, "unit-not-alive"),
            ("unit.moved", {"unit": "sales", "parent": "gone"}, "parent-not-alive"),
            ("unit.merged", {"unit": "sales", "into": "gone"}, "successor-not-alive"),
            ("spokesperson.named", {"unit": "gone", "person": "ann"}, "unit-not-alive"),
        ],
    )
    def test_what_makes_no_chart_is_refused(self, topic: str, said: Fields, code: str) -> None:
        stage = staffed()
        stage.say("unit.formed", "2026-01-03", unit="gone", name="Gone", kind="team")
        stage.say("unit.dissolved", "2026-01-04", unit="gone")
        with refused(stage, code):
            stage.say(topic, "2026-01-05", **said)

    def test_a_plan_stands_in_the_way_of_what_would_undo_it(self) -> None:
        stage = staffed()
        stage.say("unit.merged", "2026-06-01", known="2026-01-05", unit="sales", into="service")
        with refused(stage, "conflicts-with-later-fact", topic="unit.merged"):
            stage.say("unit.dissolved", "2026-05-01", known="2026-01-06", unit="service")

    def test_a_spokesperson_is_named_and_the_post_is_vacant_again(self) -> None:
        stage = staffed()
        stage.say("spokesperson.named", "2026-01-05", unit="sales", person="ann")
        vacancy = stage.say("spokesperson.named", "2026-01-06", unit="sales")
        assert content(stage, vacancy).person is None
        chart = stage.ledger.organisation(stage.organisation).chart
        named = [chart.spokesperson(stage.unit("sales"), stage.day(f"2026-01-0{day}")) for day in (5, 6)]
        assert named == [stage.person("ann"), None]


class TestScales:
    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ({"version": 1, "levels": ()}, "levels-not-distinct"),
            ({"version": 1, "levels": ("a", "a")}, "levels-not-distinct"),
            ({"version": 1, "levels": ("a", "b"), "ordered": True}, "counts-from-no-level"),
            ({"version": 1, "levels": ("a", "b"), "ordered": True, "counts_from": "c"}, "counts-from-no-level"),
            ({"version": 1, "levels": ("a", "b"), "counts_from": "a"}, "nominal-counts-from"),
            ({"version": 0, "levels": ("a",)}, "scale-version-not-newer"),
        ],
    )
    def test_what_makes_no_scale_is_refused(self, said: Fields, code: str) -> None:
        stage = staffed()
        with refused(stage, code):
            stage.say("scale.defined", "2026-01-05", scale="s", **{"ordered": False, **said})

    def test_versions_rise(self) -> None:
        stage = staffed()
        said: Fields = {"scale": "s", "levels": ("a", "b"), "ordered": True, "counts_from": "b"}
        stage.say("scale.defined", "2026-01-05", version=2, **said)
        with refused(stage, "scale-version-not-newer", "version", newest=2):
            stage.say("scale.defined", "2026-01-06", version=2, **said)
        stage.say("scale.defined", "2026-01-06", version=5, **said)
        organisation = stage.ledger.organisation(stage.organisation)
        scale = organisation.scale("s", stage.day("2026-01-05"))
        assert scale is not None
        assert scale.version == 2
