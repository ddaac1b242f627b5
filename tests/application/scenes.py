"""Scenes that the specifications of this folder play in, and how they expect a no."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID, uuid4

import pytest

from application.deciding import Correction, Entry, Request
from application.ledger import Receipt
from application.ports import Idempotency
from application.review import Given
from domain.kernel import Actor, Event, Provenance, Refusal, Word
from domain.sealed import Private
from domain.temporal import Aggregate
from tests.support.stage import Stage

S = TypeVar("S")

Fields = dict[str, Any]  # each of the type that its command says
"""What a statement says, by the names of its command's fields."""


def staffed() -> Stage:
    """Sales and service under the enterprise; Ann and Cy in sales, Bob in service; all since 2 January 2026."""
    stage = Stage()
    stage.say("unit.formed", "2026-01-01", unit="acme", name="Acme", kind="enterprise")
    for unit in ("sales", "service"):
        stage.say("unit.formed", "2026-01-01", unit=unit, name=unit.title(), kind="team", parent="acme")
    for person, unit in (("ann", "sales"), ("cy", "sales"), ("bob", "service")):
        stage.say("person.joined", "2026-01-02", person=person, name=person.title())
        stage.say("membership.began", "2026-01-02", person=person, unit=unit, home=True)
    return stage


def drafted() -> Stage:
    """The staff, and a strategy of a vision and a mission, submitted on 2 March."""
    stage = staffed()
    stage.say("strategy.drafted", "2026-03-01", strategy="growth", title="Growth", by="ann")
    for element in ("vision", "mission"):
        stage.say(
            "strategy.revised",
            "2026-03-01",
            strategy="growth",
            element=element,
            kind=element,
            text=f"Our {element}",
            by="ann",
        )
    stage.say("strategy.submitted", "2026-03-02", strategy="growth", by="ann")
    return stage


def published() -> Stage:
    """The strategy published as revision 1 on 3 March, and a goal, `faster`, that supports its vision."""
    stage = drafted()
    stage.say("strategy.published", "2026-03-03", strategy="growth", material=True, by="bob")
    stage.say("goal.proposed", "2026-03-04", strategy="growth", goal="faster", title="Faster", supports=("vision",))
    return stage


def publish(stage: Stage, at: str, element: str = "vision", *, material: bool = True, **said: Any) -> Receipt:
    """One more revision, in which one element says something else."""
    stage.say("strategy.revised", at, strategy="growth", element=element, kind=element, text=f"As of {at}", by="ann")
    stage.say("strategy.submitted", at, strategy="growth", by="ann")
    return stage.say("strategy.published", at, strategy="growth", material=material, by="bob", **said)


def entry(
    stage: Stage,
    topic: str,
    at: str | None,
    *,
    known: str | None = None,
    reason: str | None = None,
    correction: Correction | None = None,
    actor: Actor | None = None,
    **said: Any,
) -> Entry:
    """One entry of a request, learned on the day `at` unless stated, and no earlier than what is known."""
    head = stage.ledger.ledger_recorder.head(stage.organisation)
    day = known or at
    learned = stage.day(day) if day else None
    if learned is not None and head is not None and not known:
        learned = max(learned, head.recorded_at)
    return Entry(
        command=stage.command(topic, **said) if said or correction is None else None,
        at=stage.day(at) if at else None,
        known=learned,
        reason=reason,
        correction=correction,
        actor=actor,
    )


def request(
    stage: Stage,
    *entries: Entry,
    actor: Actor | None = None,
    expected_version: int | None = None,
    idempotency: Idempotency | None = None,
) -> Request:
    """A request to the stage's organisation."""
    return Request(
        organisation=stage.organisation,
        id=uuid4(),
        actor=actor or Actor(),
        entries=entries,
        expected_version=expected_version,
        idempotency=idempotency,
    )


def correction(stage: Stage, receipt: Receipt, word: Word = Word.REPLACEMENT) -> Correction:
    """A newer word on the fact of a receipt."""
    event = recorded(stage, receipt)
    return Correction(event.stream, event.fact, event.topic, word)


def imported(person: UUID | None = None) -> Actor:
    """Whoever acts in a line of a source."""
    return Actor(person=person, imported=Provenance(source="minutes", line=7))


def state(stage: Stage, aggregate: Aggregate[S], of: Receipt | UUID, at: str | None = None) -> S:
    """A record as it is known now, as of the first instant of a day."""
    stream = of if isinstance(of, UUID) else of.stream
    timeline = stage.ledger.timeline(aggregate, stage.organisation, stream)
    return timeline.state(stage.day(at) if at else None)


def recorded(stage: Stage, receipt: Receipt) -> Event:
    """The event that a receipt is for, the last one of its request."""
    (placed,) = stage.ledger.ledger_recorder.select_positions(
        stage.organisation, after=receipt.position - 1, until=receipt.position
    )
    return stage.ledger.recorded(placed).event


def receipt_at(stage: Stage, position: int) -> Receipt:
    """The receipt of the request that recorded this position last."""
    (placed,) = stage.ledger.ledger_recorder.select_positions(stage.organisation, after=position - 1, until=position)
    event = stage.ledger.recorded(placed).event
    return Receipt(position=position, recorded_at=placed.recorded_at, stream=event.stream, version=event.version)


def answer(score: int) -> Given:
    """An answer to a rated question."""
    return Given(score=score)


def content(stage: Stage, receipt: Receipt) -> Any:  # whichever content its topic has
    """What the event of a receipt says."""
    return recorded(stage, receipt).content


def words(stage: Stage, text: Private | None) -> str | None:
    """What a sealed text says."""
    return None if text is None else stage.ledger.vault.open(stage.organisation, [text])[0]


@contextmanager
def refused(stage: Stage, code: str, where: str | None = None, **data: object) -> Iterator[None]:
    """Within, the rule of this name says no, at this field and with this data; and nothing is recorded."""
    recorder, organisation = stage.ledger.ledger_recorder, stage.organisation
    before = recorder.head(organisation)
    with pytest.raises(Refusal) as caught:
        yield
    refusal = caught.value
    assert refusal.code == code, f"refused by {refusal.code} ({refusal}), not by {code}"
    assert where is None or refusal.where == where, f"{refusal.code} is about {refusal.where}, not {where}"
    assert {name: getattr(refusal, name) for name in data} == data
    # Whoever is refused is told what is wrong, where, and what they can do.
    assert all((str(refusal), refusal.advice, refusal.where))
    assert recorder.head(organisation) == before, "something was recorded"
