"""The regular look at strategy and daily work: in February 2026 it is still wanted, and much work puts out fires."""

from __future__ import annotations

from adapters.sample.history import History
from adapters.sample.people import SPONSOR
from adapters.sample.tidewater.strategy import CURRENT

HEADS = {
    "tw-make": ("odo-fenwick", 5, 1, 4, "partly"), "tw-engineer": ("liv-castor", 7, 1, 2, "yes"),
    "tw-market": ("jon-abelin", 6, 2, 2, "yes"), "tw-field": ("thea-morland", 3, 1, 6, "no"),
}  # fmt: skip
"""By function: who tells, tenths on goals, exceptions and fire-fighting, and whether it makes progress."""


def tell(history: History) -> None:
    """One look, by the heads of the four functions."""
    say, review = history.say, "look-february-2026"
    say(
        "review.opened",
        "2026-02-02 09:00",
        review=review,
        kind="strategy_check",
        title="Is it still what we want?",
        strategy=CURRENT,
        revision=2,
        questionnaire="regular-look",
        participants=[person for person, *_ in HEADS.values()],
        closes="2026-02-14",
        readers=[SPONSOR],
        actor=SPONSOR,
    )
    answerer = "thea-morland"
    say("look.answered", "2026-02-03 10:00", review=review, person=answerer, wanted=True, actor=answerer)
    for unit, (person, goals, exceptions, fires, progress) in HEADS.items():
        say(
            "look.told",
            "2026-02-04 10:00",
            review=review,
            person=person,
            unit=unit,
            goals=goals,
            exceptions=exceptions,
            fire_fighting=fires,
            progress=progress,
            actor=person,
        )
    say("review.closed", "2026-02-13 18:00", review=review, actor=SPONSOR)
