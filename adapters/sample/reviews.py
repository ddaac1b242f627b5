"""Two clarity checks, with answers, findings and published results: of the draft, and of the second revision."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.sample.chart import FREELANCER
from adapters.sample.history import History, Value
from adapters.sample.people import ADMINISTRATOR, AUDITOR, SPONSOR, STRATEGIST, Chance, Person, Staff
from adapters.sample.strategies import SIGNAL

OF_THE_DRAFT, OF_THE_REVISION = "clarity-of-the-draft", "clarity-after-revision-2"
GUESTS = (("vero-handt", "Vero Handt", "2026-04-07"), ("lotte-aldus", "Lotte Aldus", "2025-08-20"))
FACILITATOR = "vero-handt"
MISSING = ("an example from my own bench", "who decides when two goals collide", "one page that I can show a customer")
Scores = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]
"""What chance picks from for clear, believable and implementable; 0 is not known well enough."""


class Reviews:
    """Tells both reviews and their guests."""

    def __init__(self, history: History, staff: Staff, chance: Chance) -> None:
        self.history, self.staff, self.chance = history, staff, chance

    def tell(self) -> None:
        """From the first question to the restated results."""
        for key, name, day in GUESTS:
            self.history.say(
                "guest.invited", day, person=key, name=name, email=f"{key}@guests.example", actor=ADMINISTRATOR
            )
        self._of_the_draft()
        self._of_the_revision()

    def _of_the_draft(self) -> None:
        say = self.history.say
        leaders = [each for each in self.staff.present("2025-08-18") if each.rank in {"director", "manager"}]
        teams = ("optics", "assembly", "field-north", "repair", "supply")
        front = [self.staff.of(unit, "2025-08-18")[-1] for unit in teams]
        self._open(
            OF_THE_DRAFT,
            "Is the draft clear, believable and implementable?",
            "2025-08-18 09:00",
            "2025-08-30",
            {"leaders": leaders, "front line": front},
        )
        people = leaders + front
        scores = ((3, 4, 4, 5), (3, 4, 4, 5), (2, 3, 4, 4, 0))
        self._answers(OF_THE_DRAFT, people, scores, "2025-08-18", "2025-08-28", share=0.85)
        say("review.closed", "2025-08-29 18:00", review=OF_THE_DRAFT, actor=SPONSOR)
        for finding, element, text in (
            ("half-hearted", "let-go", "The let-go leaves the parts for cheap sensors in the price list."),
            ("too-late", "value-plain", "Plain words help only before a device is bought."),
        ):
            say(
                "review.found",
                "2025-09-02 14:00",
                review=OF_THE_DRAFT,
                finding=finding,
                element=element,
                text=text,
                actor=STRATEGIST,
            )
        say("review.published", "2025-09-03 10:00", review=OF_THE_DRAFT, edition=1, actor=SPONSOR)

    def _of_the_revision(self) -> None:
        """Extended by a week; one answer on paper came after the first edition, so a second one restates it."""
        say = self.history.say
        teams = ("optics", "assembly", "calibration", "service-desk")
        groups = {unit: self.staff.of(unit, "2026-04-13")[:8] for unit in teams}
        people = [person for group in groups.values() for person in group]
        self._open(
            OF_THE_REVISION,
            "Is the second revision clear, believable and implementable?",
            "2026-04-13 09:00",
            "2026-04-25",
            groups,
            revision=2,
            excluded=FREELANCER,
        )
        say(
            "review.chartered",
            "2026-04-13 09:30",
            review=OF_THE_REVISION,
            facilitator=FACILITATOR,
            method="a questionnaire, and a talk with each of the four teams",
            ownership="I will answer every finding before the works assembly, whatever it says",
            responds_by="2026-05-22",
            actor=SPONSOR,
        )
        scores = ((4, 4, 5, 5, 3), (3, 4, 4, 5), (3, 4, 4, 5, 0))
        *most, last = people
        self._answers(OF_THE_REVISION, most, scores, "2026-04-13", "2026-04-30", share=0.75)
        say(
            "review.extended",
            "2026-04-24 16:00",
            review=OF_THE_REVISION,
            closes="2026-05-02",
            actor=SPONSOR,
            reason="the assembly hall was closed for three days",
        )
        say("review.closed", "2026-05-01 18:00", review=OF_THE_REVISION, actor=SPONSOR)
        say(
            "review.found",
            "2026-05-05 14:00",
            review=OF_THE_REVISION,
            finding="collisions",
            element="bet-modular",
            text="Nobody says which goal yields when housings and delivery times collide.",
            actor=FACILITATOR,
        )
        say("review.published", "2026-05-06 10:00", review=OF_THE_REVISION, edition=1, actor=SPONSOR)
        self._answer(
            OF_THE_REVISION,
            last,
            "2026-04-29 12:00",
            (2, 2, 2),
            None,
            entered="2026-05-11 10:00",
            reason="a paper answer lay with the porter",
        )
        say(
            "review.published",
            "2026-05-13 10:00",
            review=OF_THE_REVISION,
            edition=2,
            actor=SPONSOR,
            reason="one answer given in time reached us late",
        )

    def _open(
        self,
        review: str,
        title: str,
        at: str,
        closes: str,
        groups: dict[str, list[Person]],
        *,
        revision: int | None = None,
        excluded: str | None = None,
    ) -> None:
        keys = {name: [person.key for person in people] for name, people in groups.items()}
        exclusions: list[Value] = [{"person": excluded, "reason": "sits in two of the teams asked"}] if excluded else []
        participants = [key for people in keys.values() for key in people]
        self.history.say(
            "review.opened",
            at,
            review=review,
            kind="clarity_check",
            title=title,
            strategy=SIGNAL,
            revision=revision,
            questionnaire="clear-believable-implementable",
            participants=participants,
            closes=closes,
            groups=[{"name": name, "people": people} for name, people in keys.items()],
            exclusions=exclusions,
            readers=[SPONSOR, STRATEGIST, AUDITOR],
            actor=SPONSOR,
        )
        for person in participants:
            due = closes if revision is None else "2026-04-24"
            self.history.say(
                "duty.given", at, person=person, kind="answer", for_={"review": review}, due=due, actor=SPONSOR
            )

    def _answers(self, review: str, people: list[Person], scores: Scores, first: str, last: str, share: float) -> None:
        chance = self.chance
        for number, person in enumerate(people):
            at, takes_part = chance.working_moment(first, last), chance.happens(share)
            given = [chance.pick(each) for each in scores]
            if takes_part:
                self._answer(review, person, at, given, MISSING[number // 4 % 3] if number % 4 == 0 else None)

    def _answer(
        self,
        review: str,
        person: Person,
        at: str,
        scores: Sequence[int],
        missing: str | None,
        *,
        entered: str | None = None,
        reason: str | None = None,
    ) -> None:
        asked = zip(("clear", "believable", "implementable"), scores, strict=True)
        answers: dict[str, Value] = {each: {"score": score} if score else {"unknown": True} for each, score in asked}
        if missing:
            answers["missing"] = {"comment": missing}
        self.history.say(
            "review.answered",
            at,
            entered=entered,
            reason=reason,
            review=review,
            person=person.key,
            answers=answers,
            actor=person.key,
        )
