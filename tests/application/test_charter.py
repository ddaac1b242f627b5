"""Charters through their commands: who runs a review, on whose word, and what ends it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from application.callers import Callers
from application.ledger import Receipt
from application.permissions import About, Caller, Role, allowed
from application.tokens import Token
from domain.charter import Charter
from domain.kernel import Actor, Party, Word
from domain.review import REVIEW
from tests.application.scenes import Fields, correction, entry, imported, published, refused, request, state, words
from tests.application.test_review import open_review
from tests.support.stage import Stage

OWNED = "I answer for what comes of it"


@pytest.fixture
def stage() -> Stage:
    """The review of the strategy among Ann and Cy until the end of March; Fay is a guest, Bob the sponsor."""
    stage = published()
    stage.say("guest.invited", "2026-03-04", person="fay", name="Fay")
    open_review(stage, participants=("ann", "cy"))
    return stage


def charter(stage: Stage, at: str = "2026-03-06", *, by: str | None = "bob", **said: Any) -> Receipt:
    fields = {"facilitator": "fay", "method": "interviews", "ownership": OWNED, "responds_by": date(2026, 4, 20)}
    return stage.say("review.chartered", at, review="spring", by=by, **{**fields, **said})


def charters(stage: Stage, at: str | None = None) -> tuple[Charter, ...]:
    return state(stage, REVIEW, review(stage), at).charters


def review(stage: Stage) -> UUID:
    found = stage.ledger.book(stage.organisation).find("review", "spring")
    assert found is not None
    return found


def runs(stage: Stage, at: str, person: str = "fay") -> bool:
    """Whether somebody runs the review at the first instant of a day."""
    instant = stage.day(at)
    token = Token(
        id=UUID(int=1), organisation=stage.organisation, name=person, digest=b"", person=stage.person(person),
        issued_at=instant, expires_at=instant,
    )  # fmt: skip
    caller = Callers(stage.ledger).caller(token.credential, instant)
    assert caller is not None
    here = caller.facilitates == {review(stage)}
    assert (Role.FACILITATOR in caller.roles, bool(caller.examines)) == (here, here)
    assert allowed(caller, "review.closed", About(review=review(stage))) is here
    assert not allowed(caller, "review.closed", About(review=UUID(int=7)))
    return here


def test_the_sponsor_charters_a_facilitator_and_owns_the_review_in_writing(stage: Stage) -> None:
    charter(stage)
    (found,) = charters(stage)
    assert (found.facilitator, found.sponsor) == (stage.person("fay"), stage.person("bob"))
    assert (found.method, words(stage, found.ownership), found.responds_by) == ("interviews", OWNED, date(2026, 4, 20))
    assert [runs(stage, day) for day in ("2026-03-05", "2026-03-06", "2026-04-20", "2026-04-21")] == [
        False, True, True, False,
    ]  # fmt: skip
    assert not runs(stage, "2026-03-07", "bob")


@pytest.mark.parametrize("ending", ["review.cancelled", "review.discharged", "review.published"])
def test_access_ends_with_the_charter(stage: Stage, ending: str) -> None:
    charter(stage)
    stage.say("review.closed", "2026-04-01", review="spring", by="fay") if ending == "review.published" else None
    stage.say(ending, "2026-04-02", review="spring", by="bob", reason="as agreed")
    assert [runs(stage, day) for day in ("2026-04-01", "2026-04-02")] == [True, False]


@pytest.mark.parametrize("act", ["commitment.accepted", "commitment.confirmed", "commitment.made"])
def test_a_facilitator_speaks_for_no_unit_but_for_themselves(act: str) -> None:
    fay, unit = UUID(int=1), UUID(int=2)
    runs_one, runs_none = (
        Caller(organisation=UUID(int=3), name="fay", person=fay, roles=frozenset({Role.MEMBER}), facilitates=reviews)
        for reviews in (frozenset({UUID(int=4)}), frozenset[UUID]())
    )
    of_the_unit, own = About(party=Party("unit", unit), speaks_for=True), About(party=Party("person", fay))
    assert allowed(runs_none, act, of_the_unit)
    assert not allowed(runs_one, act, of_the_unit)
    assert allowed(runs_one, act, own)


def test_another_one_follows_who_was_discharged(stage: Stage) -> None:
    stage.say("guest.invited", "2026-03-06", person="gil", name="Gil")
    charter(stage)
    with refused(stage, "charter-holds", "facilitator"):
        charter(stage, "2026-03-07", facilitator="gil")
    with refused(stage, "reason-required", "reason"):
        stage.say("review.discharged", "2026-03-08", review="spring", by="bob")
    stage.say("review.discharged", "2026-03-08", review="spring", by="bob", reason="fell ill")
    with refused(stage, "no-charter-holds", "review"):
        stage.say("review.discharged", "2026-03-09", review="spring", by="bob", reason="again")
    charter(stage, "2026-03-09", facilitator="gil")
    assert [(runs(stage, "2026-03-10", each)) for each in ("fay", "gil")] == [False, True]


@pytest.mark.parametrize(
    ("said", "code", "where"),
    [
        ({"facilitator": "ann"}, "facilitator-is-asked", "facilitator"),
        ({"facilitator": "bob"}, "facilitates-for-oneself", "facilitator"),
        ({"facilitator": "nobody"}, "unknown-reference", "facilitator"),
        ({"by": None}, "owner-unnamed", "actor"),
        ({"ownership": " "}, "ownership-empty", "ownership"),
        ({"responds_by": date(2026, 3, 30)}, "responds-before-close", "responds_by"),
    ],
)
def test_terms_that_cannot_be_given(stage: Stage, said: dict[str, Any], code: str, where: str) -> None:
    with refused(stage, code, where):
        charter(stage, **said)


def test_answers_may_be_reported_on_the_last_day_of_the_review(stage: Stage) -> None:
    charter(stage, responds_by=date(2026, 3, 31))
    assert runs(stage, "2026-03-31")


def test_answers_are_not_taken_beyond_the_day_of_the_charter(stage: Stage) -> None:
    charter(stage, responds_by=date(2026, 4, 20))
    late: Fields = {"review": "spring", "reason": "half of us were ill", "by": "bob"}
    with refused(stage, "extended-past-its-charter", "closes"):
        stage.say("review.extended", "2026-03-20", closes=stage.day("2026-04-22"), **late)
    stage.say("review.extended", "2026-03-20", closes=stage.day("2026-04-21"), **late)
    stage.say("review.discharged", "2026-03-21", **late)
    stage.say("review.extended", "2026-03-21", closes=stage.day("2026-04-30"), **late)


def test_nobody_is_put_in_charge_once_results_are_out(stage: Stage) -> None:
    stage.say("review.closed", "2026-04-01", review="spring")
    stage.say("review.published", "2026-04-02", review="spring")
    with refused(stage, "charter-too-late", "at"):
        charter(stage, "2026-04-03")


def test_who_may_charter_is_no_rule_for_imports(stage: Stage) -> None:
    fields: Fields = {"review": "spring", "facilitator": "fay", "method": "m", "ownership": "o"}
    said = entry(stage, "review.chartered", "2026-03-06", responds_by=date(2026, 4, 20), actor=imported(), **fields)
    stage.ledger.execute(request(stage, said, actor=Actor()))
    (found,) = charters(stage)
    assert found.sponsor is None


def test_a_charter_given_by_mistake_never_held(stage: Stage) -> None:
    receipt = charter(stage)
    assert runs(stage, "2026-03-07")
    stage.say(
        "review.chartered", "2026-03-06", known="2026-03-08", by="bob", reason="the wrong review",
        correction=correction(stage, receipt, Word.RETRACTION),
    )  # fmt: skip
    assert charters(stage) == ()
    assert not runs(stage, "2026-03-09")
