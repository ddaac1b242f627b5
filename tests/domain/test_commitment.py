"""What can be said about a commitment, and what it becomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.commitment import (
    COMMITMENT,
    CommitmentAccepted,
    CommitmentChanged,
    CommitmentConfirmed,
    CommitmentDeclined,
    CommitmentFulfilled,
    CommitmentMade,
    CommitmentMissed,
    CommitmentReassigned,
    CommitmentRenewed,
    CommitmentWithdrawn,
    Seen,
    Standing,
    Target,
    Terms,
)
from domain.commitment_rules import (
    CommitmentAlreadyMade,
    CommitmentEnded,
    CommitmentUnknown,
    DeclinedByAnother,
    NobodyAskedToTakeOver,
    OwnerAlready,
)
from domain.kernel import Actor, Content, Party
from domain.temporal import ConflictsWithLaterFact
from tests.support.specification import corrected, given, instant, on, retracted, some

ANNA, BEN, CLARA = (Party("person", some(name)) for name in ("Anna", "Ben", "Clara"))
SALES = Party("unit", some("Sales"))
TARGET = Target(strategy=some("strategy"), goal=some("goal"))
TERMS = Terms(level="committed", role="owner", by_when=date(2026, 12, 31))
FIRST, SECOND = Seen(revision=1, content_hash="one"), Seen(revision=2, content_hash="two")
MADE = CommitmentMade(party=ANNA, target=TARGET, seen=FIRST, terms=TERMS)
FOR_ANNA = Actor(person=BEN.id, on_behalf_of=ANNA)
DECLINED = CommitmentDeclined(party=ANNA, target=TARGET, seen=FIRST)
TO_BEN = CommitmentReassigned(party=BEN)
BEN_DECLINES = CommitmentDeclined(party=BEN, target=TARGET)

made = given(COMMITMENT, on("2026-04-01", MADE))

LATER_WORDS: tuple[Content, ...] = (
    CommitmentChanged(seen=SECOND, terms=Terms(level="on condition")),
    CommitmentRenewed(seen=SECOND),
    TO_BEN,
    CommitmentAccepted(seen=SECOND),
    CommitmentWithdrawn(),
    CommitmentConfirmed(),
    CommitmentFulfilled(),
    CommitmentMissed(),
)
ENDINGS: tuple[tuple[Content, Standing], ...] = (
    (CommitmentWithdrawn(), Standing.WITHDRAWN),
    (CommitmentFulfilled(), Standing.FULFILLED),
    (CommitmentMissed(), Standing.MISSED),
)


def test_who_makes_it_owns_it_under_the_revision_seen() -> None:
    given(COMMITMENT).when(on("2026-04-01", MADE)).then(
        standing=Standing.OPEN,
        party=ANNA,
        target=TARGET,
        seen=FIRST,
        terms=TERMS,
        on_behalf=False,
        stated_at=instant("2026-04-01"),
        owned_since=instant("2026-04-01"),
        offered_to=None,
        ended_at=None,
    )


def test_a_unit_can_make_one() -> None:
    given(COMMITMENT).when(on("2026-04-01", replace(MADE, party=SALES))).then(party=SALES)


def test_it_is_made_once() -> None:
    made.when(on("2026-04-02", MADE)).then(CommitmentAlreadyMade)
    given(COMMITMENT, on("2026-04-01", DECLINED)).when(on("2026-04-02", MADE)).then(CommitmentAlreadyMade)


@pytest.mark.parametrize("word", LATER_WORDS, ids=lambda word: word.TOPIC)
def test_nothing_can_be_said_before_it_is_made(word: Content) -> None:
    given(COMMITMENT).when(on("2026-04-01", word)).then(CommitmentUnknown(word.TOPIC.split(".")[1]))
    made.when(on("2026-03-31", word)).then(CommitmentUnknown)


@pytest.mark.parametrize("word", LATER_WORDS, ids=lambda word: word.TOPIC)
def test_nor_once_it_has_ended(word: Content) -> None:
    for ending, standing in ENDINGS:
        ended = given(COMMITMENT, on("2026-04-01", MADE), on("2026-04-02", ending))
        ended.when(on("2026-04-03", word)).then(CommitmentEnded(standing))
    given(COMMITMENT, on("2026-04-01", DECLINED)).when(on("2026-04-03", word)).then(CommitmentEnded("declined"))


def test_entered_on_behalf_it_is_marked_until_its_owner_confirms_it() -> None:
    entered = given(COMMITMENT, on("2026-04-01", MADE).by(FOR_ANNA))
    entered.when(on("2026-04-05", CommitmentConfirmed())).then(
        standing=Standing.OPEN, on_behalf=False, owned_since=instant("2026-04-05"), stated_at=instant("2026-04-01")
    )
    assert entered.as_of("2026-04-04").on_behalf


def test_changing_it_restates_all_terms() -> None:
    terms = Terms(level="on condition")
    made.when(on("2026-04-10", CommitmentChanged(seen=SECOND, terms=terms))).then(
        terms=terms, seen=SECOND, party=ANNA, stated_at=instant("2026-04-10"), owned_since=instant("2026-04-01")
    )


def test_a_change_on_behalf_is_marked_too() -> None:
    made.when(on("2026-04-10", CommitmentChanged(seen=SECOND, terms=TERMS)).by(FOR_ANNA)).then(on_behalf=True)


def test_renewing_it_keeps_the_terms_under_the_revision_now_seen() -> None:
    made.when(on("2026-04-10", CommitmentRenewed(seen=SECOND))).then(
        seen=SECOND, terms=TERMS, stated_at=instant("2026-04-10"), owned_since=instant("2026-04-01"), on_behalf=False
    )
    made.when(on("2026-04-10", CommitmentRenewed(seen=SECOND)).by(FOR_ANNA)).then(on_behalf=True)


def test_reassigned_it_stays_with_its_owner_until_the_other_accepts() -> None:
    offered = made.when(on("2026-04-10", TO_BEN)).then(party=ANNA, offered_to=BEN)
    offered.when(on("2026-04-12", CommitmentAccepted(seen=SECOND))).then(
        party=BEN,
        offered_to=None,
        seen=SECOND,
        terms=TERMS,
        owned_since=instant("2026-04-12"),
        stated_at=instant("2026-04-12"),
        on_behalf=False,
    )


def test_nobody_accepts_what_was_not_offered() -> None:
    made.when(on("2026-04-10", CommitmentAccepted(seen=SECOND))).then(NobodyAskedToTakeOver)


def test_an_offer_is_accepted_once() -> None:
    accepted = given(
        COMMITMENT, on("2026-04-01", MADE), on("2026-04-10", TO_BEN), on("2026-04-12", CommitmentAccepted(seen=SECOND))
    )
    accepted.when(on("2026-04-13", CommitmentAccepted(seen=SECOND))).then(NobodyAskedToTakeOver)


def test_the_newest_offer_counts() -> None:
    offered = given(COMMITMENT, on("2026-04-01", MADE), on("2026-04-10", TO_BEN))
    offered.when(on("2026-04-11", CommitmentReassigned(party=CLARA))).then(offered_to=CLARA)


def test_it_is_not_offered_to_its_owner() -> None:
    made.when(on("2026-04-10", CommitmentReassigned(party=ANNA))).then(OwnerAlready)


def test_a_no_is_on_the_record() -> None:
    given(COMMITMENT).when(on("2026-04-01", DECLINED)).then(
        standing=Standing.DECLINED,
        party=ANNA,
        target=TARGET,
        seen=FIRST,
        ended_at=instant("2026-04-01"),
        stated_at=instant("2026-04-01"),
        owned_since=instant("2026-04-01"),
        on_behalf=False,
    )
    given(COMMITMENT).when(on("2026-04-01", DECLINED).by(FOR_ANNA)).then(on_behalf=True)


def test_who_was_asked_to_take_it_over_may_decline_and_it_stays_where_it_was() -> None:
    offered = given(COMMITMENT, on("2026-04-01", MADE), on("2026-04-10", TO_BEN))
    offered.when(on("2026-04-12", BEN_DECLINES)).then(
        standing=Standing.OPEN, party=ANNA, offered_to=None, ended_at=None
    )


def test_nobody_else_declines_an_offer() -> None:
    offered = given(COMMITMENT, on("2026-04-01", MADE), on("2026-04-10", TO_BEN))
    offered.when(on("2026-04-12", replace(BEN_DECLINES, party=CLARA))).then(DeclinedByAnother)
    elsewhere = replace(BEN_DECLINES, target=replace(TARGET, goal=some("another goal")))
    offered.when(on("2026-04-12", elsewhere)).then(DeclinedByAnother)
    made.when(on("2026-04-12", BEN_DECLINES)).then(DeclinedByAnother)


def test_what_has_ended_is_not_declined() -> None:
    ended = given(COMMITMENT, on("2026-04-01", MADE), on("2026-04-02", CommitmentWithdrawn()))
    ended.when(on("2026-04-03", DECLINED)).then(CommitmentEnded("withdrawn"))


@pytest.mark.parametrize(("ending", "standing"), ENDINGS, ids=str)
def test_it_ends_and_an_open_offer_with_it(ending: Content, standing: Standing) -> None:
    offered = given(COMMITMENT, on("2026-04-01", MADE), on("2026-04-10", TO_BEN))
    offered.when(on("2026-04-20", ending)).then(
        standing=standing, party=ANNA, terms=TERMS, ended_at=instant("2026-04-20"), offered_to=None
    )


def test_a_late_withdrawal_before_an_existing_change_conflicts_with_it() -> None:
    changed = given(COMMITMENT, on("2026-04-01", MADE), on("2026-04-10", CommitmentChanged(seen=SECOND, terms=TERMS)))
    withdrawn = on("2026-04-05", CommitmentWithdrawn())
    changed.when(withdrawn).then(ConflictsWithLaterFact)
    changed.when(withdrawn, retracted(2)).then(standing=Standing.WITHDRAWN)


def test_a_correction_that_it_was_another_party_holds_from_the_day_it_was_made() -> None:
    made.when(corrected(1, "2026-04-01", replace(MADE, party=BEN))).then(party=BEN, at="2026-04-02")


def test_once_retracted_it_never_was() -> None:
    made.when(retracted(1)).then(standing=Standing.NONE, party=None)
