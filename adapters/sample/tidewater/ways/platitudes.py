"""Three of Tidewater's directors say whether a competitor could sign what they are building; one thinks so."""

from __future__ import annotations

from adapters.sample.history import History
from adapters.sample.tidewater.strategy import CURRENT

ANSWERS = (
    ("vala-restad", "2025-02-03 10:00", False, "Nobody else reads at night."),
    ("odo-fenwick", "2025-02-03 11:00", False, None),
    ("liv-castor", "2025-02-04 09:00", True, "Finding leaks is what all of them promise."),
)


def tell(history: History) -> None:
    """Each for themselves."""
    for person, at, could_sign, because in ANSWERS:
        history.say(
            "strategy.tested",
            at,
            strategy=CURRENT,
            element="future",
            could_sign=could_sign,
            revision=1,
            person=person,
            actor=person,
            **({"because": because} if because else {}),
        )
