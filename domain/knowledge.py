"""Knowledge at hand: know-how that was captured, in numbered versions, tied to what it is needed for.

An item is tied to elements of a strategy, to stages (of the client's buying process, or of enrolment) and to roles. Its
text is organisational: clear and searchable, and it names people by key only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from domain.kernel import Content, Refusal, RefusalKind, event
from domain.temporal import Aggregate, Fact

LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)
KnowledgeField = Literal["elements", "stages", "roles", "keeper", "review_by"]
"""What an item can be without, and what a revision can therefore clear."""


@event("knowledge.captured")
class KnowledgeCaptured(Content):
    """Know-how was captured: version 1 of an item, in a language (ISO 639).

    It is tied to `elements` of `strategy`, to `stages` and `roles` in the organisation's own words. `keeper` keeps it
    up to date, and looks at it again by the day `review_by`. Of a `unit` it is for those who belong there alone.
    """

    key: str | None = None
    title: str
    text: str
    language: str
    strategy: UUID | None = None
    elements: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    keeper: UUID | None = None
    unit: UUID | None = None
    review_by: date | None = None


@event("knowledge.revised")
class KnowledgeRevised(Content):
    """Some of an item is different from here on. What is not given stays; `cleared` names what is gone.

    Another title, text or language makes the next version. A day of review alone says that it was looked at.
    """

    title: str | None = None
    text: str | None = None
    language: str | None = None
    elements: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    keeper: UUID | None = None
    review_by: date | None = None
    cleared: tuple[KnowledgeField, ...] = ()


@event("knowledge.retired")
class KnowledgeRetired(Content):
    """The item is not to be used any more; why stands in the envelope. It is found no more, and stays readable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What an item says from an instant on, until the next version; numbered in the order of their instants."""

    number: int
    since: datetime
    author: UUID | None
    title: str
    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """The state of an item; `captured_at` is None before it was captured. Its versions are in order, oldest first."""

    captured_at: datetime | None = None
    retired_at: datetime | None = None
    key: str | None = None
    strategy: UUID | None = None
    elements: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    keeper: UUID | None = None
    unit: UUID | None = None
    review_by: date | None = None
    versions: tuple[Version, ...] = ()

    @property
    def version(self) -> Version | None:
        """The version that counts; None before the first."""
        return self.versions[-1] if self.versions else None

    @property
    def standing(self) -> bool:
        """Whether it is there to be used."""
        return self.captured_at is not None and self.retired_at is None

    @property
    def person(self) -> UUID | None:
        """Whose it is: the keeper's."""
        return self.keeper

    def stale(self, today: date) -> bool:
        """Whether nobody looked at it by the day that was named: from the day after."""
        return self.standing and self.review_by is not None and self.review_by < today


@dataclass(eq=False)
class KnowledgeAlreadyCaptured(Refusal):
    """An item is captured once."""

    title: str
    where = "knowledge"
    rule = "this item was captured already, as {title!r}"
    way_out = "revise it, or capture another one under a key of its own"


@dataclass(eq=False)
class KnowledgeNotCaptured(Refusal):
    """Something was said about an item before it was captured."""

    act: str
    where = "at"
    rule = "the item had not been captured at that instant, so it cannot be {act}"
    way_out = "capture it first, or date this later"


@dataclass(eq=False)
class KnowledgeIsRetired(Refusal):
    """Something was said about an item that is not to be used any more."""

    act: str
    retired_at: datetime
    where = "at"
    rule = "the item was retired at {retired_at:%Y-%m-%d %H:%M:%S} UTC, so it is not {act}"
    way_out = "retract its retirement to let it stand again, or capture it anew"


@dataclass(eq=False)
class SaysNothing(Refusal):
    """An item without a title or a text."""

    field: str
    kind = RefusalKind.INVALID
    rule = "an item without a {field} is found by nobody"
    way_out = "say in the {field} what others can use"

    def __post_init__(self) -> None:
        self.where = self.field  # type: ignore[misc]  # title or text


@dataclass(eq=False)
class LanguageUnknown(Refusal):
    """A language that is no code."""

    language: str
    kind = RefusalKind.INVALID
    where = "language"
    rule = "{language!r} is no code of a language"
    way_out = "name the language by its code in two or three small letters (ISO 639), such as en or de"


