"""How a figure went from one value to another: the steps say why, and add up."""

from __future__ import annotations

from domain.bridge import Bridge, difference
from domain.commitment import CommitmentChanged, CommitmentConfirmed, CommitmentFulfilled, CommitmentWithdrawn, Terms
from domain.duty import DutyKind
from domain.goal import GoalChanged
from domain.unit import UnitDissolved, UnitMoved
from tests.support.specification import some
from tests.support.story import NAMES, Story

COMMITTED = "parties/people/committed"


def company() -> Story:
    """Ann and Ben of Service, Cid of Sales, under revision 1."""
    story = Story()
    for unit in ("Service", "Sales"):
        story.unit(unit)
    for person, home in (("Ann", "Service"), ("Ben", "Service"), ("Cid", "Sales")):
        story.joins(person, home=home)
    story.publishes("2026-01-10")
    return story


def steps(found: Bridge) -> dict[str, str]:
    """By record, the steps by which it came or went."""
    told: dict[str, str] = {}
    for sign, side in (("+", found.entered), ("-", found.left)):
        for step, records in side.items():
            for record in records:
                name = NAMES[record].removeprefix("commitment ")
                told[name] = f"{told[name]} {sign}{step}" if name in told else f"{sign}{step}"
    came = sum(map(len, found.entered.values()))
    went = sum(map(len, found.left.values()))
    assert found.before + came - went == found.after
    return told


class TestPeople:
    def test_join_leave_and_move(self) -> None:
        story = company()
        story.joins("Eve", home="Service", at="2026-02-01")
        story.leaves("Ann", "2026-02-01")
        story.moves("Cid", "Sales", "Service", "2026-02-01")
        whole, service, sales = (
            story.bridges("2026-01-31", "2026-02-01", unit)["population/people"] for unit in (None, "Service", "Sales")
        )
        assert steps(whole) == {"Eve": "+joined", "Ann": "-left"}
        assert steps(service) == {"Eve": "+joined", "Ann": "-left", "Cid": "+moved"}
        assert steps(sales) == {"Cid": "-moved"}
        assert (service.before, service.stayed, service.after) == (2, 1, 3)

    def test_are_restated_when_more_is_known_of_the_first_day(self) -> None:
        story = company()
        known = story.position
        story.joins("Eve", home="Service", at="2026-01-20")
        story.leaves("Ann", "2026-01-20")
        found = story.bridges("2026-01-31", "2026-02-01", known=known)["population/people"]
        assert steps(found) == {"Eve": "+restated", "Ann": "-restated"}
        assert (found.before, found.stayed, found.after) == (3, 2, 3)

    def test_may_be_restated_and_then_leave(self) -> None:
        story = company()
        known = story.position
        story.joins("Eve", home="Service", at="2026-01-20")
        story.leaves("Eve", "2026-02-01")
        found = story.bridges("2026-01-31", "2026-02-01", known=known)["population/people"]
        assert steps(found) == {"Eve": "+restated -left"}

    def test_who_count_somewhere_else_as_something_else_changed(self) -> None:
        story = company()
        story.gives_up("Ann", "Service", "2026-02-01")
        story.sits("Ann", "Service", "2026-02-01")
        assert steps(story.bridges("2026-01-31", "2026-02-01")["population/without_home"]) == {"Ann": "+changed"}


class TestUnits:
    def test_are_formed_move_and_end(self) -> None:
        story = company()
        story.unit("Desk", parent="Service")
        story.unit("Lab", "2026-02-01", parent="Service")
        story.chart("2026-02-01", UnitMoved(unit=some("Desk"), parent=some("Sales")))
        service = story.bridges("2026-01-31", "2026-02-01", "Service")["population/units"]
        sales = story.bridges("2026-01-31", "2026-02-01", "Sales")["population/units"]
        assert (steps(service), steps(sales)) == ({"Lab": "+joined", "Desk": "-moved"}, {"Desk": "+moved"})
        story.chart("2026-03-01", UnitDissolved(unit=some("Lab")))
        assert steps(story.bridges("2026-02-28", "2026-03-01")["population/units"]) == {"Lab": "-left"}

    def test_may_be_left_unplaced_where_they_are(self) -> None:
        story = company()
        story.unit("Desk", parent="Service")
        story.chart("2026-02-01", UnitDissolved(unit=some("Service")))
        found = story.bridges("2026-01-31", "2026-02-01")
        assert steps(found["population/unplaced_units"]) == {"Desk": "+changed"}
        assert steps(found["population/unplaced"]) == {"Ann": "+changed", "Ben": "+changed"}


