"""Publishing in spite of open objections: who may approve it, for how long, and what imports only record."""

from dataclasses import replace
from datetime import date

import pytest

from domain.accountability import AccountableNamed
from domain.draft import StrategyRevised, StrategySubmitted
from domain.draft_check import Objection
from domain.exception import (
    ApproverIsAuthor,
    ApproverUnnamed,
    ExceptionAlreadyApproved,
    ExceptionApproved,
    ExceptionEnded,
    ExceptionUnknown,
    ExpiresBeforeApproval,
)
from domain.kernel import Actor, Provenance
from domain.publication import OpenObjections
from domain.strategy import STRATEGY, Strategy, StrategyDrafted, open_objections, publication_of
from domain.temporal import ConflictsWithLaterFact
from tests.support.specification import Given, Said, given, instant, on, retracted, some

AUTHOR, SPONSOR = Actor(person=some("Ada")), Actor(person=some("Sam"))
IMPORT = Actor(imported=Provenance(source="minutes", line=1))
BET = StrategyRevised(element="b", kind="big_bet", text="Own vans")
VACANT = Objection(name="nobody-accountable", element="b", missing=("accountable",))
APPROVED = ExceptionApproved(exception="e-1", objection="nobody-accountable", element="b")


def submitted(*contents: StrategyRevised) -> Given[Strategy]:
    said = (StrategyDrafted(title="North"), *(contents or (BET,)), StrategySubmitted())
    return given(STRATEGY, *(on("2026-01-01", each).by(AUTHOR) for each in said))


def published(stream: Given[Strategy], at: str = "2026-02-01") -> Said:
    return on(at, publication_of(stream.as_of(at), material=True)).by(SPONSOR)


def approved(content: ExceptionApproved = APPROVED) -> Given[Strategy]:
    return submitted().when(on("2026-01-10", content).by(SPONSOR)).then()


def test_an_open_objection_stands_against_publishing() -> None:
    submitted().when(published(submitted())).then(OpenObjections((VACANT,)))


def test_naming_who_is_accountable_meets_it() -> None:
    stream = submitted().when(on("2026-01-02", AccountableNamed(element="b", person=some("Ada")))).then()
    assert open_objections(stream.as_of("2026-01-02"), instant("2026-01-02")) == ()
    stream.when(published(stream)).then()


def test_a_vacancy_opens_it_again() -> None:
    stream = submitted().when(on("2026-01-02", AccountableNamed(element="b", person=some("Ada")))).then()
    stream = stream.when(on("2026-01-03", AccountableNamed(element="b", person=None))).then()
    stream.when(published(stream)).then(OpenObjections)


def test_an_exception_covers_it() -> None:
    approved().when(published(approved())).then()
    everywhere = approved(replace(APPROVED, element=None))
    everywhere.when(published(everywhere)).then()


@pytest.mark.parametrize(
    "content",
    [
        replace(APPROVED, element="other"),
        replace(APPROVED, objection="unmeasurable"),
        replace(APPROVED, expires=instant("2026-02-01")),
    ],
)
def test_an_exception_covers_only_what_it_names_until_it_expires(content: ExceptionApproved) -> None:
    approved(content).when(published(approved(content))).then(OpenObjections((VACANT,)))


def test_an_exception_holds_until_the_instant_before_it_expires() -> None:
    stream = approved(replace(APPROVED, expires=instant("2026-02-01T00:01")))
    stream.when(published(stream)).then()


def test_an_exception_that_ended_covers_nothing() -> None:
    stream = approved().when(on("2026-01-20", ExceptionEnded(exception="e-1"))).then()
    stream.when(published(stream)).then(OpenObjections)
    stream.when(on("2026-01-21", ExceptionEnded(exception="e-1"))).then(ExceptionUnknown("e-1"))
    (exception,) = stream.as_of("2026-01-20").exceptions
    assert exception.ended_at == instant("2026-01-20")
    assert (exception.holds(instant("2026-01-19")), exception.holds(instant("2026-01-20"))) == (True, False)
    assert not exception.holds(instant("2026-01-09"))


def test_only_the_named_exception_ends() -> None:
    stream = approved().when(on("2026-01-11", replace(APPROVED, exception="e-2")).by(SPONSOR)).then()
    stream = stream.when(on("2026-01-20", ExceptionEnded(exception="e-2"))).then()
    stream.when(published(stream)).then()


def test_an_unknown_exception_cannot_end() -> None:
    submitted().when(on("2026-01-20", ExceptionEnded(exception="e-1"))).then(ExceptionUnknown("e-1"))


def test_who_drafts_does_not_approve() -> None:
    submitted().when(on("2026-01-10", APPROVED).by(AUTHOR)).then(ApproverIsAuthor("e-1", some("Ada")))


def test_who_approved_and_then_works_on_the_draft_approved_nothing() -> None:
    stream = approved().when(on("2026-01-11", replace(BET, text="Rent vans")).by(SPONSOR)).then()
    stream = stream.when(on("2026-01-12", StrategySubmitted())).then()
    stream.when(published(stream)).then(OpenObjections)


def test_where_nobody_else_could_it_is_recorded_as_not_separated() -> None:
    alone = replace(APPROVED, not_separated=True)
    stream = submitted().when(on("2026-01-10", alone).by(AUTHOR)).then()
    assert stream.as_of("2026-01-10").exceptions[0].not_separated
    stream.when(published(stream)).then()


def test_a_person_approves() -> None:
    submitted().when(on("2026-01-10", APPROVED).by(Actor(service="scheduler"))).then(ApproverUnnamed("e-1"))


def test_an_exception_is_approved_once() -> None:
    approved().when(on("2026-01-11", APPROVED).by(SPONSOR)).then(ExceptionAlreadyApproved("e-1"))


def test_an_exception_expires_after_its_approval() -> None:
    content = replace(APPROVED, expires=instant("2026-01-10"))
    submitted().when(on("2026-01-10", content).by(SPONSOR)).then(ExpiresBeforeApproval("e-1"))
    submitted().when(on("2026-01-10", content).by(IMPORT)).then(ExpiresBeforeApproval("e-1"))


def test_what_was_approved_and_published_elsewhere_is_recorded_as_it_was() -> None:
    stream = submitted().when(on("2026-01-10", APPROVED).by(IMPORT)).then()
    assert open_objections(stream.as_of("2026-01-10"), instant("2026-01-10")) == (VACANT,)
    stream = stream.when(published(stream).by(IMPORT)).then()
    assert stream.as_of("2026-02-01").publications[0].unmet == (VACANT,)


def test_what_a_publication_rests_on_cannot_be_taken_back_alone() -> None:
    stream = approved().when(published(approved())).then()
    stream.when(retracted(4)).then(ConflictsWithLaterFact)


def test_an_unmeasurable_criterion_is_objected_to_as_well() -> None:
    criterion = StrategyRevised(element="c", kind="success_criterion", text="Stay", target="95 %", due=date(2028, 1, 1))
    state = submitted(criterion).as_of("2026-02-01")
    found = open_objections(state, instant("2026-02-01"))
    assert [each.name for each in found] == ["unmeasurable", "nobody-accountable"]
