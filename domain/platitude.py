"""The question that a platitude fails: could a competitor sign it? Answered by people, of a statement as it reads.

An answer is about the words that its author had before them: once the statement reads otherwise, the question is open
again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.kernel import Content, event
from domain.sealed import Private


@event("strategy.tested")
class StrategyTested(Content):
    """A person says whether a competitor could sign what an element states, as it reads in `statement`."""

    element: str
    statement: str
    person: UUID
    could_sign: bool
    because: Private | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """Whether a competitor could sign a statement, as one person says since `at`."""

    element: str
    statement: str
    person: UUID
    could_sign: bool
    because: Private | None
    at: datetime


Answers = tuple[Opinion, ...]
"""What people said, oldest first; of one person about one wording of one element the newest word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Of those who answered, how many say that a competitor could sign it, and how many that none could."""

    could: int
    could_not: int

    @property
    def platitude(self) -> bool | None:
        """Whether anybody says that a competitor could sign it; None where nobody answered."""
        return self.could > 0 if self.could or self.could_not else None


def with_answer(answers: Answers, content: StrategyTested, at: datetime) -> Answers:
    """The answers once this person said so."""
    made = Opinion(
        element=content.element,
        statement=content.statement,
        person=content.person,
        could_sign=content.could_sign,
        because=content.because,
        at=at,
    )
    about = (made.element, made.statement, made.person)
    return (*(each for each in answers if (each.element, each.statement, each.person) != about), made)


def answers_to(answers: Iterable[Opinion], element: str, statement: str) -> Answers:
    """What people said of these very words."""
    return tuple(each for each in answers if (each.element, each.statement) == (element, statement))


def verdict(answers: Answers) -> Verdict:
    """What answers come to."""
    could = sum(each.could_sign for each in answers)
    return Verdict(could=could, could_not=len(answers) - could)
