"""What people and units stated about the strategies, most of it by chance: receipts, promises, their outcomes."""

from __future__ import annotations

from adapters.sample.commitments import COMMITTED, NOT_YET, ON_CONDITION, Commitments
from adapters.sample.history import History, When
from adapters.sample.people import ADMINISTRATOR, FOUNDED, SPONSOR, Chance, Person, Staff
from adapters.sample.strategies import COMPASS, SIGNAL

GOAL_OF = {
    "design": "one-housing", "optics": "one-housing", "firmware": "field-updates", "works": "two-day-build",
    "assembly": "two-day-build", "calibration": "two-day-calibration", "sales": "service-contracts",
    "field-north": "service-contracts", "field-south": "service-contracts", "repair": "right-first-time",
    "training": "technicians-school", "supply": "spares-next-day", "service-desk": "hour-answer",
}  # fmt: skip
"""The goal that a unit works for; the other units stand behind the strategy as a whole."""

TOUCHED = {None, "one-housing", "field-updates", "two-day-build", "two-day-calibration"}
"""What the second revision touches: the whole, and the goals that rest on lead time or on housings."""

RESULTS = (
    "I keep my mornings free for it", "one improvement a week, written down", "I train two colleagues",
    "my part of the plan by the end of each month", "I test it with two customers",
    "no order waits on my desk overnight",
)  # fmt: skip
REFUSALS = (
    "my work is planned out until next year", "I do not see how we can reach it with these people",
    "I leave this to those who decide on prices",
)  # fmt: skip


