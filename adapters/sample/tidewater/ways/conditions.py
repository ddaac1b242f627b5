"""Two condition reviews: three units of Tidewater, each judged by two assessors together, in May and September 2026."""

from __future__ import annotations

from adapters.sample.history import History, Line
from adapters.sample.people import AUDITOR, SPONSOR
from adapters.sample.tidewater.strategy import CURRENT

CONDITIONS = ("vision", "commitment", "goals", "capabilities", "systems")
WORDS = {"A": "apparent", "P": "partly", "N": "not_apparent"}
JUDGED = {
    "conditions-may-2026": {"tidewater": "APAPN", "tw-make": "APPPP", "tw-field": "ANPAP"},
    "conditions-september-2026": {"tidewater": "AAAPP", "tw-make": "AAPPA", "tw-field": "APAPP"},
}
"""By review and unit: the five conditions, apparent, partly or not apparent."""
ASSESSORS = {
    "tidewater": ("liv-castor", AUDITOR), "tw-make": ("jon-abelin", AUDITOR), "tw-field": ("odo-fenwick", AUDITOR),
}  # fmt: skip
OPENED = {
    "conditions-may-2026": ("2026-05-04", "2026-05-16"), "conditions-september-2026": ("2026-09-07", "2026-09-19"),
}  # fmt: skip


def tell(history: History) -> None:
    """Opened, judged, agreed and closed; one judgement rested on a wrong count, corrected three weeks later."""
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
            seen = {"text": f"what {unit} showed us of its {condition}", "source": "visit of both assessors"}
            for who, person in zip(("first", "second"), pair, strict=True):
                lines[unit, condition, who] = say(
                    "condition.judged",
                    f"{day} {hour:02}:{15 if who == 'first' else 45}",
                    person=person,
                    condition=condition,
                    judgement=WORDS[letter],
                    rests_on=[seen],
                    actor=person,
                    **said,
                )
    last = f"{closes[:8]}{int(closes[8:]) - 1:02}"
    say("review.closed", f"{last} 18:00", review=review, actor=SPONSOR)
    return lines
