"""Two parties outside the chart, each with somebody who speaks: a utility that buys, and those at the harbour."""

from __future__ import annotations

from adapters.sample.history import History, Value
from adapters.sample.people import ADMINISTRATOR, SPONSOR
from adapters.sample.tidewater.strategy import CURRENT

PARTIES = (
    ("harbour-water", "Harbour Water", "clients", "lenn-abro", "Lenn Abro", ["bet-partners"], "2026-03-31",
     "Would your crews repair with ours, at night too?"),
    ("quay-side", "Quayside residents", "public", "mira-hald", "Mira Hald", ["vision"], "2026-03-31",
     "Receivers on the lighthouse: may they stand there?"),
)  # fmt: skip


def tell(history: History) -> None:
    """Both are asked in February 2026; the utility acknowledges, the residents decline."""
    say = history.say
    for key, name, kind, guest, called, elements, by_when, text in PARTIES:
        email = f"{guest}@guests.example"
        say("guest.invited", "2026-02-02", person=guest, name=called, email=email, actor=ADMINISTRATOR)
        say("constituency.named", "2026-02-02 10:00", constituency=key, name=name, kind=kind, actor=SPONSOR)
        say("representative.named", "2026-02-02 10:30", constituency=key, person=guest, actor=SPONSOR)
        say(
            "constituency.asked",
            "2026-02-09 10:00",
            constituency=key,
            ask="first",
            strategy=CURRENT,
            elements=elements,
            by_when=by_when,
            text=text,
            actor=SPONSOR,
        )
    said: dict[str, Value] = {"strategy": CURRENT, "revision": 2}
    say("acknowledgement.given", "2026-02-20 11:00", person="lenn-abro", method="read", actor="lenn-abro", **said)
    say(
        "acknowledgement.declined",
        "2026-03-03 19:00",
        person="mira-hald",
        reason="the lighthouse is listed, and nobody asked the parish",
        actor="mira-hald",
        **said,
    )
