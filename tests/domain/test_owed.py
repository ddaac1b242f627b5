"""What a person owes: duties, and what calls for a word of theirs."""

from __future__ import annotations

from datetime import date

from domain.commitment import CommitmentDeclined, CommitmentFulfilled, CommitmentReassigned, CommitmentWithdrawn
from domain.duty import DutyKind
from domain.judgement import judge
from domain.owed import Call, DutyStatus, Owed, duty_status, owed_by
from domain.person import PERSON, GuestInvited
from domain.unit import SpokespersonNamed, UnitDissolved, UnitMerged
from tests.support.specification import some
from tests.support.story import STRATEGY_ID, Story, party_of, target


def company() -> Story:
    """Ann and Ben of Service, under revision 1."""
    story = Story()
    for unit in ("Service", "Sales"):
        story.unit(unit)
    for person in ("Ann", "Ben"):
        story.joins(person, home="Service")
    story.publishes("2026-01-10")
    story.proposes("faster", "2026-01-15")
    return story


def status(story: Story, day: str, key: str = "Ann") -> str:
    situation = story.situation(day)
    return str(duty_status(situation, situation.duties[some(f"duty {key}")]))


def owed(story: Story, day: str, who: str = "Ann") -> list[tuple[str, bool]]:
    """What somebody is called for, and whether it is overdue."""
    situation = story.situation(day)
    return [(str(each.call), each.overdue) for each in owed_by(situation, judge(situation), some(who))]


class TestADuty:
    def test_is_overdue_the_day_after_it_was_due_until_it_is_met(self) -> None:
        story = company()
        story.duty("Ann", DutyKind.ACKNOWLEDGE, "2026-02-01", due="2026-02-10")
        story.acknowledges("Ann", "2026-02-20")
        days = {"2026-02-01": "open", "2026-02-10": "open", "2026-02-11": "overdue", "2026-02-20": "met"}
        assert {day: status(story, day) for day in days} == days

    def test_without_a_due_day_is_never_overdue(self) -> None:
        story = company()
        story.duty("Ann", DutyKind.ACKNOWLEDGE, "2026-02-01")
        assert status(story, "2027-02-01") == "open"

    def test_is_nobodys_before_the_day_on_which_it_was_given(self) -> None:
        story = company()
        story.duty("Ann", DutyKind.DECIDE, "2026-02-20", goal="faster", due="2026-02-10")
        assert story.situation("2026-02-19").duties == {}
        assert story.count("duties/overdue", "2026-02-19") == 0

    def test_counts_among_the_people_of_the_scope(self) -> None:
        story = company()
        story.duty("Ann", DutyKind.ACKNOWLEDGE, "2026-02-01")
        assert story.count("duties/open", "2026-02-01", "Service") == 1
        assert story.count("duties/open", "2026-02-01", "Sales") == 0

    def test_applies_while_the_person_is_a_member_of_the_unit_it_was_given_for(self) -> None:
        story = company()
        story.duty("Ann", DutyKind.ACKNOWLEDGE, "2026-02-01", unit="Service", due="2026-02-10")
        story.duty("Ann", DutyKind.ACKNOWLEDGE, "2026-02-01", key="everywhere", due="2026-02-10")
        story.moves("Ann", "Service", "Sales", "2026-02-15")
        assert status(story, "2026-02-14") == "overdue"
        assert status(story, "2026-02-15") == "lapsed"
        assert status(story, "2026-02-15", "everywhere") == "overdue"
        story.moves("Ann", "Sales", "Service", "2026-03-01")
        assert status(story, "2026-03-01") == "overdue"

    def test_follows_a_unit_into_the_one_that_carries_it_on(self) -> None:
        story = company()
        story.duty("Ann", DutyKind.ACKNOWLEDGE, "2026-02-01", unit="Service")
        story.chart("2026-02-10", UnitMerged(unit=some("Service"), into=some("Sales")))
        assert status(story, "2026-02-10") == "open"
        story.gives_up("Ann", "Service", "2026-02-20")
        story.sits("Ann", "Sales", "2026-02-20", home=True)
        assert status(story, "2026-02-20") == "open"

    def test_does_not_apply_through_a_membership_that_has_no_effect(self) -> None:
        story = company()
        formed = story.unit("Lab", "2026-01-20")
        story.sits("Ann", "Lab", "2026-01-20")
        story.duty("Ann", DutyKind.ACKNOWLEDGE, "2026-02-10", unit="Lab")
        story.redate(formed, "2026-02-01")
        assert status(story, "2026-02-10") == "lapsed"

    def test_lapses_with_a_unit_that_nothing_carries_on(self) -> None:
        story = company()
        story.duty("Ann", DutyKind.ACKNOWLEDGE, "2026-02-01", unit="Service")
        story.chart("2026-02-10", UnitDissolved(unit=some("Service")))
        assert (status(story, "2026-02-09"), status(story, "2026-02-10")) == ("open", "lapsed")

    def test_lapses_when_the_person_leaves_and_coming_back_does_not_revive_it(self) -> None:
        story = company()
        story.duty("Ann", DutyKind.ACKNOWLEDGE, "2026-02-01", due="2026-02-10")
        story.leaves("Ann", "2026-03-01")
        story.joins("Ann", home="Service", at="2026-04-01")
        days = {"2026-02-28": "overdue", "2026-03-01": "lapsed", "2026-04-01": "lapsed"}
        assert {day: status(story, day) for day in days} == days

    def test_of_a_guest_applies_while_they_are_invited(self) -> None:
        story = company()
        story.say("2026-02-01", PERSON, some("Gil"), GuestInvited())
        story.duty("Gil", DutyKind.ACKNOWLEDGE, "2026-02-02")
        assert status(story, "2026-02-02", "Gil") == "open"

    def test_given_to_somebody_who_had_not_joined_has_no_effect(self) -> None:
        story = company()
        joined = story.joins("Cid", at="2026-02-01")
        story.duty("Cid", DutyKind.ACKNOWLEDGE, "2026-02-02")
        story.redate(joined, "2026-03-01")
        figures = story.alignment("2026-03-01").figures
        assert [figures[f"duties/{each}"].count for each in DutyStatus] == [0, 0, 0, 0]
        assert owed(story, "2026-03-01", "Cid") == []

    def test_given_for_what_was_not_there_has_no_effect(self) -> None:
        story = company()
        told = (
            story.proposes("cheaper", "2026-02-01"),
            story.unit("Lab", "2026-02-01"),
            story.opens("check", "2026-02-01", "Ann", closes="2026-05-01"),
        )
        story.duty("Ann", DutyKind.DECIDE, "2026-02-02", key="goal", goal="cheaper")
        story.duty("Ann", DutyKind.DECIDE, "2026-02-02", key="unit", unit="Lab")
        story.duty("Ann", DutyKind.ANSWER, "2026-02-02", key="review", review="check")
        for each, left in zip(told, (["goal"], ["goal", "unit"], ["goal", "unit", "review"]), strict=True):
            story.redate(each, "2026-03-01")
            unapplied = story.situation("2026-03-01").unapplied
            assert {each.record for each in unapplied} == {some(f"duty {key}") for key in left}


