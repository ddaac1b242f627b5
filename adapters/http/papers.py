"""Which elements of a strategy a question is about: those of the revision in force, before the first those drafted."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from adapters.http.asks import Argument, Inquiry
from adapters.http.refusals import NotOnRecordThen
from application.permissions import About
from domain.element import Element
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
    drafts = inquiry.sees(lambda: About(published=False, strategy=id), "draft")
    return Paper(id=id, state=state, revision=None, elements=state.draft.elements if drafts else ())
