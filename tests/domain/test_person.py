"""What can be said about a person, and where they stood at every instant."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as some_of

from domain.access import (
    Access,
    AccessAlreadyGranted,
    AccessGranted,
    AccessNotGranted,
    AccessRevoked,
    AccessRole,
    AccessScopeWrong,
)
from domain.kernel import Content
from domain.membership import (
    HomeElsewhere,
    Membership,
    MembershipAlreadyHeld,
    MembershipBegan,
    MembershipEnded,
    MembershipNotHeld,
)
from domain.person import (
    PERSON,
    GuestInvited,
    GuestOutsideChart,
    ManagerAssigned,
    ManagerOfOneself,
    Person,
    PersonAlreadyPresent,
    PersonJoined,
    PersonLeft,
    PersonNotPresent,
    RankHeld,
)
from domain.sealed import Private
from domain.temporal import ConflictsWithLaterFact, Timeline
from tests.support.specification import HERE, Given, Said, corrected, events, given, instant, on, retracted, some

SALES, SERVICE, BOSS, AUDIT = (some(name) for name in ("Sales", "Service", "Boss", "Audit"))
NAME, OTHER_NAME, EMAIL, KEY = (Private(HERE, text) for text in ("Anna", "Anna B.", "anna@example.org", "p-1"))
MEMBER = MembershipBegan(unit=SALES, role="member", home=True)
LEAD = MembershipBegan(unit=SALES, role="lead")
NO_MEMBER = MembershipEnded(unit=SALES, role="member")
AUDITOR = AccessGranted(role=AccessRole.AUDITOR)
MARCH, APRIL, MAY = instant("2026-03-01"), instant("2026-04-01"), instant("2026-05-01")

ALL_BUT_ARRIVING: tuple[Content, ...] = (
    PersonLeft(),
    MEMBER,
    NO_MEMBER,
    RankHeld(rank="manager"),
    ManagerAssigned(manager=BOSS),
    AUDITOR,
    AccessRevoked(role=AccessRole.AUDITOR),
)


def anna(*said: Said) -> Given[Person]:
    """Anna, who joined on 1 January; and what is said beside."""
    return given(PERSON, on("2026-01-01", PersonJoined(name=NAME)), *said)


def guest(*said: Said) -> Given[Person]:
    return given(PERSON, on("2026-01-01", GuestInvited(name=NAME)), *said)


def test_who_joined_is_present_from_that_instant_until_they_leave() -> None:
    person = anna(on("2026-05-10", PersonLeft())).timeline.state()
    days = ("2025-12-31", "2026-01-01", "2026-05-09", "2026-05-10")
    assert [person.present(instant(day)) for day in days] == [False, True, True, False]
    assert person.presence(instant("2026-05-10")) is None


@pytest.mark.parametrize("content", ALL_BUT_ARRIVING, ids=lambda content: content.TOPIC)
def test_nothing_is_said_about_who_is_not_there(content: Content) -> None:
    given(PERSON).when(on("2026-01-01", content)).then(PersonNotPresent(content.TOPIC))
    anna().when(on("2025-12-31", content)).then(PersonNotPresent(content.TOPIC))
    anna(on("2026-02-01", PersonLeft())).when(on("2026-02-01", content)).then(PersonNotPresent(content.TOPIC))


@pytest.mark.parametrize("arriving", [PersonJoined(), GuestInvited()], ids=lambda content: content.TOPIC)
def test_nobody_joins_or_is_invited_who_is_there(arriving: Content) -> None:
    for there in (anna(), guest()):
        there.when(on("2026-02-01", arriving)).then(PersonAlreadyPresent(instant("2026-01-01")))


def test_an_earlier_joining_conflicts_with_the_one_recorded() -> None:
    anna().when(on("2025-06-01", PersonJoined())).then(ConflictsWithLaterFact)


def test_who_comes_back_is_known_under_the_name_of_each_stay() -> None:
    person = given(
        PERSON,
        on("2026-01-01", PersonJoined(name=NAME, email=EMAIL, key=KEY)),
        on("2026-03-01", PersonLeft()),
        on("2026-04-01", PersonJoined(name=OTHER_NAME)),
    ).timeline.state()
    assert person.known_as(instant("2025-12-31")) is None
    first, away, second = (person.known_as(at) for at in (instant("2026-01-01"), MARCH, APRIL))
    assert first
    assert second
    assert first == away
    assert (first.name, first.email, first.key) == (NAME, EMAIL, KEY)
    assert (second.name, second.email, second.key) == (OTHER_NAME, EMAIL, KEY)
    assert (person.present(MARCH), person.present(APRIL)) == (False, True)


def test_leaving_ends_everything_and_coming_back_revives_nothing() -> None:
    person = anna(
        on("2026-01-01", MEMBER),
        on("2026-01-01", RankHeld(rank="manager")),
        on("2026-01-01", ManagerAssigned(manager=BOSS)),
        on("2026-01-01", AUDITOR),
        on("2026-04-01", PersonLeft()),
        on("2026-05-01", PersonJoined()),
    ).timeline.state()
    for at in (APRIL, MAY):
        assert (person.memberships(at), person.home(at), person.rank(at), person.manager(at), person.roles(at)) == (
            (),
            None,
            None,
            None,
            (),
        )
    assert person.home(MARCH) == SALES
    assert person.rank(MARCH) == "manager"
    assert person.manager(MARCH) == BOSS
    assert [access.role for access in person.roles(MARCH)] == [AccessRole.AUDITOR]


def test_what_ended_before_leaving_keeps_its_end() -> None:
    person = anna(
        on("2026-01-01", MEMBER),
        on("2026-02-01", NO_MEMBER),
        on("2026-01-01", AUDITOR),
        on("2026-02-01", AccessRevoked(role=AccessRole.AUDITOR)),
        on("2026-04-01", PersonLeft()),
    ).timeline.state()
    assert person.places[0].until == person.accesses[0].until == instant("2026-02-01")
    assert (person.ranks, person.managers) == ((), ())


def test_an_absence_shows_even_after_a_return() -> None:
    person = anna(on("2026-03-01", PersonLeft()), on("2026-03-01", PersonJoined())).timeline.state()
    assert person.left_within(instant("2026-01-01"), MARCH)
    assert person.left_within(instant("2026-02-28"), MAY)
    assert not person.left_within(MARCH, MAY)
    assert not person.left_within(instant("2026-01-01"), instant("2026-02-28"))
    assert not anna().timeline.state().left_within(instant("2025-01-01"), MAY)
    assert person.present(MARCH)


def test_a_member_sits_in_a_unit_in_a_role_and_has_a_home() -> None:
    person = anna(on("2026-03-01", MEMBER), on("2026-05-01", NO_MEMBER)).timeline.state()
    place = Membership(unit=SALES, role="member", home=True, since=MARCH, until=MAY)
    assert [person.memberships(at) for at in (instant("2026-02-28"), MARCH, APRIL, MAY)] == [(), (place,), (place,), ()]
    assert [person.home(at) for at in (instant("2026-02-28"), MARCH, MAY)] == [None, SALES, None]


def test_several_roles_in_one_unit_and_several_units_are_held_at_a_time() -> None:
    person = anna(
        on("2026-03-01", MEMBER),
        on("2026-04-01", LEAD),
        on("2026-04-01", replace(LEAD, unit=SERVICE)),
        on("2026-05-01", NO_MEMBER),
    ).timeline.state()
    assert [(place.unit, place.role) for place in person.memberships(APRIL)] == [
        (SALES, "member"),
        (SALES, "lead"),
        (SERVICE, "lead"),
    ]
    assert [(place.unit, place.role) for place in person.memberships(MAY)] == [(SALES, "lead"), (SERVICE, "lead")]
    assert (person.home(APRIL), person.home(MAY)) == (SALES, None)


def test_one_role_in_one_unit_is_held_once_at_a_time() -> None:
    member = anna(on("2026-03-01", MEMBER))
    member.when(on("2026-04-01", replace(MEMBER, home=False))).then(MembershipAlreadyHeld(SALES, "member"))
    member.when(on("2026-04-01", NO_MEMBER), on("2026-04-01", replace(MEMBER, home=False))).then()
    member.when(on("2026-02-01", MEMBER)).then(ConflictsWithLaterFact)


def test_there_is_one_home_at_a_time() -> None:
    member, there = anna(on("2026-03-01", MEMBER)), replace(MEMBER, unit=SERVICE)
    member.when(on("2026-04-01", there)).then(HomeElsewhere(SALES))
    member.when(on("2026-04-01", replace(there, home=False))).then()
    moved = member.when(on("2026-04-01", NO_MEMBER), on("2026-04-01", there)).then().timeline.state()
    assert [moved.home(at) for at in (MARCH, APRIL)] == [SALES, SERVICE]


def test_the_home_may_be_held_in_two_roles() -> None:
    anna(on("2026-03-01", MEMBER)).when(on("2026-04-01", replace(LEAD, home=True))).then()


def test_only_a_membership_that_is_held_ends() -> None:
    anna().when(on("2026-04-01", NO_MEMBER)).then(MembershipNotHeld(SALES, "member"))
    member = anna(on("2026-03-01", MEMBER), on("2026-05-01", NO_MEMBER))
    member.when(on("2026-02-01", NO_MEMBER)).then(MembershipNotHeld)
    member.when(on("2026-05-01", NO_MEMBER)).then(MembershipNotHeld)
    member.when(on("2026-04-01", replace(NO_MEMBER, role="lead"))).then(MembershipNotHeld(SALES, "lead"))
    member.when(on("2026-04-01", replace(NO_MEMBER, unit=SERVICE))).then(MembershipNotHeld(SERVICE, "member"))


def test_a_late_leaving_conflicts_with_what_was_recorded_after_it() -> None:
    member = anna(on("2026-03-01", MEMBER))
    member.when(on("2026-02-01", PersonLeft())).then(ConflictsWithLaterFact)
    member.when(on("2026-02-01", PersonLeft()), retracted(2)).then(places=())


def test_a_joining_corrected_to_a_day_earlier_lets_earlier_facts_in() -> None:
    joined = PersonJoined(name=NAME)
    anna().when(corrected(1, "2025-06-01", joined), on("2025-07-01", MEMBER)).then()


def test_rank_and_manager_hold_until_the_next() -> None:
    person = anna(
        on("2026-03-01", RankHeld(rank="manager")),
        on("2026-04-01", RankHeld(rank="director")),
        on("2026-03-01", ManagerAssigned(manager=BOSS)),
        on("2026-05-01", ManagerAssigned(manager=None)),
    ).timeline.state()
    instants = (instant("2026-02-28"), MARCH, APRIL, MAY)
    assert [person.rank(at) for at in instants] == [None, "manager", "director", "director"]
    assert [person.manager(at) for at in instants] == [None, BOSS, BOSS, None]


def test_nobody_is_their_own_manager() -> None:
    anna().when(on("2026-03-01", ManagerAssigned(manager=HERE))).then(ManagerOfOneself)


def test_a_guest_is_there_but_outside_the_chart() -> None:
    invited = guest().timeline.state()
    assert not invited.present(MARCH)
    stay = invited.presence(MARCH)
    assert stay
    assert stay.guest
    assert stay.name == NAME
    for content in (MEMBER, NO_MEMBER, RankHeld(rank="manager"), ManagerAssigned(manager=BOSS)):
        guest().when(on("2026-03-01", content)).then(GuestOutsideChart(content.TOPIC))


def test_a_guest_can_act_in_a_role_and_leaves_again() -> None:
    facilitator = AccessGranted(role=AccessRole.FACILITATOR, review=AUDIT)
    invited = guest(on("2026-03-01", facilitator), on("2026-05-01", PersonLeft())).timeline.state()
    assert [len(invited.roles(at)) for at in (MARCH, MAY)] == [1, 0]
    assert invited.presence(MAY) is None


def test_who_was_a_guest_may_join() -> None:
    joined = guest().when(on("2026-04-01", PersonLeft()), on("2026-04-01", PersonJoined())).then().timeline.state()
    assert [joined.present(at) for at in (MARCH, APRIL)] == [False, True]


def test_a_role_in_avow_is_granted_and_revoked() -> None:
    person = anna(on("2026-03-01", AUDITOR), on("2026-05-01", AccessRevoked(role=AccessRole.AUDITOR))).timeline.state()
    access = Access(role=AccessRole.AUDITOR, since=MARCH, until=MAY)
    assert [person.roles(at) for at in (instant("2026-02-28"), MARCH, MAY)] == [(), (access,), ()]


def test_a_role_follows_from_no_membership() -> None:
    assert anna(on("2026-03-01", LEAD)).timeline.state().roles(MARCH) == ()


def test_a_lead_leads_somewhere_a_facilitator_one_review_and_the_others_act_throughout() -> None:
    for role in AccessRole:
        for unit, review in ((None, None), (SALES, None), (None, AUDIT), (SALES, AUDIT)):
            said = anna().when(on("2026-03-01", AccessGranted(role=role, unit=unit, review=review)))
            fits = {AccessRole.LEAD: (SALES, None), AccessRole.FACILITATOR: (None, AUDIT)}.get(role, (None, None))
            if (unit, review) == fits:
                said.then()
            else:
                said.then(AccessScopeWrong(role))


def test_one_role_is_granted_once_for_one_place() -> None:
    lead = AccessGranted(role=AccessRole.LEAD, unit=SALES)
    leading = anna(on("2026-03-01", lead))
    leading.when(on("2026-04-01", lead)).then(AccessAlreadyGranted(AccessRole.LEAD))
    leading.when(on("2026-04-01", replace(lead, unit=SERVICE))).then()


def test_only_what_was_granted_is_revoked_and_nothing_else_with_it() -> None:
    lead = AccessGranted(role=AccessRole.LEAD, unit=SALES)
    leading = anna(on("2026-03-01", lead), on("2026-03-01", replace(lead, unit=SERVICE)), on("2026-03-01", AUDITOR))
    leading.when(on("2026-04-01", AccessRevoked(role=AccessRole.LEAD))).then(AccessNotGranted(AccessRole.LEAD))
    leading.when(on("2026-04-01", AccessRevoked(role=AccessRole.SPONSOR))).then(AccessNotGranted(AccessRole.SPONSOR))
    left = leading.when(on("2026-04-01", AccessRevoked(role=AccessRole.LEAD, unit=SALES))).then().timeline.state()
    assert [(access.role, access.unit) for access in left.roles(APRIL)] == [
        (AccessRole.LEAD, SERVICE),
        (AccessRole.AUDITOR, None),
    ]


DAYS = some_of.integers(1, 9).map("2026-01-{:02}".format)
UNITS, ROLES = some_of.sampled_from([SALES, SERVICE]), some_of.sampled_from(["member", "lead"])
SAYINGS = some_of.one_of(
    some_of.sampled_from([PersonJoined(), PersonLeft(), GuestInvited(), AUDITOR, AccessRevoked(role=AUDITOR.role)]),
    some_of.builds(MembershipBegan, unit=UNITS, role=ROLES, home=some_of.booleans()),
    some_of.builds(MembershipEnded, unit=UNITS, role=ROLES),
    some_of.builds(RankHeld, rank=some_of.sampled_from(["manager", "director"])),
    some_of.builds(ManagerAssigned, manager=some_of.none() | some_of.just(BOSS)),
)
SAID = some_of.lists(some_of.builds(on, DAYS, SAYINGS), max_size=15)


def answers(person: Person, at: datetime) -> tuple[object, ...]:
    """All that can be asked of a person at an instant, but for the ends of what is still open then."""
    stay = person.presence(at)
    return (
        stay and replace(stay, until=None),
        person.present(at),
        person.home(at),
        person.rank(at),
        person.manager(at),
        [replace(place, until=None) for place in person.memberships(at)],
        [replace(access, until=None) for access in person.roles(at)],
        person.left_within(instant("2026-01-03"), at),
    )


@for_all(SAID, DAYS)
def test_a_person_answers_for_an_instant_as_the_one_of_that_instant_does(said: list[Said], day: str) -> None:
    timeline, at = Timeline.of(PERSON, events(tuple(said))), instant(day)
    assert answers(timeline.state(), at) == answers(timeline.state(at), at)


@for_all(SAID, DAYS)
def test_of_all_that_is_accepted_nobody_has_two_homes_or_sits_anywhere_while_away(said: list[Said], day: str) -> None:
    so_far, at = given(PERSON), instant(day)
    for each in said:
        then = so_far.when(each)
        so_far = so_far if then.refusal else then
    person = so_far.timeline.state()
    places = person.memberships(at)
    assert len({place.unit for place in places if place.home}) <= 1
    assert len({(place.unit, place.role) for place in places}) == len(places)
    assert person.present(at) or not (places or person.rank(at) or person.manager(at))
    assert person.presence(at) or not person.roles(at)
