"""Concerns: who says what about them, and what they come to, to the day."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import pytest

from domain.access import AccessGranted, AccessRole
from domain.chart import Chart, evolve_chart
from domain.concern import (
    CONCERN,
    AddressedByItsRaiser,
    Concern,
    ConcernAddressed,
    ConcernAlreadyRaised,
    ConcernConfirmed,
    ConcernKind,
    ConcernRaised,
    ConcernReopened,
    ConcernSettled,
    ConcernStanding,
    ConcernUnknown,
    ConcernWithdrawn,
    NotAddressed,
    PutToItsRaiser,
    SaidByAnother,
)
from domain.concern_figures import ConcernFigures, asked_by, asked_to_address, due, figures, has_effect, is_in
from domain.kernel import Actor, Party
from domain.membership import MembershipBegan
from domain.obligation import Due, first_day, moves, present_day
from domain.person import PERSON, Person, PersonJoined, PersonLeft, RankHeld
from domain.scope import WHOLE, Scope
from domain.sealed import Private
from domain.strategy import STRATEGY, StrategyDrafted
from domain.temporal import Fact
from domain.unit import UnitFormed, UnitMerged
from tests.support.specification import Said, given, instant, on, some

ANN, LENA, BOSS, UP = (some(each) for each in ("Ann", "Lena", "Boss", "Up"))
TEAM, ALL, OTHER = (some(each) for each in ("team", "all", "other"))
WORDS = Private(ANN, "nobody dares")


def raised(**said: object) -> ConcernRaised:
    """Ann's concern about courage."""
    fields: dict[str, object] = {"kind": ConcernKind.COURAGE, **said}
    return ConcernRaised(person=ANN, strategy=some("growth"), text=WORDS, **fields)  # type: ignore[arg-type]


def by(person: UUID, said: Said) -> Said:
    """The same, said by this person."""
    return said.by(Actor(person=person))


def addressed(at: str, who: UUID = LENA) -> Said:
    """Somebody's word on it."""
    return by(who, on(at, ConcernAddressed(how=Private(who, "done"))))


def confirmed(at: str, who: UUID = ANN) -> Said:
    """A confirmation, its raiser's unless stated."""
    return by(who, on(at, ConcernConfirmed()))


RAISED = by(ANN, on("2026-03-04", raised(by_when=date(2026, 3, 10))))


def test_it_is_open_until_it_is_addressed_and_confirmed() -> None:
    story = given(CONCERN, RAISED, addressed("2026-03-10"), confirmed("2026-03-14"))
    standings = [story.as_of(day).standing for day in ("2026-03-03", "2026-03-04", "2026-03-10", "2026-03-14")]
    assert standings == ["none", "raised", "addressed", "confirmed"]
    assert [story.as_of(day).is_open for day in ("2026-03-04", "2026-03-10", "2026-03-14")] == [True, True, False]
    assert story.as_of("2026-03-10").turns[-1].by == LENA
    assert story.as_of("2026-03-14").settled_at == instant("2026-03-14")


def test_it_is_raised_once_and_put_to_somebody_else() -> None:
    given(CONCERN, RAISED).when(RAISED).then(ConcernAlreadyRaised)
    given(CONCERN).when(on("2026-03-04", raised(put_to=ANN))).then(PutToItsRaiser)


@pytest.mark.parametrize("content", [ConcernConfirmed(), ConcernReopened(), ConcernWithdrawn()])
def test_only_its_raiser_judges(content: ConcernConfirmed | ConcernReopened | ConcernWithdrawn) -> None:
    story = given(CONCERN, RAISED, addressed("2026-03-10"))
    act = content.TOPIC.partition(".")[2]
    story.when(by(LENA, on("2026-03-11", content))).then(SaidByAnother(act))
    story.when(on("2026-03-11", content)).then(SaidByAnother(act))
    behalf = Actor(person=ANN, on_behalf_of=Party("person", ANN))
    story.when(on("2026-03-11", content).by(behalf)).then(SaidByAnother(act))
    story.when(by(ANN, on("2026-03-11", content))).then()


def test_nothing_is_said_of_it_before() -> None:
    given(CONCERN).when(addressed("2026-03-10")).then(ConcernUnknown("addressed"))


def test_its_raiser_does_not_address_it() -> None:
    given(CONCERN, RAISED).when(addressed("2026-03-10", ANN)).then(AddressedByItsRaiser)


def test_what_nobody_addressed_is_neither_confirmed_nor_reopened() -> None:
    story = given(CONCERN, RAISED)
    story.when(confirmed("2026-03-05")).then(NotAddressed(ConcernStanding.RAISED, "confirmed"))
    story.when(by(ANN, on("2026-03-05", ConcernReopened()))).then(NotAddressed(ConcernStanding.RAISED, "reopened"))


