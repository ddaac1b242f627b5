"""The figures of the alignment state: who counts, at which level, and the reading of a team."""

from __future__ import annotations

import pytest

from domain.commitment import CommitmentDeclined, CommitmentFulfilled, CommitmentReassigned, CommitmentWithdrawn
from domain.goal import GoalAbandoned, GoalAccepted
from domain.organisation import ORGANISATION
from domain.person import PERSON, GuestInvited
from domain.scale import ScaleDefined
from domain.unit import UnitDissolved, UnitMerged
from tests.support.specification import HERE, some
from tests.support.story import Story, party_of, target

COMMITTED, DECLINED = "parties/people/committed", "parties/people/declined"


def company(scale: str | None = None) -> Story:
    """Ann, Ben and Cid of Service, Dan of Sales, under revision 1."""
    story = Story()
    for unit in ("Service", "Sales"):
        story.unit(unit)
    for person in ("Ann", "Ben", "Cid"):
        story.joins(person, home="Service")
    story.joins("Dan", home="Sales")
    story.drafts(scale=scale)
    story.publishes("2026-01-10")
    story.proposes("faster", "2026-01-15")
    return story


def sized(story: Story, *, ordered: bool) -> None:
    """A scale of the organisation's own."""
    levels = ("Small", "Medium", "Large")
    story.say(
        "2026-01-01",
        ORGANISATION,
        HERE,
        ScaleDefined(
            scale="size", version=1, levels=levels, ordered=ordered, counts_from="Medium" if ordered else None
        ),
    )


