"""Programmes and capabilities: for something, owned, with sessions; whom they reach is counted over who is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.capability import (
    CAPABILITY,
    CapabilityForNothing,
    CapabilityNeeded,
    CapabilityNotNeeded,
    CapabilityReleased,
    CapabilityShown,
    CapabilityUnknown,
    Equipment,
    equipment,
    equipped,
)
from domain.chart import Chart, evolve_chart
from domain.kernel import Party
from domain.person import Person, Presence, Rank
from domain.programme import (
    PROGRAMME,
    Audience,
    Coverage,
    ProgrammeAlreadyPlanned,
    ProgrammeChanged,
    ProgrammeChangesNothing,
    ProgrammeCompleted,
    ProgrammeDropped,
    ProgrammeEnded,
    ProgrammeForNothing,
    ProgrammeKind,
    ProgrammePlanned,
    ProgrammeStatus,
    ProgrammeUnknown,
    SessionHeld,
    SessionWithNobody,
    coverage,
)
from domain.scope import WHOLE, Population
from domain.sealed import Private
from domain.unit import UnitFormed
from tests.support.specification import corrected, given, instant, on, some

PLANNED = ProgrammePlanned(
    key="talks",
    strategy=some("growth"),
    kind=ProgrammeKind.COMMUNICATION,
    title="What changes",
    gaps=(some("bonus"),),
    units=(some("Sales"),),
    person=some("Ann"),
    by_when=date(2026, 6, 30),
)
HELD = SessionHeld(title="first", participants=(some("Ann"), some("Bob")))
NEEDED = CapabilityNeeded(key="read", strategy=some("growth"), title="read", elements=("portal",))
AT = instant("2026-06-10")
SEATS = {some("Ann"): some("Sales"), some("Bob"): some("Depot"), some("Cy"): some("Sales")}
EVERYBODY = Population(
    at=AT,
    chart=evolve_chart(Chart(), UnitFormed(unit=some("Depot"), name="Depot", kind="team"), instant("2026-01-01")),
    scope=WHOLE,
    seats={person: frozenset({unit}) for person, unit in SEATS.items()},
    members={},
    people=frozenset(SEATS),
    units=frozenset(),
    homeless=frozenset(),
    gone=frozenset(),
    unplaced=frozenset(),
    unplaced_units=frozenset(),
)
THERE = (Presence(since=instant("2026-01-01")),)
PEOPLE = {
    some("Ann"): Person(presences=THERE, ranks=(Rank(instant("2026-01-01"), "director"),)),
    some("Bob"): Person(
        presences=THERE, ranks=(Rank(instant("2026-01-01"), "director"), Rank(instant("2026-06-01"), "board"))
    ),
    some("Cy"): Person(presences=(Presence(since=instant("2026-06-02")),)),
}


def test_a_programme_is_planned_once_and_for_something() -> None:
    given(PROGRAMME, on("2026-05-20", PLANNED)).when(on("2026-05-21", PLANNED)).then(ProgrammeAlreadyPlanned)
    given(PROGRAMME).when(on("2026-05-20", replace(PLANNED, gaps=()))).then(ProgrammeForNothing)
    given(PROGRAMME).when(on("2026-05-20", replace(PLANNED, gaps=(), elements=("portal",)))).then()


def test_nothing_is_said_of_one_that_was_not_planned_or_is_over() -> None:
    given(PROGRAMME).when(on("2026-05-20", HELD)).then(ProgrammeUnknown)
    for end in (ProgrammeCompleted(), ProgrammeDropped()):
        given(PROGRAMME, on("2026-05-20", PLANNED), on("2026-05-21", end)).when(on("2026-05-22", HELD)).then(
            ProgrammeEnded
        )


def test_what_changes_is_said_and_the_rest_stays() -> None:
    so_far = given(PROGRAMME, on("2026-05-20", PLANNED))
    so_far.when(on("2026-05-21", ProgrammeChanged())).then(ProgrammeChangesNothing)
    so_far.when(on("2026-05-21", ProgrammeChanged(title="All that changes"))).then(
        title="All that changes", audience=Audience(units=(some("Sales"),)), person=some("Ann")
    )
    changed = ProgrammeChanged(of_ranks=("board",), person=some("Bob"), by_when=date(2026, 7, 31))
    so_far.when(on("2026-05-21", changed)).then(
        title="What changes", audience=Audience(ranks=("board",)), person=some("Bob")
    )


def test_a_session_has_participants() -> None:
    so_far = given(PROGRAMME, on("2026-05-20", PLANNED))
    so_far.when(on("2026-06-01", replace(HELD, participants=()))).then(SessionWithNobody)


def test_it_is_completed_or_dropped() -> None:
    so_far = given(PROGRAMME, on("2026-05-20", PLANNED))
    for end, status in (
        (ProgrammeCompleted(), ProgrammeStatus.COMPLETED),
        (ProgrammeDropped(), ProgrammeStatus.DROPPED),
    ):
        so_far.when(on("2026-06-01", end)).then(status=status, ended_at=instant("2026-06-01"))


def test_coverage_is_of_the_audience_as_it_is() -> None:
    everybody = replace(PLANNED, units=())
    said = given(PROGRAMME, on("2026-05-20", everybody), on("2026-06-01", HELD)).timeline.state()
    assert coverage(said, EVERYBODY, PEOPLE) == Coverage(
        audience=frozenset(SEATS), reached=frozenset({some("Ann"), some("Bob")})
    )
    ranked = given(
        PROGRAMME, on("2026-05-20", replace(everybody, of_ranks=("director",))), on("2026-06-01", HELD)
    ).timeline.state()
    assert coverage(ranked, EVERYBODY, PEOPLE) == Coverage(
        audience=frozenset({some("Ann")}), reached=frozenset({some("Ann")})
    )


def test_who_is_named_in_a_session_from_before_they_joined_was_not_reached() -> None:
    held = replace(HELD, participants=(some("Ann"), some("Cy")))
    said = given(PROGRAMME, on("2026-05-20", replace(PLANNED, units=())), on("2026-06-01", held))
    found = coverage(said.timeline.state(), EVERYBODY, PEOPLE)
    assert (found.reached, found.unapplied) == (frozenset({some("Ann")}), ((instant("2026-06-01"), some("Cy")),))
    later = said.when(on("2026-06-03", held)).then().timeline.state()
    assert coverage(later, EVERYBODY, PEOPLE).reached == {some("Ann"), some("Cy")}


def shown(person: str, *, present: bool = True) -> CapabilityShown:
    """What somebody was shown to have, or not."""
    return CapabilityShown(
        party=Party("person", some(person)), present=present, source=Private(some(person), "register")
    )


def test_a_capability_is_needed_for_something_before_anybody_has_it() -> None:
    given(CAPABILITY).when(on("2026-05-20", replace(NEEDED, elements=()))).then(CapabilityForNothing)
    given(CAPABILITY).when(on("2026-05-20", shown("Ann"))).then(CapabilityUnknown)


def test_a_capability_is_released_once_and_may_be_needed_again() -> None:
    released = given(CAPABILITY, on("2026-05-20", NEEDED), on("2026-05-21", CapabilityReleased()))
    released.when(on("2026-05-22", CapabilityReleased())).then(CapabilityNotNeeded)
    released.when(on("2026-05-22", replace(NEEDED, key=None, title="read on"))).then(
        released_at=None, title="read on", key="read", needed_at=instant("2026-05-20")
    )


def test_the_newest_that_was_shown_of_each_counts() -> None:
    said = (
        on("2026-05-20", NEEDED),
        on("2026-06-01", shown("Ann")),
        on("2026-06-01", shown("Bob")),
        on("2026-06-02", CapabilityShown(party=Party("unit", some("Depot")), source=Private(some("acme"), "audit"))),
        on("2026-06-03", shown("Bob", present=False)),
    )
    found = equipment(given(CAPABILITY, *said).timeline.state(), EVERYBODY, PEOPLE)
    assert found == Equipment(
        needed=frozenset(SEATS), present=frozenset({some("Ann")}), units=frozenset({some("Depot")})
    )
    mended = given(CAPABILITY, *said).when(corrected(5, "2026-06-03", shown("Cy"))).then().timeline.state()
    assert equipment(mended, EVERYBODY, PEOPLE).present == frozenset(SEATS)


def test_what_was_shown_of_somebody_before_they_joined_counts_for_nothing() -> None:
    said = given(CAPABILITY, on("2026-05-20", NEEDED), on("2026-06-01", shown("Cy")), on("2026-06-01", shown("Ann")))
    found = equipment(said.timeline.state(), EVERYBODY, PEOPLE)
    assert (found.present, [each.party.id for each in found.unapplied]) == (frozenset({some("Ann")}), [some("Cy")])


def test_people_are_equipped_who_have_all_that_they_need_and_count_once() -> None:
    def needs(people: str, present: str) -> Equipment:
        needed, has = (frozenset(some(each) for each in names.split()) for names in (people, present))
        return Equipment(needed=needed, present=has, units=frozenset())

    two = equipped([needs("Ann Bob Cy", "Ann Bob"), needs("Ann Bob", "Ann Bob")])
    assert (two.complete, len(two.needed), len(two.present), two.equipped) == (1, 3, 2, False)
    other = equipped([needs("Ann Bob", "Ann"), needs("Ann Bob", "Bob")])
    assert (len(other.needed), len(other.present)) == (2, 0)
    assert equipped([needs("Ann", "Ann")]).equipped
    for nobody in ([], [needs("", "")]):
        assert not equipped(nobody).equipped
