"""Four confidential reviews of Deep Current: three commitment audits and one of concerns, with published results.

What each confided is drawn here, counted as a ballot box counts it, and thrown away: the history holds what was
published, which is all that any history holds of a confidential review.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec

from adapters.sample.history import History
from adapters.sample.people import AUDITOR, SPONSOR, Chance, Person, Staff
from adapters.sample.tidewater.people import PLACES
from adapters.sample.tidewater.strategy import CURRENT
from domain.ballot import Ballot
from domain.confided_results import tally
from domain.confidentiality import Grouping, Path, Terms, grown
from domain.questionnaire import Answer, Question, QuestionKind, Questionnaire
from domain.questionnaires import COMMITMENT_AUDIT, CONFIDED_CONCERNS
from domain.sealed import Private

PARENT = {place.key: place.parent for place in PLACES}
NIGHT = frozenset({"tw-night"})

Mood = dict[str, tuple[int, ...]]
"""By theme: what chance picks a score from; 0 is not known well enough."""

FIRST: Mood = {
    "understand": (3, 4, 4, 5, 5), "believe": (1, 2, 2, 3, 4), "own": (2, 3, 3, 4), "committed": (2, 3, 4, 4),
    "accountable": (2, 3, 4, 4), "leaders": (3, 3, 4, 4, 5),
}  # fmt: skip
SECOND: Mood = FIRST | {"believe": (2, 3, 4, 4, 5), "own": (3, 3, 4, 4), "committed": (3, 4, 4, 5)}
THIRD: Mood = SECOND | {"believe": (3, 4, 4, 5), "own": (3, 4, 4, 5), "accountable": (3, 4, 4, 5)}
AT_NIGHT: Mood = {
    "understand": (4, 4, 5, 5), "believe": (1, 1, 2, 3), "own": (1, 2, 2, 3), "committed": (1, 2, 2, 3),
    "accountable": (1, 2, 3), "leaders": (1, 1, 1, 2, 2, 3),
}  # fmt: skip
"""Those who read at night know very well where it is to go, and do not believe those who say so."""

UNSAID = (
    "we still go alone", "the van is not safe", "whoever asks is put on the list", "the dates are for the board",
    "the old drums bring the money", "nobody reads what we write", "it works, and nobody says thank you",
)  # fmt: skip


@dataclass(frozen=True)
class Audit:
    """One confidential review: which, about which revision, from when to when, and how people feel."""

    key: str
    title: str
    asked: Questionnaire
    revision: int
    opens: str
    closes: str
    published: str
    mood: Mood
    steps: tuple[tuple[str, int], ...]
    """On which days how many per cent had answered, in the coarse steps that are told."""
    share: float


AUDITS = (
    Audit(
        "audit-spring-2025", "Commitment audit, spring 2025", COMMITMENT_AUDIT, 1, "2025-02-03", "2025-02-22",
        "2025-02-26", FIRST, (("2025-02-07", 30), ("2025-02-14", 60)), 0.78,
    ),
    Audit(
        "concerns-autumn-2025", "What worries you, and is not said?", CONFIDED_CONCERNS, 2, "2025-09-15", "2025-10-04",
        "2025-10-08", {}, (("2025-09-19", 20), ("2025-09-26", 50)), 0.6,
    ),
    Audit(
        "audit-autumn-2025", "Commitment audit, autumn 2025", COMMITMENT_AUDIT, 2, "2025-11-03", "2025-11-22",
        "2025-11-26", SECOND, (("2025-11-07", 40), ("2025-11-14", 70)), 0.82,
    ),
    Audit(
        "audit-spring-2026", "Commitment audit, spring 2026", COMMITMENT_AUDIT, 2, "2026-05-04", "2026-05-23",
        "2026-05-27", THIRD, (("2026-05-08", 40), ("2026-05-15", 70)), 0.84,
    ),
)  # fmt: skip


class Audits:
    """Tells the reviews, and what was published of them."""

    def __init__(self, history: History, staff: Staff, chance: Chance) -> None:
        self.history, self.staff, self.chance = history, staff, chance

    def tell(self) -> None:
        """One after the other."""
        for audit in AUDITS:
            self._tell(audit)

    def _tell(self, audit: Audit) -> None:
        say, people = self.history.say, self.staff.present(audit.opens)
        say(
            "review.opened",
            f"{audit.opens} 09:00",
            review=audit.key,
            kind="commitment_audit" if audit.asked is COMMITMENT_AUDIT else "health_check",
            title=audit.title,
            strategy=CURRENT,
            revision=audit.revision,
            questionnaire=audit.asked.name,
            mode="confidential",
            participants=[person.key for person in people],
            closes=audit.closes,
            minimum_group_size=5,
            grouping=["units"],
            readers=[SPONSOR, AUDITOR],
            reported_back=audit.published,
            actor=SPONSOR,
        )
        for day, percent in audit.steps:
            say("review.participation_reported", f"{day} 18:00", review=audit.key, percent=percent)
        last = date.fromisoformat(audit.closes) - timedelta(days=1)
        say("review.closed", f"{last} 18:00", review=audit.key, actor=SPONSOR)
        results = msgspec.to_builtins(self._counted(audit, people))
        say(
            "review.published", f"{audit.published} 10:00", review=audit.key, edition=1, confided=results, actor=SPONSOR
        )
        say("review.box_ended", f"{audit.published} 10:05", review=audit.key, end="published")

    def _counted(self, audit: Audit, people: list[Person]) -> object:
        """The results, as the box counts them."""
        ids = {_id(person): person for person in people}
        leaves = grown({id: _path(person.home(audit.opens) or "") for id, person in ids.items()})
        ballots = [
            Ballot(person=id, answers=self._confided(audit, id, person))
            for id, person in ids.items()
            if self.chance.happens(audit.share)
        ]
        return tally(Terms(k=5, by=(Grouping.UNITS,), leaves=leaves), audit.asked, ballots)

    def _confided(self, audit: Audit, id: UUID, person: Person) -> dict[str, Answer]:
        mood = AT_NIGHT if person.home(audit.opens) in NIGHT and audit.mood else audit.mood
        return {each.id: answer for each in audit.asked.questions if (answer := self._answer(each, mood, id))}

    def _answer(self, question: Question, mood: Mood, id: UUID) -> Answer | None:
        chance = self.chance
        skips, speaks, score = chance.happens(0.04), chance.happens(0.12), chance.pick((1, 2, 2, 3, 4))
        if question.kind is QuestionKind.OPEN:
            return Answer(comment=Private(id, chance.pick(UNSAID))) if speaks else None
        if question.kind is QuestionKind.CONCERN:
            return Answer(score=int(score < 2))
        if question.theme is not None and question.theme in mood:
            score = chance.pick(mood[question.theme])
        return Answer(skip=True) if skips else Answer(score=score) if score else Answer(unknown=True)


def _id(person: Person) -> UUID:
    return uuid5(NAMESPACE_URL, person.key)


def _path(unit: str) -> Path:
    steps = [unit]
    while (above := PARENT.get(steps[0])) is not None:
        steps.insert(0, above)
    return tuple(steps)
