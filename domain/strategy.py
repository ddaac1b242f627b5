"""A strategy: a document of typed elements, drafted, revised element by element, and published as numbered revisions.

What is published is for ever: it carries all elements, their hash, and which of them it touches. Who is accountable for
an element is a dated fact beside the document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from domain.accountability import AccountableForOneThing, AccountableNamed, Tenures, handed_over_for
from domain.draft import (
    AlreadySubmitted,
    Draft,
    ElementUnknown,
    StrategyRevised,
    StrategySubmitted,
    refuse_revision,
    revise,
    with_authors,
)
from domain.draft_check import Objection, objections
from domain.element import content_hash, diff
from domain.exception import (
    ExceptionApproved,
    ExceptionEnded,
    Exceptions,
    refuse_end,
    refuse_exception,
    with_exception,
    without_exception,
)
from domain.kernel import Content, Refusal, event
from domain.platitude import Answers, StrategyTested, with_answer
from domain.publication import (
    NothingChanged,
    NothingToPublish,
    NotSubmitted,
    OpenObjections,
    Publication,
    StrategyPublished,
    material_after,
    refuse_document,
    refuse_number_and_dates,
)
from domain.temporal import Aggregate, Fact


@event("strategy.drafted")
class StrategyDrafted(Content):
    """Work on a strategy began. `scale` names the organisation's scale on which it is committed to."""

    key: str | None = None
    title: str
    scale: str | None = None


@event("strategy.retired")
class StrategyRetired(Content):
    """The strategy is no longer followed; another one may take its place."""

    successor: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy:
    """The state of a strategy at an instant; `drafted_at` is None before it was drafted.

    `accountable` says by element who answered for it since when, `accountable_for_goals` who was named for a goal
    beside what the goal itself says, `accountable_for_gaps` who was for a gap beside what is planned about it.
    """

    drafted_at: datetime | None = None
    key: str | None = None
    title: str = ""
    scale: str | None = None
    draft: Draft = field(default_factory=Draft)
    publications: tuple[Publication, ...] = ()
    accountable: Mapping[str, Tenures] = field(default_factory=dict[str, Tenures])
    accountable_for_goals: Mapping[UUID, Tenures] = field(default_factory=dict[UUID, Tenures])
    accountable_for_gaps: Mapping[str, Tenures] = field(default_factory=dict[str, Tenures])
    exceptions: Exceptions = ()
    tested: Answers = ()
    retired_at: datetime | None = None
    successor: UUID | None = None


@dataclass(eq=False)
class StrategyUnknown(Refusal):
    """Something was said about a strategy before it was drafted."""

    act: str
    where = "at"
    rule = "the strategy had not been drafted at that instant, so nothing can be {act}"
    way_out = "draft it first, or date this after its drafting"


@dataclass(eq=False)
class StrategyAlreadyDrafted(Refusal):
    """A strategy is drafted once, and revised from then on."""

    title: str
    where = "strategy"
    rule = "this strategy was drafted already, as {title}"
    way_out = "revise it, or draft another one under a key of its own"


@dataclass(eq=False)
class StrategyIsRetired(Refusal):
    """A retired strategy takes no further change."""

    act: str
    retired_at: datetime
    where = "at"
    rule = "the strategy was retired on {retired_at:%Y-%m-%d}, so nothing can be {act} after it"
    way_out = "draft another strategy, or correct the retirement"


@dataclass(eq=False)
class StrategySucceedsItself(Refusal):
    """A strategy that would take its own place."""

    where = "successor"
    rule = "a strategy cannot succeed itself"
    way_out = "name another strategy, or none"


def in_force(state: Strategy, at: datetime) -> Publication | None:
    """The revision in force: the one with the highest number that is in force by then; None before the first.

    Whether the strategy was retired meanwhile stands beside it, in `retired_at`.
    """
    return next((each for each in reversed(state.publications) if each.in_force_from <= at), None)


def material_since(state: Strategy, revision: int | None, element: str | None, at: datetime) -> Publication | None:
    """The first material revision, in force by then, that makes a statement stale.

    The statement is bound to `revision` (None: made before any) and refers to `element` (None: to all of the strategy).
    """
    return material_after(state.publications, revision, element, at)


def is_early(state: Strategy, revision: int | None, at: datetime) -> bool:
    """Whether a statement is bound to a revision that is not yet in force at that instant; from then on it counts."""
    return any(each.revision == revision and each.in_force_from > at for each in state.publications)


def open_objections(state: Strategy, at: datetime) -> tuple[Objection, ...]:
    """What the draft check objects to in the draft and no exception covers at that instant."""
    named = {element for element, tenures in state.accountable.items() if tenures[-1].person is not None}
    return tuple(
        objection
        for objection in objections(state.draft.elements, named)
        if not any(each.covers(objection, at, state.draft.authors) for each in state.exceptions)
    )


