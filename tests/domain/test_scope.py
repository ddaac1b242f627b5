"""Who belongs to a scope at an instant, and where what was said by those who are there no more counts."""

from domain.chart import Chart
from domain.person import PERSON, GuestInvited, RankHeld
from domain.scope import seat_of
from domain.unit import UnitDissolved, UnitMerged, UnitMoved, UnitSplit
from tests.support.specification import some
from tests.support.story import Story, end

PEOPLE, HOMELESS, UNITS = "population/people", "population/without_home", "population/units"
UNPLACED, UNPLACED_UNITS = "population/unplaced", "population/unplaced_units"


def company() -> Story:
    """Commercial with the teams Sales and Service below it, and Operations beside it."""
    story = Story()
    story.unit("Commercial")
    story.unit("Sales", parent="Commercial")
    story.unit("Service", parent="Commercial")
    story.unit("Operations")
    return story


def merges(story: Story, unit: str, into: str, at: str) -> None:
    story.chart(at, UnitMerged(unit=some(unit), into=some(into)))


def dissolves(story: Story, unit: str, at: str) -> None:
    story.chart(at, UnitDissolved(unit=some(unit)))


class TestPeople:
    def test_count_where_their_home_is_and_in_all_above_it(self) -> None:
        story = company()
        story.joins("Ann", home="Sales")
        for unit in (None, "Commercial", "Sales"):
            assert story.who(PEOPLE, "2026-02-01", unit) == {"Ann"}
        for other in ("Service", "Operations"):
            assert story.who(PEOPLE, "2026-02-01", other) == set()

    def test_count_at_home_though_they_sit_elsewhere_too(self) -> None:
        story = company()
        story.joins("Ann", home="Sales")
        story.sits("Ann", "Operations")
        assert story.who(PEOPLE, "2026-02-01", "Operations") == set()

    def test_without_a_home_count_once_in_every_scope_that_holds_a_membership(self) -> None:
        story = company()
        story.joins("Ann")
        for unit in ("Sales", "Service", "Operations"):
            story.sits("Ann", unit)
        for scope in (None, "Commercial", "Sales", "Service", "Operations"):
            assert story.who(PEOPLE, "2026-02-01", scope) == {"Ann"}
            assert story.who(HOMELESS, "2026-02-01", scope) == {"Ann"}

    def test_without_any_membership_count_in_the_whole_alone(self) -> None:
        story = company()
        story.joins("Ann")
        assert story.who(PEOPLE, "2026-02-01") == story.who(HOMELESS, "2026-02-01") == {"Ann"}
        assert story.who(PEOPLE, "2026-02-01", "Commercial") == set()

    def test_belong_from_the_day_they_join_until_the_day_before_they_leave(self) -> None:
        story = company()
        story.joins("Ann", home="Sales", at="2026-02-01")
        story.leaves("Ann", "2026-05-10")
        days = {"2026-01-31": 0, "2026-02-01": 1, "2026-05-09": 1, "2026-05-10": 0}
        assert {day: story.count(PEOPLE, day, "Sales") for day in days} == days

    def test_who_come_back_count_again_where_they_sit_now(self) -> None:
        story = company()
        story.joins("Ann", home="Sales")
        story.leaves("Ann", "2026-02-01")
        story.joins("Ann", home="Service", at="2026-03-01")
        assert story.who(PEOPLE, "2026-03-01", "Sales") == set()
        assert story.who(PEOPLE, "2026-03-01", "Service") == {"Ann"}

    def test_that_are_guests_stand_outside_the_chart(self) -> None:
        story = company()
        story.say("2026-01-01", PERSON, some("Gil"), GuestInvited())
        assert story.count(PEOPLE, "2026-02-01") == 0

    def test_of_a_rank_are_those_who_hold_it_then(self) -> None:
        story = company()
        story.joins("Ann", home="Sales")
        story.joins("Ben", home="Sales")
        story.say("2026-02-01", PERSON, some("Ann"), RankHeld(rank="director"))
        assert story.alignment("2026-01-31", rank="director").population.people == set()
        found = story.alignment("2026-02-01", rank="director")
        assert found.population.people == {some("Ann")}
        assert found.figures[UNITS].count == 0
        assert story.alignment("2026-02-01", "Operations", rank="director").population.people == set()

    def test_whose_membership_began_before_its_unit_was_formed_do_not_sit_there(self) -> None:
        story = company()
        formed = story.unit("Lab", parent="Operations")
        story.joins("Ann", home="Lab", at="2026-02-01")
        story.sits("Ann", "Sales", "2026-02-01")
        story.redate(formed, "2026-03-01")
        assert story.who(PEOPLE, "2026-04-01", "Lab") == set()
        assert story.who(PEOPLE, "2026-04-01", "Sales") == {"Ann"}, "the home has no effect, so she has none"
        assert story.who(HOMELESS, "2026-04-01", "Sales") == {"Ann"}


