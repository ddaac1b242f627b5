"""What the answers hold that are made of plain values: the alignment state, opened figures, records and events.

They are described here, and made in `application.answers` and `application.records`; a test asks every route and
compares the two.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NotRequired, TypedDict
from uuid import UUID

from adapters.http.confided_shapes import ParticipationAnswer, PublishedResultsAnswer, ReviewNoteAnswer
from domain.acknowledgement import Statement
from domain.confided_results import percent
from domain.duty import Duty
from domain.kernel import Actor
from domain.questionnaire import GroupResult
from domain.sealed import Private


class EventAnswer(TypedDict):
    """An event: where it stands, what it says, who said it, and what it corrects. A retraction says nothing."""

    position: int
    recorded_at: datetime
    topic: str
    word: str
    stream: UUID
    version: int
    fact: int
    corrects: int | None
    effective_at: datetime
    actor: Actor
    imported: bool
    on_behalf: bool
    command: UUID
    index: int
    reason: Private | None
    labels: dict[str, str]
    content: dict[str, Any] | None


class WordAnswer(TypedDict):
    """A word on a fact: the fact itself, a replacement, a retraction."""

    position: int
    word: str
    recorded_at: datetime


class WholeEventAnswer(EventAnswer):
    """An event with every word on its fact."""

    words: list[WordAnswer]


class CountAnswer(TypedDict):
    """A figure: how many records, and the name under which they open."""

    count: int
    figure: str


class ShareAnswer(TypedDict):
    """A part of a whole; None where there is no such part."""

    count: int | None
    of: int
    percent: float | None


def shared(part: int, whole: int) -> ShareAnswer:
    """A part of a whole, in percent rounded half up to one decimal."""
    return ShareAnswer(count=part, of=whole, percent=percent(part, whole))


class NamedStrategyAnswer(TypedDict):
    """Which strategy the answer is about."""

    kind: str
    id: UUID
    key: str | None
    title: str


class ScopeAnswer(TypedDict):
    """Which part of the organisation the answer is about; all of it where nothing is named."""

    unit: UUID | None
    name: str | None
    rank: str | None


class InForceAnswer(TypedDict):
    """The revision in force."""

    revision: int
    material: bool
    published_at: datetime
    in_force_from: datetime
    published_by: UUID | None
    content_hash: str
    touches: list[str]


class ScaleAnswer(TypedDict):
    """The commitment scale of the strategy."""

    name: str
    version: int
    ordered: bool
    levels: list[str]
    counts_from: str | None


class TargetAnswer(TypedDict):
    """What a commitment is to: the strategy, an element or a goal."""

    strategy: UUID
    element: str | None
    goal: UUID | None
    goal_key: str | None
    goal_title: str | None


class TeamAnswer(TypedDict):
    """A unit's direct members beside a target, and what the unit itself said."""

    unit: UUID
    name: str | None
    target: TargetAnswer
    committed: int | None
    members: int
    reads: str | None
    unit_level: str | None
    unit_counts: bool
    unit_commitments: list[UUID]


class HookAnswer(TypedDict):
    """Who answers for an element or a goal, and since when; or since when nobody does."""

    element: str | None
    goal: UUID | None
    goal_key: str | None
    goal_title: str | None
    unit: UUID | None
    unit_name: str | None
    person: UUID | None
    vacant: bool
    since: datetime | None


class EditionAnswer(TypedDict):
    """Published results; of withdrawn ones only since when they are."""

    edition: int
    published_at: datetime
    results: NotRequired[list[GroupResult]]
    withdrawn_at: NotRequired[datetime]


class ReviewFiguresAnswer(TypedDict):
    """A review, and how many were asked and answered.

    What is judged together, the five conditions and the regular look, nobody answers alone: there `answered` counts
    nobody, and `alignment/conditions` and `alignment/checks` tell how many took part.

    Of an attributed one the editions of its results, None for who may not see them; of a confidential one what was
    published of the reporting groups, None before and for who may not see them.
    """

    review: UUID
    kind: str
    title: str
    revision: int | None
    standing: str
    opened_at: datetime | None
    closes: datetime | None
    ended_at: datetime | None
    participants: NotRequired[CountAnswer]
    answered: NotRequired[CountAnswer]
    not_there: NotRequired[CountAnswer]
    participation: ParticipationAnswer
    editions: NotRequired[list[EditionAnswer] | None]
    # Of a confidential review:
    mode: NotRequired[str]
    minimum_group_size: NotRequired[int | None]
    reported_back: NotRequired[date | None]
    box_ended: NotRequired[str | None]
    notes: NotRequired[list[ReviewNoteAnswer]]
    results: NotRequired[PublishedResultsAnswer | None]


