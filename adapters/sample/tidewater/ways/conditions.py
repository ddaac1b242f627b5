"""Two condition reviews: three units of Tidewater, each judged by two assessors together, in May and September 2026."""

from __future__ import annotations

from adapters.sample.history import History, Line
from adapters.sample.people import AUDITOR, SPONSOR
from adapters.sample.tidewater.strategy import CURRENT

NAMES = {"tidewater": "Tidewater", "tw-make": "Making", "tw-field": "Field Operations"}
SHOWN = {
    "vision": "six people asked by chance could say where it goes, in their own words",
    "commitment": "promises in the record, read beside what people said at the visit",
    "goals": "the goals on the wall, and which bet each of them serves",
    "capabilities": "lists of who was trained, and for what",
    "systems": "pay slips, the bonus rule and the sales calendar beside the criteria",
}
"""What the assessors looked at, by condition."""
CONDITIONS = ("vision", "commitment", "goals", "capabilities", "systems")
WORDS = {"A": "apparent", "P": "partly", "N": "not_apparent"}
JUDGED = {
    "conditions-may-2026": {"tidewater": "APAPN", "tw-make": "APPPP", "tw-field": "ANPAP"},
    "conditions-september-2026": {"tidewater": "AAAPP", "tw-make": "AAPPA", "tw-field": "APAPP"},
}
"""By review and unit: the five conditions, apparent, partly or not apparent."""
DOUBTED = ("conditions-may-2026", "tw-make", "goals")
"""Where the assessors differed at first, and the one came to agree with the other."""
ASSESSORS = {
    "tidewater": ("liv-castor", AUDITOR), "tw-make": ("jon-abelin", AUDITOR), "tw-field": ("odo-fenwick", AUDITOR),
}  # fmt: skip
OPENED = {
    "conditions-may-2026": ("2026-05-04", "2026-05-16"), "conditions-september-2026": ("2026-09-07", "2026-09-19"),
}  # fmt: skip


def tell(history: History) -> None:
    """Opened, judged, agreed and closed; one judgement rested on a wrong count, corrected three weeks later.

    Of a new bonus rule, in force four days before the close, the assessors did not know.
    """
    for review, (opens, closes) in OPENED.items():
        lines = _held(history, review, opens, closes)
        if review == "conditions-may-2026":
            for who, tied in (("first", False), ("second", True)):
                history.correct(
                    lines["tw-field", "capabilities", who],
                    "2026-06-08 10:00",
                    actor=AUDITOR,
                    tied=tied,
                    reason="eighteen of twenty were trained, it said; it was eleven",
                    judgement="not_apparent",
                )
            history.say(
                "condition.evidenced",
                "2026-05-11 08:00",
                entered="2026-06-03 10:00",
                reason="the works council was told of it in June",
                review=review,
                unit="tw-make",
                condition="systems",
                text="a bonus is paid for every meter that comes back within two years less than the year before",
                source="works agreement of 11 May 2026",
                actor=SPONSOR,
            )


def _held(history: History, review: str, opens: str, closes: str) -> dict[tuple[str, str, str], Line]:
    say, lines = history.say, dict[tuple[str, str, str], Line]()
    say(
        "review.opened",
        f"{opens} 09:00",
        review=review,
        kind="condition_review",
        title=f"Five conditions of alignment, {opens[:7]}",
        strategy=CURRENT,
        revision=2,
        questionnaire="five-conditions",
        participants=sorted({person for pair in ASSESSORS.values() for person in pair}),
        closes=closes,
        readers=[SPONSOR],
        actor=SPONSOR,
    )
    for unit, pair in ASSESSORS.items():
        said = {"review": review, "unit": unit}
        say("condition.assigned", f"{opens} 09:30", assessors=list(pair), actor=SPONSOR, **said)
        for number, (condition, letter) in enumerate(zip(CONDITIONS, JUDGED[review][unit], strict=True)):
            day, hour = f"{closes[:8]}{int(closes[8:]) - 3:02}", 9 + number
            seen = {"text": SHOWN[condition], "source": f"both assessors' visit to {NAMES[unit]}"}
            doubted = (review, unit, condition) == DOUBTED
            for who, person in zip(("first", "second"), pair, strict=True):
                first_thought = doubted and who == "first"
                lines[unit, condition, who] = say(
                    "condition.judged",
                    f"{day} {hour:02}:{15 if who == 'first' else 45}",
                    person=person,
                    condition=condition,
                    judgement="apparent" if first_thought else WORDS[letter],
                    rests_on=[seen],
                    actor=person,
                    **said,
                )
            if doubted:
                agreed = {"person": pair[0], "condition": condition, "actor": pair[0]}
                say("condition.agreed", f"{day} 16:00", **agreed, **said)
    last = f"{closes[:8]}{int(closes[8:]) - 1:02}"
    say("review.closed", f"{last} 18:00", review=review, actor=SPONSOR)
    return lines
