"""Commands about knowledge: captured, revised, retired; needed, used; and the time that looking for it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk
from application.owing import Owner, owes
from domain.at_hand import words_of
from domain.drivers import elements_by_then
from domain.kernel import Refusal, RefusalKind
from domain.knowledge import KNOWLEDGE, Knowledge, KnowledgeCaptured, KnowledgeField, KnowledgeRetired, KnowledgeRevised
from domain.need import NEED, USE, FoundBy, KnowledgeNeeded, KnowledgeNeedEnded, KnowledgeUsed, Need, Use
from domain.owed import Call, Owed
from domain.search_time import SEARCH_TIME, KnowledgeTimeStated, SearchTime


@dataclass(eq=False)
class ItemElementUnknown(Refusal):
    """An item tied to what the strategy did not have."""

    element: str
    kind = RefusalKind.UNKNOWN
    where = "elements"
    rule = "the strategy had no element {element!r} by then"
    way_out = "name elements that the draft or a published revision had at that instant"


@dataclass(eq=False)
class UsedBeforeCaptured(Refusal):
    """The use of an item that was not there yet."""

    where = "at"
    rule = "the item had not been captured at that instant, so nobody can have used it"
    way_out = "date the use later, or correct when the item was captured"


@dataclass(eq=False)
class UserUnsaid(Refusal):
    """Something that somebody did, of which nobody knows who."""

    kind = RefusalKind.INVALID
    where = "person"
    rule = "it is not said who it was, and nobody stands behind the token"
    way_out = "name the person"


@command("knowledge.captured")
class CaptureKnowledge(Command):
    """Capture know-how: a title and a text in a language, tied to elements of a strategy, to stages and to roles.

    Stages are of the client's buying process or of enrolment, in your own words. Of a `unit` it is for those who belong
    there alone; else everybody finds it. Its `keeper` looks at it again by `review_by`.
    """

    title: str
    text: str
    language: str
    knowledge: str | None = None
    strategy: str | None = None
    elements: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    keeper: str | None = None
    unit: str | None = None
    review_by: date | None = None


@command("knowledge.revised")
class ReviseKnowledge(Command):
    """Revise an item: what is absent stays, what is null (or named in `cleared`) is gone.

    Another title, text or language makes its next version. A new day of review alone says that it was looked at.
    """

    knowledge: str
    title: str | None = None
    text: str | None = None
    language: str | None = None
    elements: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    keeper: str | None = None
    review_by: date | None = None
    cleared: tuple[KnowledgeField, ...] = ()


@command("knowledge.retired")
class RetireKnowledge(Command):
    """Let an item be used no more: it is found no longer, and stays on the record with all its versions."""

    knowledge: str


@command("knowledge.needed")
class NeedKnowledge(Command):
    """Say what people in a role need to know at a stage of the client's buying process, or of enrolment."""

    role: str
    stage: str
    what: str
    strategy: str | None = None


@command("knowledge.need_ended")
class EndNeed(Command):
    """Say that something is not needed any more."""

    need: str


@command("knowledge.used")
class UseKnowledge(Command):
    """Say that somebody used an item, how they found it, and whether they did not know until then that it existed.

    Whoever records it used it, unless another `person` is named.
    """

    knowledge: str
    person: str | None = None
    did_not_know: bool = False
    found_by: FoundBy | None = None


@command("knowledge.time_stated")
class StateSearchTime(Command):
    """State how many hours a week go into looking for what one needs to know: the first statement is the baseline.

    They are the own ones of whoever records it, of a named `person`, or on average of the people in a `unit` (in a
    `role`). Hours are a text of digits, such as `4.5`.
    """

    hours: str
    person: str | None = None
    unit: str | None = None
    role: str | None = None
    of_people: int | None = None


@handles(CaptureKnowledge)
def capture(asked: CaptureKnowledge, desk: Desk) -> AnyDraft:
    """Version 1 of an item."""
    stream = desk.new("knowledge", asked.knowledge)
    strategy = desk.find("strategy", asked.strategy) if asked.strategy is not None else None
    content = KnowledgeCaptured(
        key=desk.open_key("knowledge", asked.knowledge),
        title=asked.title,
        text=asked.text,
        language=asked.language,
        strategy=strategy,
        elements=_elements(asked.elements, strategy, desk),
        stages=asked.stages,
        roles=asked.roles,
        keeper=_person(asked.keeper, desk),
        unit=desk.find("unit", asked.unit) if asked.unit is not None else None,
        review_by=asked.review_by,
    )
    return Draft[Knowledge](aggregate=KNOWLEDGE, stream=stream, content=content)


