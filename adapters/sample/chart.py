"""The chart and its people: who was founded, joined, moved, left and came back, and the re-organisation of 2026."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.sample.history import History, Line
from adapters.sample.people import (
    ADMINISTRATOR,
    AUDITOR,
    FOUNDED,
    PLACES,
    SPONSOR,
    STRATEGIST,
    Person,
    Place,
    Staff,
    Stay,
)

ORGANISATION = "sample"
FREELANCER = "dorrit-quay"
RETURNER = "orla-stand"


class Chart:
    """Tells the organisation's own part of the story, and keeps the staff in step with it."""

    def __init__(self, history: History, staff: Staff, places: Sequence[Place] = PLACES) -> None:
        self.history, self.staff, self.places = history, staff, places
        self.heads = {place.key: staff.of(place.key, FOUNDED)[0].key for place in places}

    def tell(self) -> None:
        """All of it."""
        self._founding()
        self._first_year()
        self._service_desk()
        self._second_year()
        self._reorganisation()

    def _founding(self) -> None:
        say = self.history.say
        say(
            "organisation.founded",
            FOUNDED,
            organisation=ORGANISATION,
            name="Fernhaven Instruments",
            zone="Europe/Berlin",
            clock="simulated",
        )
        self._found_units()
        for person, role in (
            (SPONSOR, "sponsor"), (STRATEGIST, "strategist"), (AUDITOR, "auditor"), (ADMINISTRATOR, "administrator"),
        ):  # fmt: skip
            say("access.granted", FOUNDED, person=person, role=role)

    def _found_units(self) -> None:
        say = self.history.say
        for place in self.places:
            say("unit.formed", FOUNDED, unit=place.key, name=place.name, kind=place.kind, parent=place.parent)
        for place in self.places:
            above = self.heads.get(place.parent, SPONSOR) if place.parent else None
            head, *members = self.staff.of(place.key, FOUNDED)
            self._join(head, FOUNDED, above, role="head")
            for member in members:
                self._join(member, FOUNDED, head.key)
            say("access.granted", FOUNDED, person=head.key, role="lead", unit=place.key)
            say("spokesperson.named", FOUNDED, unit=place.key, person=head.key)

    def _first_year(self) -> None:
        of, say = self.staff.of, self.history.say
        self._leave(of("optics", FOUNDED)[5], "2025-01-31", entered="2025-02-17", reason="the notice lay in a drawer")
        self._freelancer()
        mixed_up = self._leave(of("assembly", FOUNDED)[9], "2025-02-28")
        corrected = self.history.restate(
            mixed_up, "2025-03-17", "2025-01-31", reason="the payroll lists 31 January", actor=ADMINISTRATOR
        )
        self.history.restate(
            corrected,
            "2025-04-02",
            "2025-02-28",
            actor=ADMINISTRATOR,
            reason="the payroll had mixed up two people: 28 February was right",
        )
        self._hire("optics", "specialist", "2025-03-03")
        self._hire("assembly", "associate", "2025-04-01")
        self._hire("assembly", "associate", "2025-04-01")
        self._promote(of("calibration", FOUNDED)[2], "specialist", "2025-04-01", "2025-04-22", "letter found later")
        self._leave(self.staff.everybody["mette-olsund"], "2025-05-31")
        say(
            "spokesperson.named",
            "2025-06-01",
            entered="2025-06-16",
            unit="training",
            actor=ADMINISTRATOR,
            reason="nobody noticed that Training had lost its voice",
        )
        self._move_of_another_day()
        self._second_places()
        head = self._hire("training", "manager", "2025-09-01", "Arvo Lindt", role="head", manager="maren-oldag")
        self.heads["training"] = head.key
        say("access.granted", "2025-09-01", person=head.key, role="lead", unit="training", actor=ADMINISTRATOR)
        self._agreement()
        say("spokesperson.named", "2025-09-01", unit="training", person=head.key, actor=ADMINISTRATOR)
        say("unit.renamed", "2025-09-01", unit="training", name="Customer Learning", actor=ADMINISTRATOR)
        self._hire("field-south", "associate", "2025-09-15")

    def _agreement(self) -> None:
        """For half a year what people committed to could be spoken of in appraisals; then it was thought better of."""
        say, name = self.history.say, "development-talks"
        sides = ["the management", "the works council"]
        say(
            "agreement.concluded",
            "2025-09-01",
            agreement=name,
            parties=sides,
            kinds=["commitments"],
            actor=ADMINISTRATOR,
        )
        say(
            "agreement.ended",
            "2026-02-27",
            agreement=name,
            actor=ADMINISTRATOR,
            reason="commitments had become timid since they were spoken of in appraisals",
        )

    def _freelancer(self) -> None:
        """Somebody with two places and no home, who counts once in every scope that holds one of them."""
        say, day, who = self.history.say, "2025-02-03", {"person": FREELANCER, "actor": ADMINISTRATOR}
        say("person.joined", day, name="Dorrit Quay", **who)
        say("membership.began", day, unit="optics", role="consultant", tied=True, **who)
        say("membership.began", day, unit="calibration", role="consultant", tied=True, **who)
        say("rank.held", day, rank="specialist", tied=True, **who)

    def _move_of_another_day(self) -> None:
        """Recorded for 1 July; corrected three weeks later: it was 16 June."""
        person = self.staff.of("assembly", FOUNDED)[3]
        ended, began = self._move(person, "calibration", "2025-07-01")
        restate, why = self.history.restate, "the change of contract says 16 June"
        restate(ended, "2025-07-21", "2025-06-16", reason=why, actor=ADMINISTRATOR)
        restate(began, "2025-07-21", "2025-06-16", reason=why, actor=ADMINISTRATOR, tied=True)
        person.stays[-2].until = person.stays[-1].since = "2025-06-16"

    def _second_places(self) -> None:
        for unit, number, other, role in (
            ("repair", 3, "training", "instructor"), ("assembly", 4, "calibration", "substitute"),
            ("supply", 2, "works", "planner"),
        ):  # fmt: skip
            person = self.staff.of(unit, FOUNDED)[number].key
            self.history.say(
                "membership.began", "2025-08-01", person=person, unit=other, role=role, actor=ADMINISTRATOR
            )

    def _service_desk(self) -> None:
        """Dela leaves on 10 November; Hanno joins, recorded for 20 October, truly on 14 October."""
        hanno = self.staff.hire("service-desk", "associate", "2025-10-14", "Hanno Reet")
        joined = self._join(hanno, "2025-10-20", self.heads["service-desk"])[:2]
        for number, line in enumerate(joined):
            self.history.restate(
                line,
                "2025-11-12",
                "2025-10-14",
                tied=number > 0,
                actor=ADMINISTRATOR,
                reason="the contract began on 14 October; the desk saw it on the 20th",
            )
        self._leave(self.staff.everybody["dela-nokes"], "2025-11-10")

    def _second_year(self) -> None:
        of, everybody = self.staff.of, self.staff.everybody
        self._promote(of("optics", FOUNDED)[2], "specialist", "2025-11-01")
        self._leave(of("supply", FOUNDED)[4], "2025-11-28")
        self._hire("supply", "associate", "2026-01-12")
        self._leave(everybody[RETURNER], "2026-01-31")
        self._leave(of("field-south", FOUNDED)[3], "2026-03-31")
        self._promote(of("supply", FOUNDED)[5], "specialist", "2026-04-01")
        self._hire("repair", "associate", "2026-05-04")
        self._leave(
            of("assembly", FOUNDED)[11],
            "2026-05-29",
            entered="2026-06-22",
            reason="left during the shutdown; noticed after it",
        )
        returner = everybody[RETURNER]
        returner.stays.append(Stay("repair", "2026-06-01"))
        self._join(returner, "2026-06-01", self.heads["repair"])
        self._hire("calibration", "specialist", "2026-06-01")
        self._leave(everybody["osk-velden"], "2026-06-30")
        self.history.say("spokesperson.named", "2026-07-01", unit="finance", actor=ADMINISTRATOR)
        self._leave(of("systems", FOUNDED)[3], "2026-08-31")
        head = self._hire("finance", "director", "2026-09-01", "Tessa Grund", role="head", manager=SPONSOR)
        self.history.say("spokesperson.named", "2026-09-01", unit="finance", person=head.key, actor=ADMINISTRATOR)
        self._hire("assembly", "associate", "2026-09-15")

    def _reorganisation(self) -> None:
        """Field North merges into Field South, Firmware splits, Calibration moves: each known before it happened."""
        say = self.history.say
        merging = {"entered": "2025-12-01", "actor": ADMINISTRATOR}
        say("unit.merged", "2026-01-01", unit="field-north", into="field-south", **merging)
        say("unit.renamed", "2026-01-01", unit="field-south", name="Field", **merging)
        for person in self.staff.of("field-north", "2025-12-31"):
            person.stays[-1].until = "2026-01-01"
            person.stays.append(Stay("field-south", "2026-01-01"))
        splitting = {"entered": "2026-01-19", "actor": ADMINISTRATOR}
        for unit, name in (("embedded", "Embedded"), ("applications", "Applications")):
            say("unit.formed", "2026-02-01", unit=unit, name=name, kind="team", parent="design", **splitting)
        say("unit.split", "2026-02-01", unit="firmware", into=["embedded", "applications"], **splitting)
        self._restate_places()
        moving = {"entered": "2026-02-20", "actor": ADMINISTRATOR}
        say("unit.moved", "2026-03-01", unit="calibration", parent="services", **moving)
        say("manager.assigned", "2026-03-01", person=self.heads["calibration"], manager="maren-oldag", **moving)
        self._hire("embedded", "specialist", "2026-04-13")

    def _restate_places(self) -> None:
        """Who was in Firmware is unplaced until it is restated; two were forgotten until 16 February."""
        kaja, tove, *others = self.staff.of("firmware", "2026-01-31")
        self.heads |= {"embedded": kaja.key, "applications": tove.key}
        for number, person in enumerate((kaja, tove, *others)):
            unit = "embedded" if number in {0, 2, 3, 4, 7} else "applications"
            late = number >= 7
            role = ("head", "head") if number == 0 else ("member", "head" if number == 1 else "member")
            self._move(
                person,
                unit,
                "2026-02-01",
                entered="2026-02-16" if late else "2026-01-26",
                roles=role,
                reason="forgotten in the list of the split" if late else None,
            )
        for unit in ("embedded", "applications"):
            head = self.heads[unit]
            self.history.say("spokesperson.named", "2026-02-02", unit=unit, person=head, actor=ADMINISTRATOR)
            self.history.say("access.granted", "2026-02-02", person=head, role="lead", unit=unit, actor=ADMINISTRATOR)

    def _hire(
        self,
        unit: str,
        rank: str,
        since: str,
        name: str | None = None,
        *,
        role: str = "member",
        manager: str | None = None,
    ) -> Person:
        person = self.staff.hire(unit, rank, since, name)
        self._join(person, since, manager or self.heads[unit], role, actor=ADMINISTRATOR)
        return person

    def _join(
        self, person: Person, since: str, manager: str | None, role: str = "member", actor: str | None = None
    ) -> list[Line]:
        say, key, unit = self.history.say, person.key, person.stays[-1].unit
        email = f"{key}@fernhaven.example"
        return [
            say("person.joined", since, person=key, name=person.name, email=email, actor=actor),
            say("membership.began", since, person=key, unit=unit, role=role, home=True, actor=actor, tied=True),
            say("rank.held", since, person=key, rank=person.rank, actor=actor, tied=True),
            say("manager.assigned", since, person=key, manager=manager, actor=actor, tied=True),
            say("access.granted", since, person=key, role="member", actor=actor, tied=True),
        ]

    def _leave(self, person: Person, day: str, *, entered: str | None = None, reason: str | None = None) -> Line:
        person.stays[-1].until = day
        return self.history.say(
            "person.left", day, entered=entered, reason=reason, person=person.key, actor=ADMINISTRATOR
        )

    def _move(
        self,
        person: Person,
        unit: str,
        day: str,
        *,
        entered: str | None = None,
        reason: str | None = None,
        roles: tuple[str, str] = ("member", "member"),
    ) -> tuple[Line, Line]:
        say, was, key = self.history.say, person.stays[-1], person.key
        envelope = {"entered": entered, "reason": reason, "actor": ADMINISTRATOR}
        ended = say("membership.ended", day, person=key, unit=was.unit, role=roles[0], **envelope)
        began = say("membership.began", day, person=key, unit=unit, role=roles[1], home=True, tied=True, **envelope)
        was.until = day
        person.stays.append(Stay(unit, day))
        return ended, began

    def _promote(
        self, person: Person, rank: str, day: str, entered: str | None = None, reason: str | None = None
    ) -> None:
        self.history.say(
            "rank.held", day, entered=entered, reason=reason, person=person.key, rank=rank, actor=ADMINISTRATOR
        )
