"""What leaders and partners do through their commands: rankings, limits, running the process, asking constituencies."""

from __future__ import annotations

from datetime import date

import pytest

from domain.cascade import PROCESS
from domain.constituency import CONSTITUENCY
from domain.obligation import present_day
from domain.organisation import ORGANISATION
from domain.ranking import RANKING
from domain.request import REQUEST
from tests.application.scenes import Fields, drafted, published, refused, state
from tests.support.stage import Stage


def with_bets() -> Stage:
    """The draft of growth with two bets."""
    stage = drafted()
    for element in ("bet-one", "bet-two"):
        said: Fields = {"strategy": "growth", "element": element, "kind": "big_bet", "text": element}
        stage.say("strategy.revised", "2026-03-02", by="ann", **said)
    return stage


class TestRankings:
    def test_each_gives_theirs_once_while_it_is_open(self) -> None:
        stage = with_bets()
        said: Fields = {"strategy": "growth", "kind": "bets", "participants": ("ann", "bob")}
        opened = stage.say("ranking.opened", "2026-03-05", ranking="round", by="bob", **said)
        ranks = {"bet-one": 2, "bet-two": 1}
        stage.say("ranking.given", "2026-03-06", ranking="round", ranks=ranks, by="ann")
        with refused(stage, "order-already-given"):
            stage.say("ranking.given", "2026-03-07", ranking="round", ranks=ranks, by="ann")
        stage.say("ranking.closed", "2026-03-08", ranking="round", by="bob")
        with refused(stage, "ranking-is-closed"):
            stage.say("ranking.given", "2026-03-09", ranking="round", ranks=ranks, by="bob")
        closed = state(stage, RANKING, opened)
        assert closed.givers == {stage.person("ann")}
        assert closed.closed_at == stage.day("2026-03-08")

    @pytest.mark.parametrize(
        ("rule", "ranks"), [("not-to-be-ranked", {"vision": 1}), ("place-impossible", {"bet-one": 0})]
    )
    def test_an_order_is_of_what_is_asked(self, rule: str, ranks: dict[str, int]) -> None:
        stage = with_bets()
        said: Fields = {"strategy": "growth", "kind": "bets", "participants": ("ann",)}
        stage.say("ranking.opened", "2026-03-05", ranking="round", by="bob", **said)
        with refused(stage, rule):
            stage.say("ranking.given", "2026-03-06", ranking="round", ranks=ranks, by="ann")

    def test_nobody_is_asked_for_what_was_due_before(self) -> None:
        stage = with_bets()
        said: Fields = {"strategy": "growth", "kind": "bets", "participants": ("ann",)}
        with refused(stage, "order-due-before-asked", "due"):
            stage.say("ranking.opened", "2026-03-05", by="bob", due=date(2026, 3, 4), **said)
        stage.say("ranking.opened", "2026-03-05", by="bob", due=date(2026, 3, 5), **said)


def test_a_limit_is_the_organisations_own_from_its_day_on() -> None:
    stage = published()
    stage.say("limit.set", "2026-03-10", level="organisation", kind="kpi", most=7)
    before = state(stage, ORGANISATION, stage.organisation, "2026-03-09")
    after = state(stage, ORGANISATION, stage.organisation, "2026-03-10")
    assert (len(before.limits), len(after.limits)) == (0, 1)


def test_a_manager_runs_the_process_with_named_people() -> None:
    stage = published()
    said: Fields = {"strategy": "growth", "unit": "sales", "participants": ("cy",)}
    ran = stage.say("process.run", "2026-03-10", person="ann", by="ann", **said)
    found = state(stage, PROCESS, ran)
    assert found.person == stage.person("ann")
    assert found.participants == (stage.person("cy"),)


class TestConstituencies:
    @staticmethod
    def asked() -> Stage:
        stage = published()
        stage.say("guest.invited", "2026-03-04", person="rita", name="Rita")
        stage.say("constituency.named", "2026-03-05", constituency="patients", name="Patients", kind="clients")
        stage.say("representative.named", "2026-03-05", constituency="patients", person="rita")
        said: Fields = {"ask": "first", "strategy": "growth", "text": "Is it yours, too?", "by_when": date(2026, 4, 30)}
        stage.say("constituency.asked", "2026-03-06", constituency="patients", **said)
        return stage

    def test_is_asked_until_it_is_released(self) -> None:
        stage = self.asked()
        released = stage.say("constituency.released", "2026-03-10", constituency="patients", ask="first")
        then, now = (state(stage, CONSTITUENCY, released.stream, day) for day in ("2026-03-09", "2026-03-10"))
        assert then != now
        with refused(stage, "not-asked-for"):
            stage.say("constituency.released", "2026-03-11", constituency="patients", ask="first")

    def test_is_spoken_for_until_that_ends(self) -> None:
        stage = self.asked()
        stage.say("representative.ended", "2026-03-10", constituency="patients", person="rita")
        with refused(stage, "represents-not"):
            stage.say("representative.ended", "2026-03-11", constituency="patients", person="rita")

    def test_its_representatives_come_from_outside(self) -> None:
        stage = self.asked()
        with refused(stage, "represented-from-within"):
            stage.say("representative.named", "2026-03-06", constituency="patients", person="ann")

    def test_what_is_asked_exists_and_is_due_later(self) -> None:
        stage = self.asked()
        said: Fields = {"strategy": "growth", "text": "And this?"}
        with refused(stage, "asked-element-unknown"):
            stage.say("constituency.asked", "2026-03-07", constituency="patients", ask="b", elements=("none",), **said)
        with refused(stage, "asked-before-it-was-due"):
            due = date(2026, 3, 1)
            stage.say("constituency.asked", "2026-03-07", constituency="patients", ask="b", by_when=due, **said)


def test_a_move_that_is_refused_leaves_the_day_as_it_was_promised() -> None:
    stage = published()
    for unit, person in (("sales", "ann"), ("service", "bob")):
        stage.say("spokesperson.named", "2026-03-05", unit=unit, person=person)
    said: Fields = {"goal": "faster", "requester": "sales", "performer": "service", "title": "Vans"}
    made = stage.say("request.made", "2026-03-10", by_when=date(2026, 4, 30), by="ann", **said)
    request = str(made.stream)
    stage.say("request.promised", "2026-03-11", request=request, by="bob")
    stage.say("request.move_asked", "2026-03-12", request=request, by_when=date(2026, 5, 15), by="bob")
    stage.say("request.move_refused", "2026-03-13", request=request, by="ann")
    assert present_day(state(stage, REQUEST, made).by_whens) == date(2026, 4, 30)