@handles(ReviseKnowledge)
def revise(asked: ReviseKnowledge, desk: Desk) -> AnyDraft:
    """An item that says something else, or is tied to something else."""
    stream = desk.find("knowledge", asked.knowledge)
    strategy = desk.book.timeline(KNOWLEDGE, stream).state().strategy
    content = KnowledgeRevised(
        title=asked.title,
        text=asked.text,
        language=asked.language,
        elements=_elements(asked.elements, strategy, desk),
        stages=asked.stages,
        roles=asked.roles,
        keeper=_person(asked.keeper, desk),
        review_by=asked.review_by,
        cleared=asked.cleared,
    )
    return Draft[Knowledge](aggregate=KNOWLEDGE, stream=stream, content=content)


@handles(RetireKnowledge)
def retire(asked: RetireKnowledge, desk: Desk) -> AnyDraft:
    """An item that is used no more."""
    stream = desk.find("knowledge", asked.knowledge)
    return Draft[Knowledge](aggregate=KNOWLEDGE, stream=stream, content=KnowledgeRetired())


@handles(NeedKnowledge)
def need(asked: NeedKnowledge, desk: Desk) -> AnyDraft:
    """A need, in the stream that its words name."""
    strategy = desk.find("strategy", asked.strategy) if asked.strategy is not None else None
    # What parts the words is white space, of which `words_of` leaves no other kind than a blank.
    words = "\x1f".join(map(words_of, (asked.role, asked.stage, asked.what)))
    stream = desk.derived("need", strategy, words)
    content = KnowledgeNeeded(role=asked.role, stage=asked.stage, what=asked.what, strategy=strategy)
    return Draft[Need](aggregate=NEED, stream=desk.correcting or stream, content=content)


@handles(EndNeed)
def end_need(asked: EndNeed, desk: Desk) -> AnyDraft:
    """A need that stands no more."""
    return Draft[Need](aggregate=NEED, stream=desk.find("need", asked.need), content=KnowledgeNeedEnded())


@handles(UseKnowledge)
def use(asked: UseKnowledge, desk: Desk) -> AnyDraft:
    """One use."""
    item = desk.find("knowledge", asked.knowledge)
    if desk.book.timeline(KNOWLEDGE, item).state(desk.at).captured_at is None:
        raise UsedBeforeCaptured
    content = KnowledgeUsed(
        knowledge=item, person=_somebody(asked.person, desk), did_not_know=asked.did_not_know, found_by=asked.found_by
    )
    return Draft[Use](aggregate=USE, stream=desk.correcting or desk.book.fresh_id(), content=content)


@handles(StateSearchTime)
def state_time(asked: StateSearchTime, desk: Desk) -> AnyDraft:
    """One more statement of the person, or of the unit."""
    unit = desk.find("unit", asked.unit) if asked.unit is not None else None
    person = _person(asked.person, desk) if unit is not None else _somebody(asked.person, desk)
    role = words_of(asked.role) if asked.role is not None else None
    content = KnowledgeTimeStated(
        person=person, unit=unit, role=asked.role, hours=asked.hours, of_people=asked.of_people
    )
    stream = desk.derived("search_time", person, unit, role)
    return Draft[SearchTime](aggregate=SEARCH_TIME, stream=stream, content=content)


def _person(key: str | None, desk: Desk) -> UUID | None:
    return desk.find("person", key, "keeper") if key is not None else None


def _somebody(key: str | None, desk: Desk) -> UUID:
    found = desk.find("person", key, "person") if key is not None else desk.actor.person
    if found is None:
        raise UserUnsaid
    return found


def _elements(named: tuple[str, ...], strategy: UUID | None, desk: Desk) -> tuple[str, ...]:
    if strategy is not None:
        known = elements_by_then(desk.strategy(strategy))
        for element in named:
            if element not in known:
                raise ItemElementUnknown(element)
    return tuple(dict.fromkeys(named))


@owes
def looks_again(owner: Owner) -> Iterator[Owed]:
    """Whoever keeps an item looks at it again once its day has come."""
    for id, item in owner.states(KNOWLEDGE, subject=owner.person).items():
        due = item.review_by
        if item.standing and due is not None and due <= owner.today:
            yield Owed(call=Call.ACT, record=id, strategy=item.strategy, due=due, overdue=item.stale(owner.today))
