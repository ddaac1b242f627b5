"""Commands about constituencies: named, represented, asked; and what their representatives owe a word on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk, has_element
from application.owing import Owner, owes
from domain.acknowledgement import ACKNOWLEDGEMENT
from domain.constituency import (
    CONSTITUENCY,
    Constituency,
    ConstituencyAsked,
    ConstituencyNamed,
    ConstituencyReleased,
    RepresentativeEnded,
    RepresentativeNamed,
)
from domain.constituency_figures import Ground, Word, asks_of, there, word
from domain.kernel import Content, Refusal, RefusalKind
from domain.obligation import Due, present_day, standing
from domain.owed import Call, Owed
from domain.person import PERSON
from domain.strategy import STRATEGY


@dataclass(eq=False)
class RepresentedFromWithin(Refusal):
    """A representative who is one of the organisation's own people."""

    kind = RefusalKind.INVALID
    where = "person"
    rule = "a representative is a guest at that instant, and this person is not"
    way_out = "invite somebody of the constituency as a guest; the organisation's own people do not speak for it"


@dataclass(eq=False)
class AskedElementUnknown(Refusal):
    """A constituency is asked about an element that the strategy does not have."""

    element: str
    kind = RefusalKind.UNKNOWN
    where = "elements"
    rule = "the strategy has no element {element!r}"
    way_out = "name elements of it by their ids, or none for the whole strategy"


@dataclass(eq=False)
class AskedBeforeItWasDue(Refusal):
    """An answer that was due before it was asked for."""

    by_when: date
    asked: date
    kind = RefusalKind.INVALID
    where = "by_when"
    rule = "what is asked on {asked} cannot have been due on {by_when}"
    way_out = "name the day on which it is asked, a later one, or none"


@command("constituency.named")
class NameConstituency(Command):
    """Name a party outside the chart: clients, suppliers, owners, the public; or give it another name or kind."""

    name: str
    kind: str
    constituency: str | None = None


@command("representative.named")
class NameRepresentative(Command):
    """Say that a guest speaks for a constituency. They are shown what it is asked, and nothing else."""

    constituency: str
    person: str


@command("representative.ended")
class EndRepresentative(Command):
    """Say that a person speaks for a constituency no more."""

    constituency: str
    person: str


@command("constituency.asked")
class AskConstituency(Command):
    """Ask a constituency to align on a strategy, or on elements of it, which its representatives are then shown."""

    constituency: str
    ask: str
    strategy: str
    text: str
    elements: tuple[str, ...] = ()
    by_when: date | None = None


@command("constituency.released")
class ReleaseConstituency(Command):
    """Ask a constituency for something no more; its representatives are shown nothing of it from here on."""

    constituency: str
    ask: str


@handles(NameConstituency)
def name(asked: NameConstituency, desk: Desk) -> AnyDraft:
    """A constituency, or its new name."""
    content = ConstituencyNamed(key=desk.open_key("constituency", asked.constituency), name=asked.name, kind=asked.kind)
    stream = desk.new("constituency", asked.constituency)
    return Draft[Constituency](aggregate=CONSTITUENCY, stream=stream, content=content)


@handles(NameRepresentative)
def name_representative(asked: NameRepresentative, desk: Desk) -> AnyDraft:
    """Somebody who speaks for it."""
    person = desk.find("person", asked.person)
    if desk.person(person).present(desk.at):
        raise RepresentedFromWithin
    return _said(desk, asked.constituency, RepresentativeNamed(person=person))


@handles(EndRepresentative)
def end_representative(asked: EndRepresentative, desk: Desk) -> AnyDraft:
    """Somebody who spoke for it."""
    return _said(desk, asked.constituency, RepresentativeEnded(person=desk.find("person", asked.person)))


@handles(AskConstituency)
def ask(asked: AskConstituency, desk: Desk) -> AnyDraft:
    """What it is asked."""
    strategy, today = desk.find("strategy", asked.strategy), desk.day(desk.at)
    for element in asked.elements:
        if not has_element(desk.strategy(strategy), element):
            raise AskedElementUnknown(element)
    if asked.by_when is not None and asked.by_when < today:
        raise AskedBeforeItWasDue(asked.by_when, today)
    content = ConstituencyAsked(
        ask=asked.ask,
        strategy=strategy,
        elements=tuple(dict.fromkeys(asked.elements)),
        text=asked.text,
        by_when=asked.by_when,
    )
    return _said(desk, asked.constituency, content)


@handles(ReleaseConstituency)
def release(asked: ReleaseConstituency, desk: Desk) -> AnyDraft:
    """What it is asked no more."""
    return _said(desk, asked.constituency, ConstituencyReleased(ask=asked.ask))


def _said(desk: Desk, constituency: str, content: Content) -> AnyDraft:
    stream = desk.find("constituency", constituency)
    return Draft[Constituency](aggregate=CONSTITUENCY, stream=stream, content=content)


@owes
def words_on_what_is_asked(owner: Owner) -> Iterator[Owed]:
    """A representative's word on what their constituency is asked, once for each thing that it is asked."""
    at, strategies = owner.moment.valid_at, owner.states(STRATEGY)
    for id, each in owner.states(CONSTITUENCY).items():
        if owner.person not in each.speaking(at):
            continue
        people = owner.states(PERSON, streams=[owner.person])
        if owner.person not in there(each, people, at):
            continue
        said = owner.states(ACKNOWLEDGEMENT, subject=owner.person)
        for strategy, document in strategies.items():
            ground = Ground(
                strategy=strategy,
                document=document,
                people=people,
                acknowledgements={one: state for one, state in said.items() if state.strategy == strategy},
                reviews={},
                responses={},
                conversations={},
                at=at,
                today=owner.today,
            )
            for asked in asks_of(ground, each):
                if word(ground, asked, owner.person) not in (Word.ACKNOWLEDGED, Word.DECLINED, Word.EARLY):
                    due = present_day(asked.by_whens)
                    overdue = standing(due, owner.today) is Due.OVERDUE
                    yield Owed(call=Call.REPLY, record=id, strategy=strategy, due=due, overdue=overdue)
