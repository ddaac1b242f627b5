"""Decisions: between alternatives, by somebody; and which of them follow which driver."""

from dataclasses import replace
from datetime import datetime

import pytest

from domain.decision import (
    DECISION,
    Alternative,
    AlternativeSaysNothing,
    AlternativeTwice,
    ChosenIsNoAlternative,
    Decision,
    DecisionAlreadyReversed,
    DecisionAlreadyTaken,
    DecisionNotTaken,
    DecisionReversed,
    DecisionTaken,
    DriversOfNoStrategy,
    NothingToChoose,
    ReversedByItself,
)
from domain.draft import StrategyRevised
from domain.drivers import NOT_THERE, WithoutEffect, document_of, elements_by_then, followed
from domain.kernel import Refusal
from domain.publication import StrategyPublished
from domain.strategy import STRATEGY, Strategy, StrategyDrafted
from domain.temporal import Timeline
from tests.support.specification import HERE, events, given, instant, on, some

KEEP, RENT = Alternative(id="keep", text="Keep the vans"), Alternative(id="rent", text="Rent what is needed")
TAKEN = DecisionTaken(
    key="vans",
    matter="Vans of our own?",
    alternatives=(KEEP, RENT),
    chosen="rent",
    decider=some("Anna"),
    strategy=some("north"),
    applies=("care",),
    bet="b-1",
    unit=some("fleet"),
)
HOLDS = Decision(
    taken_at=instant("2026-03-10"),
    key="vans",
    matter="Vans of our own?",
    alternatives=(KEEP, RENT),
    chosen="rent",
    decider=some("Anna"),
    strategy=some("north"),
    applies=("care",),
    bet="b-1",
    unit=some("fleet"),
)


def test_a_decision_says_between_what_who_chose_what() -> None:
    given(DECISION).when(on("2026-03-10", TAKEN)).then(HOLDS)


def test_a_reversed_one_stays_as_it_was_taken() -> None:
    given(DECISION, on("2026-03-10", TAKEN)).when(on("2026-04-05", DecisionReversed(by=some("new")))).then(
        replace(HOLDS, reversed_at=instant("2026-04-05"), reversed_by=some("new"))
    )


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (replace(TAKEN, alternatives=()), NothingToChoose(0)),
        (replace(TAKEN, alternatives=(RENT,)), NothingToChoose(1)),
        (replace(TAKEN, alternatives=(RENT, replace(KEEP, id=" "))), AlternativeSaysNothing()),
        (replace(TAKEN, alternatives=(RENT, replace(KEEP, text=""))), AlternativeSaysNothing()),
        (replace(TAKEN, alternatives=(KEEP, RENT, replace(KEEP, text="Again"))), AlternativeTwice("keep")),
        (replace(TAKEN, chosen="wait"), ChosenIsNoAlternative("wait", "keep, rent")),
        (replace(TAKEN, strategy=None), DriversOfNoStrategy()),
        (replace(TAKEN, strategy=None, applies=()), DriversOfNoStrategy()),
    ],
)
def test_what_is_no_decision(content: DecisionTaken, refusal: Refusal) -> None:
    given(DECISION).when(on("2026-03-10", content)).then(refusal)


def test_it_needs_no_strategy_where_it_names_no_element() -> None:
    without = replace(TAKEN, strategy=None, applies=(), bet=None)
    given(DECISION).when(on("2026-03-10", without)).then(replace(HOLDS, strategy=None, applies=(), bet=None))


def test_it_is_taken_once_and_reversed_once() -> None:
    given(DECISION, on("2026-03-10", TAKEN)).when(on("2026-03-11", TAKEN)).then(
        DecisionAlreadyTaken("Vans of our own?")
    )
    given(DECISION).when(on("2026-03-10", DecisionReversed())).then(DecisionNotTaken)
    given(DECISION, on("2026-03-10", TAKEN), on("2026-03-11", DecisionReversed())).when(
        on("2026-03-12", DecisionReversed())
    ).then(DecisionAlreadyReversed)
    given(DECISION, on("2026-03-10", TAKEN)).when(on("2026-03-11", DecisionReversed(by=HERE))).then(ReversedByItself)


def strategy(*, published: bool = True) -> Timeline[Strategy]:
    """Care is there from 2 March, candour from 1 April; the revision of 3 March holds care and a bet alone."""
    care = StrategyRevised(element="care", kind="value", text="We look after it")
    bet = StrategyRevised(element="b-1", kind="big_bet", text="Depots")
    candour = StrategyRevised(element="candour", kind="value", text="We say what is so")
    drafted = [on("2026-03-01", StrategyDrafted(title="North")), on("2026-03-02", care), on("2026-03-02", bet)]
    elements = Timeline.of(STRATEGY, events(tuple(drafted))).state().draft.elements
    revision = StrategyPublished(
        revision=1, material=True, elements=elements, content_hash="0" * 64, touches=("b-1", "care")
    )
    facts = [*drafted, *([on("2026-03-03", revision)] if published else []), on("2026-04-01", candour)]
    return Timeline.of(STRATEGY, events(tuple(facts)))


def decision(at: datetime, *applies: str) -> Decision:
    return replace(HOLDS, taken_at=at, applies=applies)


def test_each_driver_shows_the_decisions_that_hold_and_applied_it() -> None:
    told, at = strategy(), instant("2026-05-01")
    decisions = {
        some("one"): decision(instant("2026-03-10"), "care"),
        some("both"): decision(instant("2026-04-10"), "care", "candour"),
        some("none"): decision(instant("2026-04-11")),
        some("undone"): replace(decision(instant("2026-03-11"), "care"), reversed_at=instant("2026-03-12")),
        some("early"): decision(instant("2026-03-20"), "candour"),
    }
    found = followed(told.state(at), decisions, told.state, at)
    drivers = {each.element: (each.in_force, set(each.decisions)) for each in found.drivers}
    assert drivers == {"care": (True, {some("one"), some("both")}), "candour": (False, {some("both")})}
    assert set(found.decisions) == set(decisions) - {some("undone")}
    assert found.reversed == (some("undone"),)
    assert set(found.without_driver) == {some("none"), some("early")}
    assert found.without_effect == (
        WithoutEffect(record=some("early"), element="candour", at=instant("2026-03-20"), reason=NOT_THERE),
    )


def test_a_driver_that_nobody_applied_shows_with_none() -> None:
    told, at = strategy(), instant("2026-05-01")
    (care,) = followed(told.state(at), {}, told.state, at).drivers
    assert (care.element, care.kind, care.text, care.decisions) == ("care", "value", "We look after it", ())


def test_before_the_first_publication_the_draft_is_the_document() -> None:
    told = strategy(published=False).state(instant("2026-04-01"))
    assert [each.id for each in document_of(told, instant("2026-04-01"))] == ["care", "b-1", "candour"]
    assert set(elements_by_then(told)) == {"care", "b-1", "candour"}
