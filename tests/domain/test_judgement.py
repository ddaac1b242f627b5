"""What is to be said of a statement at an instant, though nobody recorded it."""

from __future__ import annotations

from datetime import date

import pytest

from domain.commitment import (
    COMMITMENT,
    CommitmentChanged,
    CommitmentFulfilled,
    CommitmentMade,
    CommitmentMissed,
    CommitmentReassigned,
    CommitmentRenewed,
    CommitmentWithdrawn,
    Seen,
    Terms,
)
from domain.goal import GoalChanged
from domain.judgement import Flag
from domain.kernel import Content
from domain.situation import NOT_DRAFTED, NOT_FORMED, NOT_JOINED, NOT_OPENED, NOT_PROPOSED, NOT_PUBLISHED
from domain.strategy import STRATEGY, StrategyDrafted
from domain.unit import UnitDissolved, UnitMerged, UnitSplit
from tests.support.specification import some
from tests.support.story import STRATEGY_ID, Story, party_of, target


def company() -> Story:
    """Ann and Ben of Service, under revision 1 of January, in which the vision and the promise stand."""
    story = Story()
    story.unit("Service")
    story.joins("Ann", home="Service")
    story.joins("Ben", home="Service")
    story.publishes("2026-01-10")
    return story


def flags(story: Story, day: str, key: str = "Ann") -> set[str]:
    """What is said of a commitment at the end of a day."""
    found = story.alignment(day).said[some(f"commitment {key}")]
    return {str(each) for each in found.flags}


def current(story: Story, day: str) -> set[str]:
    return story.who("commitments/current", day)


