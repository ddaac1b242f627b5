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
)
from domain.chart import Chart
from domain.kernel import Party
from domain.person import Person, Rank
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
    chart=Chart(),
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
PEOPLE = {
    some("Ann"): Person(ranks=(Rank(instant("2026-01-01"), "director"),)),
    some("Bob"): Person(ranks=(Rank(instant("2026-01-01"), "director"), Rank(instant("2026-06-01"), "board"))),
    some("Cy"): Person(),
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
