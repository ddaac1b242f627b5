"""What shows whether Tidewater's claims hold: tenders won, referrals, what utilities say and what they do."""

from __future__ import annotations

from adapters.sample.history import History
from adapters.sample.tidewater.people import STRATEGIST
from adapters.sample.tidewater.strategy import CURRENT

PIECES = (
    ("won-2025-ideal", "2026-01-15", "utility-mid", "behavioural", "win_rate", 14, 20, "tender book 2025", "for"),
    ("won-2025-others", "2026-01-15", "utility-mid", "behavioural", "majority_win_rate", 9, 45, "tender book 2025",
     "for"),
    ("referred-2025", "2026-01-15", "utility-mid", "behavioural", "referrals", 6, None, "tender book 2025", "for"),
    ("praised-2025", "2025-11-20", "utility-mid", "stated", "testimonials", 4, None, "users' day", "for"),
    ("there-first", "2025-11-20", "utility-mid", "stated", "perception", 9, 15, "asked at the users' day", "for"),
    ("by-breakfast", "2025-11-20", "better-nights", "stated", "perception", 11, 15, "asked at the users' day", "for"),
    ("opened-by-nine", "2026-02-10", "better-nights", "behavioural", "conduct", 61, 100, "log of the reading centre",
     "against"),
)  # fmt: skip
"""Key, day, element, stated or behavioural, measure, how many, of how many, source, whether it speaks for the claim."""


def tell(history: History) -> None:
    """Piece by piece; one is taken back in spring."""
    lines = {
        key: history.say(
            "evidence.recorded",
            f"{day} 15:00",
            piece=key,
            strategy=CURRENT,
            element=element,
            kind=kind,
            measure=measure,
            count=count,
            of=of,
            source=source,
            bears=bears,
            actor=STRATEGIST,
        )
        for key, day, element, kind, measure, count, of, source, bears in PIECES
    }
    history.take_back(
        lines["praised-2025"], "2026-03-09 10:00", actor=STRATEGIST, reason="two of the four were our own people"
    )