class TestToAcknowledge:
    def test_asks_for_the_revision_in_force_when_it_was_given_and_for_no_later_one(self) -> None:
        story = company()
        story.duty("Ann", DutyKind.ACKNOWLEDGE, "2026-02-01", due="2026-02-10")
        story.acknowledges("Ann", "2026-02-05")
        story.revises("2026-03-01", vision="Grow better")
        story.publishes("2026-03-01")
        assert status(story, "2026-03-01") == "met", "nobody becomes late by what is published afterwards"

    def test_is_met_by_an_earlier_edition_that_says_the_same(self) -> None:
        story = company()
        story.revises("2026-02-01", vision="Grow well.")
        story.publishes("2026-02-01", material=False)
        story.duty("Ann", DutyKind.ACKNOWLEDGE, "2026-02-02", revision=2)
        story.acknowledges("Ann", "2026-02-03", revision=1)
        assert status(story, "2026-02-03") == "met"

    def test_is_not_met_by_a_revision_superseded_when_it_was_given(self) -> None:
        story = company()
        story.acknowledges("Ann", "2026-01-20")
        story.revises("2026-02-01", vision="Grow better")
        story.publishes("2026-02-01")
        story.duty("Ann", DutyKind.ACKNOWLEDGE, "2026-02-02")
        story.acknowledges("Ann", "2026-02-10")
        assert (status(story, "2026-02-09"), status(story, "2026-02-10")) == ("open", "met")

    def test_is_not_met_by_a_revision_before_the_one_asked_for(self) -> None:
        story = company()
        story.acknowledges("Ann", "2026-01-20")
        story.revises("2026-02-01", vision="Grow better")
        story.publishes("2026-02-01", in_force_from="2026-03-01")
        story.duty("Ann", DutyKind.ACKNOWLEDGE, "2026-02-02", revision=2)
        story.acknowledges("Ann", "2026-02-10", revision=2)
        assert (status(story, "2026-02-09"), status(story, "2026-02-10")) == ("open", "met")

    def test_is_met_by_a_no_and_not_by_what_others_enter(self) -> None:
        story = company()
        for who in ("Ann", "Ben"):
            story.duty(who, DutyKind.ACKNOWLEDGE, "2026-02-01")
        story.acknowledges("Ann", "2026-02-02", declined=True)
        story.acknowledges("Ben", "2026-02-02", by="Ann")
        assert (status(story, "2026-02-02"), status(story, "2026-02-02", "Ben")) == ("met", "open")

    def test_given_before_any_revision_is_met_by_the_first(self) -> None:
        story = Story()
        story.joins("Ann")
        story.drafts()
        story.duty("Ann", DutyKind.ACKNOWLEDGE, "2026-01-02")
        story.publishes("2026-02-01")
        story.acknowledges("Ann", "2026-02-02")
        assert (status(story, "2026-02-01"), status(story, "2026-02-02")) == ("open", "met")


