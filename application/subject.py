"""Subjects: what a duty, or an accountability, is for."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.command import Subject
from application.desk import Desk, UnknownReference, has_element
from application.desk_rules import GoalOfAnotherStrategy, RevisionUnknown, TargetElementUnknown
from domain.review import REVIEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """A subject by Avow's ids."""

    strategy: UUID | None
    element: str | None
    goal: UUID | None
    revision: int | None
    review: UUID | None


def meant_by(desk: Desk, reference: str | Subject, strategy: str | None = None) -> Meant:
    """What a reference to a subject means.

    A text alone is the key or id of a goal, else of a review, else of a strategy, else the id of an element of
    `strategy`. Raises UnknownReference, TargetElementUnknown, RevisionUnknown, GoalOfAnotherStrategy.
    """
    asked = _read(desk, reference, strategy) if isinstance(reference, str) else reference
    named = asked.strategy if asked.strategy is not None else strategy
    goal = desk.find("goal", asked.goal, "for") if asked.goal is not None else None
    review = desk.find("review", asked.review, "for") if asked.review is not None else None
    about: UUID | None = None
    if named is not None:
        about = desk.find("strategy", named, "for")
    elif goal is not None:
        about = desk.goal_whenever(goal).strategy
    elif review is not None:
        about = desk.book.timeline(REVIEW, review).state().strategy
    if about is not None:
        _belong_together(desk, asked, about, goal)
    return Meant(strategy=about, element=asked.element, goal=goal, revision=asked.revision, review=review)


def _read(desk: Desk, reference: str, strategy: str | None) -> Subject:
    if desk.look_up("goal", reference) is not None:
        return Subject(goal=reference)
    if desk.look_up("review", reference) is not None:
        return Subject(review=reference)
    if desk.look_up("strategy", reference) is not None:
        return Subject(strategy=reference)
    if strategy is None:
        raise UnknownReference("goal, review or strategy", reference, "for")
    return Subject(strategy=strategy, element=reference)


def _belong_together(desk: Desk, asked: Subject, strategy: UUID, goal: UUID | None) -> None:
    state = desk.strategy_whenever(strategy)
    if asked.element is not None and not has_element(state, asked.element):
        raise TargetElementUnknown(asked.element)
    if asked.revision is not None and all(each.revision != asked.revision for each in state.publications):
        raise RevisionUnknown(asked.revision)
    if goal is not None and desk.goal_whenever(goal).strategy != strategy:
        raise GoalOfAnotherStrategy(asked.goal or "")