def test_what_is_settled_takes_no_further_word_but_its_reopening() -> None:
    story = given(CONCERN, RAISED, addressed("2026-03-10"), confirmed("2026-03-14"))
    story.when(addressed("2026-03-15")).then(ConcernSettled(ConcernStanding.CONFIRMED, "addressed"))
    story.when(confirmed("2026-03-15")).then(ConcernSettled(ConcernStanding.CONFIRMED, "confirmed"))
    withdrawn = given(CONCERN, RAISED, by(ANN, on("2026-03-05", ConcernWithdrawn())))
    withdrawn.when(addressed("2026-03-15")).then(ConcernSettled(ConcernStanding.WITHDRAWN, "addressed"))
    withdrawn.when(by(ANN, on("2026-03-15", ConcernReopened()))).then(NotAddressed)
    again = story.when(by(ANN, on("2026-03-20", ConcernReopened(by_when=date(2026, 3, 30))))).then()
    state = again.as_of("2026-03-20")
    assert (state.standing, state.reopened, state.is_open) == (ConcernStanding.REOPENED, True, True)
    days = first_day(state.by_whens), present_day(state.by_whens), moves(state.by_whens)
    assert days == (date(2026, 3, 10), date(2026, 3, 30), 1)


def concern(kind: ConcernKind, *said: Said, at: str = "2026-12-31") -> Concern:
    """A concern raised on 4 March, and what became of it."""
    return given(CONCERN, by(ANN, on("2026-03-04", raised(kind=kind))), *said).as_of(at)


def test_counts_ages_and_medians() -> None:
    at = instant("2026-03-20T12:00")
    found = {
        some("a"): concern(ConcernKind.CARE, addressed("2026-03-06"), confirmed("2026-03-07")),
        some("b"): concern(ConcernKind.CARE, addressed("2026-03-06"), confirmed("2026-03-10")),
        some("c"): concern(ConcernKind.CARE, addressed("2026-03-06")),
        some("d"): concern(ConcernKind.COURAGE, by(ANN, on("2026-03-05", ConcernWithdrawn()))),
        some("e"): given(CONCERN, RAISED).as_of("2026-03-20"),
    }
    by_kind = {each.kind: each for each in figures(found, [some("e")], at, lambda when: when.date())}
    assert by_kind[None] == ConcernFigures(
        kind=None,
        raised=5,
        addressed=3,
        awaiting=1,
        confirmed=2,
        reopened=0,
        withdrawn=1,
        open=2,
        overdue=1,
        put_to_nobody=1,
        oldest_open_days=16,
        median_open_days=16.0,
        median_days_to_confirm=4.5,
        concerns=tuple(sorted(found)),
    )
    care = by_kind[ConcernKind.CARE]
    assert (care.raised, care.open, care.awaiting, care.median_days_to_confirm) == (3, 1, 1, 4.5)
    assert by_kind[ConcernKind.SINCERITY].median_days_to_confirm is None
    assert sum(by_kind[kind].raised for kind in ConcernKind) == by_kind[None].raised


@pytest.mark.parametrize(
    ("at", "expected"), [("2026-03-10", Due.OPEN), ("2026-03-11", Due.OVERDUE), ("2026-03-12", Due.DONE)]
)
def test_overdue_begins_the_day_after(at: str, expected: Due) -> None:
    story = given(CONCERN, RAISED, addressed("2026-03-12"))
    assert due(story.as_of(at), date.fromisoformat(at), day) is expected


def day(instant_: datetime) -> date:
    """The day of an instant, in a zone that is UTC."""
    return instant_.date()


def test_reopening_makes_nobody_late_for_a_day_that_had_passed() -> None:
    """Raised to be addressed by 10 March, addressed on the 8th, confirmed, and reopened on the 20th."""
    answered = given(CONCERN, RAISED, addressed("2026-03-08"), confirmed("2026-03-09"))
    again = answered.when(by(ANN, on("2026-03-20", ConcernReopened()))).then()
    state = again.as_of("2026-03-21")
    assert (asked_by(state, day), due(state, date(2026, 3, 21), day)) == (None, Due.OPEN)
    soon = given(CONCERN, RAISED, addressed("2026-03-08")).when(by(ANN, on("2026-03-09", ConcernReopened()))).then()
    assert asked_by(soon.as_of("2026-03-09"), day) == date(2026, 3, 10)
    assert due(soon.as_of("2026-03-11"), date(2026, 3, 11), day) is Due.OVERDUE
    anew = answered.when(by(ANN, on("2026-03-20", ConcernReopened(by_when=date(2026, 3, 30))))).then()
    assert asked_by(anew.as_of("2026-03-20"), day) == date(2026, 3, 30)


