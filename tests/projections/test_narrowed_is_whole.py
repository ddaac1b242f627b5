"""Of a unit no more is read than its figures need, and what is answered is to the byte what the whole would answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.memory.recorder import MemoryRecorder
from application import answers, records
from application.questions import Asked, Questions
from application.states import Definition, Moment
from domain.alignment import Alignment
from domain.judgement import judge
from domain.owed import Call, Owed, owed_by
from domain.scope import Scope
from domain.strategy import STRATEGY
from domain.temporal import Aggregate
from tests.projections.telling import DAYS, PEOPLE, STRATEGIES, UNITS, Act, acts, tell
from tests.support.stage import Stage

S = TypeVar("S")
TEAMS, MEMBERS = 12, 5
TOWARDS = {Call.DUTY, Call.ANSWER, Call.RENEW, Call.CONFIRM, Call.TAKE_OVER, Call.DELIVER}
"""What is owed towards a strategy, by duties, commitments and reviews: what is narrowed."""


class Counting(Definition):
    """Notes how many states are handed out."""

    handed_out = 0

    def states(self, aggregate: Aggregate[S], organisation: UUID, moment: Moment, **narrowed: Any) -> dict[UUID, S]:
        found = super().states(aggregate, organisation, moment, **narrowed)
        self.handed_out += len(found)
        return found


def said(questions: Questions, asked: Asked, found: Alignment) -> Iterator[bytes]:
    """All that a caller is shown of an alignment state: the answer, and every figure opened."""
    yield msgspec.json.encode(answers.alignment(found))
    for name in sorted(found.figures):
        opened = records.opened(questions, asked, found, name, records.records_of(found, name))
        yield msgspec.json.encode(opened)


def owed(questions: Questions, asked: Asked, person: UUID) -> list[Owed]:
    """What a person owes towards strategies, by all that there is."""
    strategies = questions.states.states(STRATEGY, asked.organisation, asked.moment)
    whole = [each for strategy in strategies if (each := questions.situation(asked, strategy)) is not None]
    return [each for situation in whole for each in owed_by(situation, judge(situation), person)]


def asked_at(stage: Stage, day: str, position: int) -> Asked:
    moment = Moment(stage.day(day, end=True), position)
    return Asked(
        organisation=stage.organisation, moment=moment, known_at=None, founded=moment.position > 0, simulated=True
    )


@pytest.mark.slow
@pytest.mark.timeout(600)
@given(
    history=acts(),
    asked=st.lists(st.tuples(st.sampled_from(DAYS), st.floats(0, 1)), min_size=1, max_size=3),
    most=st.sampled_from([1, 1000]),
)
def test_for_every_history_moment_and_unit_the_same_is_said(
    history: list[Act], asked: Sequence[tuple[str, float]], most: int
) -> None:
    stage = Stage(uuid4().hex, recorder=MemoryRecorder())
    tell(stage, history)
    states = Definition(stage.ledger)
    questions = Questions(stage.ledger, states, narrowed_up_to=most)
    newest = states.position(stage.organisation)
    for day, share in [*asked, (DAYS[-1], 1.0)]:
        question = asked_at(stage, day, round(share * newest))
        for person in PEOPLE:
            narrowly = [each for each in questions.owed(question, stage.person(person)) if each.call in TOWARDS]
            assert narrowly == owed(questions, question, stage.person(person))
        for strategy in STRATEGIES:
            for scope in (
                *(Scope(unit=stage.unit(unit)) for unit in UNITS),
                Scope(unit=stage.unit("all"), rank="lead"),
            ):
                narrowed = questions.alignment(question, stage.strategy(strategy), scope)
                whole = questions.comparable(question, stage.strategy(strategy), scope)
                assert (narrowed is None) is (whole is None)
                if narrowed is not None and whole is not None:
                    assert narrowed.commitments == whole.commitments
                    assert list(said(questions, question, narrowed)) == list(said(questions, question, whole))


@pytest.fixture(scope="module")
def large() -> Stage:
    """Teams of five below one enterprise, everybody with a commitment; one offered by the first to the second.

    And one taken over from the third by the fourth.
    """
    stage = Stage(uuid4().hex, recorder=MemoryRecorder())
    stage.say("unit.formed", "2026-01-01", unit="all", name="All", kind="enterprise")
    stage.say("strategy.drafted", "2026-01-03", strategy="growth", title="Growth")
    stage.say("strategy.revised", "2026-01-03", strategy="growth", element="vision", kind="vision", text="First")
    stage.say("strategy.submitted", "2026-01-04", strategy="growth")
    stage.say("strategy.published", "2026-01-05", strategy="growth", material=True)
    for team in range(TEAMS):
        stage.say("unit.formed", "2026-01-01", unit=f"t{team}", name=f"T{team}", kind="team", parent="all")
        for number in range(MEMBERS):
            person = f"p{team}-{number}"
            stage.say("person.joined", "2026-01-02", person=person)
            stage.say("membership.began", "2026-01-02", person=person, unit=f"t{team}", home=True)
            stage.say(
                "commitment.made", "2026-01-07", commitment=f"c-{person}", party_person=person, strategy="growth",
                level="committed",
            )  # fmt: skip
    stage.say("commitment.reassigned", "2026-01-08", commitment="c-p0-0", party_person="p1-0")
    stage.say("commitment.reassigned", "2026-01-08", commitment="c-p2-0", party_person="p3-0")
    stage.say("commitment.accepted", "2026-01-09", commitment="c-p2-0")
    return stage


def test_of_a_team_its_own_records_are_read_and_whom_they_name(large: Stage) -> None:
    states = Counting(large.ledger)
    questions = Questions(large.ledger, states)
    question = asked_at(large, "2026-02-01", states.position(large.organisation))
    found = questions.alignment(question, large.strategy("growth"), Scope(unit=large.unit("t1")))
    assert found is not None
    assert len(found.figures["parties/people/all"].records) == MEMBERS
    # Its five members with their commitments, and with its owner the one that a member was asked to take over.
    assert (len(found.situation.people), len(found.situation.commitments)) == (MEMBERS + 1, MEMBERS + 1)
    assert states.handed_out < TEAMS * MEMBERS


@pytest.mark.parametrize("team", ["t0", "t1", "t2", "t3", "t4"])
def test_what_was_handed_over_is_read_where_it_counts(large: Stage, team: str) -> None:
    questions = Questions(large.ledger, Definition(large.ledger))
    question = asked_at(large, "2026-02-01", questions.states.position(large.organisation))
    strategy, scope = large.strategy("growth"), Scope(unit=large.unit(team))
    narrowed, whole = (ask(question, strategy, scope) for ask in (questions.alignment, questions.comparable))
    assert narrowed is not None
    assert whole is not None
    assert len(narrowed.commitments) == {"t2": MEMBERS - 1, "t3": MEMBERS + 1}.get(team, MEMBERS)
    assert list(said(questions, question, narrowed)) == list(said(questions, question, whole))


def test_a_unit_of_more_than_so_many_is_read_as_a_whole_and_kept_once(large: Stage) -> None:
    states = Counting(large.ledger)
    questions = Questions(large.ledger, states, narrowed_up_to=MEMBERS)
    question = asked_at(large, "2026-02-01", states.position(large.organisation))
    strategy = large.strategy("growth")
    everybody = questions.alignment(question, strategy, Scope(unit=large.unit("all")))
    assert everybody is not None
    assert len(everybody.situation.people) == TEAMS * MEMBERS
    assert questions.situation(question, strategy) is everybody.situation
