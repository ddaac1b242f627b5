"""How far the stored read model is behind: for headers, metrics and whoever operates Avow."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.ledger import Ledger
from application.projections.model import Alarm, ReadModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """How far the read model is behind an organisation's events.

    `seconds` is the age of the oldest event not projected; None where the clock is simulated and tells no age.
    `alarm` says why the projection stands still, if it does.
    """

    position: int
    events: int
    seconds: float | None
    alarm: Alarm | None


def lag(ledger: Ledger, model: ReadModel, organisation: UUID) -> Lag:
    """The lag of one organisation at this moment. Raises StoreUnavailable."""
    position, recorder = model.position(organisation), ledger.ledger_recorder
    head = recorder.head(organisation)
    behind = max(0, head.position - position) if head else 0
    seconds: float | None = 0.0
    if behind:
        oldest = recorder.recorded_at(organisation, position + 1)
        simulated = ledger.is_simulated(organisation)
        now = recorder.now(organisation)
        seconds = None if simulated or oldest is None else max(0.0, (now - oldest).total_seconds())
    return Lag(position=position, events=behind, seconds=seconds, alarm=model.live().alarm)
