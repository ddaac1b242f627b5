"""What can happen to the organisation chart, and what it answers for every instant."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as some_of

from domain.chart import (
    Chart,
    CycleInChart,
    MergedIntoOwnPart,
    NothingRenamed,
    ParentNotAlive,
    SplitIntoTooFew,
    SuccessorNotAlive,
    UnitAlreadyFormed,
    UnitNotAlive,
    UnitSucceedsItself,
)
from domain.kernel import Content, Refusal
from domain.organisation import ORGANISATION, Organisation, OrganisationFounded
from domain.temporal import ConflictsWithLaterFact, Timeline
from domain.unit import (
    Ending,
    SpokespersonNamed,
    UnitDissolved,
    UnitFormed,
    UnitMerged,
    UnitMoved,
    UnitRenamed,
    UnitSplit,
)
from tests.support.specification import Given, Said, corrected, events, given, instant, on, retracted, some

HARBOUR, SALES, FIELD, SHOPS, SERVICE, NOWHERE = (
    some(name) for name in ("Harbour", "Sales", "Field", "Shops", "Service", "Nowhere")
)
ANNA = some("Anna")
NAMES = {HARBOUR: "Harbour", SALES: "Sales", FIELD: "Field", SHOPS: "Shops", SERVICE: "Service"}


def formed(unit: UUID, parent: UUID | None = None) -> UnitFormed:
    return UnitFormed(unit=unit, name=NAMES[unit], kind="team", parent=parent)


def organisation(*said: Said) -> Given[Organisation]:
    """Harbour, with Sales (Field, Shops) and Service below it since January; and what is said beside."""
    return given(
        ORGANISATION,
        on("2026-01-01", OrganisationFounded(name="Harbour", zone="Europe/Berlin")),
        on("2026-01-01", formed(HARBOUR)),
        on("2026-01-02", formed(SALES, HARBOUR)),
        on("2026-01-03", formed(FIELD, SALES)),
        on("2026-01-03", formed(SHOPS, SALES)),
        on("2026-01-04", formed(SERVICE, HARBOUR)),
        *said,
    )


def chart(*said: Said) -> Chart:
    return organisation(*said).timeline.state().chart


MARCH, APRIL, MAY = instant("2026-03-01"), instant("2026-04-01"), instant("2026-05-01")
MERGED = on("2026-04-01", UnitMerged(unit=SALES, into=SERVICE))
SPLIT = on("2026-04-01", UnitSplit(unit=SALES, into=(FIELD, SHOPS)))
DISSOLVED = on("2026-04-01", UnitDissolved(unit=SALES))

ABOUT_SALES: tuple[Content, ...] = (
    UnitRenamed(unit=SALES, name="Commerce"),
    UnitMoved(unit=SALES, parent=None),
    UnitMerged(unit=SALES, into=SERVICE),
    UnitSplit(unit=SALES, into=(FIELD, SHOPS)),
    UnitDissolved(unit=SALES),
    SpokespersonNamed(unit=SALES, person=ANNA),
)


def test_units_are_formed_at_the_top_or_under_a_parent() -> None:
    harbour = chart()
    assert harbour.parent(HARBOUR, MARCH) is None
    assert harbour.parent(FIELD, MARCH) == SALES
    assert harbour.subtree(HARBOUR, MARCH) == {HARBOUR, SALES, FIELD, SHOPS, SERVICE}
    assert harbour.subtree(SALES, MARCH) == {SALES, FIELD, SHOPS}
    assert harbour.unplaced(MARCH) == ()


def test_a_unit_is_there_from_the_instant_it_was_formed_on() -> None:
    harbour = chart()
    assert [harbour.alive(SERVICE, instant(day)) for day in ("2026-01-03", "2026-01-04")] == [False, True]
    assert harbour.subtree(SERVICE, instant("2026-01-03")) == set()
    assert harbour.name(SERVICE, instant("2026-01-03")) is None
    assert harbour.parent(SERVICE, instant("2026-01-03")) is None
    assert harbour.unit(NOWHERE) is None
    assert not harbour.alive(NOWHERE, MARCH)
    assert harbour.spokesperson(NOWHERE, MARCH) is None


def test_several_units_may_stand_at_the_top() -> None:
    organisation().when(on("2026-02-01", UnitFormed(unit=some("Club"), name="Club", kind="club"))).then()


def test_a_unit_is_formed_once() -> None:
    organisation().when(on("2026-02-01", formed(SALES, HARBOUR))).then(UnitAlreadyFormed(SALES))
    organisation(DISSOLVED).when(on("2026-05-01", formed(SALES, HARBOUR))).then(UnitAlreadyFormed(SALES))


def test_no_unit_is_formed_or_moved_under_one_that_is_not_there() -> None:
    under_nothing = UnitFormed(unit=some("Club"), name="Club", kind="team", parent=NOWHERE)
    organisation().when(on("2026-02-01", under_nothing)).then(ParentNotAlive(NOWHERE, "had not been formed"))
    late = UnitFormed(unit=some("Club"), name="Club", kind="team", parent=SERVICE)
    organisation().when(on("2026-01-03", late)).then(ParentNotAlive(SERVICE, "had not been formed"))
    organisation(DISSOLVED).when(on("2026-05-01", UnitMoved(unit=SERVICE, parent=SALES))).then(
        ParentNotAlive(SALES, "had been dissolved")
    )


@pytest.mark.parametrize("content", ABOUT_SALES, ids=lambda content: content.TOPIC)
def test_nothing_happens_to_a_unit_that_is_not_there(content: Content) -> None:
    organisation().when(on("2026-01-01", content)).then(UnitNotAlive(SALES, "had not been formed"))
    for ended, how in ((MERGED, "merged"), (SPLIT, "split"), (DISSOLVED, "dissolved")):
        organisation(ended).when(on("2026-04-01", content)).then(UnitNotAlive(SALES, f"had been {how}"))


@pytest.mark.parametrize("content", ABOUT_SALES, ids=lambda content: content.TOPIC)
def test_what_happened_to_a_unit_rests_on_its_forming(content: Content) -> None:
    organisation(on("2026-04-01", content)).when(retracted(3)).then(ConflictsWithLaterFact)


def test_labels_are_what_they_were() -> None:
    renamed = chart(
        on("2026-04-01", UnitRenamed(unit=SALES, name="Commerce")),
        on("2026-05-01", UnitRenamed(unit=SALES, kind="function")),
    )
    assert [renamed.name(SALES, at) for at in (MARCH, APRIL, MAY)] == ["Sales", "Commerce", "Commerce"]
    unit = renamed.unit(SALES)
    assert unit
    assert [unit.label(at).kind for at in (MARCH, APRIL, MAY)] == ["team", "team", "function"]


def test_of_two_names_from_one_instant_the_newer_counts() -> None:
    twice = chart(*(on("2026-04-01", UnitRenamed(unit=SALES, name=name)) for name in ("Commerce", "Trade")))
    assert [twice.name(SALES, at) for at in (MARCH, APRIL)] == ["Sales", "Trade"]


def test_a_renaming_gives_a_name_or_a_kind() -> None:
    organisation().when(on("2026-04-01", UnitRenamed(unit=SALES))).then(NothingRenamed(SALES))


def test_what_is_below_a_unit_moves_with_it() -> None:
    moved = chart(on("2026-04-01", UnitMoved(unit=SALES, parent=SERVICE)))
    assert [moved.parent(SALES, at) for at in (MARCH, APRIL)] == [HARBOUR, SERVICE]
    assert [len(moved.subtree(SERVICE, at)) for at in (MARCH, APRIL)] == [1, 4]
    top = chart(on("2026-04-01", UnitMoved(unit=SALES, parent=None)))
    assert top.parent(SALES, APRIL) is None
    assert top.unplaced(APRIL) == ()
    assert top.subtree(HARBOUR, APRIL) == {HARBOUR, SERVICE}


def test_no_unit_sits_below_itself() -> None:
    organisation().when(on("2026-04-01", UnitMoved(unit=SALES, parent=SALES))).then(CycleInChart(SALES, SALES))
    organisation().when(on("2026-04-01", UnitMoved(unit=HARBOUR, parent=FIELD))).then(CycleInChart(HARBOUR, FIELD))


def test_a_late_move_that_closes_a_circle_with_a_later_one_conflicts_with_it() -> None:
    moved = organisation(on("2026-04-01", UnitMoved(unit=SALES, parent=SERVICE)))
    moved.when(on("2026-03-01", UnitMoved(unit=SERVICE, parent=FIELD))).then(ConflictsWithLaterFact)


def test_what_was_in_a_merged_unit_follows_its_successor() -> None:
    merged = chart(MERGED)
    assert [merged.alive(SALES, at) for at in (MARCH, APRIL)] == [True, False]
    assert [merged.carried_on_by(SALES, at) for at in (MARCH, APRIL)] == [SALES, SERVICE]
    assert [merged.successors(SALES, at) for at in (MARCH, APRIL)] == [(), (SERVICE,)]
    assert [merged.predecessors(SERVICE, at) for at in (MARCH, APRIL)] == [(), (SALES,)]
    assert [merged.parent(FIELD, at) for at in (MARCH, APRIL)] == [SALES, SERVICE]
    assert merged.subtree(SERVICE, APRIL) == {SERVICE, FIELD, SHOPS}
    assert merged.subtree(SALES, APRIL) == set()
    assert merged.parent(SALES, APRIL) is None
    assert merged.name(SALES, APRIL) == "Sales"
    assert merged.unplaced(APRIL) == ()
    unit = merged.unit(SALES)
    assert unit
    assert (unit.until, unit.ending) == (APRIL, Ending.MERGED)


def test_it_follows_on_when_the_successor_merges_too() -> None:
    twice = chart(MERGED, on("2026-05-01", UnitMerged(unit=SERVICE, into=HARBOUR)))
    assert [twice.parent(FIELD, at) for at in (APRIL, MAY)] == [SERVICE, HARBOUR]
    assert twice.carried_on_by(SALES, MAY) == HARBOUR


def test_a_circle_is_seen_through_mergers_too() -> None:
    organisation(MERGED).when(on("2026-05-01", UnitMoved(unit=SERVICE, parent=FIELD))).then(
        CycleInChart(SERVICE, FIELD)
    )


def test_a_unit_does_not_merge_into_itself_or_into_what_is_below_it() -> None:
    organisation().when(on("2026-04-01", UnitMerged(unit=SALES, into=SALES))).then(UnitSucceedsItself(SALES))
    organisation().when(on("2026-04-01", UnitMerged(unit=HARBOUR, into=FIELD))).then(MergedIntoOwnPart(HARBOUR, FIELD))
    organisation().when(on("2026-04-01", UnitMerged(unit=FIELD, into=SALES))).then()


def test_successors_are_there_at_that_instant() -> None:
    for content in (UnitMerged(unit=SALES, into=NOWHERE), UnitSplit(unit=SALES, into=(FIELD, NOWHERE))):
        organisation().when(on("2026-04-01", content)).then(SuccessorNotAlive(NOWHERE, "had not been formed"))


def test_after_a_split_what_was_in_the_unit_is_unplaced_until_restated() -> None:
    split = chart(SPLIT, on("2026-05-01", UnitMoved(unit=FIELD, parent=HARBOUR)))
    assert split.successors(SALES, APRIL) == (FIELD, SHOPS)
    assert split.predecessors(SHOPS, APRIL) == (SALES,)
    assert split.carried_on_by(SALES, APRIL) is None
    assert [split.unplaced(at) for at in (MARCH, APRIL, MAY)] == [(), tuple(sorted((FIELD, SHOPS))), (SHOPS,)]
    assert split.parent(SHOPS, APRIL) is None
    assert split.subtree(HARBOUR, MAY) == {HARBOUR, SERVICE, FIELD}
    assert split.subtree(SHOPS, MAY) == {SHOPS}


def test_a_split_has_several_successors_and_is_none_of_them() -> None:
    for into in ((), (FIELD,), (FIELD, FIELD), (FIELD, SHOPS, FIELD)):
        organisation().when(on("2026-04-01", UnitSplit(unit=SALES, into=into))).then(SplitIntoTooFew(SALES))
    organisation().when(on("2026-04-01", UnitSplit(unit=SALES, into=(FIELD, SALES)))).then(UnitSucceedsItself(SALES))


def test_after_a_dissolution_what_was_in_the_unit_is_unplaced_too() -> None:
    dissolved = chart(DISSOLVED)
    assert dissolved.unplaced(APRIL) == tuple(sorted((FIELD, SHOPS)))
    assert dissolved.successors(SALES, APRIL) == ()
    assert dissolved.subtree(HARBOUR, APRIL) == {HARBOUR, SERVICE}


def test_nor_is_it_placed_where_a_merger_leads_to_a_dissolved_unit() -> None:
    gone = chart(MERGED, on("2026-05-01", UnitDissolved(unit=SERVICE)))
    assert [gone.unplaced(at) for at in (APRIL, MAY)] == [(), tuple(sorted((FIELD, SHOPS)))]


def test_a_unit_has_a_spokesperson_or_a_vacancy() -> None:
    spoken = chart(
        on("2026-03-01", SpokespersonNamed(unit=SALES, person=ANNA)),
        on("2026-04-01", SpokespersonNamed(unit=SALES, person=None)),
        on("2026-05-01", SpokespersonNamed(unit=SERVICE, person=ANNA)),
        on("2026-06-01", UnitDissolved(unit=SERVICE)),
    )
    assert [spoken.spokesperson(SALES, at) for at in (instant("2026-02-01"), MARCH, APRIL)] == [None, ANNA, None]
    assert [spoken.spokesperson(SERVICE, instant(day)) for day in ("2026-05-31", "2026-06-01")] == [ANNA, None]


def test_a_correction_of_a_move_lets_the_chart_be_what_it_truly_was() -> None:
    moved = organisation(on("2026-04-01", UnitMoved(unit=SALES, parent=SERVICE)))
    corrected_ = moved.when(corrected(7, "2026-05-01", UnitMoved(unit=SALES, parent=SERVICE))).then()
    assert [corrected_.timeline.state().chart.parent(SALES, at) for at in (APRIL, MAY)] == [HARBOUR, SERVICE]
    assert moved.timeline.state().chart.parent(SALES, APRIL) == SERVICE


UNITS = some_of.sampled_from(list(NAMES))
DAYS = some_of.integers(5, 12).map("2026-01-{:02}".format)
CHANGES = some_of.one_of(
    some_of.builds(UnitMoved, unit=UNITS, parent=some_of.none() | UNITS),
    some_of.builds(UnitMerged, unit=UNITS, into=UNITS),
    some_of.builds(UnitSplit, unit=UNITS, into=some_of.tuples(UNITS, UNITS)),
    some_of.builds(UnitDissolved, unit=UNITS),
    some_of.builds(UnitRenamed, unit=UNITS, name=some_of.sampled_from(["Old", "New"])),
    some_of.builds(SpokespersonNamed, unit=UNITS, person=some_of.none() | some_of.just(ANNA)),
)
CHANGED = some_of.lists(some_of.builds(on, DAYS, CHANGES), max_size=12)
BASE = organisation()


def reorganised(changes: list[Said]) -> Timeline[Organisation]:
    """Whatever of these changes is accepted, in any order of days."""
    so_far = BASE
    for change in changes:
        said = so_far.when(change)
        so_far = so_far if said.refusal else said
    return so_far.timeline


def answers(chart: Chart, at: datetime) -> list[object]:
    asked = (
        Chart.alive,
        Chart.name,
        Chart.parent,
        Chart.spokesperson,
        Chart.carried_on_by,
        Chart.successors,
        Chart.predecessors,
        Chart.subtree,
    )
    return [[ask(chart, unit, at) for ask in asked] for unit in NAMES] + [chart.unplaced(at)]


@for_all(CHANGED, DAYS)
def test_a_chart_answers_for_an_instant_as_the_one_of_that_instant_does(changes: list[Said], day: str) -> None:
    timeline, at = reorganised(changes), instant(day)
    assert answers(timeline.state().chart, at) == answers(timeline.state(at).chart, at)


@for_all(CHANGED, DAYS)
def test_every_living_unit_is_placed_below_one_top_or_is_listed_as_unplaced(changes: list[Said], day: str) -> None:
    found, at = reorganised(changes).state().chart, instant(day)
    living = {unit for unit in NAMES if found.alive(unit, at)}
    tops = {unit for unit in living if found.parent(unit, at) is None}
    assert set(found.unplaced(at)) <= tops
    below = [found.subtree(top, at) for top in tops]
    assert sum(map(len, below)) == len(living)
    assert {unit for subtree in below for unit in subtree} == living


@for_all(some_of.lists(some_of.builds(on, DAYS, CHANGES), max_size=8))
def test_whatever_is_recorded_can_be_folded(changes: list[Said]) -> None:
    Timeline.of(ORGANISATION, events(tuple(changes))).state()


def test_a_refusal_of_the_chart_names_the_unit() -> None:
    refused = organisation().when(on("2026-04-01", UnitDissolved(unit=NOWHERE))).refusal
    assert isinstance(refused, Refusal)
    assert str(NOWHERE) in str(refused)


def test_a_lineage_is_all_that_ever_led_into_a_unit() -> None:
    history = organisation(
        on("2026-02-01", UnitMoved(unit=SHOPS, parent=SERVICE)),
        on("2026-03-01", UnitMerged(unit=FIELD, into=SHOPS)),
        on("2026-04-01", UnitSplit(unit=SERVICE, into=(SHOPS, SALES))),
    )
    chart = history.timeline.state().chart
    assert chart.lineage(FIELD) == {FIELD}
    assert chart.lineage(SHOPS) == {SHOPS, FIELD, SERVICE}, "one merged into it, and one split into it"
    assert chart.lineage(SALES) == {SALES, SHOPS, FIELD, SERVICE}, "what sat below it once is told of it then"
    assert chart.lineage(NOWHERE) == {NOWHERE}