class ObjectionAnswer(TypedDict):
    """What the draft check objects to."""

    name: str
    element: str | None
    missing: list[str]
    rule: str


class ExceptionAnswer(TypedDict):
    """An exception that holds; whether nobody but an author could approve it."""

    exception: str
    objection: str
    element: str | None
    approver: UUID | None
    approved_at: datetime
    expires: datetime | None
    not_separated: bool


class NotAppliedAnswer(TypedDict):
    """A fact without effect, and why."""

    kind: str
    record: UUID
    at: datetime
    reason: str


class AlignmentAnswer(TypedDict):
    """The alignment state of a strategy and scope. Figures stand by their names, in groups."""

    strategy: NamedStrategyAnswer
    scope: ScopeAnswer
    revision_in_force: InForceAnswer | None
    retired_at: datetime | None
    scale: ScaleAnswer
    population: dict[str, CountAnswer]
    acknowledgement: dict[str, CountAnswer]
    commitments: dict[str, CountAnswer]
    parties: dict[str, CountAnswer]
    duties: dict[str, CountAnswer]
    accountable: dict[str, CountAnswer]
    people_committed: ShareAnswer
    teams: list[TeamAnswer]
    on_the_hook: list[HookAnswer]
    reviews: list[ReviewFiguresAnswer]
    objections: list[ObjectionAnswer]
    exceptions: list[ExceptionAnswer]
    not_applied: list[NotAppliedAnswer]


class NamedUnitAnswer(TypedDict):
    """A unit under its name of the moment."""

    kind: str
    id: UUID
    name: str | None


class AnswersForAnswer(TypedDict):
    """What a person answers for, and since when."""

    element: str | None
    goal: UUID | None
    since: datetime | None


class RestsOnAnswer(TypedDict):
    """A record: which kind it is of, and the events that make it; the rest is told of some kinds only."""

    kind: str
    id: UUID
    events: list[EventAnswer]
    # Of a commitment:
    party: NotRequired[dict[str, UUID]]
    said_in: NotRequired[list[NamedUnitAnswer]]
    target: NotRequired[TargetAnswer]
    standing: NotRequired[str]
    flags: NotRequired[list[str]]
    current: NotRequired[bool]
    level: NotRequired[str | None]
    role: NotRequired[str | None]
    result: NotRequired[Private | None]
    by_when: NotRequired[date | None]
    champion: NotRequired[UUID | None]
    revision: NotRequired[int | None]
    content_hash: NotRequired[str | None]
    made_at: NotRequired[datetime | None]
    stated_at: NotRequired[datetime | None]
    ended_at: NotRequired[datetime | None]
    offered_to: NotRequired[dict[str, UUID] | None]
    unit_name: NotRequired[str | None]
    # Of a person, the rank too; of a unit the name alone:
    name: NotRequired[Private | None]
    units: NotRequired[list[NamedUnitAnswer]]
    rank: NotRequired[str | None]
    answers_for: NotRequired[list[AnswersForAnswer]]
    # Of a goal:
    key: NotRequired[str | None]
    title: NotRequired[str]
    status: NotRequired[str]
    unit: NotRequired[UUID | None]
    # Of a duty, and of an acknowledgement:
    duty: NotRequired[Duty]
    statements: NotRequired[list[Statement]]


class OpenedRecordAnswer(RestsOnAnswer):
    """A record behind a figure, and what it rests on: the statements that make a person or a unit count."""

    rests_on: list[RestsOnAnswer]


class FigureAnswer(TypedDict):
    """A figure opened: its count, and one page of the records behind it."""

    figure: str
    count: int
    records: list[OpenedRecordAnswer]


class MomentAnswer(TypedDict):
    """An instant, and as it was known when."""

    valid_at: datetime
    known_at: datetime | None
    position: int


class DifferenceAnswers(TypedDict):
    """Which commitments differ between two moments, and how."""

    added: list[UUID]
    removed: list[UUID]
    changed: list[UUID]
    withdrawn: list[UUID]
    became_stale: list[UUID]


class StepAnswer(TypedDict):
    """One step of a bridge; its records are None for who may not open the figure."""

    count: int
    records: list[UUID] | None


class BridgeAnswer(TypedDict):
    """How a figure went from one value to another: before + entered - left = after."""

    figure: str
    of: str
    before: int
    after: int
    stayed: int
    entered: dict[str, StepAnswer]
    left: dict[str, StepAnswer]


ChangesAnswer = TypedDict(
    "ChangesAnswer",
    {"from": MomentAnswer, "to": MomentAnswer, "commitments": DifferenceAnswers, "figures": list[BridgeAnswer]},
)
"""What changed between two moments."""