@dataclass(eq=False)
class NothingRevised(Refusal):
    """A revision that says nothing."""

    kind = RefusalKind.INVALID
    where = "text"
    rule = "nothing of the item is said to be different"
    way_out = "give at least one field that is different, or clear one; a new day of review is something, too"


@dataclass(eq=False)
class RevisedAndCleared(Refusal):
    """A field that would be both there and gone."""

    field: str
    kind = RefusalKind.INVALID
    where = "cleared"
    rule = "{field} is given and cleared at once"
    way_out = "do one of the two"


@dataclass(eq=False)
class ElementsOfNoStrategy(Refusal):
    """Elements are named, and not of which strategy."""

    kind = RefusalKind.INVALID
    where = "strategy"
    rule = "it is not said of which strategy these are elements"
    way_out = "name the strategy when the item is captured, or no element"


def guard(state: Knowledge, fact: Fact) -> None:
    """Refuse a second capture, words on what is not there, and items that say nothing."""
    content = fact.content
    match content:
        case KnowledgeCaptured():
            if state.captured_at is not None:
                raise KnowledgeAlreadyCaptured(state.version.title if state.version else "")
            if content.elements and content.strategy is None:
                raise ElementsOfNoStrategy
        case _ if state.captured_at is None:
            raise KnowledgeNotCaptured(content.TOPIC.partition(".")[2])
        case _ if state.retired_at is not None:
            raise KnowledgeIsRetired(content.TOPIC.partition(".")[2], state.retired_at)
        case KnowledgeRevised():
            _be_a_revision(content)
            if content.elements and state.strategy is None:
                raise ElementsOfNoStrategy
        case _:
            pass
    if isinstance(content, (KnowledgeCaptured, KnowledgeRevised)):
        for field in ("title", "text"):
            said = getattr(content, field)
            if said is not None and not said.strip():
                raise SaysNothing(field)
        if content.language is not None and not LANGUAGE.fullmatch(content.language):
            raise LanguageUnknown(content.language)


def _be_a_revision(content: KnowledgeRevised) -> None:
    names = ("title", "text", "language", "elements", "stages", "roles", "keeper", "review_by")
    given = {name for name in names if getattr(content, name) not in {None, ()}}
    if not given and not content.cleared:
        raise NothingRevised
    for name in content.cleared:
        if name in given:
            raise RevisedAndCleared(name)


def evolve(state: Knowledge, fact: Fact) -> Knowledge:
    """The item once this fact is in its place."""
    match fact.content:
        case KnowledgeCaptured() as content:
            first = Version(
                number=1,
                since=fact.effective_at,
                author=fact.actor.person,
                title=content.title,
                text=content.text,
                language=content.language,
            )
            return Knowledge(
                captured_at=fact.effective_at,
                key=content.key,
                strategy=content.strategy,
                elements=content.elements,
                stages=content.stages,
                roles=content.roles,
                keeper=content.keeper,
                unit=content.unit,
                review_by=content.review_by,
                versions=(first,),
            )
        case KnowledgeRevised() as content:
            return _revised(state, content, fact)
        case KnowledgeRetired():
            return replace(state, retired_at=fact.effective_at)
        case _:
            return state


def _revised(state: Knowledge, content: KnowledgeRevised, fact: Fact) -> Knowledge:
    gone = content.cleared
    return replace(
        state,
        elements=() if "elements" in gone else content.elements or state.elements,
        stages=() if "stages" in gone else content.stages or state.stages,
        roles=() if "roles" in gone else content.roles or state.roles,
        keeper=None if "keeper" in gone else content.keeper or state.keeper,
        review_by=None if "review_by" in gone else content.review_by or state.review_by,
        versions=_versions(state, content, fact),
    )


def _versions(state: Knowledge, content: KnowledgeRevised, fact: Fact) -> tuple[Version, ...]:
    last = state.version
    if last is None:
        return state.versions
    title, text, language = (
        new if new is not None else old
        for new, old in ((content.title, last.title), (content.text, last.text), (content.language, last.language))
    )
    if (title, text, language) == (last.title, last.text, last.language):
        return state.versions
    new = Version(
        number=last.number + 1,
        since=fact.effective_at,
        author=fact.actor.person,
        title=title,
        text=text,
        language=language,
    )
    return (*state.versions, new)


KNOWLEDGE: Aggregate[Knowledge] = Aggregate(
    "knowledge", Knowledge(), (KnowledgeCaptured, KnowledgeRevised, KnowledgeRetired), guard, evolve
)
