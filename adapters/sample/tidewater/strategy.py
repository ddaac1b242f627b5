"""Deep Current, the strategy of Tidewater: two revisions, its goals, and who answers for what."""

from __future__ import annotations

from adapters.sample.history import History, Value
from adapters.sample.people import SPONSOR
from adapters.sample.tidewater.people import STRATEGIST

CURRENT = "deep-current"

ELEMENTS: tuple[dict[str, Value], ...] = (
    {
        "element": "case", "kind": "case_for_change",
        "text": "Utilities lose a fifth of their water before it reaches a tap, and our meters do not tell them where.",
    },
    {"element": "vision", "kind": "vision", "text": "No drop is lost unnoticed."},
    {"element": "mission", "kind": "mission", "text": "We measure water so that those who supply it can act."},
    {"element": "value-truth", "kind": "value", "text": "A doubtful reading is called doubtful."},
    {"element": "value-night", "kind": "value", "text": "Nobody works alone at night."},
    {
        "element": "future", "kind": "compelling_future", "horizon": "2027-06-30",
        "text": "By summer 2027 every utility that reads with Tidewater finds a leak within one single night.",
    },
    {
        "element": "c-leaks", "kind": "success_criterion", "text": "Leaks are found while they are small.",
        "measure": "hours from the first drop to the report, median", "method": "leak log", "source": "reading centre",
        "baseline": "190", "target": "24", "due": "2027-03-31",
    },
    {
        "element": "c-readings", "kind": "success_criterion", "text": "Readings are complete.",
        "measure": "meters read within the hour, of those installed", "method": "network log",
        "source": "reading centre", "baseline": "91.0", "target": "99.5", "due": "2026-12-31",
    },
    {
        "element": "c-returns", "kind": "success_criterion", "text": "Meters last.",
        "measure": "meters returned within two years, of a thousand", "method": "returns book", "source": "depot",
        "baseline": "14.0", "target": "4.0", "due": "2026-12-31",
    },
    {
        "element": "bet-night", "kind": "big_bet", "rank": 1, "supports": ["c-leaks", "c-readings"],
        "text": "Read every meter every night, and find the leaks in what was read.",
    },
    {
        "element": "bet-one-meter", "kind": "big_bet", "rank": 2, "supports": ["c-returns"],
        "text": "One meter body for all pipes.",
    },
    {
        "element": "bet-partners", "kind": "big_bet", "rank": 3, "supports": ["c-leaks"],
        "text": "Repair leaks together with the utilities' own crews.",
    },
    {
        "element": "utility-mid", "kind": "client_profile",
        "text": "Utilities of ten to two hundred thousand taps that lose more than a tenth of their water.",
        "seen_as": "the ones who are there before the hole is dug",
    },
    {
        "element": "better-nights", "kind": "differentiator",
        "text": "Whoever reads with us knows by breakfast where water went in the night.",
        "edge": "faster", "profiles": ["utility-mid"],
        "apart_from": ["a reader's round once a quarter", "loggers that the utility installs itself"],
    },
    {
        "element": "let-go-drums", "kind": "let_go", "due": "2025-12-31",
        "text": "Mechanical drum counters, and the spare parts for them.",
    },
)  # fmt: skip

GOALS = (
    ("night-reading", "Every installed meter is read every night", "tw-night", ("bet-night",), "karl-voss", "99.5 %",
     "2026-12-31"),
    ("leak-finder", "The software names a leak's street by morning", "tw-software", ("bet-night", "c-leaks"),
     "nils-ottar", "80 % of leaks", "2026-12-31"),
    ("one-body", "One meter body fits all pipes", "tw-flow", ("bet-one-meter",), None, "all types", "2026-09-30"),
    ("no-returns", "Meters hold for two years", "tw-final-line", ("c-returns",), "berit-holm", "4 of 1,000",
     "2026-12-31"),
    ("joint-crews", "Our crews repair with the utilities' crews", "tw-east", ("bet-partners",), "egil-roan",
     "12 utilities", "2026-10-31"),
    ("care-by-noon", "A report of the night is answered by noon", "tw-care", ("night-reading",), "asta-brim",
     "95 % of reports", "2026-09-30"),
    ("drum-parts", "Spare parts for drum counters stay in stock", "tw-depot", ("let-go-drums",), None, "all types",
     "2026-06-30"),
)  # fmt: skip
"""Key, title, unit, what it supports, who answers for it, target, due day."""

TACTICS = (
    ("dug-up", "leak-finder", "A photograph of every leak that was dug up"),
    ("crews-notes", "leak-finder", "Notes of the crews on paper"),
    ("night-desk", "care-by-noon", "A desk at the reading centre"),
)
"""Key, the goal that it serves, title."""


