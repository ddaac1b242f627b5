"""The draft of a strategy: its elements as they stand before they are published, revised one by one.

Two people may work on it at once, each on elements of their own; on one and the same element the second is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from domain.element import CLIENT_PROFILE, Element
from domain.kernel import Actor, Content, Refusal, RefusalKind, event
from domain.temporal import Fact

KIND = re.compile(r"[a-z][a-z0-9]*([ _-][a-z0-9]+)*")


@event("strategy.revised", schema=2)
class StrategyRevised(Content):
    """An element of the draft is this from here on, or was removed.

    All that it says is restated. `based_on` is the version of the last fact about the element that its author saw, 0
    for none; unstated, nothing is asked.
    """

    element: str
    kind: str | None = None
    text: str | None = None
    supports: tuple[str, ...] = ()
    removed: bool = False
    measure: str | None = None
    method: str | None = None
    source: str | None = None
    baseline: str | None = None
    target: str | None = None
    due: date | None = None
    horizon: date | None = None
    rank: int | None = None
    based_on: int | None = None
    edge: str | None = None
    apart_from: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    seen_as: str | None = None


@event("strategy.submitted")
class StrategySubmitted(Content):
    """The draft, as it stands, was handed over to be published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The draft at an instant: its elements in the order they came, and who worked on it since the last publication.

    `versions` names for each element that ever was the version of the last fact about it. `submitted_at` is None again
    once something was revised or published.
    """

    elements: tuple[Element, ...] = ()
    versions: Mapping[str, int] = field(default_factory=dict[str, int])
    authors: tuple[UUID, ...] = ()
    submitted_at: datetime | None = None

    def element(self, id: str) -> Element | None:
        """The element, or None where the draft has none of that id."""
        return next((each for each in self.elements if each.id == id), None)


@dataclass(eq=False)
class ConcurrentEdit(Refusal):
    """Somebody else revised the element since its author saw it."""

    element: str
    based_on: int
    version: int
    where = "based_on"
    rule = "this is based on version {based_on} of element {element}, which stands at version {version} by now"
    way_out = "read the draft again, bring both together, and revise it based on version {version}"


@dataclass(eq=False)
class ElementAlreadyThere(Refusal):
    """An element is added under an id that another one of the draft has; its words would be lost."""

    element: str
    version: int
    kind = RefusalKind.CONFLICT
    where = "element"
    rule = "the draft has an element {element} already, which stands at version {version}"
    way_out = "choose another id, or revise that element based on version {version}"


@dataclass(eq=False)
class ElementUnknown(Refusal):
    """Something is said about an element that the strategy does not have at that instant."""

    element: str
    kind = RefusalKind.UNKNOWN
    where = "element"
    rule = "the strategy has no element {element} at that instant"
    way_out = "name an element by its id, or add it to the draft first"


@dataclass(eq=False)
class ElementIncomplete(Refusal):
    """An element without an id, a kind or a text."""

    element: str
    missing: str
    kind = RefusalKind.INVALID
    rule = "element {element!r} lacks its {missing}"
    way_out = "state id, kind and text of the element; to take it out of the draft, say that it is removed"

    def __post_init__(self) -> None:
        first = self.missing.partition(",")[0]
        self.where = "element" if first == "id" else first  # type: ignore[misc]  # whichever is missing


@dataclass(eq=False)
class ElementKindMalformed(Refusal):
    """A kind that is no plain lower-case token."""

    element: str
    name: str
    kind = RefusalKind.INVALID
    where = "kind"
    rule = "{name!r} is no kind of element"
    way_out = "name the kind in lower-case letters and digits, such as success_criterion"


@dataclass(eq=False)
class SupportsUnknownElement(Refusal):
    """An element said to serve one that is not in the draft."""

    element: str
    supports: str
    kind = RefusalKind.UNKNOWN
    where = "supports"
    rule = "element {element} cannot support {supports}, which is not in the draft at that instant"
    way_out = "add {supports} first, or leave it out"


@dataclass(eq=False)
class ProfileUnknown(Refusal):
    """An element meant for clients whom no profile in the draft describes."""

    element: str
    profile: str
    kind = RefusalKind.UNKNOWN
    where = "profiles"
    rule = "element {element} names {profile}, which is no client profile in the draft at that instant"
    way_out = "write {profile} as an element of kind client_profile first, or leave it out"


@dataclass(eq=False)
class ElementSupportsItself(Refusal):
    """An element that would serve itself, directly or through others."""

    element: str
    supports: str
    where = "supports"
    rule = "element {element} cannot support {supports}, which itself rests on {element}"
    way_out = "decide which of the two serves the other"


@dataclass(eq=False)
class AlreadySubmitted(Refusal):
    """A draft handed over twice without a change between."""

    where = "at"
    rule = "this draft was submitted already and has not been revised since"
    way_out = "publish it, or revise it first"


def named_kind(kind: str) -> str:
    """The kind as it is kept: a big bet, big-bet or big_bet is one kind."""
    return re.sub(r"[ -]", "_", kind)


def element_of(revised: StrategyRevised) -> Element:
    """The element as this revision states it."""
    return Element(
        id=revised.element,
        kind=named_kind(revised.kind or ""),
        text=revised.text or "",
        supports=tuple(sorted(set(revised.supports))),
        measure=revised.measure,
        method=revised.method,
        source=revised.source,
        baseline=revised.baseline,
        target=revised.target,
        due=revised.due,
        horizon=revised.horizon,
        rank=revised.rank,
        edge=revised.edge,
        apart_from=tuple(dict.fromkeys(revised.apart_from)),
        profiles=tuple(sorted(set(revised.profiles))),
        seen_as=revised.seen_as,
    )


def refuse_revision(draft: Draft, revised: StrategyRevised) -> None:
    """Refuse what cannot become of an element of this draft."""
    element, version = revised.element, draft.versions.get(revised.element, 0)
    if revised.based_on and not version:
        raise ElementUnknown(element)
    if revised.based_on == 0 and not revised.removed:
        if draft.element(element) is not None:
            raise ElementAlreadyThere(element, version)
    elif revised.based_on is not None and revised.based_on != version:
        raise ConcurrentEdit(element, revised.based_on, version)
    if revised.removed:
        if draft.element(element) is None:
            raise ElementUnknown(element)
        return
    said = {"id": element, "kind": revised.kind, "text": revised.text}
    missing = ", ".join(name for name, value in said.items() if not (value or "").strip())
    if missing:
        raise ElementIncomplete(element, missing)
    if not KIND.fullmatch(revised.kind or ""):
        raise ElementKindMalformed(element, revised.kind or "")
    for supported in revised.supports:
        if supported != element and draft.element(supported) is None:
            raise SupportsUnknownElement(element, supported)
        if element in _rests_on(draft, supported):
            raise ElementSupportsItself(element, supported)
    for profile in revised.profiles:
        described = draft.element(profile)
        if described is None or described.kind != CLIENT_PROFILE:
            raise ProfileUnknown(element, profile)


def _rests_on(draft: Draft, id: str) -> set[str]:
    """The element and all that it supports, directly or through others."""
    reached, ahead = set[str](), [id]
    while ahead:
        each = ahead.pop()
        if each not in reached:
            reached.add(each)
            found = draft.element(each)
            ahead.extend(found.supports if found else ())
    return reached


def revise(draft: Draft, revised: StrategyRevised, fact: Fact) -> Draft:
    """The draft once the element is as revised. One that was there keeps its place in the order."""
    element = element_of(revised)
    if revised.removed:
        elements = tuple(each for each in draft.elements if each.id != element.id)
    elif draft.element(element.id):
        elements = tuple(element if each.id == element.id else each for each in draft.elements)
    else:
        elements = (*draft.elements, element)
    return replace(
        draft,
        elements=elements,
        versions={**draft.versions, element.id: fact.version},
        authors=with_authors(draft.authors, fact.actor),
        submitted_at=None,
    )


def with_authors(authors: tuple[UUID, ...], actor: Actor) -> tuple[UUID, ...]:
    """The authors once this actor worked on it too, and whoever they acted for."""
    for_whom = actor.on_behalf_of.id if actor.on_behalf_of and actor.on_behalf_of.kind == "person" else None
    return (*authors, *(who for who in (actor.person, for_whom) if who and who not in authors))
