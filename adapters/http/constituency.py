"""Constituencies over HTTP: named, represented, asked; what a representative is shown; how they stand side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.alignment import STRATEGY_ARGUMENT, strategy_of
from adapters.http.answers import Found
from adapters.http.asks import Ask, Inquiry
from adapters.http.noun import Noun
from adapters.http.refusals import NobodyBehindToken, NotOnRecordThen
from domain.acknowledgement import ACKNOWLEDGEMENT
from domain.constituency import CONSTITUENCY, AskedFor, Constituency, Represents
from domain.constituency_figures import (
    ConstituencyFigures,
    Ground,
    SideBySide,
    Word,
    asks_of,
    figures,
    shown_elements,
    side_by_side,
    there,
    word,
)
from domain.conversation import CONVERSATION
from domain.element import Element
from domain.obligation import present_day
from domain.person import PERSON
from domain.questionnaire import Question
from domain.response import RESPONSE
from domain.review import REVIEW, Review
from domain.strategy import STRATEGY, Strategy, in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstituencyAnswer:
    """A party outside the chart as of a moment: who spoke for it, and what it was asked, since when and until when."""

    id: UUID
    key: str | None
    name: str
    kind: str
    named_at: datetime | None
    representatives: tuple[Represents, ...]
    asked: tuple[AskedFor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstituenciesAnswer:
    """How constituencies stand to a strategy: one by one, and beside each other, element by element.

    They are never added to people or units, nor to each other.
    """

    constituencies: tuple[ConstituencyFigures, ...]
    elements: tuple[SideBySide, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownElement:
    """An element in force, as whoever is asked about it is shown it."""

    id: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOfMe:
    """What one's constituency is asked to align on, with the text in force of what it is asked about.

    `said` is what one says to it so far: acknowledge it, or decline with a reason, for that `revision` of the
    `strategy`.
    """

    constituency: UUID
    name: str
    ask: str
    text: str
    since: datetime
    by_when: date | None
    strategy: UUID
    revision: int | None
    elements: list[ShownElement]
    said: Word


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewForMe:
    """A review in which one is asked by name, while it takes answers: what is asked, and who sees who said what."""

    review: UUID
    title: str
    closes: datetime | None
    questions: tuple[Question, ...]
    lowest: int
    highest: int
    readers: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAnswer:
    """All that one is asked as a representative: to align on something, and to answer reviews."""

    asks: list[AskedOfMe]
    reviews: list[ReviewForMe]


def _shaped(id: UUID, state: Constituency) -> ConstituencyAnswer:
    return ConstituencyAnswer(
        id=id,
        key=state.key,
        name=state.name,
        kind=state.kind,
        named_at=state.named_at,
        representatives=state.representatives,
        asked=state.asked,
    )


def listed(inquiry: Inquiry) -> Found:
    """Constituencies, for who governs."""
    inquiry.check()
    entries = ((str(id), (id, state)) for id, state in inquiry.states(CONSTITUENCY).items())
    return inquiry.page(entries, lambda _, entry: _shaped(*entry))


def shown(inquiry: Inquiry) -> Found:
    """One constituency. Without times it is the record's present resource, whose ETag goes into If-Match."""
    inquiry.check()
    id = inquiry.find("constituency")
    state, version = inquiry.own(CONSTITUENCY, id)
    return Found(answer=_shaped(id, state), asks={"constituency": id}, version=version)


def _ground(inquiry: Inquiry, strategy: UUID, document: Strategy) -> Ground:
    reviews = inquiry.states(REVIEW, strategy=strategy)
    responses = inquiry.states(RESPONSE) if reviews else {}
    return Ground(
        strategy=strategy,
        document=document,
        people=inquiry.states(PERSON),
        acknowledgements=inquiry.states(ACKNOWLEDGEMENT, strategy=strategy),
        reviews=reviews,
        responses={id: each for id, each in responses.items() if each.review in reviews},
        conversations=inquiry.states(CONVERSATION, strategy=strategy),
        at=inquiry.asked.valid_at,
        today=inquiry.today,
    )


