"""What is told of a confidential review: how many answered, in coarse steps; then its results, as they were published.

Everything here is read off what was published, and off open statements that stand beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from application.answers import Plain, plain, share
from application.confiding import read_results
from application.ledger import Ledger
from application.questions import Asked, Questions
from domain.alignment import Alignment
from domain.audit import as_results, people_in
from domain.confided_results import (
    HIGH,
    LOW,
    Movement,
    PartResult,
    Ratings,
    Results,
    decides,
    difference,
    movement,
    percent,
    ratings,
    themes,
)
from domain.confidentiality import Grouping, Part, Path, covers
from domain.grouping import grouped
from domain.person import PERSON
from domain.questionnaire import QuestionKind, Questionnaire, QuestionResult
from domain.review import REVIEW, Review
from domain.review_events import Group
from domain.scope import WHOLE
from domain.temporal import Timeline


def published_of(ledger: Ledger, organisation: UUID, id: UUID, review: Review) -> Results | None:
    """The published results of a confidential review; None before they are.

    And once they were withdrawn, at whatever instant is asked for, whether or not their key is gone already.
    """
    edition = review.editions[0] if review.editions else None
    if edition is None or edition.confided is None:
        return None
    present = ledger.timeline(REVIEW, organisation, id).state()
    if any(each.withdrawn_at is not None for each in present.editions):
        return None
    (text,) = ledger.vault.open(organisation, [edition.confided])
    return read_results(text) if text is not None else None


@dataclass(frozen=True)
class Telling:
    """Tells what is to be known of confidential reviews at one moment, beside one alignment state.

    `results_open` tells which reviews' published results the caller may see.
    """

    questions: Questions
    asked: Asked
    found: Alignment
    results_open: Callable[[UUID, Review], bool] = lambda _id, _review: True

    def of(self, id: UUID, review: Review) -> Plain:
        """What is told of one review."""
        results = self.results(id, review) if self.results_open(id, review) else None
        return {
            "mode": str(review.mode),
            "minimum_group_size": review.terms.k if review.terms else None,
            "reported_back": plain(review.reported_back),
            "participation": _participation(review, results),
            "box_ended": str(review.box) if review.box else None,
            "notes": self._notes(review),
            "results": self._told(id, review, results),
        }

    def results(self, id: UUID, review: Review) -> Results | None:
        """The published results, as `published_of` tells them."""
        return published_of(self.questions.ledger, self.asked.organisation, id, review)

    def attributed(self, id: UUID, review: Review) -> list[Plain] | None:
        """What the newest edition of an attributed review's results comes to, part by part; None before there is one.

        And for who may not see it. On another scale than from 1 to 5 nothing is read as high, low or decided.
        """
        edition, asked = review.published, review.questionnaire
        if edition is None or asked is None or not edition.results or not self.results_open(id, review):
            return None
        results = as_results(review, edition)
        moved = self._moved(id, review, results)
        return [self._part(review, asked, each, moved) for each in results.parts]

    def _told(self, id: UUID, review: Review, results: Results | None) -> Plain | None:
        if not review.editions or not self.results_open(id, review):
            return None
        published = {"published_at": plain(review.editions[0].published_at)}
        if results is None or review.questionnaire is None:
            return {**published, "withdrawn": True}
        moved = self._moved(id, review, results)
        return {
            **published,
            "asked": results.asked,
            "answered": results.answered,
            "parts": [self._part(review, review.questionnaire, each, moved) for each in results.parts],
            "comments": {question: list(said) for question, said in results.comments.items()},
        }

    def _part(
        self, review: Review, asked: Questionnaire, result: PartResult, moved: Mapping[tuple[Part, str], Movement]
    ) -> Plain:
        nodes = [self._node(path) for path in result.part]
        read = themes(asked, result) if (asked.lowest, asked.highest) == (min(LOW), max(HIGH)) else {}
        understood, believed = read.get("understand"), read.get("believe")
        return {
            "name": " + ".join(node[-1]["name"] or "" if node else "all" for node in nodes),
            "part": nodes,
            "union": result.union,
            "n": result.n,
            "questions": [_question(asked, each, moved.get((result.part, each.question))) for each in result.questions],
            "themes": {theme: _ratings(each) for theme, each in read.items()},
            "understood_minus_believed": difference(
                understood.share if understood else None, believed.share if believed else None
            ),
            "avowed": self._avowed(review, result.part),
            "decides": [str(step) for step in decides(read)] if not result.union else [],
        }

    def _node(self, path: Path) -> list[Plain]:
        """The way to a node, under the names of the instant asked for."""
        chart, at = self.found.situation.organisation.chart, self.asked.valid_at
        units = {str(id): id for id, _ in chart.units()}
        return [
            {"kind": "unit", "id": step, "name": chart.name(units[step], at)}
            if step in units
            else {"name": step or "directly"}
            for step in path
        ]

    @cached_property
    def _whole(self) -> Alignment:
        """The alignment state of the whole organisation, whatever scope was asked about."""
        if self.found.population.scope == WHOLE:
            return self.found
        whole = self.questions.alignment(self.asked, self.found.situation.id, WHOLE)
        return whole if whole is not None else self.found

    def _avowed(self, review: Review, part: Part) -> Plain | None:
        """How many of those in this part avowed openly that they are committed: beside what was confided."""
        committed = self._whole.figures.get("parties/people/committed")
        if committed is None:
            return None
        if review.terms is None:
            there = people_in(review, part) & self._whole.population.people
            return share(len(there & committed.records), len(there))
        paths = self._leaves(review.groups, review.terms.by)
        members = {id for id, path in paths.items() if covers(part, path)}
        return share(len(members & committed.records), len(members))

    @cached_property
    def _grouped(self) -> dict[tuple[tuple[Group, ...], tuple[Grouping, ...]], dict[UUID, Path]]:
        """Where everybody stands, by the tree: reviews share it, and all parts of one do."""
        return {}

    def _leaves(self, groups: tuple[Group, ...], by: tuple[Grouping, ...]) -> dict[UUID, Path]:
        if (groups, by) not in self._grouped:
            situation, inside = self._whole.situation, self._whole.population
            people = {id: situation.people[id] for id in inside.people}
            self._grouped[groups, by] = grouped(inside.chart, people, groups, by, inside.at)
        return self._grouped[groups, by]

    def _moved(self, id: UUID, review: Review, results: Results) -> dict[tuple[Part, str], Movement]:
        """What moved since the last review before this one that asked the same questionnaire and published results."""
        earlier = [
            (each.opened_at, other, each)
            for other, each in self.found.situation.reviews.items()
            if other != id and _is_before(each, review)
        ]
        for _, other, each in sorted(earlier, key=lambda entry: entry[:2], reverse=True):
            if self.results_open(other, each) and (before := self._read(other, each)) is not None:
                same = _asked_alike(each.questionnaire, review.questionnaire)
                moves = movement(before, results)
                return {(moved.part, moved.question): moved for moved in moves if moved.question in same}
        return {}

    def _read(self, id: UUID, review: Review) -> Results | None:
        """The published results of a review, whichever its mode."""
        if review.terms is not None:
            return self.results(id, review)
        return as_results(review, review.published) if review.published and review.published.results else None

    def _notes(self, review: Review) -> list[Plain]:
        """How many were asked who, as was learned later, were not there, and when it was; not whether they answered."""
        learned = Counter(
            day for person in review.participants if (day := self._learned_away(person, review.opened_at)) is not None
        )
        return [
            {
                "note": "no_longer_members",
                "count": count,
                "learned": plain(day),
                "reads": f"{count} participant{'s were' if count > 1 else ' was'} no longer a member, "
                f"learned {day.day} {day:%b}",
            }
            for day, count in sorted(learned.items())
        ]

    def _learned_away(self, person: UUID, at: datetime | None) -> date | None:
        """The day on which it was learned that somebody was not there at an instant; None where they were."""
        found = self.found.situation.people.get(person)
        if at is None or found is None or found.presence(at) is not None:
            return None
        ledger, learned = self.questions.ledger, None
        placed = ledger.ledger_recorder.select_stream(self.asked.organisation, person, until=self.asked.position)
        timeline = Timeline(PERSON)
        for each in placed:
            timeline = timeline.learn([ledger.recorded(each).event])
            if timeline.state(at).presence(at) is not None:
                learned = None
            elif learned is None:
                learned = each.recorded_at
        zone = ZoneInfo(self.found.situation.organisation.zone)
        return learned.astimezone(zone).date() if learned is not None else None


def _is_before(other: Review, review: Review) -> bool:
    """Whether another review can be compared with this one, and was opened before it."""
    asked, same = review.questionnaire, other.questionnaire
    if other.mode is not review.mode or not other.editions or asked is None or same is None:
        return False
    earlier = other.opened_at is not None and review.opened_at is not None and other.opened_at < review.opened_at
    return earlier and same.name == asked.name


def _asked_alike(before: Questionnaire | None, now: Questionnaire | None) -> frozenset[str]:
    """The questions that both ask in the same words: what was asked otherwise did not move, it is another question."""
    if before is None or now is None:
        return frozenset()
    words = {each.id: (each.kind, each.text.split()) for each in before.questions}
    return frozenset(each.id for each in now.questions if words.get(each.id) == (each.kind, each.text.split()))


def _participation(review: Review, results: Results | None) -> Plain:
    """How many answered: as published, and before that as it was reported last, in steps."""
    if results is not None:
        return share(results.answered, results.asked)
    last = review.reports[-1] if review.reports else None
    return {
        "count": None,
        "of": len(review.participants),
        "percent": last.percent if last else None,
        "reported_at": plain(last.at) if last else None,
    }


def _question(asked: Questionnaire, result: QuestionResult, moved: Movement | None) -> Plain:
    question = asked.question(result.question)
    kind = question.kind if question is not None else QuestionKind.RATED
    told: Plain = {
        "question": result.question,
        "kind": str(kind),
        "n": result.n,
        "skipped": result.skipped,
        "unknown": result.unknown,
        "unknown_share": percent(result.unknown, result.rated + result.unknown),
        "rated": result.rated,
        "distribution": list(result.distribution),
    }
    match kind:
        case QuestionKind.RATED:
            on_scale = len(result.distribution) == max(HIGH)
            told |= {"mean": result.mean, "high_share": ratings(result).share if on_scale else None}
            told["moved"] = {"high_share": moved.share, "mean": moved.mean} if moved is not None else None
        case QuestionKind.CONCERN:
            told["raised"] = result.distribution[1]
        case _:
            pass
    return told


def _ratings(found: Ratings) -> Plain:
    return {"rated": found.rated, "high": found.high, "high_share": found.share, "unknown_share": found.unknown_share}
