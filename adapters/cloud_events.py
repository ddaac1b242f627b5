"""Events as CloudEvents 1.0: what happened to which record, and where to read on. No name and no word is in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from adapters.instants import written
from application.feed import fact_of
from application.ledger import Ledger
from domain.catalogue import aggregate_of
from domain.kernel import Recorded

PLACES = {
    "conversation": "conversations", "proposal": "proposals", "request": "unit-requests",
    "person": "people", "strategy": "strategies", "goal": "goals", "action": "actions", "commitment": "commitments",
    "tactic": "tactics",
    "acknowledgement": "acknowledgements", "duty": "duties", "review": "reviews",
    "report": "reports", "kpi": "kpis",
}  # fmt: skip
"""Where the records of a kind stand, below their organisation."""


def event_of(ledger: Ledger, recorded: Recorded, *, simulated: bool) -> dict[str, Any]:
    """An event as a thin CloudEvent: what happened to which record, and where to read on. No name, no word."""
    event = recorded.event
    root = f"/v1/organisations/{event.organisation}"
    subject = f"{root}/{record}" if (record := _record(ledger, recorded)) else root
    return {
        "specversion": "1.0",
        "id": str(recorded.position),
        "source": root,
        "type": event.topic,
        "subject": subject,
        "time": written(recorded.recorded_at),
        "datacontenttype": "application/json",
        "position": recorded.position,
        "effectiveat": written(event.effective_at),
        "word": event.word.value,
        **({"clock": "simulated"} if simulated else {}),
        "data": {"record": subject, "event": f"{root}/history/{recorded.position}"},
    }


def _record(ledger: Ledger, recorded: Recorded) -> str:
    """The address of the record that an event is about, below its organisation's."""
    event = recorded.event
    kind = aggregate_of(event.topic).kind
    if kind in PLACES:
        return f"{PLACES[kind]}/{event.stream}"
    content = event.content or fact_of(ledger, recorded)
    match kind:
        case "organisation":
            unit = getattr(content, "unit", None)
            return f"units/{unit}" if isinstance(unit, UUID) else ""
        case "response":
            return f"reviews/{getattr(content, 'review', '')}/answers"
        case _:
            return f"history/{recorded.position}"


def tested(organisation: UUID, id: str, now: datetime) -> dict[str, Any]:
    """What is sent to try a webhook: an event that is none of the history."""
    root = f"/v1/organisations/{organisation}"
    return {
        "specversion": "1.0",
        "id": id,
        "source": root,
        "type": "webhook.tested",
        "subject": root,
        "time": written(now),
        "datacontenttype": "application/json",
        "data": {"record": root},
    }
