"""Proposals and the opening of a draft: what can be said of them, and what becomes of them."""

from datetime import date

import pytest

from domain.kernel import Actor, Party
from domain.proposal import (
    PROPOSAL,
    ProposalAlreadyAnswered,
    ProposalAlreadyMade,
    ProposalAlreadyWithdrawn,
    ProposalAnswered,
    ProposalMade,
    ProposalUnknown,
    ProposalWithdrawn,
    Taken,
)
from domain.sealed import Private
from domain.shaping import SHAPING, ShapingClosed, ShapingNotOpen, ShapingOfAnother, ShapingOpened
from tests.support.specification import given, instant, on, some

WORDS = Private(some("Ann"), "Say it shorter")
MADE = ProposalMade(
    person=some("Ann"), strategy=some("growth"), text=WORDS, content_hash="9f", drafters=(some("Tara"),)
)
ANSWERED = ProposalAnswered(taken=Taken.PARTLY, why=Private(some("Tara"), "in part"))


def test_a_proposal_is_open_until_it_is_answered() -> None:
    stream = given(PROPOSAL, on("2026-01-12", MADE), on("2026-01-15", ANSWERED))
    assert (stream.as_of("2026-01-14").is_open, stream.as_of("2026-01-14").taken) == (True, None)
    assert (stream.as_of("2026-01-15").is_open, stream.as_of("2026-01-15").taken) == (False, Taken.PARTLY)
    assert not stream.as_of("2026-01-11").is_open


def test_a_newer_answer_takes_the_place_of_the_older_which_stays() -> None:
    anew = ProposalAnswered(taken=Taken.TAKEN_UP, why=Private(some("Tara"), "after all"))
    state = given(PROPOSAL, on("2026-01-12", MADE), on("2026-01-15", ANSWERED), on("2026-01-20", anew)).as_of(
        "2026-01-20"
    )
    assert (state.taken, [each.at for each in state.replies]) == (
        Taken.TAKEN_UP,
        [instant("2026-01-15"), instant("2026-01-20")],
    )


def test_one_entered_for_somebody_is_marked() -> None:
    lead = Actor(person=some("Lena"), on_behalf_of=Party("person", some("Ann")))
    assert given(PROPOSAL, on("2026-01-12", MADE).by(lead)).as_of("2026-01-12").on_behalf


def test_what_cannot_be_said() -> None:
    made = given(PROPOSAL, on("2026-01-12", MADE))
    made.when(on("2026-01-13", MADE)).then(ProposalAlreadyMade)
    made.when(on("2026-01-11", ANSWERED)).then(ProposalUnknown("answered"))
    answered = made.when(on("2026-01-13", ANSWERED)).then()
    answered.when(on("2026-01-14", ProposalWithdrawn())).then(ProposalAlreadyAnswered)
    withdrawn = made.when(on("2026-01-13", ProposalWithdrawn())).then(withdrawn_at=instant("2026-01-13"), is_open=False)
    withdrawn.when(on("2026-01-14", ANSWERED)).then(ProposalAlreadyWithdrawn("answered"))


@pytest.mark.parametrize(("today", "is_open"), [("2026-01-31", True), ("2026-02-01", False)])
def test_a_draft_is_open_to_the_end_of_its_last_day(today: str, is_open: bool) -> None:
    opened = ShapingOpened(strategy=some("growth"), last_day=date(2026, 1, 31))
    stream = given(SHAPING, on("2026-01-10", opened))
    assert stream.as_of("2026-01-10").is_open(date.fromisoformat(today)) is is_open
    assert not stream.as_of("2026-01-09").is_open(date(2026, 1, 9))


def test_a_draft_is_open_until_it_is_closed() -> None:
    opened, closed = ShapingOpened(strategy=some("growth")), ShapingClosed(strategy=some("growth"))
    stream = given(SHAPING, on("2026-01-10", opened), on("2026-01-20", closed))
    assert stream.as_of("2026-01-19").is_open(date(2030, 1, 1))
    assert not stream.as_of("2026-01-20").is_open(date(2026, 1, 20))
    stream.when(on("2026-01-21", closed)).then(ShapingNotOpen)
    stream.when(on("2026-01-21", ShapingOpened(strategy=some("other")))).then(ShapingOfAnother)
    assert stream.when(on("2026-02-01", opened)).then().as_of("2026-02-01").opened_at == instant("2026-02-01")
