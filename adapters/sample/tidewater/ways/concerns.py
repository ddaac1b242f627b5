"""Concerns that people of Tidewater raise by name in spring 2025, and what becomes of them."""

from __future__ import annotations

from typing import NamedTuple

from adapters.sample.history import History
from adapters.sample.people import Staff
from adapters.sample.tidewater.strategy import CURRENT


class Raised(NamedTuple):
    """A concern: by whom (unit, number), of which kind, in which words, put to whom; and the days that followed."""

    key: str
    unit: str
    number: int
    kind: str
    text: str
    put_to: str
    on: str
    addressed: str | None = None
    confirmed: str | None = None
    reopened: str | None = None
    entered: str | None = None


RAISED = (
    Raised(
        "alone-at-night", "tw-night", 2, "care", "I read the harbour alone, in winter too.", "thea-morland",
        "2025-03-04", "2025-04-08", "2025-04-15", "2025-10-20",
    ),
    Raised(
        "van", "tw-night", 3, "sincerity", "The van was promised twice.", "thea-morland", "2025-03-04", "2025-05-20",
    ),
    Raised(
        "benches", "tw-benches", 2, "competence", "Nobody here can calibrate at that flow.", "odo-fenwick",
        "2025-03-11", "2025-03-25", "2025-04-01",
    ),
    Raised(
        "drums", "tw-depot", 3, "courage", "We say that drums are let go, and order parts for them.", "vala-restad",
        "2025-03-18", "2025-04-29", "2025-05-06", None, "2025-05-20",
    ),
    Raised("crews", "tw-east", 4, "competence", "The utilities' crews are paid by the hour.", "jon-abelin",
           "2025-04-02"),
)  # fmt: skip


def tell(history: History, staff: Staff) -> None:
    """Each from the day on which it was raised; one confirmation is entered two weeks late."""
    for each in RAISED:
        raiser = staff.of(each.unit, each.on)[each.number].key
        history.say(
            "concern.raised",
            f"{each.on} 14:00",
            concern=each.key,
            person=raiser,
            strategy=CURRENT,
            kind=each.kind,
            text=each.text,
            put_to=each.put_to,
            actor=raiser,
        )
        if each.addressed:
            how = "spoken about with those it concerns; what was promised stands in the team's minutes"
            at = f"{each.addressed} 10:00"
            history.say("concern.addressed", at, concern=each.key, how=how, actor=each.put_to)
        if each.confirmed:
            history.say(
                "concern.confirmed",
                f"{each.confirmed} 10:00",
                entered=f"{each.entered} 09:00" if each.entered else None,
                reason="told at the shift's end, entered when the depot had a desk again" if each.entered else None,
                concern=each.key,
                actor=raiser,
            )
        if each.reopened:
            history.say("concern.reopened", f"{each.reopened} 10:00", concern=each.key, actor=raiser)
