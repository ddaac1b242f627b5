"""A request between two units: what can follow what, which day counts, and how often it was moved."""

from dataclasses import replace
from datetime import date

import pytest

from domain.coordination import due_of
from domain.kernel import Actor, Content, Party
from domain.obligation import Due
from domain.request import (
    ALLOWED,
    ENDS,
    GOING_ON,
    REQUEST,
    CounterAccepted,
    Request,
    RequestAccepted,
    RequestBroken,
    RequestCountered,
    RequestDeclined,
    RequestDelivered,
    RequestMade,
    RequestMoveAsked,
    RequestMoveConsented,
    RequestMoveRefused,
    RequestPromised,
    RequestRejected,
    RequestRevoked,
    RequestStatus,
    RequestWithdrawn,
)
from domain.request_rules import (
    NoMoveAsked,
    NothingMoved,
    RequestAlreadyMade,
    RequestOfOneself,
    RequestStandsOtherwise,
    RequestUnknown,
)
from tests.support.specification import Given, corrected, given, instant, on, some

MADE = RequestMade(
    strategy=some("growth"),
    goal=some("faster"),
    requester=some("sales"),
    performer=some("fleet"),
    title="Four vans",
    by_when=date(2026, 2, 28),
)
S = RequestStatus
WAYS: dict[RequestStatus, tuple[Content, ...]] = {
    S.OPEN: (),
    S.COUNTERED: (RequestCountered(by_when=date(2026, 3, 15)),),
    S.PROMISED: (RequestPromised(),),
    S.DELIVERED: (RequestPromised(), RequestDelivered()),
    S.KEPT: (RequestPromised(), RequestDelivered(), RequestAccepted()),
    S.DECLINED: (RequestDeclined(),),
    S.WITHDRAWN: (RequestWithdrawn(),),
    S.REVOKED: (RequestPromised(), RequestRevoked()),
    S.BROKEN: (RequestPromised(), RequestBroken()),
}
"""How a request comes to stand as it does."""
SAID: tuple[Content, ...] = (
    RequestPromised(), RequestDeclined(), RequestCountered(by_when=date(2026, 4, 1)), CounterAccepted(),
    RequestWithdrawn(), RequestMoveAsked(by_when=date(2026, 4, 1)), RequestDelivered(), RequestAccepted(),
    RequestRejected(), RequestRevoked(), RequestBroken(),
)  # fmt: skip


def standing(status: RequestStatus) -> Given[Request]:
    facts = [on(f"2026-01-{13 + each:02}", content) for each, content in enumerate(WAYS[status])]
    return given(REQUEST, on("2026-01-12", MADE), *facts)


@pytest.mark.parametrize("status", RequestStatus)
def test_it_stands_as_was_said(status: RequestStatus) -> None:
    assert standing(status).as_of("2026-01-31").status is status
    ended = standing(status).as_of("2026-01-31").ended_at
    assert (ended is None) is (status in GOING_ON)


@pytest.mark.parametrize("content", SAID, ids=lambda each: each.TOPIC)
@pytest.mark.parametrize("status", RequestStatus)
def test_what_can_follow(status: RequestStatus, content: Content) -> None:
    then = standing(status).when(on("2026-01-31", content))
    if content == CounterAccepted() and status is not S.COUNTERED:
        assert then.refusal is not None
    elif status in ALLOWED[type(content)]:
        then.then()
    else:
        act = content.TOPIC.partition(".")[2].replace("_", " ")
        then.then(RequestStandsOtherwise(status, act))


def test_every_end_ends_it() -> None:
    assert set(ENDS.values()) == set(RequestStatus) - GOING_ON


def test_it_is_made_once_of_another_unit_and_first() -> None:
    standing(S.OPEN).when(on("2026-01-13", MADE)).then(RequestAlreadyMade)
    given(REQUEST).when(on("2026-01-12", replace(MADE, performer=some("sales")))).then(RequestOfOneself)
    given(REQUEST).when(on("2026-01-12", RequestPromised())).then(RequestUnknown("promised"))


