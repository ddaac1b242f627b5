"""Gaps follow from what closed reviews judged, and close by a later one that no owner of the work had a say in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import pytest

from domain.accountability import Accountable
from domain.condition import Condition
from domain.condition_results import Cycle
from domain.gap import GAP, FoundGap, GapPlanned, GapStanding, found_gaps, progress
from domain.obligation import ByWhen
from domain.review import ReviewStanding
from tests.domain.test_condition import ANN, EVE, MAY, UNITS, cycle
from tests.support.specification import given, instant, on, some

CLOSED_MAY = replace(MAY, standing=ReviewStanding.CLOSED, ended_at=instant("2026-05-15"))
CLOSED_NOVEMBER = replace(
    MAY,
    opened_at=instant("2026-05-01"),
    closes=instant("2026-11-14"),
    standing=ReviewStanding.CLOSED,
    ended_at=instant("2026-11-13"),
)
PLANNED = GapPlanned(
    key="bonus",
    review=some("May"),
    strategy=some("growth"),
    unit=some("Commercial"),
    condition=Condition.SYSTEMS,
    desired="bonuses follow the goals",
    accountable=ANN,
    by_when=date(2026, 9, 30),
)


def nobody(unit: UUID, condition: Condition, until: datetime) -> frozenset[UUID]:
    """Nothing is done about any gap."""
    return frozenset()


def found(*cycles: Cycle, at: str = "2026-11-30") -> tuple[FoundGap, ...]:
    """The gaps as of a day."""
    return found_gaps(cycles, instant(at), nobody)


@pytest.mark.parametrize(("operations", "gaps", "critical"), [("ANPAP", 10, 3), ("ANPNP", 11, 4)])
def test_what_is_partly_or_not_apparent_is_a_gap(operations: str, gaps: int, critical: int) -> None:
    may = cycle("May", CLOSED_MAY, "APAPN", "APPPN", operations)
    told = progress(found(may), [may], instant("2026-05-20"))
    assert (len(told.before), len(told.closed), len(told.new), len(told.open)) == (0, 0, gaps, gaps)
    assert len(told.critical) == critical


def test_a_later_review_closes_four_of_eleven() -> None:
    cycles = [
        cycle("May", CLOSED_MAY, "APAPN", "APPPN", "ANPNP"),
        cycle("November", CLOSED_NOVEMBER, "AAAPP", "AAPPA", "APAPP"),
    ]
    told = progress(found(*cycles), cycles, instant("2026-11-30"))
    assert (len(told.before), len(told.closed), len(told.new), len(told.open), len(told.critical)) == (11, 4, 0, 7, 0)
    names = {id: name for name, id in UNITS.items()}
    assert sorted((names[each.unit], each.condition.value) for each in told.closed) == [
        ("Commercial", "commitment"),
        ("Commercial", "systems"),
        ("Enterprise", "commitment"),
        ("Operations", "goals"),
    ]
    assert told.since == some("November")


def test_an_open_review_finds_nothing() -> None:
    may = cycle("May", MAY, "APAPN", "APPPN", "ANPNP")
    assert found(may, at="2026-05-15") == ()
    assert len(found(may, at="2026-05-16")) == 11


def test_what_is_not_judged_again_stays_as_it_was() -> None:
    cycles = [
        cycle("May", CLOSED_MAY, "APAPN", "APPPN", "ANPNP"),
        cycle("November", CLOSED_NOVEMBER, "-----", "-----", "-----"),
    ]
    told = progress(found(*cycles), cycles, instant("2026-11-30"))
    assert (len(told.before), len(told.closed), len(told.open)) == (11, 0, 11)


def test_whoever_owned_the_work_by_then_closes_nothing() -> None:
    may = cycle("May", CLOSED_MAY, "AAAAN", "AAAAA", "AAAAA")
    november = cycle("November", CLOSED_NOVEMBER, "AAAAA", "AAAAA", "AAAAA")
    cases: dict[frozenset[UUID], GapStanding] = {
        frozenset({ANN}): GapStanding.OPEN,
        frozenset({EVE}): GapStanding.CLOSED,
    }
    for owners, standing in cases.items():
        (gap,) = found_gaps([may, november], instant("2026-11-30"), lambda unit, condition, until: owners)  # noqa: B023
        assert gap.standing is standing
        assert (gap.not_separated == some("November")) is (standing is GapStanding.OPEN)


def test_a_gap_that_closed_is_opened_again_by_what_a_later_review_finds() -> None:
    cycles = [
        cycle("May", CLOSED_MAY, "AAAAN", "AAAAA", "AAAAA"),
        cycle("July", replace(CLOSED_NOVEMBER, ended_at=instant("2026-07-15")), "AAAAA", "AAAAA", "AAAAA"),
        cycle("November", CLOSED_NOVEMBER, "AAAAP", "AAAAA", "AAAAA"),
    ]
    (gap,) = found(*cycles)
    assert [each.standing for each in gap.turns] == [GapStanding.OPEN, GapStanding.CLOSED, GapStanding.OPEN]
    told = progress([gap], cycles, instant("2026-11-30"))
    assert (told.before, told.new, told.critical) == ((), (gap,), ())


def test_a_plan_is_made_anew_and_its_first_day_stays() -> None:
    later = replace(PLANNED, key=None, accountable=EVE, by_when=date(2026, 10, 31), desired="and are paid quarterly")
    given(GAP, on("2026-05-20", PLANNED)).when(on("2026-08-01", later)).then(
        key="bonus",
        planned_at=instant("2026-05-20"),
        desired="and are paid quarterly",
        accountable=(Accountable(ANN, instant("2026-05-20")), Accountable(EVE, instant("2026-08-01"))),
        by_whens=(ByWhen(date(2026, 9, 30), instant("2026-05-20")), ByWhen(date(2026, 10, 31), instant("2026-08-01"))),
    )
