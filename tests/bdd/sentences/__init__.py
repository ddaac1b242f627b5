"""What the sentences of the features say, noun by noun."""

from tests.bdd.sentences import (
    cascade,
    commitment,
    concern,
    condition,
    confidentiality,
    decision,
    erasure,
    evidence,
    exchange,
    gate,
    health,
    organisation,
    report,
    resource,
    review,
    strategy,
)

__all__ = [
    "cascade",
    "commitment",
    "concern",
    "condition",
    "confidentiality",
    "decision",
    "erasure",
    "evidence",
    "exchange",
    "gate",
    "health",
    "organisation",
    "report",
    "resource",
    "review",
    "strategy",
]
