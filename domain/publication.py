"""A publication: a numbered revision of a strategy, with all elements, their hash and what it touches, for ever.

A *material* one makes stale what refers to the elements it touches; an *editorial* one nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.draft_check import Objection
from domain.element import Element, content_hash, diff
from domain.kernel import Content, Refusal, RefusalKind, event


@event("strategy.published", schema=2)
class StrategyPublished(Content):
    """Revision number `revision` of the strategy was published: these elements, in the draft's order.

    It supersedes from `in_force_from` on; unstated, from its own instant. `touches` are the ids, in order, of the
    elements that differ from the revision before, all of them for the first.
    """

    revision: int
    material: bool
    in_force_from: datetime | None = None
    elements: tuple[Element, ...]
    content_hash: str
    touches: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A revision as it was published.

    `unmet` are the objections that stood against it, and `submitted` says whether it was handed over first: only of an
    imported one can either be amiss. `authors` worked on its draft, which was handed over at `submitted_at`.
    """

    revision: int
    material: bool
    published_at: datetime
    in_force_from: datetime
    published_by: UUID | None
    elements: tuple[Element, ...]
    content_hash: str
    touches: tuple[str, ...]
    submitted: bool
    unmet: tuple[Objection, ...] = ()
    authors: tuple[UUID, ...] = ()
    submitted_at: datetime | None = None

    def touched(self, element: str | None) -> bool:
        """Whether it makes stale what refers to this element, or (None) to the whole strategy."""
        return self.material and (element is None or element in self.touches)


Publications = tuple[Publication, ...]


@dataclass(eq=False)
class RevisionAlreadyPublished(Refusal):
    """Each number is published once."""

    revision: int
    next: int
    where = "revision"
    rule = "revision {revision} was published already"
    way_out = "read what it says; if there is still something to publish, publish it as revision {next}"


@dataclass(eq=False)
class RevisionSkipped(Refusal):
    """Revisions are numbered 1, 2, 3 … without a gap."""

    revision: int
    next: int
    where = "revision"
    rule = "revision {revision} cannot be published before revision {next}"
    way_out = "publish revision {next} first"


@dataclass(eq=False)
class InForceBeforePublication(Refusal):
    """A revision cannot have been in force before it existed."""

    in_force_from: datetime
    kind = RefusalKind.INVALID
    where = "in_force_from"
    rule = "a revision cannot be in force from {in_force_from:%Y-%m-%d %H:%M} on, before it is published"
    way_out = "let it be in force from the day of its publication, or from a later one, on"


@dataclass(eq=False)
class InForceNotLater(Refusal):
    """A revision supersedes the one before, so it comes into force after it."""

    revision: int
    before: datetime
    where = "in_force_from"
    rule = "the revision before is in force from {before:%Y-%m-%d %H:%M} on, and revision {revision} must be so later"
    way_out = "let it be in force from a later instant on"


@dataclass(eq=False)
class NotTheDraft(Refusal):
    """What is published is the draft as it stands at that instant."""

    elements: tuple[str, ...]
    where = "elements"
    rule = "the draft at that instant says something else about: {named}"
    way_out = "read the draft as it stands, and publish that"

    def __post_init__(self) -> None:
        self.named = ", ".join(self.elements) or "the order of its elements"


@dataclass(eq=False)
class ContentHashWrong(Refusal):
    """A hash that is not that of the elements."""

    content_hash: str
    right: str
    kind = RefusalKind.INVALID
    where = "content_hash"
    rule = "{content_hash} is not the hash of these elements"
    way_out = "it is {right}"


@dataclass(eq=False)
class TouchesWrong(Refusal):
    """A publication that names other elements as touched than those which differ."""

    touches: tuple[str, ...]
    right: tuple[str, ...]
    kind = RefusalKind.INVALID
    where = "touches"
    rule = "the elements that differ from the revision before are others than {touches}"
    way_out = "they are {right}"


@dataclass(eq=False)
class NeverEditorial(Refusal):
    """A change to a criterion, target, date or bet is never editorial."""

    revision: int
    elements: tuple[str, ...]
    where = "material"
    rule = "revision {revision} changes a criterion, target, date or bet ({named}), which is never editorial"
    way_out = "publish it as material, or take those changes out of the draft"

    def __post_init__(self) -> None:
        self.named = ", ".join(self.elements)


@dataclass(eq=False)
class NothingToPublish(Refusal):
    """A strategy that says nothing."""

    where = "strategy"
    rule = "the draft has no elements"
    way_out = "add what the strategy says to the draft first"


@dataclass(eq=False)
class NothingChanged(Refusal):
    """A revision that says what the one before it said."""

    revision: int
    where = "strategy"
    rule = "the draft says what revision {revision} says already"
    way_out = "revise the draft first; there is nothing to publish"


@dataclass(eq=False)
class NotSubmitted(Refusal):
    """A draft is handed over before it is published, so that nobody publishes what is still being written."""

    where = "strategy"
    rule = "the draft was not submitted since it was last revised"
    way_out = "submit it, then publish"


@dataclass(eq=False)
class OpenObjections(Refusal):
    """The draft check objects, and no exception covers it."""

    objections: tuple[Objection, ...]
    where = "strategy"
    rule = "the draft check objects: {named}"
    way_out = "mend these elements, or have an exception approved by somebody who did not work on the draft"

    def __post_init__(self) -> None:
        self.named = ", ".join(f"{each.element} is {each.name}" for each in self.objections)


def refuse_number_and_dates(publications: Publications, content: StrategyPublished, at: datetime) -> None:
    """Refuse a number out of its turn, and an entry into force that is not later than the one before."""
    last = publications[-1] if publications else None
    following = last.revision + 1 if last else 1
    if content.revision < following:
        raise RevisionAlreadyPublished(content.revision, following)
    if content.revision > following:
        raise RevisionSkipped(content.revision, following)
    if content.in_force_from is not None and content.in_force_from < at:
        raise InForceBeforePublication(content.in_force_from)
    if last and (content.in_force_from or at) <= last.in_force_from:
        raise InForceNotLater(content.revision, last.in_force_from)


def refuse_document(publications: Publications, draft: tuple[Element, ...], content: StrategyPublished) -> None:
    """Refuse a document that is not the draft's, does not agree with itself, or is editorial where it cannot be."""
    if content.elements != draft:
        raise NotTheDraft(tuple(each.element for each in diff(draft, content.elements)))
    if content.content_hash != content_hash(content.elements):
        raise ContentHashWrong(content.content_hash, content_hash(content.elements))
    changes = diff(publications[-1].elements if publications else (), content.elements)
    touched = tuple(each.element for each in changes)
    if content.touches != touched:
        raise TouchesWrong(content.touches, touched)
    binding = tuple(each.element for each in changes if each.never_editorial)
    if not content.material and binding:
        raise NeverEditorial(content.revision, binding)


def material_after(
    publications: Publications, revision: int | None, element: str | None, at: datetime
) -> Publication | None:
    """The first material revision, in force by then, that makes stale what was bound to `revision`.

    What refers to one `element` becomes stale when that is touched; None stands for the whole strategy. A statement
    from before the first publication is bound to none, and stale from the first material revision on.
    """
    bound, about = revision or 0, element if revision else None
    later = (each for each in publications if each.revision > bound and each.in_force_from <= at)
    return next((each for each in later if each.touched(about)), None)