class Statements:
    """Tells what was stated. Leaders come first, then their people."""

    def __init__(self, history: History, staff: Staff, chance: Chance, commitments: Commitments) -> None:
        self.history, self.staff, self.chance, self.commitments = history, staff, chance, commitments

    def tell(self) -> None:
        """All of it, strategy by strategy."""
        self._compass()
        self._duties(SIGNAL, 1, "2025-09-15 09:00", "2025-10-17")
        self._acknowledge(SIGNAL, "2025-09-16", "2025-10-24", share=0.84)
        self._leaders_first()
        self._units()
        self._scripted()
        self._people()
        self._second_revision()
        self._outcomes()

    def _compass(self) -> None:
        chance, commitments = self.chance, self.commitments
        self._duties(COMPASS, 1, "2024-12-02 09:00", "2025-01-31")
        self._acknowledge(COMPASS, "2024-12-03", "2025-02-14", share=0.36)
        for person in self.staff.present("2024-12-03"):
            takes, level = chance.happens(0.22), self._level(0.25)
            at, doubts = chance.working_moment("2024-12-09", "2025-02-28"), chance.happens(0.5)
            if not takes or person.home(at[:10]) is None:
                continue
            made = commitments.make(person.key, None, level, at, strategy=COMPASS, by_when="2025-06-30")
            if level != NOT_YET and doubts and person.home("2025-06-13"):
                commitments.end(made, "withdrawn", chance.working_moment("2025-05-05", "2025-06-13"))
            elif level == COMMITTED and person.home("2025-07-11"):
                commitments.end(made, "missed", chance.working_moment("2025-07-01", "2025-07-11"))

    def _duties(self, strategy: str, revision: int, at: When, due: str) -> None:
        for person in self.staff.present(at[:10]):
            self.history.say(
                "duty.given",
                at,
                person=person.key,
                kind="acknowledge",
                due=due,
                actor=SPONSOR,
                for_={"strategy": strategy, "revision": revision},
            )

    def _acknowledge(self, strategy: str, first: str, last: str, share: float) -> None:
        """Directors at once, then whoever does; part of the night shift on paper, entered weeks later."""
        say, chance, refusals = self.history.say, self.chance, list(REFUSALS)
        night_shift = self.staff.of("assembly", first)[-4:] if first == "2025-09-16" else []
        silent = None
        for person in self.staff.present(first):
            at, reads, declines = chance.working_moment(first, last), chance.happens(share), chance.happens(0.3)
            said = {"person": person.key, "strategy": strategy, "actor": person.key}
            if person.rank == "director":
                say("acknowledgement.given", f"{first} 11:00", method="read", **said)
            elif person in night_shift:
                say(
                    "acknowledgement.given",
                    "2025-09-26 22:00",
                    entered="2025-10-20 10:00",
                    method="signed",
                    reason="the night shift's paper list came late",
                    **said,
                )
            elif person.home(at[:10]) is None:
                continue
            elif reads:
                say("acknowledgement.given", at, method="read", **said)
            elif declines and refusals:
                say("acknowledgement.declined", at, reason=refusals.pop(0), **said)
            else:
                silent = person
        if silent and night_shift:
            self._mistaken_receipt(silent)

    def _mistaken_receipt(self, person: Person) -> None:
        """Entered for the wrong one of two colleagues, and taken back."""
        line = self.history.say(
            "acknowledgement.given",
            "2025-10-27 09:15",
            person=person.key,
            strategy=SIGNAL,
            method="signed",
            actor=ADMINISTRATOR,
        )
        self.history.take_back(line, "2025-11-05 10:00", reason="it was a colleague's signature", actor=ADMINISTRATOR)

    def _leaders_first(self) -> None:
        for number, person in enumerate(each for each in self.staff.present("2025-09-17") if each.rank == "director"):
            at = f"2025-09-17 {10 + number}:00"
            self.commitments.make(person.key, None, COMMITTED, at, role="leader", result=RESULTS[number])
        for number, (unit, key) in enumerate(sorted(self.commitments.heads.items())):
            at = f"2025-09-{22 + number % 5} 14:{number:02}"
            level = ON_CONDITION if unit in {"works", "systems"} else COMMITTED
            later = {"service-desk", "embedded", "applications"}
            if unit not in later and self.staff.everybody[key].rank == "manager":
                self.commitments.make(key, GOAL_OF.get(unit), level, at, role="lead")

    def _units(self) -> None:
        """Units through their heads; what a merged or a split unit promised is taken over by a successor."""
        levels, commitments = {"works": ON_CONDITION, "assembly": NOT_YET}, self.commitments
        for number, (unit, goal) in enumerate(GOAL_OF.items()):
            if unit != "service-desk":
                at = f"2025-10-{13 + number % 5} 16:{number:02}"
                commitments.make(unit, goal, levels.get(unit, COMMITTED), at)
        for key, heir, asked, accepted in (
            ("field-north/service-contracts", "field-south", "2026-01-12 10:00", "2026-01-19 10:00"),
            ("firmware/field-updates", "embedded", "2026-02-09 10:00", "2026-02-16 11:00"),
        ):
            commitments.hand_over(commitments.made[key], heir, asked, accepted, by=SPONSOR)
        commitments.make("applications", "field-updates", ON_CONDITION, "2026-03-10 15:00")

    def _scripted(self) -> None:
        of, commitments = self.staff.of, self.commitments
        leaver, taker = (of("supply", FOUNDED)[number].key for number in (4, 5))
        left_behind = commitments.make(leaver, "spares-next-day", COMMITTED, "2025-10-13 11:00", result=RESULTS[5])
        commitments.hand_over(left_behind, taker, "2025-12-03 10:00", "2025-12-10 10:00", by="ivo-castane")
        returner = commitments.make("orla-stand", "right-first-time", COMMITTED, "2025-10-14 11:00", result=RESULTS[1])
        commitments.confirm(returner, "2026-06-15 09:30")
        seller = of("field-south", FOUNDED)[2].key
        misread = commitments.make(seller, "service-contracts", COMMITTED, "2025-10-21 11:00").line
        self.history.restate(
            misread, "2025-11-04 10:00", reason="the note says on condition", actor=ADMINISTRATOR, level=ON_CONDITION
        )
        taken_back = commitments.make(of("repair", FOUNDED)[5].key, "right-first-time", COMMITTED, "2025-10-22 11:00")
        commitments.end(
            taken_back,
            "withdrawn",
            "2025-12-15 15:00",
            entered="2026-01-08 10:00",
            reason="said before the holidays, entered after them",
        )
        confirmations = "2025-11-03 10:00", "2025-11-24 10:00", None
        for person, confirmed in zip(of("assembly", FOUNDED)[6:9], confirmations, strict=True):
            made = commitments.make(person.key, "two-day-build", COMMITTED, "2025-10-16 14:00", actor="gard-ossian")
            if confirmed:
                commitments.confirm(made, confirmed)
        on_paper = commitments.make(
            "lior-hessel",
            "one-housing",
            COMMITTED,
            "2026-03-20 11:00",
            entered="2026-04-15 10:00",
            revision=1,
            reason="found on paper after the workshop",
        )
        commitments.renew(on_paper, "2026-10-05 09:30")

    def _people(self) -> None:
        """Everybody else, by chance."""
        chance, commitments = self.chance, self.commitments
        for number, person in enumerate(self.staff.present("2025-10-01")):
            unit, at = person.home("2025-10-01") or "", chance.working_moment("2025-10-06", "2025-12-12")
            takes, declines, level = chance.happens(0.74), chance.happens(0.25), self._level(0.62)
            grows = chance.happens(0.4)
            later, goal = chance.working_moment("2026-01-12", "2026-02-27"), GOAL_OF.get(unit)
            known = f"{person.key}/{goal or SIGNAL}" in commitments.made
            if known or unit == "service-desk" or person.home(at[:10]) is None:
                continue
            if takes:
                result = chance.pick(RESULTS) if chance.happens(0.3) else None
                made = commitments.make(person.key, goal, level, at, result=result)
                if level != COMMITTED and grows and person.home(later[:10]):
                    commitments.change(made, COMMITTED, later)
            elif declines:
                commitments.decline(person.key, goal, at, REFUSALS[number % len(REFUSALS)])

    def _second_revision(self) -> None:
        """Directors stand by it before it is in force; what it touches is stale until renewed or withdrawn."""
        chance, commitments = self.chance, self.commitments
        self._duties(SIGNAL, 2, "2026-04-01 09:00", "2026-04-30")
        self._acknowledge(SIGNAL, "2026-04-02", "2026-06-12", share=0.78)
        for made, person in commitments.owned():
            at = chance.working_moment("2026-04-07", "2026-06-30")
            renews, other = chance.happens(0.62), chance.happens(0.4)
            if made.strategy != SIGNAL or made.owner == "lior-hessel" or (person and person.home(at[:10]) is None):
                continue
            if person and person.rank == "director":
                commitments.renew(made, "2026-03-20 10:00", revision=2)
            elif made.goal in TOUCHED and renews:
                commitments.renew(made, at)
            elif made.goal in TOUCHED and other and person:
                commitments.end(made, "withdrawn", at)
            elif made.goal == "service-contracts" and renews:
                commitments.renew(made, max(at, "2026-05-12 09:00"))

    def _outcomes(self) -> None:
        """What was promised by the end of June was kept, missed, or left without a word and so overdue."""
        chance, commitments = self.chance, self.commitments
        for made, person in commitments.owned():
            at = chance.working_moment("2026-07-01", "2026-07-10")
            kept, told = chance.happens(0.55), chance.happens(0.6)
            promised = made.goal in {"spares-next-day", "two-day-calibration"} and person and person.home(at[:10])
            if promised and kept:
                commitments.end(made, "fulfilled", at)
            elif promised and told:
                commitments.end(made, "missed", at)

    def _level(self, committed: float) -> str:
        sure, nearly = self.chance.happens(committed), self.chance.happens(0.6)
        return COMMITTED if sure else ON_CONDITION if nearly else NOT_YET
