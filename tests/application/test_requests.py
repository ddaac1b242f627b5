"""A request records all of its entries or none, once, on the version that its author saw."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest

from application.deciding import Request
from application.ports import Idempotency, RequestAlreadyRecorded
from domain.commitment import COMMITMENT
from domain.kernel import Actor, Word
from domain.organisation import ORGANISATION
from domain.person import PERSON
from domain.strategy import STRATEGY
from tests.application.scenes import (
    Fields,
    correction,
    drafted,
    entry,
    imported,
    published,
    recorded,
    refused,
    request,
    staffed,
    state,
    words,
)
from tests.support.stage import Stage

ONCE = Idempotency(actor="token", key="k-1", fingerprint=b"f")


class TestSeveralEntries:
    def test_somebody_joins_and_takes_a_place_at_once(self) -> None:
        stage = staffed()
        receipt = stage.ledger.execute(
            request(
                stage,
                entry(stage, "person.joined", "2026-01-05", person="dee", name="Dee"),
                entry(stage, "membership.began", "2026-01-05", person="dee", unit="sales", home=True),
                entry(stage, "rank.held", "2026-01-05", person="dee", rank="director"),
            )
        )
        person = state(stage, PERSON, stage.person("dee"))
        assert receipt.version == 3
        assert (person.home(stage.day("2026-01-06")), person.rank(stage.day("2026-01-06"))) == (
            stage.unit("sales"),
            "director",
        )

    def test_a_later_entry_speaks_about_what_an_earlier_one_made(self) -> None:
        """A unit is formed under another one of the same request; a strategy is drafted, revised and published."""
        stage = staffed()
        stage.ledger.execute(
            request(
                stage,
                entry(stage, "unit.formed", "2026-01-05", unit="north", name="North", kind="function", parent="acme"),
                entry(stage, "unit.formed", "2026-01-05", unit="harbour", name="Harbour", kind="team", parent="north"),
                entry(stage, "spokesperson.named", "2026-01-05", unit="harbour", person="ann"),
            )
        )
        chart = state(stage, ORGANISATION, stage.organisation).chart
        assert chart.within(stage.unit("harbour"), stage.unit("north"), stage.day("2026-01-06"))
        assert chart.spokesperson(stage.unit("harbour"), stage.day("2026-01-06")) == stage.person("ann")
        stage.ledger.execute(
            request(
                stage,
                entry(stage, "strategy.drafted", "2026-01-06", strategy="quick", title="Quick"),
                entry(
                    stage,
                    "strategy.revised",
                    "2026-01-06",
                    strategy="quick",
                    element="v",
                    kind="vision",
                    text="Be quick",
                ),
                entry(stage, "strategy.submitted", "2026-01-06", strategy="quick"),
                entry(stage, "strategy.published", "2026-01-06", strategy="quick", material=True),
            )
        )
        (publication,) = state(stage, STRATEGY, stage.strategy("quick")).publications
        assert [each.id for each in publication.elements] == ["v"]

    def test_a_commitment_is_made_and_handed_on_at_once(self) -> None:
        stage = published()
        receipt = stage.ledger.execute(
            request(
                stage,
                entry(stage, "commitment.made", "2026-03-05", party_person="ann", strategy="growth", commitment="c"),
                entry(stage, "commitment.reassigned", "2026-03-05", commitment="c", party_person="cy"),
                entry(
                    stage, "commitment.accepted", "2026-03-05", commitment="c", actor=Actor(person=stage.person("cy"))
                ),
            )
        )
        commitment = state(stage, COMMITMENT, receipt)
        assert commitment.party is not None
        assert commitment.party.id == stage.person("cy")
        assert not commitment.on_behalf

    def test_if_one_cannot_be_said_none_is(self) -> None:
        stage = staffed()
        with refused(stage, "membership-already-held"):
            stage.ledger.execute(
                request(
                    stage,
                    entry(stage, "rank.held", "2026-01-05", person="ann", rank="director"),
                    entry(stage, "membership.began", "2026-01-05", person="ann", unit="sales"),
                )
            )
        assert state(stage, PERSON, stage.person("ann")).rank(stage.day("2026-01-06")) is None
        with refused(stage, "unknown-reference"):
            stage.ledger.execute(
                request(
                    stage,
                    entry(stage, "person.joined", "2026-01-05", person="dee"),
                    entry(stage, "membership.began", "2026-01-05", person="dee", unit="nowhere"),
                )
            )
        assert stage.ledger.book(stage.organisation).find("person", "dee") is None

    def test_corrections_that_only_hold_together_are_made_together(self) -> None:
        """Ann sat in service from the start: neither the end of the old place nor the new one holds alone."""
        stage = staffed()
        moved = stage.say("membership.ended", "2026-02-01", person="ann", unit="sales")
        begun = stage.say("membership.began", "2026-02-01", person="ann", unit="service", home=True)
        back: Fields = {"known": "2026-02-02", "reason": "the move was a month earlier"}
        with refused(stage, "conflicts-with-later-fact"):
            stage.correct(moved, "membership.ended", "2026-02-03", "2026-02-03", "later", person="ann", unit="sales")
        stage.ledger.execute(
            request(
                stage,
                entry(
                    stage,
                    "membership.ended",
                    "2026-01-10",
                    correction=correction(stage, moved),
                    person="ann",
                    unit="sales",
                    **back,
                ),
                entry(
                    stage,
                    "membership.began",
                    "2026-01-10",
                    correction=correction(stage, begun),
                    person="ann",
                    unit="service",
                    home=True,
                    **back,
                ),
            )
        )
        assert state(stage, PERSON, stage.person("ann")).home(stage.day("2026-01-15")) == stage.unit("service")

    def test_one_request_is_about_one_record(self) -> None:
        stage = staffed()
        with refused(stage, "several-aggregates", "with"):
            stage.ledger.execute(
                request(
                    stage,
                    entry(stage, "rank.held", "2026-01-05", person="ann", rank="director"),
                    entry(stage, "rank.held", "2026-01-05", person="bob", rank="director"),
                )
            )

    def test_a_request_says_something(self) -> None:
        stage = staffed()
        with refused(stage, "several-aggregates"):
            stage.ledger.execute(request(stage))
        with refused(stage, "several-aggregates"):
            stage.ledger.execute(
                request(stage, replace(entry(stage, "person.left", "2026-01-05", person="ann"), command=None))
            )

    def test_each_entry_keeps_its_own_envelope(self) -> None:
        stage = staffed()
        ann = stage.person("ann")
        receipt = stage.ledger.execute(
            request(
                stage,
                replace(
                    entry(stage, "rank.held", "2026-01-05", person="ann", rank="lead", reason="promoted"),
                    labels={"a": "1"},
                ),
                entry(stage, "rank.held", "2026-01-06", person="ann", rank="head", actor=imported(ann)),
                actor=Actor(service="payroll"),
            )
        )
        last = recorded(stage, receipt)
        first = recorded(stage, replace(receipt, position=receipt.position - 1))
        assert (first.index, last.index, first.command) == (0, 1, last.command)
        assert (first.labels, last.labels) == ({"a": "1"}, {})
        assert (first.actor.service, last.actor.person) == ("payroll", ann)
        assert (words(stage, first.reason), last.reason) == ("promoted", None)


class TestExpectedVersion:
    def test_nothing_is_said_on_a_record_that_has_moved_since(self) -> None:
        stage = published()
        made = stage.say("commitment.made", "2026-03-05", party_person="ann", strategy="growth", commitment="c")
        stage.say("commitment.renewed", "2026-03-06", commitment="c", expected_version=made.version)
        with refused(stage, "version-moved", "If-Match", expected=1, present=2):
            stage.say("commitment.withdrawn", "2026-03-06", commitment="c", expected_version=made.version)

    def test_what_is_to_be_new_is_not_there_yet(self) -> None:
        stage = published()
        said: Fields = {"party_person": "ann", "strategy": "growth"}
        stage.say("commitment.made", "2026-03-05", expected_version=0, **said)
        with refused(stage, "version-moved", expected=1, present=0):
            stage.say("commitment.made", "2026-03-05", expected_version=1, **said)


class TestRepeats:
    def asked(self, stage: Stage, *, again: Request | None = None) -> Request:
        made = entry(stage, "commitment.made", "2026-03-05", party_person="ann", strategy="growth", commitment="c")
        return replace(again or request(stage, made, idempotency=ONCE), id=uuid4())

    def test_a_repeated_request_is_recorded_once_and_told_its_outcome(self) -> None:
        stage = published()
        receipt = stage.ledger.execute(self.asked(stage))
        head = stage.ledger.ledger_recorder.head(stage.organisation)
        with pytest.raises(RequestAlreadyRecorded) as repeated:
            stage.ledger.execute(self.asked(stage))
        outcome = repeated.value.outcome
        assert (outcome.position, outcome.streams, outcome.version) == (receipt.position, (receipt.stream,), 1)
        assert outcome == stage.ledger.outcome(stage.organisation, ONCE)
        assert stage.ledger.ledger_recorder.head(stage.organisation) == head

    def test_another_key_or_caller_is_another_request(self) -> None:
        stage = published()
        stage.ledger.execute(self.asked(stage))
        for other in (replace(ONCE, key="k-2"), replace(ONCE, actor="another")):
            with refused(stage, "key-in-use"):
                stage.ledger.execute(replace(self.asked(stage), idempotency=other))
            assert stage.ledger.outcome(stage.organisation, other) is None

    def test_a_refused_request_has_no_outcome_and_may_be_made_again(self) -> None:
        stage = drafted()
        wrong = entry(stage, "commitment.made", "2026-03-05", party_person="ann", strategy="none")
        with refused(stage, "unknown-reference"):
            stage.ledger.execute(request(stage, wrong, idempotency=ONCE))
        stage.ledger.execute(self.asked(stage))


def test_a_word_speaks_about_a_fact_that_there_is() -> None:
    stage = published()
    made = stage.say("commitment.made", "2026-03-05", party_person="ann", strategy="growth", commitment="c")
    there = correction(stage, made, Word.RETRACTION)
    for nowhere in (replace(there, fact=9), replace(there, topic="commitment.renewed"), replace(there, stream=uuid4())):
        with refused(stage, "nothing-to-correct", "replaces"):
            stage.ledger.execute(
                request(stage, entry(stage, there.topic, "2026-03-06", reason="why", correction=nowhere))
            )


def test_a_retraction_is_made_once() -> None:
    stage = published()
    made = stage.say("commitment.made", "2026-03-05", party_person="ann", strategy="growth", commitment="c")
    stage.correct(made, "commitment.made", "2026-03-05", "2026-03-06", "never said")
    with refused(stage, "already-retracted", "retracts"):
        stage.correct(made, "commitment.made", "2026-03-05", "2026-03-07", "never said")


@pytest.mark.parametrize("reason", [None, "", "  \n"])
def test_a_correction_says_why(reason: str | None) -> None:
    stage = published()
    made = stage.say("commitment.made", "2026-03-05", party_person="ann", strategy="growth", commitment="c")
    for word in (Word.REPLACEMENT, Word.RETRACTION):
        said: Fields = {"party_person": "ann", "strategy": "growth"} if word is Word.REPLACEMENT else {}
        with refused(stage, "correction-without-reason", "reason"):
            stage.ledger.execute(
                request(
                    stage,
                    entry(
                        stage,
                        "commitment.made",
                        "2026-03-05",
                        reason=reason,
                        correction=correction(stage, made, word),
                        **said,
                    ),
                )
            )


def test_what_is_asked_at_present_is_dated_now() -> None:
    stage = published()
    now = stage.ledger.now(stage.organisation)
    receipt = stage.ledger.execute(request(stage, entry(stage, "rank.held", None, person="ann", rank="director")))
    assert recorded(stage, receipt).effective_at == now
    assert isinstance(receipt.recorded_at, datetime)


def test_a_book_that_lags_behind_is_brought_up_to_date() -> None:
    """Another process recorded meanwhile: this one's timelines learn what is new, and no more."""
    stage = published()
    other = copy(stage)
    other.ledger = type(stage.ledger)(
        stage.ledger.ledger_recorder, stage.ledger.mapper, stage.ledger.vault, stage.ledger.fresh_id
    )
    made = stage.say("commitment.made", "2026-03-05", party_person="ann", strategy="growth", commitment="c")
    other.say("commitment.renewed", "2026-03-06", commitment="c")
    stage.say("commitment.withdrawn", "2026-03-07", commitment="c")
    assert state(stage, COMMITMENT, made) == state(other, COMMITMENT, made)
    assert stage.ledger.timeline(COMMITMENT, stage.organisation, made.stream).version == 3