class TestToDecide:
    def test_is_met_by_a_yes_or_a_no_to_the_very_thing(self) -> None:
        story = company()
        for who in ("Ann", "Ben"):
            story.duty(who, DutyKind.DECIDE, "2026-02-01", goal="faster")
        story.commits("Ann", "2026-02-02", key="to the whole")
        story.commits("Ann", "2026-02-03", "not yet", key="to it", goal="faster")
        story.declines("Ben", "2026-02-03", goal="faster")
        assert (status(story, "2026-02-02"), status(story, "2026-02-03")) == ("open", "met")
        assert status(story, "2026-02-03", "Ben") == "met"

    def test_is_not_met_by_what_others_enter_until_it_is_confirmed(self) -> None:
        story = company()
        story.duty("Ann", DutyKind.DECIDE, "2026-02-01", goal="faster")
        story.commits("Ann", "2026-02-02", goal="faster", by="Ben")
        story.confirms("Ann", "2026-02-03")
        assert (status(story, "2026-02-02"), status(story, "2026-02-03")) == ("open", "met")

    def test_stays_met_when_the_commitment_goes_to_somebody_else(self) -> None:
        story = company()
        story.duty("Ann", DutyKind.DECIDE, "2026-02-01", goal="faster", due="2026-02-10")
        story.commits("Ann", "2026-02-02", goal="faster")
        story.hands_over("Ann", "Ben", "2026-02-03", accepted="2026-02-04")
        assert status(story, "2026-03-01") == "met"

    def test_is_met_by_who_would_not_take_it_over(self) -> None:
        story = company()
        story.duty("Ben", DutyKind.DECIDE, "2026-02-01", goal="faster")
        story.commits("Ann", "2026-02-02", goal="faster")
        story.of_commitment("Ann", "2026-02-03", CommitmentReassigned(party=party_of("Ben")))
        no = CommitmentDeclined(party=party_of("Ben"), target=target(goal="faster"))
        story.of_commitment("Ann", "2026-02-04", no, party="Ben")
        assert (status(story, "2026-02-03", "Ben"), status(story, "2026-02-04", "Ben")) == ("open", "met")


class TestToAnswer:
    def test_is_met_by_answering_and_lapses_with_the_close(self) -> None:
        story = company()
        story.opens("check", "2026-02-01", "Ann", "Ben", closes="2026-03-01")
        for who in ("Ann", "Ben"):
            story.duty(who, DutyKind.ANSWER, "2026-02-01", review="check", due="2026-02-20")
        story.answers("Ann", "check", "2026-02-10")
        assert (status(story, "2026-02-10"), status(story, "2026-02-21", "Ben")) == ("met", "overdue")
        assert (status(story, "2026-03-01"), status(story, "2026-03-01", "Ben")) == ("met", "lapsed")

    def test_is_not_met_by_an_answer_that_does_not_count(self) -> None:
        story = company()
        story.opens("check", "2026-02-01", "Ann", closes="2026-03-01")
        story.duty("Ben", DutyKind.ANSWER, "2026-02-01", review="check")
        story.answers("Ben", "check", "2026-02-10")
        assert status(story, "2026-02-10", "Ben") == "open"


