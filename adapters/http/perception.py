"""Our own view over HTTP: what we want to be seen as, what we do, what is perceived."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from adapters.http.answers import Found
from adapters.http.asks import Ask, Inquiry
from adapters.http.evidence import pieces_counted
from adapters.http.noun import Noun
from adapters.http.papers import STRATEGY_ARGUMENT, paper_of
from application.permissions import About
from domain.constituency import CONSTITUENCY
from domain.perception import View, views
from domain.proof import OLD_AFTER
from domain.review import REVIEW, Review


@dataclass(frozen=True, slots=True, kw_only=True)
class PerceptionAnswer:
    """Per ideal client and per differentiator the three views beside each other. `revision` None: as drafted.

    Of reviews only those whose published results the caller may see.
    """

    revision: int | None
    views: tuple[View, ...]


def perception(inquiry: Inquiry) -> Found:
    """What we want to be seen as · what we do · what is perceived, per client profile and differentiator.

    Perceived is what representatives of constituencies answered by name, as published: to questions whose theme, or
    else whose id, is the element's id, in groups of nobody but representatives.
    """
    paper = paper_of(inquiry)
    reviews = {id: each for id, each in inquiry.states(REVIEW, strategy=paper.id).items() if _sees(inquiry, id, each)}
    found = views(paper.elements, pieces_counted(inquiry, paper, OLD_AFTER), reviews, inquiry.states(CONSTITUENCY))
    return Found(answer=PerceptionAnswer(revision=paper.revision, views=found), asks={"strategy": paper.id})


def _sees(inquiry: Inquiry, id: UUID, review: Review) -> bool:
    asked = inquiry.session.caller.person in (*review.participants, *review.readers)
    return inquiry.sees(partial(About, shared=asked, published=False, review=id), "review")


PERCEPTIONS = Noun(
    name="perception",
    description="What we want to be seen as, what we do, and what is perceived.",
    asks=(
        Ask(
            path="alignment/perception",
            view="evidence",
            find=perception,
            title="Show our own view beside others'.",
            answers=PerceptionAnswer,
            arguments=(STRATEGY_ARGUMENT,),
        ),
    ),
)