class Strategy:
    """Tells the document's part of the story."""

    def __init__(self, history: History) -> None:
        self.history = history

    def tell(self) -> None:
        """Drafted in the first weeks, revised after the first audit."""
        say = self.history.say
        say("strategy.drafted", "2024-11-18 10:00", strategy=CURRENT, title="Deep Current", actor=STRATEGIST)
        for each in ELEMENTS:
            say("strategy.revised", "2024-11-25 10:00", strategy=CURRENT, actor=STRATEGIST, **each)
        self._who_answers()
        say("strategy.submitted", "2024-12-20 16:00", strategy=CURRENT, actor=STRATEGIST)
        say("strategy.published", "2025-01-13 08:00", strategy=CURRENT, revision=1, material=True, actor=SPONSOR)
        self._goals()
        self._second_revision()

    def _who_answers(self) -> None:
        for element, person in (
            ("c-leaks", "liv-castor"), ("c-readings", "thea-morland"), ("c-returns", "odo-fenwick"),
            ("bet-night", "thea-morland"), ("bet-one-meter", "liv-castor"), ("bet-partners", "jon-abelin"),
            ("let-go-drums", "odo-fenwick"),
        ):  # fmt: skip
            self.history.say(
                "accountable.named",
                "2024-12-16 11:00",
                for_={"strategy": CURRENT, "element": element},
                person=person,
                actor=SPONSOR,
            )

    def _goals(self) -> None:
        say = self.history.say
        for key, title, unit, supports, accountable, target, due in GOALS:
            say(
                "goal.proposed",
                "2025-01-20 10:00",
                goal=key,
                strategy=CURRENT,
                title=title,
                unit=unit,
                supports=list(supports) or None,
                accountable=accountable,
                target=target,
                due=due,
                actor=STRATEGIST,
            )
            say("goal.accepted", "2025-01-27 10:00", goal=key, actor=STRATEGIST)
        say("accountable.named", "2025-09-15 10:00", for_={"goal": "one-body"}, person="malin-sten", actor=STRATEGIST)
        self._four_columns()
        say("goal.abandoned", "2026-03-16 10:00", goal="drum-parts", actor=STRATEGIST)
        say("goal.achieved", "2026-10-12 10:00", goal="care-by-noon", actor=STRATEGIST)
        say("goal.missed", "2026-10-05 10:00", goal="one-body", actor=STRATEGIST)

    def _four_columns(self) -> None:
        """What shows that goals can be reached, how, and by which tactics; of the night nobody says what shows it."""
        say = self.history.say
        for goal, substantiation, approach in (
            ("leak-finder", "in a test of six weeks it named 31 streets of 40", "learn from every leak dug up"),
            ("care-by-noon", "two utilities are answered by noon already", "sort at night, answer in the morning"),
            ("no-returns", "where bodies are sealed by hand, five of 1,000 return", "seal all by hand, then by a jig"),
            ("night-reading", None, "from the air where it reaches, by two on foot where it does not"),
        ):  # fmt: skip
            say(
                "goal.changed",
                "2025-02-10 10:00",
                goal=goal,
                level="team",
                substantiation=substantiation,
                approach=approach,
                actor=STRATEGIST,
            )
        for tactic, goal, title in TACTICS:
            said = {"tactic": tactic, "strategy": CURRENT, "goal": goal, "title": title}
            say("tactic.adopted", "2025-02-10 11:00", actor=STRATEGIST, **said)
        say("tactic.dropped", "2026-01-26 10:00", tactic="crews-notes", actor=STRATEGIST)

    def _second_revision(self) -> None:
        """After the first audit: nobody is to read meters alone at night, and readings may be complete a year later."""
        say, revised = self.history.say, "2025-05-12 10:00"
        by_id = {str(each["element"]): each for each in ELEMENTS}
        say(
            "strategy.revised",
            revised,
            strategy=CURRENT,
            actor=STRATEGIST,
            **by_id["bet-night"]
            | {"text": "Read every meter every night from the air, and find the leaks in what was read."},
        )
        say(
            "strategy.revised",
            revised,
            strategy=CURRENT,
            actor=STRATEGIST,
            **by_id["c-readings"] | {"due": "2027-06-30"},
        )
        say("strategy.submitted", "2025-05-26 16:00", strategy=CURRENT, actor=STRATEGIST)
        say(
            "strategy.published",
            "2025-06-02 08:00",
            strategy=CURRENT,
            revision=2,
            material=True,
            in_force_from="2025-07-01",
            actor=SPONSOR,
        )