class TestOwed:
    def test_are_open_duties(self) -> None:
        story = company()
        story.duty("Ann", DutyKind.ACKNOWLEDGE, "2026-02-01", due="2026-02-10")
        assert owed(story, "2026-02-10") == [("duty", False)]
        assert owed(story, "2026-02-11") == [("duty", True)]
        assert owed(story, "2026-02-11", "Ben") == []
        story.acknowledges("Ann", "2026-02-20")
        assert owed(story, "2026-02-20") == []

    def test_say_on_which_record_and_until_when(self) -> None:
        story = company()
        story.unit("Lab")
        story.joins("Eve", home="Lab")
        story.opens("check", "2026-02-01", "Eve", closes="2026-04-01")
        story.duty("Eve", DutyKind.DECIDE, "2026-02-01", goal="faster", due="2026-02-28")
        story.commits("Eve", "2026-02-01", key="own", by_when="2026-03-31")
        story.commits("Eve", "2026-02-01", key="entered", by="Ann")
        story.commits("Ann", "2026-02-01", key="offered")
        story.of_commitment("offered", "2026-02-01", CommitmentReassigned(party=party_of("Eve")), party="Ann")
        story.revises("2026-02-15", vision="Grow better")
        story.publishes("2026-02-15")
        situation = story.situation("2026-02-28")
        about = {
            Owed(
                call=Call.DUTY,
                record=some("duty Eve"),
                strategy=STRATEGY_ID,
                duty=DutyKind.DECIDE,
                due=date(2026, 2, 28),
            ),
            Owed(call=Call.ANSWER, record=some("check"), strategy=STRATEGY_ID),
            Owed(call=Call.TAKE_OVER, record=some("commitment offered"), strategy=STRATEGY_ID),
            Owed(call=Call.CONFIRM, record=some("commitment entered"), strategy=STRATEGY_ID),
            Owed(call=Call.RENEW, record=some("commitment own"), strategy=STRATEGY_ID),
            Owed(call=Call.DELIVER, record=some("commitment own"), strategy=STRATEGY_ID, due=date(2026, 3, 31)),
        }
        assert set(owed_by(situation, judge(situation), some("Eve"))) == about

    def test_is_an_answer_once_whether_it_is_a_duty_or_not(self) -> None:
        story = company()
        story.opens("check", "2026-02-01", "Ann", "Ben", closes="2026-03-01")
        story.duty("Ann", DutyKind.ANSWER, "2026-02-01", review="check")
        assert (owed(story, "2026-02-01"), owed(story, "2026-02-01", "Ben")) == ([("duty", False)], [("answer", False)])
        story.answers("Ben", "check", "2026-02-02")
        assert owed(story, "2026-02-02", "Ben") == []
        assert owed(story, "2026-03-01") == [], "nobody can answer any more"

    def test_is_a_commitments_delivery_and_its_renewal(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", by_when="2026-02-10")
        assert owed(story, "2026-02-01") == [("deliver", False)]
        story.revises("2026-02-15", vision="Grow better")
        story.publishes("2026-02-15")
        assert owed(story, "2026-02-15") == [("renew", False), ("deliver", True)]
        story.of_commitment("Ann", "2026-02-20", CommitmentFulfilled())
        assert owed(story, "2026-02-20") == []

    def test_is_first_of_all_to_make_it_ones_own(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", by_when="2026-02-10", by="Ben")
        assert owed(story, "2026-03-01") == [("confirm", False)]
        story.of_commitment("Ann", "2026-03-02", CommitmentFulfilled(), by="Ben")
        assert owed(story, "2026-03-02") == [("confirm", False)]
        story.confirms("Ann", "2026-03-03")
        assert owed(story, "2026-03-03") == []

    def test_is_a_word_on_what_one_was_asked_to_take_over(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01")
        story.of_commitment("Ann", "2026-02-02", CommitmentReassigned(party=party_of("Ben")))
        assert owed(story, "2026-02-02", "Ben") == [("take_over", False)]
        assert owed(story, "2026-02-02") == []
        story.of_commitment("Ann", "2026-02-03", CommitmentWithdrawn())
        assert owed(story, "2026-02-03", "Ben") == []

    def test_is_what_a_unit_owes_by_who_speaks_for_it(self) -> None:
        story = company()
        story.chart("2026-01-20", SpokespersonNamed(unit=some("Service"), person=some("Ben")))
        story.commits("Service", "2026-02-01", unit=True, by_when="2026-03-01")
        assert owed(story, "2026-02-01", "Ben") == [("deliver", False)]
        assert owed(story, "2026-02-01", "Ann") == []
        story.chart("2026-02-10", SpokespersonNamed(unit=some("Service"), person=some("Ann")))
        assert (owed(story, "2026-02-10", "Ben"), owed(story, "2026-02-10", "Ann")) == ([], [("deliver", False)])

    def test_is_nothing_by_who_is_not_there(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", by_when="2026-02-10")
        story.opens("check", "2026-02-01", "Ann", closes="2026-05-01")
        story.leaves("Ann", "2026-03-01")
        assert owed(story, "2026-03-01") == owed(story, "2026-03-01", "Zoe") == []
        story.joins("Ann", home="Service", at="2026-04-01")
        assert owed(story, "2026-04-01") == [("answer", False), ("confirm", False)]

    def test_calls_by_the_words_of_the_interface(self) -> None:
        spoken = {"duty", "renew", "confirm", "take_over", "deliver", "answer"}
        assert set(Call) == spoken | {"act", "reply", "keep", "accept", "address", "judge", "measure", "hold"}
