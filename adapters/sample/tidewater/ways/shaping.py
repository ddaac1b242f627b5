"""Deep Current is shaped: proposals on its first draft and before the second revision; not all are answered."""

from __future__ import annotations

from adapters.sample.history import History
from adapters.sample.people import Staff
from adapters.sample.tidewater.people import STRATEGIST
from adapters.sample.tidewater.strategy import CURRENT

PROPOSED = (
    ("2024-12-03", "tw-flow", 2, "bet-one-meter", "Say that it is one body, not one meter.", "taken_up"),
    ("2024-12-03", "tw-software", 3, "c-leaks", "Count from the first drop that we could have seen.", "partly"),
    ("2024-12-04", "tw-final-line", 4, "let-go-drums", "Drums still pay our wages.", "not_taken_up"),
    ("2024-12-05", "tw-night", 1, "bet-night", "Nobody should read the harbour alone.", None),
    ("2025-05-05", "tw-night", 2, "bet-night", "Put a receiver on the lighthouse instead.", "taken_up"),
    ("2025-05-06", "tw-care", 3, "c-readings", "Give us half a year more.", "taken_up"),
    ("2025-05-06", "tw-depot", 2, "let-go-drums", "Name the day on which the last drum leaves.", "not_taken_up"),
)  # fmt: skip
"""On which day, by whom (unit, number), about which element, in which words, and what became of it."""
WHY = {
    "taken_up": "it says what we meant", "partly": "as far as the leak log can tell",
    "not_taken_up": "we decide on that with the plan of the year",
}  # fmt: skip


def tell(history: History, staff: Staff) -> None:
    """The draft is opened to everybody twice."""
    say = history.say
    for opened, last in (("2024-12-02 09:00", "2024-12-13"), ("2025-05-02 09:00", "2025-05-09")):
        say("shaping.opened", opened, strategy=CURRENT, last_day=last, actor=STRATEGIST)
    for number, (day, unit, place, element, text, taken) in enumerate(PROPOSED, 1):
        key, author = f"proposal-{number}", staff.of(unit, day)[place].key
        said = {"proposal": key, "strategy": CURRENT, "person": author, "element": element, "text": text}
        say("proposal.made", f"{day} 13:{number:02}", actor=author, **said)
        if taken is not None:
            answered = f"{day[:8]}{int(day[8:]) + 4:02} 10:00"
            say("proposal.answered", answered, proposal=key, taken=taken, why=WHY[taken], actor=STRATEGIST)
