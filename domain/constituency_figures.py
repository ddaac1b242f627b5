"""How the constituencies of a strategy stand, side by side: never added to people or units, nor to each other (S26)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.acknowledgement import Acknowledgement, Statement
from domain.constituency import AskedFor, Constituency
from domain.conversation import Conversation
from domain.obligation import Due, present_day, standing
from domain.person import Person
from domain.response import Response, counts
from domain.review import Review
from domain.strategy import Strategy, in_force


class Word(StrEnum):
    """What a representative says to what is asked, as it counts now."""

    ACKNOWLEDGED = "acknowledged"
    DECLINED = "declined"
    OUTDATED = "outdated"
    ON_BEHALF = "on_behalf"
    EARLY = "early"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the figures of one strategy rest on, as of an instant."""

    strategy: UUID
    document: Strategy
    people: Mapping[UUID, Person]
    acknowledgements: Mapping[UUID, Acknowledgement]
    reviews: Mapping[UUID, Review]
    responses: Mapping[UUID, Response]
    conversations: Mapping[UUID, Conversation]
    at: datetime
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFigures:
    """How one constituency stands to one thing that it is asked to align on.

    Of its `representatives` at the instant some `acknowledged` the revision in force, or an earlier one of which no
    element that they are asked about was touched since; or `declined`; what they said of a revision that was
    materially superseded there is `outdated`; what others entered for them counts `on_behalf`; `early` is what was said
    of a revision that is published and not yet in force, and of none before; and `open` have said nothing.
    """

    ask: str
    text: str
    elements: tuple[str, ...]
    since: datetime
    by_when: date | None
    representatives: int
    acknowledged: int
    declined: int
    outdated: int
    on_behalf: int
    early: int
    open: int
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstituencyFigures:
    """How one constituency stands: what it is asked, the attributed reviews it answers, the conversations held with it.

    `asked_in_reviews` counts pairs of a representative and a review about the strategy in which they take part by name;
    `answered` those in which they did.
    """

    constituency: UUID
    name: str
    kind: str
    representatives: tuple[UUID, ...]
    asks: tuple[AskFigures, ...]
    asked_in_reviews: int
    answered: int
    conversations: tuple[UUID, ...]


def there(constituency: Constituency, people: Mapping[UUID, Person], at: datetime) -> tuple[UUID, ...]:
    """Who represents a constituency at an instant: named when they had been invited, and not gone since."""
    return tuple(
        each.person
        for each in constituency.representatives
        if each.since <= at
        and (each.until is None or at < each.until)
        and (person := people.get(each.person)) is not None
        and person.known_as(each.since) is not None
        and (stay := person.presence(at)) is not None
        and stay.since <= at
    )


def word(ground: Ground, asked: AskedFor, person: UUID) -> Word:
    """What a representative says to what is asked: their newest statement made since they were asked.

    One on a revision that is not yet in force counts from then on; until then it is early, if it is all they said. What
    others entered for them counts apart, and only where they have said nothing themselves that is not outdated.
    """
    every = statements(ground, asked, person)
    in_effect = [each for each in every if _in_force(ground, each)]
    valid = [each for each in in_effect if not _superseded(ground, asked, each)]
    own = [each for each in valid if not each.on_behalf]
    if own:
        return Word.DECLINED if max(own, key=lambda each: (each.revision, each.at)).declined else Word.ACKNOWLEDGED
    if valid:
        return Word.ON_BEHALF
    if in_effect:
        return Word.OUTDATED
    return Word.EARLY if every else Word.NONE


def statements(ground: Ground, asked: AskedFor, person: UUID) -> tuple[Statement, ...]:
    """The statements of a person on published revisions that were made since they were asked."""
    published = {(one.revision, one.content_hash): one for one in ground.document.publications}
    return tuple(
        said
        for each in ground.acknowledgements.values()
        if each.person == person
        for said in each.statements
        if said.at >= asked.since
        and (bound := published.get((said.revision, said.content_hash))) is not None
        and bound.published_at <= said.at
    )


def _in_force(ground: Ground, said: Statement) -> bool:
    """Whether what a statement is bound to is or was in force."""
    return any(
        each.revision == said.revision and each.in_force_from <= ground.at for each in ground.document.publications
    )


