"""What can be said about an organisation: its founding, clock and scales. Its chart is specified in `test_chart.py`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.catalogue import UPCASTERS
from domain.kernel import Content
from domain.organisation import (
    ORGANISATION,
    ClockAdvanced,
    ClockIsForGood,
    ClockIsReal,
    ClockKind,
    GraceDaysNegative,
    OrganisationAlreadyFounded,
    OrganisationFounded,
    OrganisationNotFounded,
    refuse_other_clock,
)
from domain.scale import (
    DEFAULT_SCALE,
    CountsFromNoLevel,
    LevelsNotDistinct,
    NominalCountsFrom,
    Scale,
    ScaleDefined,
    ScaleVersionNotNewer,
)
from domain.temporal import ConflictsWithLaterFact
from domain.unit import UnitFormed
from tests.support.specification import given, instant, on, retracted, some

FOUNDED = OrganisationFounded(name="Harbour", zone="Europe/Berlin")
SIMULATED = replace(FOUNDED, clock=ClockKind.SIMULATED)
SIZES = ScaleDefined(scale="asks", version=1, levels=("Small", "Large"), ordered=True, counts_from="Large")
ROLES = ScaleDefined(scale="asks", version=1, levels=("Helper", "Owner"), ordered=False)

founded = given(ORGANISATION, on("2026-01-01", FOUNDED))
simulated = given(ORGANISATION, on("2018-01-01", SIMULATED))


def test_it_is_founded_with_a_zone_a_clock_and_days_of_grace() -> None:
    given(ORGANISATION).when(on("2026-01-01", replace(FOUNDED, key="harbour"))).then(
        founded_at=instant("2026-01-01"),
        name="Harbour",
        zone="Europe/Berlin",
        clock=ClockKind.REAL,
        grace_days=7,
        key="harbour",
        advanced_to=None,
    )
    given(ORGANISATION).when(on("2026-01-01", replace(FOUNDED, grace_days=0))).then(grace_days=0)


@pytest.mark.parametrize(
    "content",
    [ClockAdvanced(), SIZES, UnitFormed(unit=some("unit"), name="Sales", kind="team")],
    ids=lambda content: content.TOPIC,
)
def test_nothing_can_be_said_before_it_is_founded(content: Content) -> None:
    given(ORGANISATION).when(on("2026-01-01", content)).then(OrganisationNotFounded)
    founded.when(on("2025-12-31", content)).then(OrganisationNotFounded)


def test_it_is_founded_once() -> None:
    founded.when(on("2026-02-01", FOUNDED)).then(OrganisationAlreadyFounded("Harbour"))


def test_its_days_of_grace_are_not_negative() -> None:
    given(ORGANISATION).when(on("2026-01-01", replace(FOUNDED, grace_days=-1))).then(GraceDaysNegative(-1))


def test_its_founding_cannot_be_retracted_from_under_what_followed() -> None:
    founded.when(on("2026-01-02", SIZES)).then().when(retracted(1)).then(ConflictsWithLaterFact)


def test_a_simulated_clock_is_advanced() -> None:
    simulated.when(on("2018-03-01", ClockAdvanced())).then(advanced_to=instant("2018-03-01"))


def test_a_real_clock_is_nobodys_to_advance() -> None:
    founded.when(on("2026-03-01", ClockAdvanced())).then(ClockIsReal)


def test_the_simulation_is_neither_switched_on_nor_off_by_a_correction() -> None:
    refuse_other_clock(founded.timeline.state(), replace(FOUNDED, name="Haven"))
    for before, after in ((founded, SIMULATED), (simulated, FOUNDED)):
        with pytest.raises(ClockIsForGood) as refused:
            refuse_other_clock(before.timeline.state(), after)
        assert str(refused.value)
        assert refused.value.advice


def test_the_built_in_scale_counts_who_is_committed() -> None:
    scale = founded.timeline.state().scale("default", instant("2026-01-01"))
    assert scale == DEFAULT_SCALE
    assert [scale.counts(level) for level in ("not yet", "on condition", "committed", "Large", None)] == [
        False,
        False,
        True,
        False,
        False,
    ]
    assert [scale.place(level) for level in ("not yet", "on condition", "committed", "Large", None)] == [
        0,
        1,
        2,
        None,
        None,
    ]


def test_an_organisation_defines_an_ordered_scale() -> None:
    defined = founded.when(on("2026-02-01", SIZES)).then().timeline.state()
    assert defined.scale("asks", instant("2026-02-01")) == Scale(
        name="asks",
        version=1,
        levels=("Small", "Large"),
        ordered=True,
        counts_from="Large",
        defined_at=instant("2026-02-01"),
    )
    assert defined.scale("asks", instant("2026-01-31")) is None
    assert defined.scale("unheard of", instant("2026-02-01")) is None
    assert defined.scale("default", instant("2026-02-01")) == DEFAULT_SCALE


def test_nobody_counts_by_a_nominal_scale() -> None:
    scale = founded.when(on("2026-02-01", ROLES)).then().timeline.state().scale("asks", instant("2026-02-01"))
    assert scale
    assert not scale.counts("Owner")
    assert scale.place("Owner") is None


def test_each_instant_has_its_version_of_a_scale() -> None:
    defined = given(ORGANISATION, on("2018-01-01", SIMULATED), on("2018-11-04", ROLES))
    state = defined.when(on("2026-01-01", replace(SIZES, version=2))).then().timeline.state()
    versions = [state.scale("asks", instant(day)) for day in ("2018-11-04", "2025-12-31", "2026-01-01")]
    assert [version.version for version in versions if version] == [1, 1, 2]


def test_versions_of_a_scale_rise() -> None:
    defined = given(ORGANISATION, on("2026-01-01", FOUNDED), on("2026-02-01", replace(SIZES, version=3)))
    for version in (1, 3):
        defined.when(on("2026-03-01", replace(SIZES, version=version))).then(ScaleVersionNotNewer("asks", version, 3))
    founded.when(on("2026-03-01", replace(SIZES, version=0))).then(ScaleVersionNotNewer("asks", 0, 0))
    defined.when(on("2026-01-15", replace(SIZES, version=3))).then(ConflictsWithLaterFact)


def test_the_built_in_scale_can_be_replaced_by_ones_own() -> None:
    own = replace(SIZES, scale="default")
    state = founded.when(on("2026-02-01", own)).then().timeline.state()
    before, after = (state.scale("default", instant(day)) for day in ("2026-01-31", "2026-02-01"))
    assert before == DEFAULT_SCALE
    assert after
    assert after.levels == ("Small", "Large")


def test_levels_are_distinct_and_there_is_one() -> None:
    for levels in ((), ("Large", "Large")):
        founded.when(on("2026-02-01", replace(SIZES, levels=levels))).then(LevelsNotDistinct("asks"))
    founded.when(on("2026-02-01", replace(SIZES, levels=("Large",)))).then()


def test_an_ordered_scale_says_from_which_of_its_levels_on_a_party_counts() -> None:
    for counts_from in (None, "Huge"):
        founded.when(on("2026-02-01", replace(SIZES, counts_from=counts_from))).then(CountsFromNoLevel("asks"))


def test_a_nominal_scale_counts_from_none() -> None:
    founded.when(on("2026-02-01", replace(ROLES, counts_from="Owner"))).then(NominalCountsFrom("asks"))


@pytest.mark.parametrize(
    ("written", "clock"),
    [({"simulated": True}, "simulated"), ({"simulated": False}, "real"), ({}, "real")],
    ids=["simulated", "real", "unstated"],
)
def test_a_founding_of_the_first_schema_is_lifted_to_one_with_a_clock(written: dict[str, bool], clock: str) -> None:
    plain = {"name": "Harbour", "zone": "Europe/Berlin", "grace_days": 5, **written}
    lift = UPCASTERS["organisation.founded", 1]
    assert lift(plain) == {"name": "Harbour", "zone": "Europe/Berlin", "grace_days": 5, "clock": clock}
    assert plain == {"name": "Harbour", "zone": "Europe/Berlin", "grace_days": 5, **written}