class TestGoals:
    def test_are_made_and_left_without_anybody_who_answers(self) -> None:
        story = company()
        story.proposes("faster", "2026-01-20", accountable="Ann")
        story.proposes("cheaper", "2026-02-01")
        story.leaves("Ann", "2026-02-01")
        found = story.bridges("2026-01-31", "2026-02-01")["accountable/goals_vacant"]
        assert steps(found) == {"faster": "+changed", "cheaper": "+made"}


class TestParties:
    def test_become_stale_and_unowned_leave_and_change(self) -> None:
        story = company()
        story.joins("Eve", home="Sales")
        for who in ("Ann", "Ben", "Cid"):
            story.commits(who, "2026-01-20", element="vision" if who == "Ann" else "promise")
        story.revises("2026-02-01", vision="Grow better")
        story.publishes("2026-02-01")
        story.of_commitment("Ben", "2026-02-01", CommitmentChanged(seen=story.seen("2026-02-01"), terms=Terms()))
        story.leaves("Cid", "2026-02-01")
        story.commits("Eve", "2026-02-01")
        found = story.bridges("2026-01-31", "2026-02-01")
        assert steps(found[COMMITTED]) == {"Ann": "-became_stale", "Ben": "-changed", "Cid": "-left", "Eve": "+changed"}
        assert steps(found["parties/people/stale"]) == {"Ann": "+became_stale"}
        assert steps(found["commitments/unowned"]) == {"Cid": "+became_unowned"}
        assert steps(found["commitments/all"]) == {"Eve": "+made"}

    def test_that_were_stale_in_one_thing_and_become_so_in_another(self) -> None:
        story = company()
        story.commits("Ann", "2026-01-20", key="Ann 1", element="vision")
        story.commits("Ann", "2026-01-20", key="Ann 2", element="promise")
        story.revises("2026-02-01", vision="Grow better")
        story.publishes("2026-02-01")
        story.revises("2026-03-01", promise="Keep every date")
        story.publishes("2026-03-01")
        assert steps(story.bridges("2026-01-31", "2026-02-01")[COMMITTED]) == {}
        assert steps(story.bridges("2026-02-28", "2026-03-01")[COMMITTED]) == {"Ann": "-became_stale"}

    def test_that_take_back_one_thing_did_not_become_stale_by_another_that_was_so_before(self) -> None:
        story = company()
        story.commits("Ann", "2026-01-20", key="Ann 1", element="vision")
        story.commits("Ann", "2026-01-20", key="Ann 2", element="promise")
        story.revises("2026-02-01", vision="Grow better")
        story.publishes("2026-02-01")
        story.of_commitment("Ann 2", "2026-03-01", CommitmentWithdrawn(), party="Ann")
        assert steps(story.bridges("2026-02-28", "2026-03-01")[COMMITTED]) == {"Ann": "-changed"}

    def test_that_hold_several_become_stale_by_any_of_them(self) -> None:
        story = company()
        for key in ("1", "2", "3"):
            story.commits("Ann", "2026-01-20", key=key, element="vision" if key == "2" else "promise")
        story.of_commitment("1", "2026-01-21", CommitmentWithdrawn(), party="Ann")
        story.of_commitment("3", "2026-01-21", CommitmentWithdrawn(), party="Ann")
        story.revises("2026-02-01", vision="Grow better")
        story.publishes("2026-02-01")
        found = story.bridges("2026-01-31", "2026-02-01")
        assert steps(found[COMMITTED]) == {"Ann": "-became_stale"}
        assert (found[COMMITTED].of, found["parties/units/all"].of) == ("people", "units")

    def test_that_deliver_late_did_not_become_overdue_in_other_figures(self) -> None:
        story = company()
        story.commits("Ann", "2026-01-20", "on condition", by_when="2026-01-31")
        story.of_commitment(
            "Ann",
            "2026-02-01",
            CommitmentChanged(seen=story.seen("2026-02-01"), terms=Terms(level="committed", by_when=None)),
        )
        story.commits("Ben", "2026-01-20", by_when="2026-01-31")
        found = story.bridges("2026-01-31", "2026-02-01")
        assert steps(found[COMMITTED]) == {"Ann": "+changed"}
        assert steps(found["commitments/overdue"]) == {"Ben": "+became_overdue"}