def chart(*more: tuple[str, object]) -> Chart:
    """A team, and another, below the whole; from 1 January."""
    found = Chart()
    formed = [
        ("2026-01-01", UnitFormed(unit=ALL, name="All", kind="enterprise")),
        ("2026-01-01", UnitFormed(unit=TEAM, name="Team", kind="team", parent=ALL)),
        ("2026-01-01", UnitFormed(unit=OTHER, name="Other", kind="team", parent=ALL)),
    ]
    for at, content in (*formed, *more):
        found = evolve_chart(found, content, instant(at))  # type: ignore[arg-type]
    return found


def person(*said: Said) -> Person:
    """Somebody who joined on 2 January."""
    return given(PERSON, on("2026-01-02", PersonJoined()), *said).as_of("2026-12-31")


def people() -> dict[UUID, Person]:
    """Ann in the team, which Lena leads; Boss leads the whole."""
    home = on("2026-01-02", MembershipBegan(unit=TEAM, role="member", home=True))
    return {
        ANN: person(home, on("2026-01-02", RankHeld(rank="nurse"))),
        LENA: person(on("2026-01-02", AccessGranted(role=AccessRole.LEAD, unit=TEAM))),
        BOSS: person(on("2026-01-02", AccessGranted(role=AccessRole.LEAD, unit=ALL))),
        UP: person(),
    }


def a_concern(**said: object) -> Concern:
    """One of 4 March."""
    return given(CONCERN, by(ANN, on("2026-03-04", raised(**said)))).as_of("2026-03-04")


def test_it_is_put_to_one_person_or_to_whoever_leads_closest() -> None:
    at, here = instant("2026-03-05"), people()
    assert asked_to_address(a_concern(), here, chart(), at) == {LENA}
    assert asked_to_address(a_concern(put_to=UP), here, chart(), at) == {UP}
    assert asked_to_address(a_concern(about=Party("person", LENA)), here, chart(), at) == {BOSS}
    assert asked_to_address(a_concern(about=Party("person", LENA), put_to=LENA), here, chart(), at) == {LENA}
    assert asked_to_address(a_concern(unit=OTHER), here, chart(), at) == {BOSS}


def test_who_left_is_asked_no_more() -> None:
    at, here = instant("2026-03-05"), people()
    here[UP] = given(PERSON, on("2026-01-02", PersonJoined()), on("2026-03-01", PersonLeft())).as_of("2026-12-31")
    assert asked_to_address(a_concern(put_to=UP), here, chart(), at) == {LENA}
    assert asked_to_address(a_concern(), {ANN: here[ANN]}, chart(), at) == frozenset()


def test_it_counts_where_it_was_said() -> None:
    at, here = instant("2026-03-05"), people()
    assert is_in(a_concern(), WHOLE, here, chart(), at)
    assert is_in(a_concern(), Scope(unit=TEAM), here, chart(), at)
    assert is_in(a_concern(), Scope(unit=ALL), here, chart(), at)
    assert not is_in(a_concern(), Scope(unit=OTHER), here, chart(), at)
    assert is_in(a_concern(unit=OTHER), Scope(unit=OTHER), here, chart(), at)
    assert is_in(a_concern(), Scope(rank="nurse"), here, chart(), at)
    assert not is_in(a_concern(), Scope(rank="director"), here, chart(), at)


def test_of_a_unit_that_merged_it_counts_in_the_one_that_carries_it_on() -> None:
    merged = chart(("2026-04-01", UnitMerged(unit=TEAM, into=OTHER)))
    later = instant("2026-04-02")
    assert is_in(a_concern(), Scope(unit=OTHER), people(), merged, later)
    assert not is_in(a_concern(), Scope(unit=OTHER), people(), merged, instant("2026-03-31"))


def test_one_raised_before_what_it_refers_to_was_there_has_no_effect() -> None:
    drafted = StrategyDrafted(title="Growth")
    early = given(STRATEGY, on("2026-03-01", drafted)).as_of("2026-03-31")
    late = given(STRATEGY, on("2026-03-05", drafted)).as_of("2026-03-31")
    assert has_effect(a_concern(), early, people(), chart())
    assert not has_effect(a_concern(), late, people(), chart())
    assert not has_effect(a_concern(), early, {}, chart())
    assert not has_effect(a_concern(unit=some("nowhere")), early, people(), chart())
    assert not has_effect(Concern(), early, people(), chart())


def test_what_it_does_not_know_changes_nothing() -> None:
    state = a_concern()
    fact = Fact(some("s"), 1, 1, instant("2026-03-04"), Actor(), PersonLeft())
    assert CONCERN.evolve(state, fact) == state
