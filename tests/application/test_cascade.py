"""Who is reached, who has own goals and since when somebody is committed: what a feature does not spell out."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.cascade import PROCESS
from domain.cascade_figures import Cascade, Leading
from domain.programme import PROGRAMME
from tests.application.scenes import Fields, entry, imported, published, request
from tests.support.stage import Stage


@pytest.fixture
def stage() -> Stage:
    """Ann speaks for sales, where Cy is, too; Bob is in service."""
    stage = published()
    stage.say("spokesperson.named", "2026-03-04", unit="sales", person="ann")
    return stage


def cascade(stage: Stage, at: str, known: str | None = None) -> Cascade:
    asked, strategy = stage.ask(at, known), stage.strategy("growth")
    states = stage.questions.states
    return Cascade(
        found=stage.alignment("growth", at, known or at),
        runs=states.states(PROCESS, stage.organisation, asked.moment, strategy=strategy),
        programmes=states.states(PROGRAMME, stage.organisation, asked.moment, strategy=strategy),
    )


def people(stage: Stage, *keys: str) -> frozenset[UUID]:
    return frozenset(stage.person(key) for key in keys)


def led(stage: Stage, at: str) -> Leading:
    (sales,) = [each for each in cascade(stage, at).leading() if each.unit == stage.unit("sales")]
    return sales


class TestReached:
    @pytest.fixture
    def told(self, stage: Stage) -> Stage:
        for programme, kind in (("told", "communication"), ("taught", "development")):
            stage.say("programme.planned", "2026-03-04", programme=programme, strategy="growth", kind=kind,
                      title=programme, elements=("vision",), person="ann", by_when=date(2026, 6, 30))  # fmt: skip
        return stage

    def hold(self, stage: Stage, programme: str, at: str, *who: str) -> None:
        stage.say("programme.held", at, programme=programme, title="session", participants=who)

    def test_by_sessions_that_communicate_it_even_of_a_programme_dropped_since(self, told: Stage) -> None:
        self.hold(told, "told", "2026-03-10", "bob")
        self.hold(told, "taught", "2026-03-10", "cy")
        told.say("programme.dropped", "2026-03-20", programme="told")
        assert cascade(told, "2026-03-09", "2026-03-20").whole().reached == frozenset()
        assert cascade(told, "2026-03-21").whole().reached == people(told, "bob")

    def test_not_before_they_came(self, told: Stage) -> None:
        self.hold(told, "told", "2026-03-10", "bob")
        told.say("person.joined", "2026-03-12", person="dee", name="Dee")
        told.say("membership.began", "2026-03-12", person="dee", unit="sales", home=True)
        early = entry(told, "programme.held", "2026-03-11", known="2026-03-13", programme="told", title="session",
                      participants=("dee",))  # fmt: skip
        told.ledger.execute(request(told, early, actor=imported()))
        found = cascade(told, "2026-03-13").whole()
        assert (len(found.people), found.reached) == (4, people(told, "bob"))


class TestOwnGoals:
    def test_a_goal_of_their_own_is_theirs_whoever_answers_for_it(self, stage: Stage) -> None:
        stage.say("goal.proposed", "2026-03-05", strategy="growth", goal="own", title="Own", person="cy")
        stage.say("goal.changed", "2026-03-06", goal="own", accountable="ann")
        stage.say("goal.abandoned", "2026-03-08", goal="own")
        assert cascade(stage, "2026-03-05").whole().own_goals == people(stage, "cy")
        assert cascade(stage, "2026-03-06").whole().own_goals == people(stage, "ann", "cy")
        assert cascade(stage, "2026-03-08").whole().own_goals == frozenset()


class TestLeadersFirst:
    def commit(self, stage: Stage, who: str, at: str, level: str, *, again: bool = False) -> None:
        said: Fields = {} if again else {"party_person": who, "strategy": "growth"}
        topic = "commitment.changed" if again else "commitment.made"
        stage.say(topic, at, by=who, commitment=f"c-{who}", level=level, **said)

    def test_who_was_not_yet_committed_was_not_first(self, stage: Stage) -> None:
        """Ann says "not yet" on the 5th and commits on the 9th; Cy commits on the 7th."""
        self.commit(stage, "ann", "2026-03-05", "not yet")
        self.commit(stage, "cy", "2026-03-07", "committed")
        self.commit(stage, "ann", "2026-03-09", "committed", again=True)
        assert led(stage, "2026-03-08").leader_since is None
        found = led(stage, "2026-03-10")
        assert (found.leader_since, found.people_since) == (stage.day("2026-03-09"), stage.day("2026-03-07"))
        assert found.leader_first is False

    def test_who_wavered_is_committed_since_they_are_again(self, stage: Stage) -> None:
        self.commit(stage, "cy", "2026-03-05", "committed")
        self.commit(stage, "cy", "2026-03-06", "on condition", again=True)
        self.commit(stage, "cy", "2026-03-08", "committed", again=True)
        assert led(stage, "2026-03-05").people_since == stage.day("2026-03-05")
        assert led(stage, "2026-03-06").people_since is None
        assert led(stage, "2026-03-08").people_since == stage.day("2026-03-08")