class TestCommitments:
    def test_move_with_their_owner_and_stay_where_a_leaver_sat(self) -> None:
        story = company()
        story.commits("Ann", "2026-01-20")
        story.commits("Cid", "2026-01-20")
        story.moves("Cid", "Sales", "Service", "2026-02-01")
        story.leaves("Ann", "2026-02-01")
        found = story.bridges("2026-01-31", "2026-02-01", "Service")
        assert steps(found["commitments/all"]) == {"Cid": "+moved"}
        assert steps(found["commitments/current"]) == {"Cid": "+moved", "Ann": "-became_unowned"}
        assert steps(story.bridges("2026-01-31", "2026-02-01", "Sales")["commitments/all"]) == {"Cid": "-moved"}

    def test_renewed_are_no_longer_stale(self) -> None:
        story = company()
        story.commits("Ann", "2026-01-20")
        story.revises("2026-02-01", vision="Grow better")
        story.publishes("2026-02-01")
        story.renews("Ann", "2026-02-05")
        found = story.bridges("2026-02-04", "2026-02-05")
        assert steps(found["commitments/stale"]) == {"Ann": "-changed"}
        assert steps(found["commitments/current"]) == {"Ann": "+changed"}

    def test_once_taken_back_as_a_fact_are_restated(self) -> None:
        story = company()
        made = story.commits("Ann", "2026-01-20")
        known = story.position
        story.correct(made, "2026-02-01")
        assert steps(story.bridges("2026-01-31", "2026-02-01", known=known)["commitments/all"]) == {"Ann": "-restated"}


class TestAcknowledgementsAndDuties:
    def test_become_outdated_whatever_becomes_of_commitments(self) -> None:
        story = company()
        story.acknowledges("Ann", "2026-01-20")
        story.acknowledges("Ben", "2026-01-20")
        story.commits("Ben", "2026-01-20")
        story.revises("2026-02-01", vision="Grow better")
        story.publishes("2026-02-01")
        story.acknowledges("Ben", "2026-02-01")
        found = story.bridges("2026-01-31", "2026-02-01")
        assert steps(found["acknowledgement/current"]) == {"Ann": "-became_outdated"}
        assert steps(found["acknowledgement/outdated"]) == {"Ann": "+became_outdated"}

    def test_are_given_become_overdue_and_are_met(self) -> None:
        story = company()
        story.duty("Ann", DutyKind.ACKNOWLEDGE, "2026-01-20", due="2026-01-31")
        story.duty("Ben", DutyKind.ACKNOWLEDGE, "2026-01-20")
        story.duty("Cid", DutyKind.ACKNOWLEDGE, "2026-02-01")
        story.acknowledges("Ben", "2026-02-01")
        found = story.bridges("2026-01-31", "2026-02-01")
        assert steps(found["duties/open"]) == {
            "duty Ann": "-became_overdue",
            "duty Ben": "-changed",
            "duty Cid": "+made",
        }
        assert steps(found["duties/overdue"]) == {"duty Ann": "+became_overdue"}

    def test_go_with_the_person_they_were_given_to(self) -> None:
        story = company()
        story.duty("Ann", DutyKind.ACKNOWLEDGE, "2026-01-20")
        story.duty("Ben", DutyKind.ACKNOWLEDGE, "2026-01-20")
        story.leaves("Ann", "2026-02-01")
        story.moves("Ben", "Service", "Sales", "2026-02-01")
        assert steps(story.bridges("2026-01-31", "2026-02-01", "Service")["duties/open"]) == {
            "duty Ann": "-left",
            "duty Ben": "-moved",
        }


class TestDifference:
    def test_tells_what_was_added_changed_withdrawn_and_became_stale(self) -> None:
        story = company()
        story.joins("Eve", home="Sales")
        story.proposes("faster")
        for who in ("Ann", "Ben", "Cid"):
            story.commits(who, "2026-01-20", goal="faster" if who == "Cid" else None)
        story.commits("Eve", "2026-01-20", key="Eve 1", by="Ann")
        story.of_commitment("Ann", "2026-02-01", CommitmentWithdrawn())
        story.of_commitment("Ben", "2026-02-01", CommitmentFulfilled())
        story.about("faster", "2026-02-01", GoalChanged(target="40"))
        story.of_commitment("Eve 1", "2026-02-01", CommitmentConfirmed(), party="Eve")
        story.commits("Eve", "2026-02-01", key="Eve 2")
        found = difference(story.alignment("2026-01-31"), story.alignment("2026-02-01"))
        named = {name: {NAMES[each].removeprefix("commitment ") for each in ids} for name, ids in found.items()}
        assert named == {
            "added": {"Eve 2"},
            "removed": set(),
            "changed": {"Ben", "Eve 1"},
            "withdrawn": {"Ann"},
            "became_stale": {"Cid"},
        }

    def test_of_a_unit_tells_what_moved_out(self) -> None:
        story = company()
        story.commits("Cid", "2026-01-20")
        story.moves("Cid", "Sales", "Service", "2026-02-01")
        found = difference(story.alignment("2026-01-31", "Sales"), story.alignment("2026-02-01", "Sales"))
        assert found["removed"] == (some("commitment Cid"),)

    def test_between_a_day_and_itself_is_nothing(self) -> None:
        story = company()
        story.commits("Ann", "2026-01-20")
        day = story.alignment("2026-02-01")
        assert set(difference(day, day).values()) == {()}
        assert all(not each.entered and not each.left for each in story.bridges("2026-02-01", "2026-02-01").values())
