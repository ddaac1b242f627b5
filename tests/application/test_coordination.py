"""Requests between units through their commands: who says what, what is owed, and units that end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from application.ledger import Receipt
from domain.coordination import Coordination, Counts, coordination, counted
from domain.owed import Call
from domain.request import REQUEST, RequestStatus
from tests.application.scenes import content, published, refused, state, words
from tests.support.stage import Stage


def asked() -> tuple[Stage, str]:
    """Sales asked service for vans by 30 April; Ann speaks for sales, Bob for service, Cy is of sales too."""
    stage = published()
    for unit, person in (("sales", "ann"), ("service", "bob")):
        stage.say("spokesperson.named", "2026-03-05", unit=unit, person=person)
    return stage, str(ask(stage, "2026-03-10").stream)


def ask(stage: Stage, at: str, by: str = "ann", **more: object) -> Receipt:
    said = {"requester": "sales", "performer": "service", "by_when": date(2026, 4, 30), **more}
    return stage.say("request.made", at, goal="faster", title="Vans", by=by, **said)  # type: ignore[arg-type]  # fields


def graph(stage: Stage, valid: str, known: str | None = None, unit: str | None = None) -> Coordination:
    moment = stage.ask(valid, known or valid)
    situation = stage.questions.situation(moment, stage.strategy("growth"))
    assert situation is not None
    states = stage.questions.states.states(
        REQUEST, stage.organisation, moment.moment, strategy=stage.strategy("growth")
    )

    def day(instant: datetime) -> date:
        return instant.astimezone(stage.zone).date()

    return coordination(situation, states, day, unit=stage.unit(unit) if unit else None)


def owed(stage: Stage, person: str, at: str) -> Iterator[tuple[Call, date | None, bool]]:
    for each in stage.questions.owed(stage.ask(at), stage.person(person)):
        yield each.call, each.due, each.overdue


def test_it_is_asked_for_a_goal_and_its_strategy() -> None:
    stage, _ = asked()
    made = content(stage, ask(stage, "2026-03-11", conditions="with drivers"))
    assert (made.strategy, words(stage, made.conditions)) == (stage.strategy("growth"), "with drivers")
    assert made.conditions.subject == stage.organisation


def test_a_day_that_has_passed_is_not_asked_for() -> None:
    stage, request = asked()
    with refused(stage, "asked-for-the-past", "by_when"):
        ask(stage, "2026-03-11", by_when=date(2026, 3, 10))
    with refused(stage, "asked-for-the-past", "by_when"):
        stage.say("request.countered", "2026-03-11", request=request, by_when=date(2026, 3, 10), by="bob")
    with refused(stage, "request-of-oneself", "performer"):
        ask(stage, "2026-03-11", performer="sales")


@pytest.mark.parametrize("act", ["declined", "rejected", "revoked", "broken"])
def test_a_no_says_why(act: str) -> None:
    stage, request = asked()
    with refused(stage, "reason-required", "reason"):
        stage.say(f"request.{act}", "2026-03-12", request=request, by="bob")


@pytest.mark.parametrize("act", ["accepted", "withdrawn"])
def test_what_is_for_the_requester_to_say_nobody_else_says(act: str) -> None:
    stage, request = asked()
    stage.say("request.promised", "2026-03-11", request=request, by="bob")
    with refused(stage, "only-the-requester-says", "request"):
        stage.say(f"request.{act}", "2026-03-12", request=request, by="bob")
    stage.say(f"request.{act}", "2026-03-12", request=request, by="cy")


def test_a_promise_is_broken_from_the_day_after_and_revoked_until_its_day() -> None:
    stage, request = asked()
    stage.say("request.promised", "2026-03-11", request=request, by="bob")
    with refused(stage, "not-broken-yet", "at", due=date(2026, 4, 30)):
        stage.say("request.broken", "2026-04-30", request=request, by="ann", reason="nothing came")
    with refused(stage, "too-late-to-revoke", "at", due=date(2026, 4, 30)):
        stage.say("request.revoked", "2026-05-01", request=request, by="bob", reason="no vans")
    stage.say("request.broken", "2026-05-01", request=request, by="bob", reason="no vans")
    assert counted(graph(stage, "2026-05-01").requests).broken == 1


def test_an_answer_a_promise_and_an_acceptance_are_owed_in_turn() -> None:
    stage, request = asked()
    due = date(2026, 4, 30)
    assert list(owed(stage, "bob", "2026-03-10")) == [(Call.REPLY, due, False)]
    assert list(owed(stage, "bob", "2026-05-01")) == [(Call.REPLY, due, True)]
    stage.say("request.countered", "2026-03-11", request=request, by_when=date(2026, 5, 10), by="bob")
    assert (list(owed(stage, "bob", "2026-03-11")), list(owed(stage, "ann", "2026-03-11"))) == (
        [],
        [(Call.REPLY, None, False)],
    )
    stage.say("request.counter_accepted", "2026-03-12", request=request, by="ann")
    stage.say("request.move_asked", "2026-03-13", request=request, by_when=date(2026, 5, 20), by="bob")
    assert list(owed(stage, "bob", "2026-05-11")) == [(Call.KEEP, date(2026, 5, 10), True)]
    assert list(owed(stage, "ann", "2026-03-13")) == [(Call.REPLY, None, False)]
    stage.say("request.move_consented", "2026-03-14", request=request, by="ann")
    assert list(owed(stage, "bob", "2026-05-11")) == [(Call.KEEP, date(2026, 5, 20), False)]
    stage.say("request.delivered", "2026-05-12", request=request, by="bob", evidence="the keys")
    assert (list(owed(stage, "bob", "2026-05-12")), list(owed(stage, "ann", "2026-05-12"))) == (
        [],
        [(Call.ACCEPT, None, False)],
    )
    stage.say("request.accepted", "2026-05-13", request=request, by="ann")
    assert (list(owed(stage, "bob", "2026-05-13")), list(owed(stage, "ann", "2026-05-13"))) == ([], [])


def test_nobody_owes_what_is_asked_under_a_strategy_that_is_followed_no_more() -> None:
    stage, _ = asked()
    stage.say("strategy.retired", "2026-04-01", strategy="growth")
    assert list(owed(stage, "bob", "2026-04-01")) == []


def test_a_unit_that_merged_is_carried_on_and_one_that_was_split_is_unowned() -> None:
    stage, request = asked()
    for unit in ("north", "south"):
        stage.say("unit.formed", "2026-03-15", unit=unit, name=unit.title(), kind="team", parent="acme")
    stage.say("unit.merged", "2026-03-20", unit="service", into="north")
    (before,) = graph(stage, "2026-03-19").requests
    (after,) = graph(stage, "2026-03-20").requests
    assert (before.performer, after.performer, after.unowned) == (stage.unit("service"), stage.unit("north"), False)
    stage.say("spokesperson.named", "2026-03-21", unit="north", person="cy")
    assert list(owed(stage, "cy", "2026-03-21")) == [(Call.REPLY, date(2026, 4, 30), False)]
    stage.say("request.promised", "2026-03-22", request=request, by="cy")
    assert state(stage, REQUEST, before.id).on_behalf is False
    stage.say("unit.split", "2026-03-25", unit="north", into=("south", "sales"))
    (split,) = graph(stage, "2026-03-25").requests
    # Nobody carries it on: it stays under the unit that it was asked of, and nobody is asked for it.
    assert (split.performer, split.unowned, split.state.status) == (stage.unit("service"), True, RequestStatus.PROMISED)
    assert list(owed(stage, "cy", "2026-03-25")) == []
    assert counted(graph(stage, "2026-03-25").requests).unowned == 1
    with refused(stage, "nobody-there-to-ask", "performer"):
        ask(stage, "2026-03-26", performer="service")


@pytest.mark.parametrize(("unit", "count"), [("sales", 1), ("service", 1), ("acme", 1), ("north", 0)])
def test_a_scope_holds_what_its_units_ask_and_are_asked(unit: str, count: int) -> None:
    stage, _ = asked()
    stage.say("unit.formed", "2026-03-15", unit="north", name="North", kind="team", parent="acme")
    assert len(graph(stage, "2026-03-15", unit=unit).requests) == count


def test_a_request_of_a_unit_not_formed_yet_has_no_effect() -> None:
    stage, _ = asked()
    formed = stage.say("unit.formed", "2026-03-15", unit="north", name="North", kind="team", parent="acme")
    ask(stage, "2026-03-16", performer="north")
    assert counted(graph(stage, "2026-03-16").requests).asked == 2
    stage.correct(
        formed,
        "unit.formed",
        "2026-03-20",
        "2026-03-20",
        "later",
        unit="north",
        name="North",
        kind="team",
        parent="acme",
    )
    found = graph(stage, "2026-03-20")
    assert (counted(found.requests).asked, [each.reason for each in found.unapplied]) == (
        1,
        ["its unit had not been formed by then"],
    )


def test_counts_add_up() -> None:
    stage, request = asked()
    ask(stage, "2026-03-12", by_when=date(2026, 3, 20))
    stage.say("request.declined", "2026-03-13", request=request, by="bob", reason="no vans")
    found = counted(graph(stage, "2026-03-21").requests)
    assert found == Counts(asked=2, open=1, unanswered=1, overdue=1, declined=1)
    assert found.asked == found.open + found.kept + found.declined + found.withdrawn + found.revoked + found.broken