def publication_of(state: Strategy, *, material: bool, in_force_from: datetime | None = None) -> StrategyPublished:
    """The next revision of the strategy, with all that follows from its draft."""
    elements, before = state.draft.elements, state.publications[-1] if state.publications else None
    return StrategyPublished(
        revision=before.revision + 1 if before else 1,
        material=material,
        in_force_from=in_force_from,
        elements=elements,
        content_hash=content_hash(elements),
        touches=tuple(each.element for each in diff(before.elements if before else (), elements)),
    )


def guard(state: Strategy, fact: Fact) -> None:
    """Refuse what cannot be said about a strategy in this state."""
    content = fact.content
    act = content.TOPIC.partition(".")[2]
    match content:
        case StrategyDrafted():
            if state.drafted_at:
                raise StrategyAlreadyDrafted(state.title)
        case _ if state.drafted_at is None:
            raise StrategyUnknown(act)
        case AccountableNamed(element=element):
            if not content.is_for_one_thing:
                raise AccountableForOneThing
            _be_an_element(state, element)
        case ExceptionEnded():
            refuse_end(state.exceptions, content)
        case _ if state.retired_at:
            raise StrategyIsRetired(act, state.retired_at)
        case StrategyRevised():
            refuse_revision(state.draft, content)
        case StrategyTested(element=element):
            _be_an_element(state, element)
        case StrategySubmitted():
            if state.draft.submitted_at:
                raise AlreadySubmitted
        case ExceptionApproved():
            refuse_exception(state.exceptions, content, fact, state.draft.authors)
        case StrategyPublished():
            refuse_number_and_dates(state.publications, content, fact.effective_at)
            refuse_document(state.publications, state.draft.elements, content)
            if fact.actor.imported is None:
                _refuse_conduct(state, content, fact.effective_at)
        case StrategyRetired(successor=successor):
            if successor == fact.stream:
                raise StrategySucceedsItself
        case _:
            pass


def _be_an_element(state: Strategy, element: str | None) -> None:
    published = (each.id for publication in state.publications for each in publication.elements)
    if element is not None and state.draft.element(element) is None and element not in published:
        raise ElementUnknown(element)


def _refuse_conduct(state: Strategy, content: StrategyPublished, at: datetime) -> None:
    """What is asked of those who publish in Avow; of what was published elsewhere it is only recorded."""
    if not content.elements:
        raise NothingToPublish
    if not content.touches:
        raise NothingChanged(content.revision - 1)
    if not state.draft.submitted_at:
        raise NotSubmitted
    if standing := open_objections(state, at):
        raise OpenObjections(standing)


def evolve(state: Strategy, fact: Fact) -> Strategy:
    """The strategy once this fact is in its place."""
    at, content = fact.effective_at, fact.content
    match content:
        case StrategyDrafted(key=key, title=title, scale=scale):
            draft = replace(state.draft, authors=with_authors((), fact.actor))
            return replace(state, drafted_at=at, key=key, title=title, scale=scale, draft=draft)
        case StrategyRevised():
            return replace(state, draft=revise(state.draft, content, fact))
        case StrategySubmitted():
            return replace(state, draft=replace(state.draft, submitted_at=at))
        case StrategyPublished():
            return _published(state, content, fact)
        case StrategyRetired(successor=successor):
            return replace(state, retired_at=at, successor=successor)
        case ExceptionApproved():
            return replace(state, exceptions=with_exception(state.exceptions, content, fact))
        case ExceptionEnded():
            return replace(state, exceptions=without_exception(state.exceptions, content, at))
        case StrategyTested():
            return replace(state, tested=with_answer(state.tested, content, at))
        case AccountableNamed(element=str(element), person=person):
            return replace(state, accountable=handed_over_for(state.accountable, element, person, at))
        case AccountableNamed(goal=UUID() as goal, person=person):
            for_goals = handed_over_for(state.accountable_for_goals, goal, person, at)
            return replace(state, accountable_for_goals=for_goals)
        case AccountableNamed(gap=str(gap), person=person):
            return replace(state, accountable_for_gaps=handed_over_for(state.accountable_for_gaps, gap, person, at))
        case _:
            return state


def _published(state: Strategy, content: StrategyPublished, fact: Fact) -> Strategy:
    at = fact.effective_at
    publication = Publication(
        revision=content.revision,
        material=content.material,
        published_at=at,
        in_force_from=content.in_force_from or at,
        published_by=fact.actor.person,
        elements=content.elements,
        content_hash=content.content_hash,
        touches=content.touches,
        submitted=state.draft.submitted_at is not None,
        unmet=open_objections(state, at),
        authors=state.draft.authors,
        submitted_at=state.draft.submitted_at,
    )
    draft = replace(state.draft, authors=(), submitted_at=None)
    return replace(state, publications=(*state.publications, publication), draft=draft)


STRATEGY: Aggregate[Strategy] = Aggregate(
    "strategy",
    Strategy(),
    (
        StrategyDrafted,
        StrategyRevised,
        StrategySubmitted,
        StrategyPublished,
        StrategyRetired,
        ExceptionApproved,
        ExceptionEnded,
        AccountableNamed,
        StrategyTested,
    ),
    guard,
    evolve,
)
