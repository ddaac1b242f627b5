"""What Tidewater's people stated about Deep Current: leaders first, then most of the rest, and what became of it."""

from __future__ import annotations

from adapters.sample.commitments import COMMITTED, NOT_YET, ON_CONDITION, Commitments
from adapters.sample.history import History
from adapters.sample.people import SPONSOR, Chance, Staff
from adapters.sample.tidewater.strategy import CURRENT

GOAL_OF = {
    "tw-night": "night-reading", "tw-software": "leak-finder", "tw-flow": "one-body", "tw-radio": "night-reading",
    "tw-final-line": "no-returns", "tw-benches": "no-returns", "tw-east": "joint-crews", "tw-west": "joint-crews",
    "tw-care": "care-by-noon",
}  # fmt: skip
"""The goal that a unit works for; the other units stand behind the strategy as a whole."""
DUE = {"one-body": "2026-09-30", "joint-crews": "2026-10-31", "care-by-noon": "2026-09-30"}
RESULTS = (
    "my route without a gap", "two benches recalibrated each week", "one utility's crew trained",
    "every doubtful reading marked", "the night's list on the desk at six", "ten bodies cast and measured",
)  # fmt: skip
REFUSALS = (
    "we were promised company at night, and I still go alone", "nobody says what we stop for it",
    "I have heard this twice before", "my line runs at its limit",
)  # fmt: skip


class Statements:
    """Tells receipts and promises."""

    def __init__(self, history: History, staff: Staff, chance: Chance, heads: dict[str, str]) -> None:
        self.history, self.staff, self.chance = history, staff, chance
        self.commitments = Commitments(history, staff, heads)
        self.declined = set[str]()

    def tell(self) -> None:
        """Revision by revision."""
        self._duties(1, "2025-01-13 09:00", "2025-02-14")
        self._acknowledge("2025-01-14", "2025-02-21", 0.7)
        self._leaders()
        self._people("2025-02-03", "2025-04-30", 0.46)
        self._units()
        self._duties(2, "2025-07-01 09:00", "2025-08-15")
        self._acknowledge("2025-07-02", "2025-09-12", 0.74)
        self._renewals()
        self._people("2025-12-01", "2026-02-27", 0.55)
        self._outcomes()

    def _duties(self, revision: int, at: str, due: str) -> None:
        for person in self.staff.present(at[:10]):
            self.history.say(
                "duty.given",
                at,
                person=person.key,
                kind="acknowledge",
                due=due,
                actor=SPONSOR,
                for_={"strategy": CURRENT, "revision": revision},
            )

    def _acknowledge(self, first: str, last: str, share: float) -> None:
        for person in self.staff.present(first):
            at, reads = self.chance.working_moment(first, last), self.chance.happens(share)
            leads = person.rank in {"director", "manager"}
            if (reads or leads) and person.home(at[:10]):
                self.history.say(
                    "acknowledgement.given", at, person=person.key, strategy=CURRENT, method="read", actor=person.key
                )

    def _make(self, owner: str, goal: str | None, level: str, at: str, result: str | None = None) -> None:
        by_when = DUE.get(goal or "", "2026-12-31")
        self.commitments.make(owner, goal, level, at, strategy=CURRENT, by_when=by_when, result=result)

    def _leaders(self) -> None:
        """Directors within the week, heads of teams by the end of January; the head of Night Readings on condition."""
        for number, person in enumerate(self.staff.present("2025-01-15")):
            goal = GOAL_OF.get(person.home("2025-01-15") or "")
            if person.rank == "director":
                self._make(person.key, None, COMMITTED, f"2025-01-16 {9 + number % 8:02}:30", RESULTS[number % 6])
            elif person.rank == "manager":
                level = ON_CONDITION if person.key == "karl-voss" else COMMITTED
                self._make(person.key, goal, level, f"2025-01-{21 + number % 9} 14:{number % 60:02}")

    def _people(self, first: str, last: str, share: float) -> None:
        """Whoever has not spoken yet may; at Night Readings fewer do than elsewhere, and some say no."""
        chance = self.chance
        for number, person in enumerate(self.staff.present(first)):
            at, takes, declines = chance.working_moment(first, last), chance.happens(share), chance.happens(0.2)
            sure, nearly, unit = chance.happens(0.6), chance.happens(0.6), person.home(first) or ""
            goal = GOAL_OF.get(unit)
            known = f"{person.key}/{goal or CURRENT}" in self.commitments.made or person.key in self.declined
            if known or person.home(at[:10]) != unit:
                continue
            if unit == "tw-night":
                takes, declines = takes and sure and number % 3 == 0, declines or number % 4 == 0
            if takes:
                level = COMMITTED if sure else ON_CONDITION if nearly else NOT_YET
                self._make(person.key, goal, level, at, RESULTS[number % 6] if number % 3 == 0 else None)
            elif declines and first.startswith("2025-02"):
                self.commitments.decline(person.key, goal, at, REFUSALS[number % 4], CURRENT)
                self.declined.add(person.key)

    def _units(self) -> None:
        for number, (unit, goal) in enumerate(GOAL_OF.items()):
            level = NOT_YET if unit == "tw-night" else COMMITTED
            self._make(unit, goal, level, f"2025-03-{10 + number} 15:00")
        west = self.commitments.made["tw-west/joint-crews"]
        self.commitments.hand_over(west, "tw-east", "2026-01-12 10:00", "2026-01-20 10:00", by=SPONSOR)

    def _renewals(self) -> None:
        """The second revision touches the night; most who stood behind it do so again, some after months."""
        chance, commitments = self.chance, self.commitments
        for made, person in commitments.owned():
            early, late = chance.working_moment("2025-07-07", "2025-09-30"), chance.working_moment(
                "2025-10-06", "2026-01-30"
            )  # fmt: skip
            renews, soon, gives_up = chance.happens(0.7), chance.happens(0.6), chance.happens(0.3)
            at = early if soon else late
            if made.line.known.isoformat() >= "2025-07-01" or made.goal not in {None, "night-reading", "leak-finder"}:
                continue
            if person is not None and person.home(at[:10]) is None:
                continue
            if renews:
                commitments.renew(made, at)
            elif gives_up and person is not None:
                commitments.end(made, "withdrawn", at)

    def _outcomes(self) -> None:
        chance, commitments = self.chance, self.commitments
        for made, person in commitments.owned():
            at, kept = chance.working_moment("2026-10-01", "2026-10-16"), chance.happens(0.7)
            if made.goal not in {"one-body", "care-by-noon"} or (person is not None and not person.home(at[:10])):
                continue
            commitments.end(made, "fulfilled" if kept and made.goal == "care-by-noon" else "missed", at)
