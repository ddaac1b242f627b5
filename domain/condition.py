"""The five conditions of alignment, judged for one unit in one condition review by two named assessors together.

A judgement is joint: until the newest words of both assessors on a condition say the same, it is not judged. Each word
names what it rests on, as it was read at (valid time, known time). Whether a word counts lies between this stream and
the review's: it does while the review takes answers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.condition_rules import AssessorsUnclear, EvidenceUnclear, NotAnAssessor, NothingToAgreeTo
from domain.kernel import Content, event
from domain.review import Review
from domain.temporal import Aggregate, Fact


class Condition(StrEnum):
    """What has to be so in a unit that is aligned: all five, never an average.

    Vision, values and strategies exist, clear and compelling; they are understood and committed to throughout; they
    are translated into goals and actions at every level; people are equipped with the capabilities that they need;
    systems and processes are aligned, such as rewards, recognition, and the sales stages with the client's buying.
    """

    VISION = "vision"
    COMMITMENT = "commitment"
    GOALS = "goals"
    CAPABILITIES = "capabilities"
    SYSTEMS = "systems"


class Verdict(StrEnum):
    """How far a condition is apparent. What is partly or not apparent is a gap; what is not, a critical one."""

    APPARENT = "apparent"
    PARTLY = "partly"
    NOT_APPARENT = "not_apparent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned:
    """What a judgement rests on: a text with its source, or a figure of the unit's alignment state.

    It was read as of `valid_at`, as known at `known_at`; None where nobody said as known when.
    """

    text: str
    source: str | None = None
    figure: str | None = None
    valid_at: datetime
    known_at: datetime | None = None


@event("condition.assigned")
class AssessorsAssigned(Content):
    """Two people were named to judge the conditions of a unit in a condition review; they replace any named before."""

    review: UUID
    strategy: UUID
    unit: UUID
    assessors: tuple[UUID, ...]


@event("condition.judged")
class ConditionJudged(Content):
    """An assessor judged a condition. It is joint once the other one agrees, or says the same."""

    review: UUID
    unit: UUID
    person: UUID
    condition: Condition
    judgement: Verdict
    rests_on: tuple[Pinned, ...]


@event("condition.agreed")
class JudgementAgreed(Content):
    """An assessor made the other one's judgement of a condition theirs, too."""

    review: UUID
    unit: UUID
    person: UUID
    condition: Condition


@event("condition.evidenced")
class ConditionEvidenced(Content):
    """Something bears on a condition of a unit, in force since this fact's instant, whenever it was learned."""

    review: UUID
    strategy: UUID
    unit: UUID
    condition: Condition
    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One assessor's word on a condition: a judgement of their own, or (`agreed`) the other one's made theirs."""

    at: datetime
    person: UUID
    condition: Condition
    judgement: Verdict
    rests_on: tuple[Pinned, ...] = ()
    agreed: bool = False
    on_behalf: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What bears on a condition, in force since an instant; `fact` is its place in this stream."""

    fact: int
    since: datetime
    condition: Condition
    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What is said of one unit in one condition review, as of an instant, oldest first."""

    review: UUID | None = None
    strategy: UUID | None = None
    unit: UUID | None = None
    assigned_at: datetime | None = None
    assessors: tuple[UUID, ...] = ()
    spoken: tuple[Spoken, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """A judgement that both assessors share, since the later of their words; and what both named as its ground."""

    judgement: Verdict
    since: datetime
    rests_on: tuple[Pinned, ...]


def guard(state: Assessment, fact: Fact) -> None:
    """Refuse assessors who are not two, words of others, agreement to nothing, and evidence that says nothing."""
    match fact.content:
        case AssessorsAssigned(assessors=assessors):
            if len(assessors) != 2 or len(set(assessors)) != 2:
                raise AssessorsUnclear(len(set(assessors)))
        case ConditionJudged(person=person, rests_on=rests_on):
            if person not in state.assessors:
                raise NotAnAssessor
            if not rests_on:
                raise EvidenceUnclear("it is not said what it rests on")
            if any(each.source is None and each.figure is None for each in rests_on):
                raise EvidenceUnclear("a text is without its source")
        case JudgementAgreed(person=person, condition=condition):
            if person not in state.assessors:
                raise NotAnAssessor
            if _other_word(state, person, condition) is None:
                raise NothingToAgreeTo(condition)
        case _:
            pass


def evolve(state: Assessment, fact: Fact) -> Assessment:
    """What is said of the unit once this fact is in its place."""
    at, content = fact.effective_at, fact.content
    match content:
        case AssessorsAssigned():
            return replace(
                state,
                review=content.review,
                strategy=content.strategy,
                unit=content.unit,
                assigned_at=state.assigned_at or at,
                assessors=content.assessors,
            )
        case ConditionJudged():
            word = Spoken(
                at=at,
                person=content.person,
                condition=content.condition,
                judgement=content.judgement,
                rests_on=content.rests_on,
                on_behalf=fact.actor.on_behalf_of is not None,
            )
            return replace(state, spoken=(*state.spoken, word))
        case JudgementAgreed():
            other = _other_word(state, content.person, content.condition)
            if other is None:
                return state
            on_behalf = fact.actor.on_behalf_of is not None
            word = replace(other, at=at, person=content.person, rests_on=(), agreed=True, on_behalf=on_behalf)
            return replace(state, spoken=(*state.spoken, word))
        case ConditionEvidenced():
            found = Evidence(
                fact=fact.version, since=at, condition=content.condition, text=content.text, source=content.source
            )
            named = replace(state, review=content.review, strategy=content.strategy, unit=content.unit)
            return replace(named, evidence=(*state.evidence, found))
        case _:
            return state


def _other_word(state: Assessment, person: UUID, condition: Condition) -> Spoken | None:
    """The newest word on a condition of the assessor beside this one."""
    spoken = (each for each in reversed(state.spoken) if each.condition is condition)
    return next((each for each in spoken if each.person != person and each.person in state.assessors), None)


CONDITION: Aggregate[Assessment] = Aggregate(
    "assessment", Assessment(), (AssessorsAssigned, ConditionJudged, JudgementAgreed, ConditionEvidenced), guard, evolve
)


def newest_words(state: Assessment, review: Review, condition: Condition) -> tuple[Spoken, ...]:
    """The newest word of each present assessor on a condition, of those said while the review took answers."""
    found = {
        each.person: each
        for each in state.spoken
        if each.condition is condition and each.person in state.assessors and review.takes_answers(each.at)
    }
    return tuple(found[person] for person in state.assessors if person in found)


def joint(state: Assessment, review: Review, condition: Condition) -> Joint | None:
    """What both assessors say of a condition; None while they do not, for it is not judged then."""
    words = newest_words(state, review, condition)
    if len(words) < 2 or len({each.judgement for each in words}) > 1:
        return None
    rests_on = tuple(dict.fromkeys(pin for each in words for pin in each.rests_on))
    return Joint(judgement=words[0].judgement, since=max(each.at for each in words), rests_on=rests_on)


def unjudged(state: Assessment, review: Review) -> tuple[Condition, ...]:
    """The conditions that are not judged (yet)."""
    return tuple(each for each in Condition if joint(state, review, each) is None)