class TestUnits:
    def test_are_those_alive_then(self) -> None:
        story = company()
        story.unit("Lab", "2026-02-01", parent="Operations")
        dissolves(story, "Lab", "2026-03-01")
        days = {"2026-01-31": {"Operations"}, "2026-02-01": {"Operations", "Lab"}, "2026-03-01": {"Operations"}}
        assert {day: story.who(UNITS, day, "Operations") for day in days} == days

    def test_that_moved_take_their_people_along_from_that_day(self) -> None:
        story = company()
        story.joins("Ann", home="Sales")
        story.chart("2026-03-01", UnitMoved(unit=some("Sales"), parent=some("Operations")))
        assert story.who(PEOPLE, "2026-02-28", "Commercial") == {"Ann"}
        assert story.who(PEOPLE, "2026-03-01", "Commercial") == set()
        assert story.who(PEOPLE, "2026-03-01", "Operations") == {"Ann"}

    def test_that_ended_are_a_scope_without_anybody(self) -> None:
        story = company()
        story.joins("Ann", home="Sales")
        dissolves(story, "Sales", "2026-03-01")
        assert story.count(PEOPLE, "2026-03-01", "Sales") == story.count(UNITS, "2026-03-01", "Sales") == 0


class TestMergers:
    def test_memberships_and_sub_units_follow_the_successor(self) -> None:
        story = company()
        story.joins("Ann", home="Commercial")
        story.joins("Ben", home="Sales")
        merges(story, "Commercial", "Operations", "2026-03-01")
        assert story.who(PEOPLE, "2026-02-28", "Operations") == set()
        assert story.who(PEOPLE, "2026-03-01", "Operations") == {"Ann", "Ben"}
        assert story.who(UNITS, "2026-03-01", "Operations") == {"Operations", "Sales", "Service"}
        assert story.count(UNPLACED, "2026-03-01") == 0

    def test_follow_each_other(self) -> None:
        story = company()
        story.joins("Ann", home="Sales")
        merges(story, "Sales", "Service", "2026-03-01")
        merges(story, "Service", "Operations", "2026-04-01")
        assert story.who(PEOPLE, "2026-03-31", "Service") == {"Ann"}
        assert story.who(PEOPLE, "2026-04-01", "Operations") == {"Ann"}


class TestSplitsAndDissolutions:
    def test_leave_people_unplaced_until_they_are_restated(self) -> None:
        story = company()
        story.joins("Ann", home="Sales")
        story.unit("North", "2026-03-01", parent="Commercial")
        story.unit("South", "2026-03-01", parent="Commercial")
        story.chart("2026-03-01", UnitSplit(unit=some("Sales"), into=(some("North"), some("South"))))
        story.moves("Ann", "Sales", "North", "2026-03-10")
        assert story.who(UNPLACED, "2026-02-28") == set()
        for unit in (None, "Commercial"):
            assert story.who(UNPLACED, "2026-03-01", unit) == {"Ann"}
        assert story.who(UNPLACED, "2026-03-01", "Operations") == set()
        assert story.who(PEOPLE, "2026-03-01") == {"Ann"}
        assert story.who(PEOPLE, "2026-03-01", "Commercial") == set()
        assert story.who(UNPLACED, "2026-03-10") == set()
        assert story.who(PEOPLE, "2026-03-10", "North") == {"Ann"}

    def test_take_a_home_away_but_not_the_other_places(self) -> None:
        story = company()
        story.joins("Ann", home="Sales")
        story.sits("Ann", "Operations")
        dissolves(story, "Sales", "2026-03-01")
        assert story.who(PEOPLE, "2026-03-01", "Operations") == {"Ann"}
        assert story.who(HOMELESS, "2026-03-01") == {"Ann"}
        assert story.who(UNPLACED, "2026-03-01") == {"Ann"}

    def test_leave_sub_units_unplaced_until_they_are_moved(self) -> None:
        story = company()
        story.unit("Commerce", "2026-03-01")
        dissolves(story, "Commercial", "2026-03-01")
        story.chart("2026-03-10", UnitMoved(unit=some("Sales"), parent=some("Commerce")))
        assert story.who(UNPLACED_UNITS, "2026-02-28") == set()
        assert story.who(UNPLACED_UNITS, "2026-03-01") == {"Sales", "Service"}
        assert story.who(UNPLACED_UNITS, "2026-03-10") == {"Service"}

    def test_list_sub_units_where_they_last_were(self) -> None:
        story = company()
        story.unit("Field", parent="Sales")
        dissolves(story, "Sales", "2026-03-01")
        assert story.who(UNPLACED_UNITS, "2026-03-01", "Commercial") == {"Field"}
        assert story.who(UNPLACED_UNITS, "2026-03-01", "Operations") == set()
        assert story.alignment("2026-03-01", rank="director").figures[UNPLACED_UNITS].count == 0

    def test_of_a_unit_merged_before_are_told_of_its_people_too(self) -> None:
        story = company()
        story.joins("Ann", home="Sales")
        merges(story, "Sales", "Service", "2026-03-01")
        dissolves(story, "Service", "2026-04-01")
        assert story.who(UNPLACED, "2026-04-01", "Commercial") == {"Ann"}


