"""For every history and at every moment the alignment state is what the naive account says, and its figures add up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.alignment import Alignment, derive
from domain.bridge import bridge
from domain.commitment import Target
from domain.scope import Scope
from tests.domain.histories import DAYS, ELEMENTS, GOALS, KEYS, PEOPLE, START, STRATEGY_ID, UNITS, history_by
from tests.domain.naive import Naive
from tests.support.specification import some
from tests.support.story import situation_of

NAMES: dict[UUID, str] = {
    **{some(name): name for name in (*UNITS, *PEOPLE)},
    **{some(f"commitment {key}"): key for key in KEYS},
    **{some(f"duty {key}"): f"duty {key}" for key in KEYS},
}
CHANCE = given(chance=st.randoms(use_true_random=True))


@dataclass
class Asked:
    """A history by chance, and a question to it: of a day, of what was known by then, of a scope."""

    chance: Random

    def __post_init__(self) -> None:
        self.history = history_by(self.chance)
        self.scope = self.chance.choice([None, None, *UNITS])

    def moment(self) -> tuple[int, int]:
        """A day, and how much is known: all of it as often as not."""
        newest = len(self.history.told)
        known = self.chance.choice([newest, self.chance.randint(self.history.beginning, newest)])
        return self.chance.randint(1, DAYS + 2), known

    def alignment(self, day: int, known: int, scope: str | None) -> Alignment:
        at = START + timedelta(days=day + 1, microseconds=-1)
        return derive(situation_of(self.history.told[:known], at), Scope(unit=some(scope) if scope else None))


@CHANCE
def test_the_figures_are_those_of_the_naive_account(chance: Random) -> None:
    asked = Asked(chance)
    day, known = asked.moment()
    found, right = asked.alignment(day, known, asked.scope), Naive(asked.history.log, day, known).figures(asked.scope)
    assert {name: {NAMES[record] for record in found.figures[name].records} for name in right} == right


@CHANCE
def test_so_are_its_teams(chance: Random) -> None:
    asked = Asked(chance)
    day, known = asked.moment()
    found, naive = asked.alignment(day, known, None), Naive(asked.history.log, day, known)
    goals = {some(goal): goal for goal in GOALS}
    for team in found.teams:
        goal = goals[team.target.goal] if team.target.goal else None
        committed, members = naive.team(NAMES[team.unit], goal, team.target.element)
        assert ({NAMES[each] for each in team.members}, {NAMES[each] for each in team.committed}) == (
            members,
            committed,
        )
    shown = {(team.unit, team.target) for team in found.teams}
    for unit in UNITS:
        for goal, element in ((None, None), *((goal, None) for goal in GOALS), *((None, each) for each in ELEMENTS)):
            target = Target(strategy=STRATEGY_ID, goal=some(goal) if goal else None, element=element)
            if (some(unit), target) not in shown:
                assert not naive.team(unit, goal, element)[0], "who is committed shows in a team"


@CHANCE
def test_every_bridge_adds_up(chance: Random) -> None:
    asked = Asked(chance)
    (first, learned), (second, known) = asked.moment(), asked.moment()
    before = asked.alignment(first, min(learned, known), asked.scope)
    restated, after = (asked.alignment(day, known, asked.scope) for day in (first, second))
    bridges = {each.figure: each for each in bridge(before, restated, after)}
    assert bridges.keys() == before.figures.keys() | restated.figures.keys() | after.figures.keys()
    for name, found in bridges.items():
        came, went = (sum(map(len, side.values())) for side in (found.entered, found.left))
        assert found.before + came - went == found.after
        assert found.before == (before.figures[name].count if name in before.figures else 0)
        assert found.after == (after.figures[name].count if name in after.figures else 0)
        assert found.stayed <= min(found.before, found.after)


@CHANCE
def test_what_adds_up_to_a_whole_does(chance: Random) -> None:
    asked = Asked(chance)
    figures = asked.alignment(*asked.moment(), asked.scope).figures

    def parts(group: str, names: tuple[str, ...], whole: str) -> None:
        assert sum(figures[f"{group}/{name}"].count for name in names) == figures[whole].count
        union = frozenset[UUID]().union(*(figures[f"{group}/{name}"].records for name in names))
        assert union == figures[whole].records

    parts("acknowledgement", ("current", "outdated", "declined", "on_behalf", "none"), "population/people")
    parts("commitments", ("open", "declined", "withdrawn", "fulfilled", "missed"), "commitments/all")
    for plural in ("people", "units"):
        party = {name: figures[f"parties/{plural}/{name}"].records for name in ("all", "committed", "declined")}
        assert party["all"] <= figures[f"population/{plural}"].records
        assert party["committed"] <= party["all"]
        assert party["committed"].isdisjoint(party["declined"])
    current = figures["commitments/current"].records
    assert current <= figures["commitments/open"].records | figures["commitments/fulfilled"].records
    for flag in ("stale", "early", "unowned", "on_behalf"):
        assert current.isdisjoint(figures[f"commitments/{flag}"].records)


@CHANCE
def test_scopes_side_by_side_share_nobody_who_has_a_home(chance: Random) -> None:
    asked = Asked(chance)
    day, known = asked.moment()
    whole = asked.alignment(day, known, None)
    chart, at = whole.population.chart, whole.population.at
    tops = [unit for unit in UNITS if chart.alive(some(unit), at) and chart.parent(some(unit), at) is None]
    settled = whole.population.people - whole.population.homeless
    beside = [asked.alignment(day, known, unit).population.people & settled for unit in tops]
    assert sum(map(len, beside)) == len(settled)
    assert frozenset[UUID]().union(*beside) == settled
