"""A look: what is established together in a strategy check or a business review, beside the answers of each.

The regular look at strategy and daily work asks one question first: is this still what we want? A no ends the check and
asks for a revision. After a yes each team tells where its effort went, in tenths, and whether it is making progress. A
business review tells which action follows which of its findings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.chart import Chart
from domain.kernel import Content, Refusal, RefusalKind, event
from domain.review import Review
from domain.sealed import Private
from domain.strategy import Strategy
from domain.temporal import Aggregate, Fact

TENTHS = 10


class Progress(StrEnum):
    """Whether what is done makes progress."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@event("look.answered")
class LookAnswered(Content):
    """The first question was answered: whether this is still what we want. A no ends the check."""

    review: UUID
    strategy: UUID
    person: UUID
    wanted: bool
    because: Private | None = None


@event("look.told")
class EffortReported(Content):
    """A team's effort since the last look, in tenths: on goals, on exceptions, on fire-fighting; and its progress.

    `unit` None is the whole organisation, as somebody alone is. Told again, it replaces what was told of that team.
    """

    review: UUID
    person: UUID
    unit: UUID | None = None
    goals: int
    exceptions: int
    fire_fighting: int
    progress: Progress


@event("look.followed")
class FindingFollowed(Content):
    """An action follows what the review found."""

    review: UUID
    strategy: UUID
    finding: str
    action: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAnswer:
    """The answer to the first question."""

    at: datetime
    person: UUID
    wanted: bool
    because: Private | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """Where a team's effort went, in tenths, and whether it makes progress."""

    at: datetime
    unit: UUID | None
    person: UUID
    goals: int
    exceptions: int
    fire_fighting: int
    progress: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """That an action follows a finding."""

    at: datetime
    finding: str
    action: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was established together in one review, as of an instant."""

    review: UUID | None = None
    strategy: UUID | None = None
    first: FirstAnswer | None = None
    efforts: tuple[Effort, ...] = ()
    followed: tuple[Followed, ...] = ()


@dataclass(eq=False)
class NotALook(Refusal):
    """The regular look is held as a strategy check with its own questionnaire."""

    where = "review"
    rule = "this review is not held as a regular look"
    way_out = "open a review of kind strategy_check with the questionnaire regular-look"


@dataclass(eq=False)
class FirstQuestionAnswered(Refusal):
    """The first question has one answer."""

    where = "wanted"
    rule = "whether this is still what we want was answered in this check already"
    way_out = "correct that answer, or ask again in the next check"


@dataclass(eq=False)
class FirstQuestionOpen(Refusal):
    """What was done is not looked at before it is plain that the strategy is still wanted."""

    where = "review"
    rule = "it has not been said yet whether this is still what we want"
    way_out = "answer that question first"


@dataclass(eq=False)
class CheckEndedByNo(Refusal):
    """After a no nothing more is asked."""

    where = "review"
    rule = "this is no longer what we want, so the check has ended: a revision is called for"
    way_out = "revise the strategy; the next check looks at what is wanted then"


@dataclass(eq=False)
class EffortOfAnotherTeam(Refusal):
    """A team tells where its own effort went."""

    kind = RefusalKind.FORBIDDEN
    where = "unit"
    rule = "this person neither sits in that team, above or below it, nor leads it, so they do not tell its effort"
    way_out = "let a participant of the team tell it, or somebody who leads it"


@dataclass(eq=False)
class EffortNotTenTenths(Refusal):
    """Effort is told in tenths of the whole."""

    total: int
    kind = RefusalKind.INVALID
    where = "goals"
    rule = "goals, exceptions and fire-fighting come to {total} tenths, not to ten"
    way_out = "share ten tenths among the three, none of them below nought"


def guard(state: Look, fact: Fact) -> None:
    """Refuse a second first answer, effort before it or after a no, and tenths that are not ten."""
    match fact.content:
        case LookAnswered():
            if state.first is not None:
                raise FirstQuestionAnswered
        case EffortReported(goals=goals, exceptions=exceptions, fire_fighting=fire_fighting):
            if state.first is None:
                raise FirstQuestionOpen
            if not state.first.wanted:
                raise CheckEndedByNo
            if goals + exceptions + fire_fighting != TENTHS or min(goals, exceptions, fire_fighting) < 0:
                raise EffortNotTenTenths(goals + exceptions + fire_fighting)
        case _:
            pass


def evolve(state: Look, fact: Fact) -> Look:
    """What is established once this fact is in its place."""
    at, content = fact.effective_at, fact.content
    match content:
        case LookAnswered():
            first = FirstAnswer(at=at, person=content.person, wanted=content.wanted, because=content.because)
            return replace(state, review=content.review, strategy=content.strategy, first=first)
        case EffortReported():
            told = Effort(
                at=at,
                unit=content.unit,
                person=content.person,
                goals=content.goals,
                exceptions=content.exceptions,
                fire_fighting=content.fire_fighting,
                progress=content.progress,
            )
            return replace(state, efforts=(*(each for each in state.efforts if each.unit != told.unit), told))
        case FindingFollowed():
            followed = Followed(at=at, finding=content.finding, action=content.action)
            kept = (each for each in state.followed if (each.finding, each.action) != (content.finding, content.action))
            return replace(state, review=content.review, strategy=content.strategy, followed=(*kept, followed))
        case _:
            return state


LOOK: Aggregate[Look] = Aggregate("look", Look(), (LookAnswered, EffortReported, FindingFollowed), guard, evolve)


class CheckStanding(StrEnum):
    """What became of a check: still open, looked at, ended by a no, or missed: closed without the first answer."""

    OPEN = "open"
    HELD = "held"
    ENDED_BY_NO = "ended_by_no"
    MISSED = "missed"


def check_standing(look: Look | None, review: Review, at: datetime) -> CheckStanding:
    """What became of a check by that instant. An answer counts if the review took answers when it was given."""
    first = look.first if look is not None else None
    if first is not None and review.takes_answers(first.at):
        return CheckStanding.HELD if first.wanted else CheckStanding.ENDED_BY_NO
    return CheckStanding.MISSED if review.has_closed(at) else CheckStanding.OPEN


def efforts_of(look: Look | None, review: Review, chart: Chart | None = None) -> tuple[Effort, ...]:
    """The efforts that count: told while the review took answers, after a yes that counts.

    And, where a chart is given, of teams that there were when it was told.
    """
    if look is None or look.first is None or not look.first.wanted or not review.takes_answers(look.first.at):
        return ()
    told = (each for each in look.efforts if review.takes_answers(each.at))
    return tuple(each for each in told if chart is None or each.unit is None or chart.alive(each.unit, each.at))


def spoke_in(look: Look | None, review: Review) -> frozenset[UUID]:
    """Which participants said anything that counts: whether it is wanted, or where a team's effort went."""
    first = look.first if look is not None and look.first and review.takes_answers(look.first.at) else None
    said = {*([first.person] if first is not None else []), *(each.person for each in efforts_of(look, review))}
    return frozenset(said).intersection(review.participants)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Tenths of effort of all teams together, `of` ten for each team; every team counts alike."""

    goals: int
    exceptions: int
    fire_fighting: int
    of: int


def shares(efforts: Iterable[Effort]) -> Shares:
    """The effort of teams together."""
    told = tuple(efforts)
    return Shares(
        goals=sum(each.goals for each in told),
        exceptions=sum(each.exceptions for each in told),
        fire_fighting=sum(each.fire_fighting for each in told),
        of=TENTHS * len(told),
    )


def revised_since(strategy: Strategy, no: FirstAnswer) -> int | None:
    """The first material revision published after a no; None while the revision that it calls for is still open.

    An editorial one says the same in other words, and answers nothing.
    """
    later = (each for each in strategy.publications if each.material and each.published_at > no.at)
    return next((each.revision for each in later), None)