class TestWhatWasSaidBefore:
    def test_a_leaver_counts_where_they_sat_last(self) -> None:
        story = company()
        story.joins("Ann", home="Service")
        story.publishes("2026-01-01")
        story.commits("Ann", "2026-02-01")
        story.moves("Ann", "Service", "Sales", "2026-03-01")
        story.leaves("Ann", "2026-04-01")
        figure = "commitments/unowned"
        assert story.who(figure, "2026-04-01", "Sales") == story.who(figure, "2026-04-01") == {"Ann"}
        assert story.who(figure, "2026-04-01", "Service") == set()

    def test_a_leaver_counts_with_what_carries_their_unit_on(self) -> None:
        story = company()
        story.joins("Ann", home="Service")
        story.publishes("2026-01-01")
        story.commits("Ann", "2026-02-01")
        story.leaves("Ann", "2026-03-01")
        merges(story, "Service", "Operations", "2026-04-01")
        assert story.who("commitments/unowned", "2026-03-31", "Commercial") == {"Ann"}
        assert story.who("commitments/unowned", "2026-04-01", "Operations") == {"Ann"}

    def test_a_leaver_counts_at_the_rank_held_last(self) -> None:
        story = company()
        story.joins("Ann", home="Service")
        story.say("2026-01-01", PERSON, some("Ann"), RankHeld(rank="lead"))
        story.publishes("2026-01-01")
        story.commits("Ann", "2026-02-01")
        story.leaves("Ann", "2026-03-01")
        found = {
            rank: story.alignment("2026-03-01", rank=rank).figures["commitments/all"].count
            for rank in ("lead", "director")
        }
        assert found == {"lead": 1, "director": 0}

    def test_an_ended_unit_counts_in_the_nearest_living_unit_it_sat_in(self) -> None:
        story = company()
        story.publishes("2026-01-01")
        story.commits("Sales", "2026-02-01", unit=True)
        dissolves(story, "Sales", "2026-03-01")
        dissolves(story, "Commercial", "2026-04-01")
        assert story.count("commitments/all", "2026-03-01", "Commercial") == 1
        assert story.count("commitments/all", "2026-03-01", "Service") == 0
        assert story.count("commitments/all", "2026-04-01") == 1

    def test_units_that_ended_in_a_circle_sit_nowhere(self) -> None:
        story = Story()
        story.unit("A")
        story.unit("B")
        story.unit("X", parent="A")
        story.chart("2026-01-02", UnitMoved(unit=some("A"), parent=some("B")))
        dissolves(story, "A", "2026-01-03")
        story.chart("2026-01-04", UnitMoved(unit=some("B"), parent=some("X")))
        dissolves(story, "X", "2026-01-05")
        dissolves(story, "B", "2026-01-05")
        chart: Chart = story.situation("2026-01-06").organisation.chart
        assert seat_of(chart, some("X"), end("2026-01-06")) is None