class TestTheDenominator:
    def test_is_as_of(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01")
        story.leaves("Ben", "2026-03-01")
        story.joins("Eve", home="Service", at="2026-04-01")
        story.joins("Fay", home="Service", at="2026-04-01")
        days = {"2026-02-28": (1, 4), "2026-03-01": (1, 3), "2026-04-01": (1, 5)}
        found = {day: (story.count(COMMITTED, day), story.count("population/people", day)) for day in days}
        assert found == days

    def test_holds_everybody_who_counts_as_committed(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01")
        story.of_commitment("Ann", "2026-02-10", CommitmentFulfilled())
        story.commits("Service", "2026-02-01", unit=True)
        story.of_commitment("Service", "2026-02-10", CommitmentFulfilled())
        story.leaves("Ann", "2026-03-01")
        story.chart("2026-03-01", UnitDissolved(unit=some("Service")))
        assert story.who(COMMITTED, "2026-02-28") == {"Ann"}
        assert story.who(COMMITTED, "2026-03-01") == story.who("parties/units/committed", "2026-03-01") == set()
        assert story.who("commitments/fulfilled", "2026-03-01") == {"Ann", "Service"}, "what was delivered stays so"

    def test_does_not_hold_guests(self) -> None:
        story = company()
        story.say("2026-01-01", PERSON, some("Gil"), GuestInvited())
        story.commits("Gil", "2026-02-01")
        assert story.who(COMMITTED, "2026-02-01") == set()
        assert story.who("commitments/all", "2026-02-01") == {"Gil"}


class TestPartiesAndCommitments:
    def test_are_figures_of_their_own(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", key="Ann 1")
        story.commits("Ann", "2026-02-01", key="Ann 2", goal="faster")
        story.commits("Service", "2026-02-01", unit=True)
        figures = story.alignment("2026-02-01").figures
        assert figures["commitments/all"].count == 3
        assert figures["parties/people/all"].records == {some("Ann")}
        assert figures["parties/units/all"].records == {some("Service")}

    def test_commitments_stand_in_one_way_each(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01")
        story.commits("Ben", "2026-02-01")
        story.of_commitment("Ben", "2026-02-02", CommitmentWithdrawn())
        story.declines("Cid", "2026-02-01")
        figures = story.alignment("2026-02-02").figures
        standings = ("open", "declined", "withdrawn", "fulfilled", "missed")
        assert [figures[f"commitments/{each}"].count for each in standings] == [1, 1, 1, 0, 0]
        assert figures["commitments/all"].count == 3

    def test_by_level_are_those_taken_on_whether_current_or_not(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", "committed")
        story.commits("Ben", "2026-02-01", "on condition")
        story.commits("Cid", "2026-02-01", None)
        story.declines("Dan", "2026-02-01")
        story.revises("2026-03-01", vision="Grow better")
        story.publishes("2026-03-01")
        figures = story.alignment("2026-03-01").figures
        names = ("level/committed", "level/on condition", "level/not yet", "without_level", "current", "stale")
        assert [figures[f"commitments/{each}"].count for each in names] == [1, 1, 0, 1, 0, 3]

    def test_by_role(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", key="Ann 1", role="lead")
        story.commits("Ann", "2026-02-01", key="Ann 2", role="lead", goal="faster")
        story.commits("Ben", "2026-02-01", role="reviewer")
        story.commits("Dan", "2026-02-01", role="lead")
        story.of_commitment("Dan", "2026-02-01", CommitmentWithdrawn())
        figures = story.alignment("2026-02-01").figures
        assert figures["commitments/role/lead"].count == 2
        assert figures["parties/people/role/lead"].records == {some("Ann")}
        assert figures["parties/people/role/reviewer"].records == {some("Ben")}

    def test_parties_by_what_is_to_be_said_of_their_commitments(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", by_when="2026-02-10")
        story.commits("Ben", "2026-02-01", by="Ann")
        story.commits("Cid", "2026-02-01")
        story.of_commitment("Cid", "2026-02-02", CommitmentFulfilled())
        figures = story.alignment("2026-02-11").figures
        assert figures["parties/people/overdue"].records == {some("Ann")}
        assert figures["parties/people/on_behalf"].records == {some("Ben")}
        assert figures["parties/people/fulfilled"].records == {some("Cid")}
        assert figures["parties/people/stale"].records == set()

    def test_of_a_scope_are_its_own(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01")
        story.commits("Dan", "2026-02-01")
        story.commits("Sales", "2026-02-01", unit=True)
        assert story.who(COMMITTED, "2026-02-01", "Sales") == {"Dan"}
        assert story.who("commitments/all", "2026-02-01", "Sales") == {"Dan", "Sales"}
        story.moves("Dan", "Sales", "Service", "2026-03-01")
        assert story.who(COMMITTED, "2026-03-01", "Service") == {"Ann", "Dan"}

    def test_of_a_rank_are_people(self) -> None:
        story = company()
        story.commits("Sales", "2026-02-01", unit=True)
        assert story.alignment("2026-02-01", rank="director").figures["commitments/all"].count == 0


class TestLevels:
    def test_a_party_stands_at_the_lowest_of_its_current_ones(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", "committed", key="Ann 1")
        story.commits("Ann", "2026-02-02", "on condition", key="Ann 2", goal="faster")
        assert story.who(COMMITTED, "2026-02-01") == {"Ann"}
        assert story.who(COMMITTED, "2026-02-02") == set()
        assert story.who("parties/people/level/on condition", "2026-02-02") == {"Ann"}
        assert story.who("parties/people/level/committed", "2026-02-02") == set()

    def test_what_is_not_current_does_not_lower_it(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", "committed", key="Ann 1")
        story.commits("Ann", "2026-02-01", "not yet", key="Ann 2")
        story.of_commitment("Ann 2", "2026-02-02", CommitmentWithdrawn(), party="Ann")
        assert story.who(COMMITTED, "2026-02-02") == {"Ann"}

    def test_a_missing_level_never_counts(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", "committed", key="Ann 1")
        story.commits("Ann", "2026-02-02", None, key="Ann 2", goal="faster")
        assert story.who(COMMITTED, "2026-02-01") == {"Ann"}
        assert story.who(COMMITTED, "2026-02-02") == set()
        assert story.who("parties/people/all", "2026-02-02") == {"Ann"}

    def test_nor_does_one_of_another_scale(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", "Large")
        assert story.who(COMMITTED, "2026-02-01") == set()
        assert story.who("commitments/level/Large", "2026-02-01") == {"Ann"}

    def test_count_from_where_the_organisation_says(self) -> None:
        story = Story()
        sized(story, ordered=True)
        for who in ("Ann", "Ben", "Cid"):
            story.joins(who)
        story.drafts(scale="size")
        story.publishes("2026-01-10")
        for who, level in (("Ann", "Small"), ("Ben", "Medium"), ("Cid", "Large")):
            story.commits(who, "2026-02-01", level)
        assert story.who(COMMITTED, "2026-02-01") == {"Ben", "Cid"}

    def test_of_a_nominal_scale_give_no_party_level(self) -> None:
        story = Story()
        sized(story, ordered=False)
        story.joins("Ann")
        story.drafts(scale="size")
        story.publishes("2026-01-10")
        story.commits("Ann", "2026-02-01", "Large")
        figures = story.alignment("2026-02-01").figures
        assert figures["commitments/level/Large"].count == figures["parties/people/all"].count == 1
        assert [
            name for name in figures if name.startswith("parties/") and ("level" in name or "committed" in name)
        ] == []

    def test_of_a_scale_not_defined_by_then_are_the_built_in_ones(self) -> None:
        story = company(scale="size")
        story.commits("Ann", "2026-02-01", "committed")
        assert story.who(COMMITTED, "2026-02-01") == {"Ann"}


class TestDeclined:
    def test_is_who_declined_all_that_was_asked(self) -> None:
        story = company()
        story.declines("Ann", "2026-02-01", key="Ann 1")
        story.declines("Ben", "2026-02-01", key="Ben 1")
        story.commits("Ben", "2026-02-02", "not yet", key="Ben 2", goal="faster")
        assert story.who(DECLINED, "2026-02-01") == {"Ann", "Ben"}
        assert story.who(DECLINED, "2026-02-02") == {"Ann"}
        assert story.who("parties/people/level/not yet", "2026-02-02") == {"Ben"}

    def test_is_who_would_not_take_over_and_holds_nothing_else(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", goal="faster")
        story.of_commitment("Ann", "2026-02-02", CommitmentReassigned(party=party_of("Ben")))
        no = CommitmentDeclined(party=party_of("Ben"), target=target(goal="faster"))
        story.of_commitment("Ann", "2026-02-03", no, party="Ben")
        assert story.who(DECLINED, "2026-02-02") == set()
        assert story.who(DECLINED, "2026-02-03") == {"Ben"}
        assert story.who("parties/people/all", "2026-02-03") == {"Ann", "Ben"}

    def test_is_nobody_for_whom_others_entered_the_no(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", goal="faster")
        story.of_commitment("Ann", "2026-02-02", CommitmentReassigned(party=party_of("Ben")))
        no = CommitmentDeclined(party=party_of("Ben"), target=target(goal="faster"))
        story.of_commitment("Ann", "2026-02-03", no, party="Ben", by="Cid")
        story.declines("Dan", "2026-02-03", by="Cid")
        assert story.who(DECLINED, "2026-02-03") == set()
        assert story.who("commitments/on_behalf", "2026-02-03") == {"Dan"}

    def test_is_not_who_took_back_what_they_promised(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01")
        story.of_commitment("Ann", "2026-02-02", CommitmentWithdrawn())
        assert story.who(DECLINED, "2026-02-02") == set()
        assert story.who("parties/people/all", "2026-02-02") == {"Ann"}


class TestTeams:
    def test_read_how_many_of_the_direct_members_committed_to_the_target(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", goal="faster")
        story.commits("Ben", "2026-02-01", "on condition", goal="faster")
        story.commits("Cid", "2026-02-01", key="to the whole")
        story.commits("Dan", "2026-02-01", goal="faster")
        assert story.team("2026-02-01", "Service", goal="faster") == "1 of 3"
        assert story.team("2026-02-01", "Service") == "1 of 3"
        assert story.team("2026-02-01", "Sales", goal="faster") == "1 of 1"

    def test_leave_out_who_sits_below(self) -> None:
        story = company()
        story.unit("Field", parent="Service")
        story.joins("Eve", home="Field")
        story.commits("Eve", "2026-02-01", goal="faster")
        assert story.team("2026-02-01", "Field", goal="faster") == "1 of 1"
        assert [each.unit for each in story.alignment("2026-02-01").teams] == [some("Field")]

    def test_take_the_lowest_towards_the_target(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", key="Ann 1", goal="faster")
        story.commits("Ann", "2026-02-01", "not yet", key="Ann 2", goal="faster")
        story.commits("Ben", "2026-02-01", key="Ben 1", goal="faster")
        story.commits("Ben", "2026-02-01", "not yet", key="Ben 2")
        assert story.team("2026-02-01", "Service", goal="faster") == "1 of 3"

    def test_have_the_units_own_commitment_beside_them(self) -> None:
        story = company()
        story.commits("Service", "2026-02-01", "on condition", unit=True, goal="faster")
        (team,) = story.alignment("2026-02-01").teams
        assert (team.unit_level, team.unit_counts, len(team.committed)) == ("on condition", False, 0)
        assert team.unit_commitments == (some("commitment Service"),)
        story.of_commitment("Service", "2026-02-02", CommitmentWithdrawn())
        assert [each.unit_level for each in story.alignment("2026-02-02").teams] == [None]

    def test_that_have_a_goal_read_nobody_before_anybody_commits(self) -> None:
        story = company()
        story.proposes("cheaper", "2026-02-01", unit="Service")
        story.about("cheaper", "2026-02-02", GoalAccepted())
        story.about("cheaper", "2026-03-01", GoalAbandoned())
        assert story.team("2026-02-01", "Service", goal="cheaper") == "0 of 3"
        assert story.team("2026-02-02", "Service", goal="cheaper") == "0 of 3"
        assert story.alignment("2026-03-01").teams == ()

    def test_that_merged_go_on_in_their_successor(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", goal="faster")
        story.commits("Service", "2026-02-01", unit=True, goal="faster")
        story.chart("2026-03-01", UnitMerged(unit=some("Service"), into=some("Sales")))
        (team,) = story.alignment("2026-03-01").teams
        assert team.unit == some("Sales")
        assert (len(team.committed), len(team.members), team.unit_commitments) == (1, 4, ())

    def test_of_a_scope_are_its_own(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", goal="faster")
        story.commits("Dan", "2026-02-01", goal="faster")
        assert [each.unit for each in story.alignment("2026-02-01", "Sales").teams] == [some("Sales")]


class TestReviews:
    def test_count_who_was_asked_and_who_answered(self) -> None:
        story = company()
        story.opens("check", "2026-02-02", "Ann", "Dan", closes="2026-03-01")
        story.answers("Ann", "check", "2026-02-03")
        participants, answered = (f"reviews/{some('check')}/{each}" for each in ("participants", "answered"))
        assert story.who(participants, "2026-02-03") == {"Ann", "Dan"}
        assert (story.who(answered, "2026-02-02"), story.who(answered, "2026-02-03")) == (set(), {"Ann"})

    def test_keep_to_where_people_sat_when_it_opened(self) -> None:
        story = company()
        story.opens("check", "2026-02-02", "Ann", "Dan", closes="2026-03-01")
        story.answers("Dan", "check", "2026-02-03")
        story.moves("Dan", "Sales", "Service", "2026-02-10")
        story.leaves("Ann", "2026-02-20")
        participants, answered = (f"reviews/{some('check')}/{each}" for each in ("participants", "answered"))
        assert story.who(participants, "2026-04-01", "Sales") == story.who(answered, "2026-04-01", "Sales") == {"Dan"}
        assert story.who(participants, "2026-04-01", "Service") == {"Ann"}
        assert story.who(answered, "2026-04-01", "Service") == set()

    def test_tell_who_was_asked_though_they_were_not_there(self) -> None:
        story = company()
        story.opens("check", "2026-02-02", "Ann", "Dan", closes="2026-03-01")
        story.leaves("Ann", "2026-01-30")
        not_there, participants = (f"reviews/{some('check')}/{each}" for each in ("not_there", "participants"))
        before = story.position - 1
        assert (story.count(not_there, "2026-02-02", known=before), story.count(not_there, "2026-02-02")) == (0, 1)
        assert story.who(participants, "2026-02-02") == {"Ann", "Dan"}, "participants are frozen"
        assert story.who(participants, "2026-02-02", "Service") == set()


@pytest.mark.parametrize("unit", [None, "Service", "Sales"])
def test_every_figure_is_there_before_anything_is_said(unit: str | None) -> None:
    story = company()
    figures = story.alignment("2026-01-14", unit).figures
    assert {figures[name].count for name in figures if not name.startswith(("population", "ackn"))} == {0}
    assert {"commitments/without_level", "parties/people/declined", "duties/lapsed", "accountable/people"} <= set(
        figures
    )
