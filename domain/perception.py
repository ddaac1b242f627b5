"""Our own view beside others': what we want to be seen as, what we do, and what is perceived (S6).

What is perceived is what constituencies answered in reviews, as published, and what was recorded as evidence of it. The
three stand beside each other; nothing is computed across them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.confided_results import percent
from domain.constituency import Constituency
from domain.element import CLIENT_PROFILE, DIFFERENTIATOR, Element
from domain.evidence import PERCEPTION, Bearing, EvidenceKind
from domain.proof import Piece
from domain.questionnaire import QuestionKind, Questionnaire
from domain.review import Review

HIGH_FROM = 4
"""From which score on an answer on the scale from 1 to 5 is a yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Perceived:
    """What was published of one question about an element, as people outside answered it.

    `group` is a group of the review, None for all who were asked; `constituency` the one that all of them represented
    when the review opened, None for several. `share` is the percentage at 4 or 5, of those who rated, on the scale from
    1 to 5.
    """

    review: UUID
    title: str
    published_at: datetime
    question: str
    group: str | None
    constituency: UUID | None
    n: int
    rated: int
    distribution: tuple[int, ...]
    mean: str | None
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was done, by evidence of it: for the claim, against it, or open."""

    speaks_for: int
    speaks_against: int
    open: int
    evidence: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One element: what we want to be seen as · what we do · what is perceived; `missing` names what is not known."""

    element: str
    kind: str
    wanted: str
    done: Done
    perceived: tuple[Perceived, ...]
    perceived_evidence: tuple[UUID, ...]
    missing: tuple[str, ...]


def views(
    elements: Iterable[Element],
    pieces: Mapping[str, tuple[Piece, ...]],
    reviews: Mapping[UUID, Review],
    constituencies: Mapping[UUID, Constituency],
) -> tuple[View, ...]:
    """Every client profile and differentiator, in the document's order."""
    answered = tuple(_answered(reviews, constituencies))
    return tuple(
        _view(each, pieces.get(each.id, ()), answered)
        for each in elements
        if each.kind in (CLIENT_PROFILE, DIFFERENTIATOR)
    )


def _view(element: Element, pieces: tuple[Piece, ...], answered: tuple[tuple[str, Perceived], ...]) -> View:
    behaviour = [each for each in pieces if each.evidence.kind is EvidenceKind.BEHAVIOURAL]
    bears = [each.evidence.bears for each in behaviour]
    perceived = tuple(each for about, each in answered if about == element.id)
    told = tuple(each.id for each in pieces if each.evidence.measure == PERCEPTION)
    known = {"done": bool(behaviour), "perceived": bool(perceived or told)}
    return View(
        element=element.id,
        kind=element.kind,
        wanted=element.seen_as or element.text,
        done=Done(
            speaks_for=bears.count(Bearing.FOR),
            speaks_against=bears.count(Bearing.AGAINST),
            open=bears.count(Bearing.OPEN),
            evidence=tuple(each.id for each in behaviour),
        ),
        perceived=perceived,
        perceived_evidence=told,
        missing=tuple(name for name, there in known.items() if not there),
    )


def _answered(
    reviews: Mapping[UUID, Review], constituencies: Mapping[UUID, Constituency]
) -> Iterator[tuple[str, Perceived]]:
    """What was published of answers from outside, with the element that each question is about; oldest review first."""
    for id, review in sorted(reviews.items(), key=lambda entry: (_published(entry[1]), str(entry[0]))):
        edition, asked = review.published, review.questionnaire
        if edition is None or asked is None or review.opened_at is None or review.terms is not None:
            continue
        people: dict[str | None, tuple[UUID, ...]] = {None: review.participants}
        people |= {each.name: each.people for each in review.groups}
        for result in edition.results:
            speak_for = _speak_for(people.get(result.group, ()), constituencies, review.opened_at)
            if speak_for is None:
                continue
            for found in result.questions:
                about = _about(asked, found.question)
                if about is not None:
                    on_scale = len(found.distribution) == 5
                    high = sum(found.distribution[HIGH_FROM - 1 :])
                    yield (
                        about,
                        Perceived(
                            review=id,
                            title=review.title,
                            published_at=edition.published_at,
                            question=found.question,
                            group=result.group,
                            constituency=next(iter(speak_for)) if len(speak_for) == 1 else None,
                            n=found.n,
                            rated=found.rated,
                            distribution=found.distribution,
                            mean=found.mean,
                            share=percent(high, found.rated) if on_scale else None,
                        ),
                    )


def _published(review: Review) -> str:
    return review.published.published_at.isoformat() if review.published else ""


def _about(asked: Questionnaire, question: str) -> str | None:
    """The element that a rated question is about: its theme, else its id."""
    found = asked.question(question)
    if found is None or found.kind is not QuestionKind.RATED:
        return None
    return found.theme or found.id


def _speak_for(
    people: tuple[UUID, ...], constituencies: Mapping[UUID, Constituency], at: datetime
) -> frozenset[UUID] | None:
    """The constituencies that these people represented at an instant; None where somebody represented none."""
    speaking = {id: set(each.speaking(at)) for id, each in constituencies.items()}
    found = [frozenset(id for id, who in speaking.items() if person in who) for person in people]
    return frozenset().union(*found) if found and all(found) else None