def test_the_first_days_stay_visible_and_moves_are_counted() -> None:
    stream = given(
        REQUEST,
        on("2026-01-12", MADE),
        on("2026-01-13", RequestCountered(by_when=date(2026, 3, 15))),
        on("2026-01-14", CounterAccepted()),
        on("2026-03-01", RequestMoveAsked(by_when=date(2026, 3, 31))),
        on("2026-03-02", RequestMoveConsented()),
        on("2026-03-20", RequestMoveAsked(by_when=date(2026, 4, 30))),
        on("2026-03-21", RequestMoveRefused()),
    )
    for at, due, moves, asked in (
        ("2026-01-12", date(2026, 2, 28), 0, None),
        ("2026-01-13", date(2026, 2, 28), 0, None),
        ("2026-01-14", date(2026, 3, 15), 0, None),
        ("2026-03-01", date(2026, 3, 15), 0, date(2026, 3, 31)),
        ("2026-03-02", date(2026, 3, 31), 1, None),
        ("2026-03-20", date(2026, 3, 31), 1, date(2026, 4, 30)),
        ("2026-03-21", date(2026, 3, 31), 1, None),
    ):
        state = stream.as_of(at)
        assert (state.due, state.moves, state.move) == (due, moves, asked)
    state = stream.as_of("2026-03-21")
    assert (state.asked_for, state.first_promised) == (date(2026, 2, 28), date(2026, 3, 15))


def test_a_correction_of_the_day_that_was_asked_for_moves_what_was_promised_with_it() -> None:
    stream = given(REQUEST, on("2026-01-12", MADE), on("2026-01-13", RequestPromised()))
    after = stream.when(corrected(1, "2026-01-12", replace(MADE, by_when=date(2026, 3, 31)))).then()
    assert (after.as_of("2026-01-13").due, after.as_of("2026-01-13").moves) == (date(2026, 3, 31), 0)


def test_a_move_names_another_day_and_is_answered_once() -> None:
    promised = given(REQUEST, on("2026-01-12", MADE), on("2026-01-13", RequestPromised()))
    promised.when(on("2026-01-14", RequestMoveAsked(by_when=date(2026, 2, 28)))).then(NothingMoved(date(2026, 2, 28)))
    promised.when(on("2026-01-14", RequestMoveConsented())).then(NoMoveAsked)
    moved = promised.when(on("2026-01-14", RequestMoveAsked(by_when=date(2026, 3, 1)))).then()
    consented = moved.when(on("2026-01-15", RequestMoveConsented())).then()
    consented.when(on("2026-01-16", RequestMoveRefused())).then(NoMoveAsked)


@pytest.mark.parametrize(
    ("status", "today", "due"),
    [
        (S.OPEN, date(2026, 2, 28), Due.OPEN),
        (S.OPEN, date(2026, 3, 1), Due.OVERDUE),
        (S.PROMISED, date(2026, 3, 1), Due.OVERDUE),
        (S.DELIVERED, date(2026, 3, 1), Due.DONE),
        (S.KEPT, date(2026, 3, 1), Due.DONE),
        (S.DECLINED, date(2026, 3, 1), Due.ENDED),
        (S.BROKEN, date(2026, 3, 1), Due.ENDED),
    ],
)
def test_what_was_delivered_waits_for_the_requester(status: RequestStatus, today: date, due: Due) -> None:
    assert due_of(standing(status).as_of("2026-01-31"), today) is due


def test_what_was_rejected_is_promised_as_before() -> None:
    stream = given(
        REQUEST,
        on("2026-01-12", MADE),
        on("2026-01-13", RequestPromised()),
        on("2026-02-20", RequestDelivered()),
        on("2026-02-22", RequestRejected()),
    )
    state = stream.as_of("2026-02-22")
    assert (state.status, state.delivered_at, state.rejections) == (S.PROMISED, None, 1)
    assert stream.as_of("2026-02-21").delivered_at == instant("2026-02-20")


def test_a_promise_that_somebody_else_entered_is_marked() -> None:
    lead = Actor(person=some("Lena"), on_behalf_of=Party("unit", some("fleet")))
    stream = given(REQUEST, on("2026-01-12", MADE), on("2026-01-13", RequestPromised()).by(lead))
    assert stream.as_of("2026-01-13").on_behalf