def _superseded(ground: Ground, asked: AskedFor, said: Statement) -> bool:
    wanted: tuple[str | None, ...] = asked.elements or (None,)
    return any(
        each.revision > said.revision and each.in_force_from <= ground.at and any(map(each.touched, wanted))
        for each in ground.document.publications
    )


def has_effect(ground: Ground, asked: AskedFor) -> bool:
    """Whether what is asked about was there when it was asked."""
    drafted = ground.document.drafted_at
    return drafted is not None and drafted <= asked.since


def asks_of(ground: Ground, constituency: Constituency) -> tuple[AskedFor, ...]:
    """What the constituency is asked under the strategy at the instant, as far as it has effect."""
    asks = (each for each in constituency.asks(ground.at) if each.strategy == ground.strategy)
    return tuple(sorted((each for each in asks if has_effect(ground, each)), key=lambda each: each.ask))


def figures(ground: Ground, constituencies: Mapping[UUID, Constituency]) -> Iterator[ConstituencyFigures]:
    """Every constituency that is asked something under the strategy, by name."""
    for id, each in sorted(constituencies.items(), key=lambda entry: (entry[1].name, str(entry[0]))):
        asks = asks_of(ground, each)
        if asks:
            yield _figures(ground, id, each, asks)


def _figures(ground: Ground, id: UUID, each: Constituency, asks: tuple[AskedFor, ...]) -> ConstituencyFigures:
    speaking = there(each, ground.people, ground.at)
    pairs = [
        (one, person)
        for one, held in ground.reviews.items()
        if held.terms is None and held.opened_at is not None
        for person in speaking
        if person in held.participants
    ]
    answered = {
        (response.review, response.person)
        for response in ground.responses.values()
        if response.review is not None
        and response.review in ground.reviews
        and counts(ground.reviews[response.review], response)
    }
    return ConstituencyFigures(
        constituency=id,
        name=each.name,
        kind=each.kind,
        representatives=tuple(sorted(speaking)),
        asks=tuple(_ask(ground, asked, speaking) for asked in asks),
        asked_in_reviews=len(pairs),
        answered=sum(pair in answered for pair in pairs),
        conversations=tuple(
            sorted(id for id, held in ground.conversations.items() if set(speaking) & set(held.participants))
        ),
    )


def _ask(ground: Ground, asked: AskedFor, speaking: tuple[UUID, ...]) -> AskFigures:
    words = [word(ground, asked, person) for person in speaking]
    open_ = words.count(Word.NONE)
    return AskFigures(
        ask=asked.ask,
        text=asked.text,
        elements=asked.elements,
        since=asked.since,
        by_when=present_day(asked.by_whens),
        representatives=len(speaking),
        acknowledged=words.count(Word.ACKNOWLEDGED),
        declined=words.count(Word.DECLINED),
        outdated=words.count(Word.OUTDATED),
        on_behalf=words.count(Word.ON_BEHALF),
        early=words.count(Word.EARLY),
        open=open_,
        overdue=open_ > 0 and standing(present_day(asked.by_whens), ground.today) is Due.OVERDUE,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """How one constituency stands to one element."""

    constituency: UUID
    name: str
    representatives: int
    acknowledged: int
    declined: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """An element, and how each constituency that is asked about it stands to it. `element` None: the whole strategy."""

    element: str | None
    constituencies: tuple[Beside, ...]


def side_by_side(found: tuple[ConstituencyFigures, ...]) -> tuple[SideBySide, ...]:
    """Each element that anybody is asked about, with the constituencies beside each other; the whole strategy first."""
    elements = {element for each in found for ask in each.asks for element in ask.elements or (None,)}
    return tuple(
        SideBySide(
            element=element,
            constituencies=tuple(
                Beside(
                    constituency=each.constituency,
                    name=each.name,
                    representatives=ask.representatives,
                    acknowledged=ask.acknowledged,
                    declined=ask.declined,
                )
                for each in found
                for ask in each.asks
                if element in (ask.elements or (None,))
            ),
        )
        for element in sorted(elements, key=lambda each: (each is not None, each or ""))
    )


def shown_elements(ground: Ground, asked: AskedFor) -> tuple[str, ...]:
    """The ids of the elements in force that are shown to whoever is asked."""
    current = in_force(ground.document, ground.at)
    ids = (each.id for each in current.elements) if current is not None else ()
    return tuple(each for each in ids if not asked.elements or each in asked.elements)
