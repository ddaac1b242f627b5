"""What Tidewater's units request of one another in 2026: kept, declined, countered, moved, broken, overdue."""

from __future__ import annotations

from adapters.sample.history import History

REQUESTS = (
    ("receiver", "leak-finder", "tw-software", "tw-radio", "A receiver that hears the harbour", "2026-03-31"),
    ("log-of-leaks", "leak-finder", "tw-software", "tw-east", "A log of every leak that was dug up", "2026-02-27"),
    ("bodies", "no-returns", "tw-final-line", "tw-flow", "Ten bodies for the long test", "2026-04-30"),
    ("night-list", "care-by-noon", "tw-care", "tw-night", "The night's list, on the desk at seven", "2026-04-15"),
    ("offers", "joint-crews", "tw-east", "tw-tenders", "An offer with a utility's crew in it", "2026-05-29"),
    ("vans", "night-reading", "tw-night", "tw-depot", "A van that starts", "2026-02-16"),
)  # fmt: skip
"""Key, goal, who asks, who is asked, what for, and by when."""

Step = tuple[str, str, bool, dict[str, str]]
"""What happened, when, whether the one who asks says it, and what else is said."""

STEPS: dict[str, tuple[Step, ...]] = {
    "receiver": (
        ("countered", "2026-01-26 10:00", False, {"by_when": "2026-04-30"}),
        ("counter_accepted", "2026-01-28 10:00", True, {}),
        ("move_asked", "2026-04-20 10:00", False, {"by_when": "2026-05-29"}),
        ("move_consented", "2026-04-21 10:00", True, {}),
        ("delivered", "2026-05-27 10:00", False, {"evidence": "it stands on the lighthouse"}),
        ("accepted", "2026-06-01 10:00", True, {}),
    ),
    "log-of-leaks": (
        ("promised", "2026-01-20 10:00", False, {}),
        ("delivered", "2026-02-26 10:00", False, {}),
        ("rejected", "2026-03-02 10:00", True, {"reason": "half of the streets are missing"}),
        ("delivered", "2026-03-20 10:00", False, {}),
        ("accepted", "2026-03-23 10:00", True, {}),
    ),
    "bodies": (
        ("promised", "2026-01-22 10:00", False, {}),
        ("broken", "2026-05-11 10:00", True, {"reason": "none came"}),
    ),
    "night-list": (("promised", "2026-03-04 10:00", False, {}),),
    "offers": (("declined", "2026-02-02 10:00", False, {"reason": "we are nine, and write forty tenders a year"}),),
    "vans": (),
}


def tell(history: History, heads: dict[str, str]) -> None:
    """Each request, and what became of it."""
    for number, (key, goal, asks, asked, title, by_when) in enumerate(REQUESTS):
        history.say(
            "request.made",
            f"2026-01-{12 + number} 10:00",
            request=key,
            goal=goal,
            requester=asks,
            performer=asked,
            title=title,
            by_when=by_when,
            actor=heads[asks],
        )
        for what, at, by_who_asks, said in STEPS[key]:
            actor = heads[asks if by_who_asks else asked]
            history.say(f"request.{what}", at, request=key, actor=actor, **said)
