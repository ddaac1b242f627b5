"""What Product Care and Tenders write down from 2025 on, who needs what at which stage, and the time that it saves."""

from __future__ import annotations

from adapters.sample.history import History
from adapters.sample.people import Staff
from adapters.sample.tidewater.people import STRATEGIST
from adapters.sample.tidewater.strategy import CURRENT

ITEMS = (
    ("meter-in-frost", "Meters in frost", "A meter that froze reads zero until noon; call it doubtful, and read again.",
     "en", ["bet-night"], ["first readings"], ["care"], "asta-brim", "2026-04-30"),
    ("two-prices", "Why night readings cost less", "One reader covers four streets; a day's round covers two.", "en",
     ["bet-night", "utility-mid"], ["offer"], ["seller", "care"], "jon-abelin", "2026-12-31"),
    ("leck-im-netz", "Lecks im Netz finden", "Ein Leck zeigt sich nachts zuerst: der Durchfluss sinkt nie auf null.",
     "de", ["c-leaks"], ["first readings"], ["care", "reader"], "asta-brim", "2027-03-31"),
    ("crew-contract", "A contract for joint crews", "Who pays the hour, who owns the hole, who fills it in.", "en",
     ["bet-partners"], ["contract"], ["seller"], "jon-abelin", "2027-06-30"),
)  # fmt: skip
"""Key, title, text, language, elements, stages, roles, keeper, and until when it is to be looked at again."""
NEEDS = (
    ("seller", "offer", "what a night reading costs"), ("seller", "contract", "who pays a joint crew"),
    ("seller", "first readings", "what a utility sees on the first morning"),
    ("reader", "first readings", "what a leak looks like"), ("care", "first readings", "which readings are doubtful"),
)  # fmt: skip


def tell(history: History, staff: Staff) -> None:
    """Captured in spring 2025, used, revised once; hours are stated before and a year after."""
    say, care = history.say, staff.of("tw-care", "2025-04-07")
    for role, stage, what in NEEDS:
        said = {"role": role, "stage": stage, "what": what, "strategy": CURRENT}
        say("knowledge.needed", "2025-03-31 10:00", actor=STRATEGIST, **said)
    for person in care[:8]:
        at = "2025-04-07 11:00"
        say("knowledge.time_stated", at, person=person.key, hours=f"{5 + care.index(person) % 3}.0", actor=person.key)
    for number, (key, title, text, language, elements, stages, roles, keeper, review_by) in enumerate(ITEMS):
        say(
            "knowledge.captured",
            f"2025-04-{14 + number} 10:00",
            knowledge=key,
            title=title,
            text=text,
            language=language,
            strategy=CURRENT,
            elements=elements,
            stages=stages,
            roles=roles,
            keeper=keeper,
            review_by=review_by,
            actor=keeper,
        )
    for number, person in enumerate(care[:8]):
        say(
            "knowledge.used",
            f"2025-{5 + number % 4:02}-{12 + number} 10:30",
            knowledge=ITEMS[number % 3][0],
            person=person.key,
            did_not_know=number % 3 == 0,
            found_by="search" if number % 2 == 0 else "colleague",
            actor=person.key,
        )
    revised = "A meter that froze reads zero until noon; mark it doubtful, and read it again at two."
    say("knowledge.revised", "2026-01-19 10:00", knowledge="meter-in-frost", text=revised, actor="asta-brim")
    for person in care[:6]:
        at = "2026-04-08 11:00"
        if person.home("2026-04-08"):
            hours = f"{2 + care.index(person) % 2}.5"
            say("knowledge.time_stated", at, person=person.key, hours=hours, actor=person.key)