def side(inquiry: Inquiry) -> Found:
    """How the constituencies that are asked to align on a strategy stand to it, side by side."""
    inquiry.check()
    strategy = strategy_of(inquiry)
    document = inquiry.states(STRATEGY, streams=[strategy]).get(strategy)
    if document is None:
        raise NotOnRecordThen("strategy", inquiry.arguments["strategy"], "valid_at")
    found = tuple(figures(_ground(inquiry, strategy, document), inquiry.states(CONSTITUENCY)))
    answer = ConstituenciesAnswer(constituencies=found, elements=side_by_side(found))
    return Found(answer=answer, asks={"strategy": strategy})


def asked_of_me(inquiry: Inquiry) -> Found:
    """What the person behind the token is asked as a representative, with the text that they are asked about."""
    inquiry.check()
    person = inquiry.session.caller.person
    if person is None:
        raise NobodyBehindToken
    people, at = inquiry.states(PERSON, streams=[person]), inquiry.asked.valid_at
    mine = {id: each for id, each in inquiry.states(CONSTITUENCY).items() if person in there(each, people, at)}
    asks, strategies = list[AskedOfMe](), inquiry.states(STRATEGY) if mine else {}
    for strategy, document in strategies.items():
        if any(asked.strategy == strategy for each in mine.values() for asked in each.asked):
            ground = _ground(inquiry, strategy, document)
            for id, each in mine.items():
                asks += [_asked(ground, id, each, asked, person) for asked in asks_of(ground, each)]
    asks.sort(key=lambda each: (each.name, each.ask))
    reviews = inquiry.states(REVIEW) if mine else {}
    open_to_me = [_review(id, each) for id, each in reviews.items() if _is_open(each, person, at)]
    return Found(answer=AskedAnswer(asks=asks, reviews=open_to_me), asks={"person": person})


def _asked(ground: Ground, id: UUID, constituency: Constituency, asked: AskedFor, person: UUID) -> AskedOfMe:
    current, shown_ids = in_force(ground.document, ground.at), set(shown_elements(ground, asked))
    elements = current.elements if current is not None else ()
    return AskedOfMe(
        constituency=id,
        name=constituency.name,
        ask=asked.ask,
        text=asked.text,
        since=asked.since,
        by_when=present_day(asked.by_whens),
        strategy=ground.strategy,
        revision=current.revision if current is not None else None,
        elements=[
            ShownElement(id=each.id, kind=each.kind, text=each.text) for each in elements if each.id in shown_ids
        ],
        said=word(ground, asked, person),
    )


def _element(element: Element) -> ShownElement:
    return ShownElement(id=element.id, kind=element.kind, text=element.text)


def _is_open(review: Review, person: UUID, at: datetime) -> bool:
    return review.terms is None and person in review.participants and review.takes_answers(at)


def _review(id: UUID, review: Review) -> ReviewForMe:
    asked = review.questionnaire
    return ReviewForMe(
        review=id,
        title=review.title,
        closes=review.closes,
        questions=asked.questions if asked is not None else (),
        lowest=asked.lowest if asked is not None else 1,
        highest=asked.highest if asked is not None else 5,
        readers=review.readers,
    )


def _on(sub_resource: str, topic: str) -> Act:
    return Act(
        path=f"constituencies/<path:constituency>/{sub_resource}",
        topic=topic,
        leads_to="constituencies/{id}",
        changes=True,
    )


CONSTITUENCIES = Noun(
    name="constituencies",
    description="Parties outside the chart, their representatives, and what they are asked to align on.",
    acts=(
        Act(path="constituencies", topic="constituency.named", leads_to="constituencies/{id}"),
        _on("representatives", "representative.named"),
        _on("ended-representatives", "representative.ended"),
        _on("asks", "constituency.asked"),
        _on("releases", "constituency.released"),
    ),
    asks=(
        Ask(
            path="constituencies",
            view="constituency",
            find=listed,
            title="List constituencies.",
            answers=list[ConstituencyAnswer],
            pages=True,
        ),
        Ask(
            path="constituencies/<path:constituency>",
            view="constituency",
            find=shown,
            title="Show a constituency.",
            answers=ConstituencyAnswer,
        ),
        Ask(
            path="alignment/constituencies",
            view="constituency",
            find=side,
            title="Show how constituencies stand.",
            answers=ConstituenciesAnswer,
            arguments=(STRATEGY_ARGUMENT,),
        ),
        Ask(path="me/asked", view="asked", find=asked_of_me, title="Show what I am asked.", answers=AskedAnswer),
    ),
)
