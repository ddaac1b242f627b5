"""Which elements of a strategy a question is about: those of the revision in force, before the first those drafted."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from adapters.http.asks import Argument, Inquiry
from adapters.http.refusals import NotOnRecordThen
from application.permissions import About
from domain.element import Element
from domain.shaping import SHAPING
from domain.strategy import STRATEGY, Strategy, in_force

STRATEGY_ARGUMENT = Argument(name="strategy", meaning="The strategy, by key or id.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A strategy as of the moment, and its elements; `revision` is None where they are those of the draft."""

    id: UUID
    state: Strategy
    revision: int | None
    elements: tuple[Element, ...]


def paper_of(inquiry: Inquiry) -> Paper:
    """What the strategy that is asked about says at the moment, to this caller.

    Before it was published its draft is shown to who may see drafts. Raises NotPermitted, UnknownReference and
    NotOnRecordThen.
    """
    name = inquiry.arguments.get("strategy") or inquiry.path["strategy"]
    id = inquiry.desk.find("strategy", name, "strategy")
    state = inquiry.states(STRATEGY, streams=[id]).get(id)
    published = state is not None and bool(state.publications)
    inquiry.check(About(published=published, strategy=id))
    if state is None:
        raise NotOnRecordThen("strategy", name, "valid_at")
    current = in_force(state, inquiry.asked.valid_at)
    if current is not None:
        return Paper(id=id, state=state, revision=current.revision, elements=current.elements)
    drafts = sees_draft(inquiry, id)
    return Paper(id=id, state=state, revision=None, elements=state.draft.elements if drafts else ())


def draft_about(inquiry: Inquiry, id: UUID, *, published: bool = False) -> About:
    """What a strategy is about: while its draft is open for shaping, every member shares in it."""
    opening = inquiry.states(SHAPING, streams=[inquiry.desk.derived("shaping", id)])
    is_open = any(each.is_open(inquiry.today) for each in opening.values())
    return About(published=published, shared=is_open, strategy=id)


def sees_draft(inquiry: Inquiry, id: UUID) -> bool:
    """Whether the caller may see what a strategy's draft says."""
    return inquiry.sees(lambda: draft_about(inquiry, id), "draft")


class ElementsShown:
    """What the caller is told of elements that an answer names: of what stands in the draft alone, only who sees it."""

    def __init__(self, inquiry: Inquiry, strategy: UUID) -> None:
        published = inquiry.desk.strategy_whenever(strategy).publications
        self._every = sees_draft(inquiry, strategy)
        self._said = {(each.id, each.text) for publication in published for each in publication.elements}
        self._ids = {id for id, _ in self._said}

    def lists(self, id: str) -> bool:
        """Whether the caller is told that there is such an element."""
        return self._every or id in self._ids

    def text(self, id: str, text: str) -> str:
        """What the element says; empty where it does so in the draft alone."""
        return text if self._every or (id, text) in self._said else ""
