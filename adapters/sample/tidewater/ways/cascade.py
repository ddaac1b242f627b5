"""The process runs down through Tidewater's ranks in January and February 2025; Night Readings are reached last."""

from __future__ import annotations

from adapters.sample.history import History
from adapters.sample.people import Staff
from adapters.sample.tidewater.people import PLACES
from adapters.sample.tidewater.strategy import CURRENT

LEFT_OUT = ("tw-packing", "tw-laboratory")
"""Teams whose head never ran it."""


def tell(history: History, staff: Staff, heads: dict[str, str]) -> None:
    """Each head with those who sit in the unit; one is entered three weeks later."""
    for number, place in enumerate(PLACES):
        if place.key in LEFT_OUT:
            continue
        night = place.key == "tw-night"
        day = "2025-03-25" if night else f"2025-01-{20 + number % 11:02}"
        history.say(
            "process.run",
            f"{day} 09:30",
            entered="2025-04-16 09:00" if night else None,
            reason="the list lay in the van" if night else None,
            process=f"deep-current/{place.key}",
            person=heads[place.key],
            unit=place.key,
            strategy=CURRENT,
            participants=[each.key for each in staff.of(place.key, day) if each.key != heads[place.key]],
            actor=heads[place.key],
        )