class TestStale:
    def test_by_a_material_revision_that_touches_its_element(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", element="vision")
        story.commits("Ben", "2026-02-01", element="promise")
        story.revises("2026-03-01", vision="Grow better")
        story.publishes("2026-03-01")
        assert story.who("commitments/stale", "2026-02-28") == set()
        assert story.who("commitments/stale", "2026-03-01") == {"Ann"}
        assert current(story, "2026-03-01") == {"Ben"}

    def test_to_the_whole_strategy_by_any_material_revision(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01")
        story.revises("2026-03-01", promise="Keep every date")
        story.publishes("2026-03-01")
        assert flags(story, "2026-03-01") == {"stale"}

    def test_only_once_the_revision_is_in_force(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01")
        story.revises("2026-03-01", vision="Grow better")
        story.publishes("2026-03-01", in_force_from="2026-04-01")
        assert flags(story, "2026-03-31") == set()
        assert flags(story, "2026-04-01") == {"stale"}

    def test_not_by_an_editorial_revision(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01")
        story.commits("Ben", "2026-02-01", element="vision")
        story.revises("2026-03-01", vision="Grow better.")
        story.publishes("2026-03-01", material=False)
        assert current(story, "2026-03-01") == {"Ann", "Ben"}

    def test_by_a_material_revision_after_an_editorial_one(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", element="vision")
        story.revises("2026-03-01", vision="Grow better.")
        story.publishes("2026-03-01", material=False)
        story.revises("2026-04-01", promise="Keep every date")
        story.publishes("2026-04-01")
        assert flags(story, "2026-04-01") == set(), "only the editorial one touched what she refers to"
        story.revises("2026-05-01", vision="Grow best")
        story.publishes("2026-05-01")
        assert flags(story, "2026-05-01") == {"stale"}

    def test_though_a_later_revision_says_again_what_it_said(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", element="vision")
        story.revises("2026-03-01", vision="Grow better")
        story.publishes("2026-03-01")
        story.revises("2026-04-01", vision="Grow well")
        story.publishes("2026-04-01")
        assert flags(story, "2026-04-01") == {"stale"}

    @pytest.mark.parametrize("word", [CommitmentRenewed, CommitmentChanged])
    def test_until_its_owner_affirms_it(self, word: type[Content]) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", element="vision")
        story.revises("2026-03-01", vision="Grow better")
        story.publishes("2026-03-01")
        seen = story.seen("2026-03-05")
        content = (
            CommitmentRenewed(seen=seen) if word is CommitmentRenewed else CommitmentChanged(seen=seen, terms=Terms())
        )
        story.of_commitment("Ann", "2026-03-05", content)
        assert flags(story, "2026-03-04") == {"stale"}
        assert flags(story, "2026-03-05") == set()

    def test_at_once_when_made_on_paper_under_a_revision_superseded_since(self) -> None:
        story = company()
        story.revises("2026-03-01", vision="Grow better")
        story.publishes("2026-03-01")
        story.commits("Ann", "2026-02-20", element="vision", revision=1)
        assert flags(story, "2026-02-20") == set()
        assert flags(story, "2026-03-01") == {"stale"}

    def test_made_before_the_first_publication_from_the_first_material_one_on(self) -> None:
        story = Story()
        story.joins("Ann")
        story.drafts()
        story.commits("Ann", "2026-01-05", element="vision")
        story.publishes("2026-02-01", material=False)
        story.revises("2026-03-01", promise="Keep every date")
        story.publishes("2026-03-01")
        assert flags(story, "2026-01-31") == flags(story, "2026-02-28") == set()
        assert flags(story, "2026-03-01") == {"stale"}


class TestStaleByGoal:
    @pytest.mark.parametrize(
        "change",
        [GoalChanged(title="Answer faster still"), GoalChanged(target="40"), GoalChanged(due=date(2027, 1, 1))],
    )
    def test_when_its_title_target_or_due_date_changes(self, change: Content) -> None:
        story = company()
        story.proposes("faster")
        story.commits("Ann", "2026-02-01", goal="faster")
        story.about("faster", "2026-03-01", change)
        assert flags(story, "2026-02-28") == set()
        assert flags(story, "2026-03-01") == {"stale"}

    def test_not_when_it_changed_before(self) -> None:
        story = company()
        story.proposes("faster")
        story.about("faster", "2026-01-20", GoalChanged(target="40"))
        story.commits("Ann", "2026-02-01", goal="faster")
        assert flags(story, "2026-02-01") == set()

    @pytest.mark.parametrize("change", [GoalChanged(unit=some("Service")), GoalChanged(accountable=some("Ben"))])
    def test_not_when_anything_else_of_it_changes(self, change: Content) -> None:
        story = company()
        story.proposes("faster")
        story.commits("Ann", "2026-02-01", goal="faster")
        story.about("faster", "2026-03-01", change)
        assert flags(story, "2026-03-01") == set()

    def test_not_when_it_changed_at_the_very_instant(self) -> None:
        story = company()
        story.proposes("faster")
        story.commits("Ann", "2026-02-01", goal="faster")
        story.about("faster", "2026-02-01", GoalChanged(target="40"))
        assert flags(story, "2026-02-01") == set()

    def test_not_by_what_was_touched_on_the_day_on_which_the_goal_let_go_of_it(self) -> None:
        story = company()
        story.proposes("top")
        story.proposes("faster", supports=("vision",), parent="top")
        story.commits("Ann", "2026-02-01", goal="faster")
        story.about("faster", "2026-03-01", GoalChanged(supports_elements=("promise",)))
        story.about("top", "2026-03-01", GoalChanged(title="Higher"))
        story.revises("2026-03-01", vision="Grow better")
        story.publishes("2026-03-01")
        assert flags(story, "2026-03-01") == set()

    def test_not_by_what_the_goal_supported_before_it_was_made(self) -> None:
        story = company()
        story.proposes("faster", supports=("vision",))
        story.revises("2026-02-01", vision="Grow better")
        story.publishes("2026-02-01")
        story.about("faster", "2026-02-05", GoalChanged(supports_elements=("promise",)))
        story.commits("Ann", "2026-02-10", goal="faster", revision=1)
        assert flags(story, "2026-02-10") == set()

    def test_renewed_it_is_current_again(self) -> None:
        story = company()
        story.proposes("faster")
        story.commits("Ann", "2026-02-01", goal="faster")
        story.about("faster", "2026-03-01", GoalChanged(target="40"))
        story.renews("Ann", "2026-03-02")
        assert flags(story, "2026-03-02") == set()

    def test_by_what_the_goal_supports_up_to_the_top(self) -> None:
        story = company()
        story.proposes("top", supports=("vision",))
        story.proposes("middle", parent="top")
        story.proposes("faster", parent="middle")
        story.commits("Ann", "2026-02-01", goal="faster")
        story.commits("Ben", "2026-02-01", goal="faster")
        story.about("top", "2026-03-01", GoalChanged(target="40"))
        assert flags(story, "2026-03-01") == {"stale"}
        story.renews("Ann", "2026-03-02")
        story.revises("2026-04-01", vision="Grow better")
        story.publishes("2026-04-01")
        assert flags(story, "2026-03-31") == set()
        assert flags(story, "2026-04-01") == {"stale"}

    def test_not_by_an_element_it_does_not_support(self) -> None:
        story = company()
        story.proposes("faster", supports=("vision",))
        story.commits("Ann", "2026-02-01", goal="faster")
        story.revises("2026-03-01", promise="Keep every date")
        story.publishes("2026-03-01")
        assert flags(story, "2026-03-01") == set()

    def test_and_stays_so_when_the_goal_supports_something_else_later(self) -> None:
        story = company()
        story.proposes("faster", supports=("vision",))
        story.commits("Ann", "2026-02-01", goal="faster")
        story.revises("2026-03-01", vision="Grow better")
        story.publishes("2026-03-01")
        story.about("faster", "2026-04-01", GoalChanged(supports_elements=("promise",)))
        assert flags(story, "2026-04-01") == {"stale"}

    def test_not_by_what_the_goal_supported_no_more_when_it_was_touched(self) -> None:
        story = company()
        story.proposes("top")
        story.proposes("faster", supports=("vision",), parent="top")
        story.commits("Ann", "2026-02-01", goal="faster")
        story.about("faster", "2026-02-15", GoalChanged(supports_elements=("promise",)))
        story.revises("2026-03-01", vision="Grow better")
        story.publishes("2026-03-01")
        story.about("top", "2026-03-02", GoalChanged(title="Higher"))
        assert flags(story, "2026-03-02") == set()

    def test_by_what_it_supports_since_it_was_made(self) -> None:
        story = company()
        story.proposes("faster", supports=("vision",))
        story.commits("Ann", "2026-02-01", goal="faster")
        story.about("faster", "2026-02-15", GoalChanged(supports_elements=("promise",)))
        story.revises("2026-03-01", promise="Keep every date")
        story.publishes("2026-03-01")
        assert flags(story, "2026-02-28") == set()
        assert flags(story, "2026-03-01") == {"stale"}

    def test_goals_in_a_circle_are_gone_round_once(self) -> None:
        story = company()
        story.proposes("one")
        story.proposes("two", parent="one")
        story.about("one", "2026-01-20", GoalChanged(supports_goal=some("two")))
        story.commits("Ann", "2026-02-01", goal="one")
        story.about("two", "2026-03-01", GoalChanged(title="Second"))
        assert flags(story, "2026-03-01") == {"stale"}


class TestEarly:
    def test_bound_to_a_revision_not_yet_in_force_it_counts_from_then_on(self) -> None:
        story = company()
        story.revises("2026-03-01", vision="Grow better")
        story.publishes("2026-03-01", in_force_from="2026-04-01")
        story.commits("Ann", "2026-03-15", element="vision", revision=2)
        assert flags(story, "2026-03-31") == {"early"}
        assert current(story, "2026-03-31") == set()
        assert flags(story, "2026-04-01") == set()
        assert current(story, "2026-04-01") == {"Ann"}


class TestOverdue:
    def test_begins_the_day_after_the_by_when_and_takes_nothing_away(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", by_when="2026-03-31")
        assert flags(story, "2026-03-31") == set()
        assert flags(story, "2026-04-01") == {"overdue"}
        assert current(story, "2026-04-01") == {"Ann"}

    @pytest.mark.parametrize("ending", [CommitmentFulfilled(), CommitmentWithdrawn(), CommitmentMissed()])
    def test_ends_with_the_commitment(self, ending: Content) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", by_when="2026-03-31")
        story.of_commitment("Ann", "2026-04-10", ending)
        assert flags(story, "2026-04-09") == {"overdue"}
        assert flags(story, "2026-04-10") == set()


class TestFulfilled:
    def test_stays_delivered_whatever_comes_after(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01")
        story.of_commitment("Ann", "2026-02-10", CommitmentFulfilled())
        story.revises("2026-03-01", vision="Grow better")
        story.publishes("2026-03-01")
        story.leaves("Ann", "2026-04-01")
        assert flags(story, "2026-04-01") == set()
        assert current(story, "2026-04-01") == {"Ann"}


class TestOnBehalf:
    def test_is_marked_and_counts_apart_until_confirmed(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", by="Ben")
        story.confirms("Ann", "2026-02-05")
        assert flags(story, "2026-02-04") == {"on_behalf"}
        assert current(story, "2026-02-04") == set()
        assert current(story, "2026-02-05") == {"Ann"}

    def test_nobody_confirms_it_for_its_owner(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", by="Ben")
        story.confirms("Ann", "2026-02-05", by="Ben")
        assert flags(story, "2026-02-05") == {"on_behalf"}

    def test_what_was_delivered_on_behalf_awaits_confirmation_too(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", by="Ben")
        story.of_commitment("Ann", "2026-03-01", CommitmentFulfilled(), by="Ben")
        story.confirms("Ann", "2026-03-05")
        assert flags(story, "2026-03-01") == {"on_behalf"}
        assert current(story, "2026-03-05") == {"Ann"}

    def test_so_does_a_no(self) -> None:
        story = company()
        story.declines("Ann", "2026-02-01", by="Ben")
        story.confirms("Ann", "2026-02-05")
        declined = "parties/people/declined"
        assert flags(story, "2026-02-01") == {"on_behalf"}
        assert (story.who(declined, "2026-02-01"), story.who(declined, "2026-02-05")) == (set(), {"Ann"})

    def test_nothing_awaits_confirmation_once_it_was_taken_back(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01", by="Ben")
        story.of_commitment("Ann", "2026-03-01", CommitmentWithdrawn())
        assert flags(story, "2026-03-01") == set()


class TestUnowned:
    def test_from_the_day_on_which_its_owner_leaves(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01")
        story.leaves("Ann", "2026-05-10")
        assert flags(story, "2026-05-09") == set()
        assert flags(story, "2026-05-10") == {"unowned"}

    def test_coming_back_revives_nothing_until_it_is_confirmed(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01")
        story.leaves("Ann", "2026-05-10")
        story.joins("Ann", home="Service", at="2026-06-01")
        story.renews("Ann", "2026-06-02")
        story.confirms("Ann", "2026-06-03")
        assert flags(story, "2026-06-02") == {"unowned"}
        assert flags(story, "2026-06-03") == set()

    def test_made_by_somebody_away_at_the_time(self) -> None:
        story = company()
        story.leaves("Ann", "2026-02-01")
        story.commits("Ann", "2026-02-01")
        story.joins("Ann", home="Service", at="2026-06-01")
        assert flags(story, "2026-02-01") == flags(story, "2026-06-01") == {"unowned"}

    def test_until_a_successor_accepts(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01")
        story.leaves("Ann", "2026-05-10")
        story.hands_over("Ann", "Ben", "2026-05-12", accepted="2026-05-20")
        assert flags(story, "2026-05-19") == {"unowned"}
        assert flags(story, "2026-05-20") == set()
        assert story.who("parties/people/committed", "2026-05-20") == {"Ben"}

    @pytest.mark.parametrize(
        "ending",
        [
            UnitMerged(unit=some("Service"), into=some("Sales")),
            UnitDissolved(unit=some("Service")),
            UnitSplit(unit=some("Service"), into=(some("Sales"), some("Field"))),
        ],
    )
    def test_when_its_unit_merges_splits_or_is_dissolved(self, ending: Content) -> None:
        story = company()
        story.unit("Sales")
        story.unit("Field")
        story.commits("Service", "2026-02-01", unit=True)
        story.chart("2026-03-01", ending)
        assert flags(story, "2026-02-28", "Service") == set()
        assert flags(story, "2026-03-01", "Service") == {"unowned"}

    def test_an_offer_alone_moves_nothing(self) -> None:
        story = company()
        story.commits("Ann", "2026-02-01")
        story.of_commitment("Ann", "2026-03-01", CommitmentReassigned(party=party_of("Ben")))
        assert story.who("parties/people/committed", "2026-03-01") == {"Ann"}


def receipts(story: Story, day: str, who: str = "Ann") -> str:
    """Where a person stands."""
    figures = story.alignment(day).figures
    (found,) = [
        name for name, each in figures.items() if name.startswith("acknowledgement/") and some(who) in each.records
    ]
    return found.removeprefix("acknowledgement/")


class TestAcknowledgement:
    def test_is_outdated_once_a_later_material_revision_is_in_force(self) -> None:
        story = company()
        story.acknowledges("Ann", "2026-02-01")
        story.revises("2026-03-01", vision="Grow better")
        story.publishes("2026-03-01", in_force_from="2026-04-01")
        story.acknowledges("Ann", "2026-04-10")
        days = {
            "2026-01-31": "none",
            "2026-02-01": "current",
            "2026-03-31": "current",
            "2026-04-01": "outdated",
            "2026-04-10": "current",
        }
        assert {day: receipts(story, day) for day in days} == days

    def test_is_not_outdated_by_an_editorial_revision(self) -> None:
        story = company()
        story.acknowledges("Ann", "2026-02-01")
        story.revises("2026-03-01", vision="Grow better.")
        story.publishes("2026-03-01", material=False)
        assert receipts(story, "2026-03-01") == "current"
        story.acknowledges("Ben", "2026-03-05", revision=1)
        assert receipts(story, "2026-03-05", "Ben") == "current"

    def test_of_a_revision_not_yet_in_force_counts_from_then_on(self) -> None:
        story = company()
        story.revises("2026-03-01", vision="Grow better")
        story.publishes("2026-03-01", in_force_from="2026-04-01")
        story.acknowledges("Ann", "2026-03-10", revision=2)
        assert receipts(story, "2026-03-31") == "none"
        assert receipts(story, "2026-04-01") == "current"

    def test_may_be_declined(self) -> None:
        story = company()
        story.acknowledges("Ann", "2026-02-01", declined=True)
        story.acknowledges("Ann", "2026-02-05")
        assert receipts(story, "2026-02-01") == "declined"
        assert receipts(story, "2026-02-05") == "current"

    def test_entered_by_others_counts_apart(self) -> None:
        story = company()
        story.acknowledges("Ann", "2026-02-01", by="Ben")
        story.acknowledges("Ann", "2026-02-05")
        assert receipts(story, "2026-02-04") == "on_behalf"
        assert receipts(story, "2026-02-05") == "current"

    def test_the_own_word_outweighs_what_others_enter_for_a_later_edition(self) -> None:
        story = company()
        story.acknowledges("Ann", "2026-02-01", declined=True)
        story.revises("2026-03-01", vision="Grow better.")
        story.publishes("2026-03-01", material=False)
        story.acknowledges("Ann", "2026-03-05", by="Ben")
        assert receipts(story, "2026-03-05") == "declined"
        story.acknowledges("Ann", "2026-03-06")
        assert receipts(story, "2026-03-06") == "current", "the newest of her own words counts"

    def test_everybody_of_the_scope_stands_somewhere_once(self) -> None:
        story = company()
        story.acknowledges("Ann", "2026-02-01")
        found = story.alignment("2026-02-01").figures
        names = [name for name in found if name.startswith("acknowledgement/")]
        assert sum(found[name].count for name in names) == found["population/people"].count == 2


def without_effect(story: Story, day: str) -> set[tuple[str, str]]:
    return {(each.kind, each.reason) for each in story.situation(day).unapplied}


def listed(story: Story, day: str, unit: str | None = None) -> list[str]:
    return [each.kind for each in story.alignment(day, unit).unapplied]


class TestWithoutEffect:
    def test_is_listed_with_the_whole_and_with_the_scope_that_it_is_of(self) -> None:
        story = company()
        story.unit("Sales", at="2026-03-01")
        joined = story.joins("Cid", at="2026-02-01")
        story.sits("Cid", "Service", at="2026-03-05", home=True)
        story.joins("Dan", home="Sales", at="2026-02-01")
        story.commits("Cid", "2026-02-10")
        story.redate(joined, "2026-03-01")
        assert listed(story, "2026-04-01") == ["commitment", "membership"]
        assert listed(story, "2026-04-01", "Service") == ["commitment"]
        assert listed(story, "2026-04-01", "Sales") == [], "Dan's place in it has no effect: he sits nowhere"

    def test_is_a_commitment_of_somebody_who_had_not_joined(self) -> None:
        story = company()
        joined = story.joins("Cid", at="2026-02-01")
        story.commits("Cid", "2026-02-10")
        story.acknowledges("Cid", "2026-02-10")
        story.redate(joined, "2026-03-01")
        assert without_effect(story, "2026-04-01") == {("commitment", NOT_JOINED), ("acknowledgement", NOT_JOINED)}
        assert story.count("commitments/all", "2026-04-01") == 0
        assert receipts(story, "2026-04-01", "Cid") == "none"

    def test_confirming_it_does_not_help(self) -> None:
        story = company()
        joined = story.joins("Cid", at="2026-02-01")
        story.commits("Cid", "2026-02-10")
        story.redate(joined, "2026-03-01")
        story.confirms("Cid", "2026-03-02")
        story.renews("Cid", "2026-03-03")
        assert story.count("commitments/all", "2026-04-01") == 0

    def test_is_a_commitment_of_a_unit_that_had_not_been_formed(self) -> None:
        story = company()
        formed = story.unit("Lab", "2026-02-01")
        story.commits("Lab", "2026-02-10", unit=True)
        story.redate(formed, "2026-03-01")
        assert without_effect(story, "2026-04-01") == {("commitment", NOT_FORMED)}

    def test_is_one_to_a_goal_that_had_not_been_proposed(self) -> None:
        story = company()
        proposed = story.proposes("faster", "2026-02-01")
        story.commits("Ann", "2026-02-10", goal="faster")
        story.redate(proposed, "2026-03-01")
        assert without_effect(story, "2026-04-01") == {("commitment", NOT_PROPOSED)}

    def test_is_what_is_bound_to_a_revision_not_published_by_then(self) -> None:
        story = company()
        story.revises("2026-02-01", vision="Grow better")
        published = story.publishes("2026-02-01")
        story.acknowledges("Ann", "2026-02-10")
        story.commits("Ann", "2026-02-10")
        story.redate(published, "2026-03-01")
        nothing = {("commitment", NOT_PUBLISHED), ("acknowledgement", NOT_PUBLISHED)}
        assert without_effect(story, "2026-02-28") == without_effect(story, "2026-03-01") == nothing
        assert receipts(story, "2026-03-01") == "none"

    def test_is_an_affirmation_alone_where_the_commitment_itself_stands(self) -> None:
        story = company()
        story.commits("Ann", "2026-01-20", level="on condition")
        story.revises("2026-02-01", vision="Grow better")
        published = story.publishes("2026-02-01")
        story.of_commitment(
            "Ann", "2026-02-10", CommitmentChanged(seen=story.seen("2026-02-10"), terms=Terms(level="committed"))
        )
        assert story.who("commitments/level/committed", "2026-02-10") == {"Ann"}
        story.correct(published, "2026-02-01")
        assert story.who("commitments/level/on condition", "2026-02-10") == {"Ann"}
        assert current(story, "2026-02-10") == {"Ann"}
        assert without_effect(story, "2026-02-10") == {("commitment", NOT_PUBLISHED)}

    def test_is_a_taking_over_by_somebody_who_had_not_joined(self) -> None:
        story = company()
        joined = story.joins("Cid", at="2026-02-01")
        story.commits("Ann", "2026-01-20")
        story.hands_over("Ann", "Cid", "2026-02-02", accepted="2026-02-03")
        assert story.who("parties/people/committed", "2026-02-03") == {"Cid"}
        story.redate(joined, "2026-03-01")
        assert story.who("parties/people/committed", "2026-02-03") == {"Ann"}

    def test_is_whatever_came_before_the_strategy_was_drafted(self) -> None:
        story = Story()
        story.joins("Ann")
        drafted = story.say("2026-01-01", STRATEGY, STRATEGY_ID, StrategyDrafted(title="Growth"))
        story.proposes("faster", "2026-01-05")
        story.commits("Ann", "2026-01-05", key="whole")
        story.commits("Ann", "2026-02-05", key="late", goal="faster")
        story.redate(drafted, "2026-02-01")
        assert without_effect(story, "2026-03-01") == {("goal", NOT_DRAFTED), ("commitment", NOT_DRAFTED)}
        assert story.count("commitments/all", "2026-03-01") == 0

    def test_is_a_response_to_a_review_that_had_not_been_opened(self) -> None:
        story = company()
        opened = story.opens("check", "2026-02-01", "Ann", closes="2026-03-01")
        story.answers("Ann", "check", "2026-02-02")
        story.redate(opened, "2026-02-03")
        assert without_effect(story, "2026-02-05") == {("response", NOT_OPENED)}

    def test_is_a_membership_in_a_unit_that_had_not_been_formed(self) -> None:
        story = company()
        formed = story.unit("Lab", "2026-02-01")
        story.sits("Ann", "Lab", "2026-02-10")
        story.redate(formed, "2026-03-01")
        assert without_effect(story, "2026-04-01") == {("membership", NOT_FORMED)}

    def test_is_the_support_of_a_goal_that_had_not_been_proposed(self) -> None:
        story = company()
        parent = story.proposes("top", "2026-01-02")
        story.proposes("faster", "2026-01-20", parent="top")
        story.commits("Ann", "2026-02-01", goal="faster")
        story.redate(parent, "2026-01-25")
        story.about("top", "2026-03-01", GoalChanged(title="Higher"))
        assert without_effect(story, "2026-04-01") == {("goal", NOT_PROPOSED)}
        assert flags(story, "2026-04-01") == set()

    def test_is_nothing_that_is_bound_to_another_document_under_the_same_number(self) -> None:
        story = company()
        made = CommitmentMade(
            party=party_of("Ann"), target=target(), seen=Seen(revision=1, content_hash="another"), terms=Terms()
        )
        story.say("2026-02-01", COMMITMENT, some("commitment Ann"), made)
        assert without_effect(story, "2026-02-01") == {("commitment", NOT_PUBLISHED)}


def test_flags_are_said_by_the_words_of_the_language() -> None:
    assert set(Flag) == {"stale", "early", "on_behalf", "unowned", "overdue"}
