"""Strategies over HTTP: drafted, revised element by element, submitted, published, retired; and how two differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from adapters.http.papers import draft_about, sees_draft
from adapters.http.refusals import FieldsNotValid
from application.desk import UnknownReference
from application.permissions import NotPermitted
from domain.accountability import Tenures
from domain.draft_check import Objection
from domain.element import Element, ElementChange, diff
from domain.exception import Exceptions
from domain.strategy import STRATEGY, Strategy, in_force, open_objections


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionAnswer:
    """A published revision. Its hash stands for ever for the elements that it carries."""

    revision: int
    material: bool
    published_at: datetime
    in_force_from: datetime
    published_by: UUID | None
    content_hash: str
    touches: tuple[str, ...]
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftElement:
    """An element of the draft; `version` is what its next revision is based on."""

    version: int
    element: Element


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAnswer:
    """The draft as of a moment, for those who may see drafts."""

    elements: tuple[DraftElement, ...]
    authors: tuple[UUID, ...]
    submitted_at: datetime | None
    open_objections: tuple[Objection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyAnswer:
    """A strategy as of a moment. `draft` is None for who may not see drafts."""

    id: UUID
    key: str | None
    title: str
    scale: str | None
    drafted_at: datetime | None
    in_force: RevisionAnswer | None
    revisions: tuple[int, ...]
    accountable: dict[str, Tenures]
    exceptions: Exceptions
    retired_at: datetime | None
    successor: UUID | None
    draft: DraftAnswer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceAnswer:
    """What differs between two drafts or revisions, element by element."""

    elements: tuple[ElementChange, ...]


def shaped(id: UUID, state: Strategy, at: datetime, *, with_draft: bool) -> StrategyAnswer:
    """A strategy's state as it is answered."""
    current = in_force(state, at)
    revision = revision_of(state, current.revision) if current is not None else None
    return StrategyAnswer(
        id=id,
        key=state.key,
        title=state.title,
        scale=state.scale,
        drafted_at=state.drafted_at,
        in_force=revision,
        revisions=tuple(each.revision for each in state.publications),
        accountable=dict(state.accountable),
        exceptions=state.exceptions if with_draft else (),
        retired_at=state.retired_at,
        successor=state.successor,
        draft=draft_of(state, at) if with_draft else None,
    )


def draft_of(state: Strategy, at: datetime) -> DraftAnswer:
    """The draft as it is answered."""
    draft = state.draft
    return DraftAnswer(
        elements=tuple(DraftElement(version=draft.versions.get(each.id, 0), element=each) for each in draft.elements),
        authors=draft.authors,
        submitted_at=draft.submitted_at,
        open_objections=open_objections(state, at),
    )


def revision_of(state: Strategy, number: int) -> RevisionAnswer | None:
    """A published revision as it is answered."""
    for each in state.publications:
        if each.revision == number:
            return RevisionAnswer(
                revision=each.revision,
                material=each.material,
                published_at=each.published_at,
                in_force_from=each.in_force_from,
                published_by=each.published_by,
                content_hash=each.content_hash,
                touches=each.touches,
                elements=each.elements,
            )
    return None


def listed(inquiry: Inquiry) -> Found:
    """Strategies: published ones to every member, drafts to those who draft and those who govern."""
    at = inquiry.asked.valid_at

    def shape(_: str, entry: tuple[UUID, Strategy]) -> StrategyAnswer | None:
        id, state = entry
        seen = inquiry.sees(lambda: draft_about(inquiry, id, published=bool(state.publications)))
        return shaped(id, state, at, with_draft=sees_draft(inquiry, id)) if seen else None

    return inquiry.page(((str(id), (id, state)) for id, state in inquiry.states(STRATEGY).items()), shape)


def _own(inquiry: Inquiry) -> tuple[UUID, Strategy, int | None]:
    id = inquiry.find("strategy")
    state, version = inquiry.own(STRATEGY, id)
    if not inquiry.sees(lambda: draft_about(inquiry, id, published=bool(state.publications))):
        raise NotPermitted("strategy", inquiry.session.caller.name)
    return id, state, version


def shown(inquiry: Inquiry) -> Found:
    """One strategy. Without times it is the record's present resource, whose ETag goes into If-Match."""
    id, state, version = _own(inquiry)
    answer = shaped(id, state, inquiry.asked.valid_at, with_draft=sees_draft(inquiry, id))
    return Found(answer=answer, asks={"strategy": id}, version=version)


def element_shown(inquiry: Inquiry) -> Found:
    """One element of the draft. Without times its ETag is the element's own: it goes into If-Match of its revision."""
    inquiry.check(draft_about(inquiry, inquiry.find("strategy")))
    id, state, version = _own(inquiry)
    name = inquiry.path["element"]
    found = state.draft.element(name)
    if found is None:
        raise UnknownReference("element", name, "element")
    own = state.draft.versions.get(name, 0)
    return Found(
        answer=DraftElement(version=own, element=found),
        asks={"strategy": id, "element": name},
        version=own if version is not None else None,
    )


def revision_shown(inquiry: Inquiry) -> Found:
    """One published revision, as it will always be."""
    id, state, _ = _own(inquiry)
    number = _number(inquiry.path["revision"])
    found = revision_of(state, number) if number is not None else None
    if found is None:
        raise UnknownReference("revision", inquiry.path["revision"], "revision")
    return Found(answer=found, asks={"strategy": id, "revision": number})


def differences(inquiry: Inquiry) -> Found:
    """What differs, element by element, between two revisions, or a revision and the draft (`draft`)."""
    id, state, _ = _own(inquiry)
    before, after = (_document(inquiry, id, state, name) for name in ("from", "to"))
    asks = {"strategy": id, "from": inquiry.arguments["from"], "to": inquiry.arguments["to"]}
    return Found(answer=DifferenceAnswer(elements=diff(before, after)), asks=asks)


def _document(inquiry: Inquiry, id: UUID, state: Strategy, name: str) -> tuple[Element, ...]:
    text = inquiry.arguments[name]
    if text == "draft":
        inquiry.check(draft_about(inquiry, id), "draft")
        return state.draft.elements
    number = _number(text)
    if number is None:
        problem = "this has to be the number of a revision, or draft"
        raise FieldsNotValid(name, problem, {name: problem})
    found = revision_of(state, number)
    if found is None:
        raise UnknownReference("revision", text, name)
    return found.elements


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _on(sub_resource: str, topic: str) -> Act:
    return Act(path=f"strategies/<path:strategy>/{sub_resource}", topic=topic, leads_to="strategies/{id}", changes=True)


STRATEGIES = Noun(
    name="strategies",
    description="Documents made of typed elements, drafted together and published as numbered revisions.",
    acts=(
        Act(path="strategies", topic="strategy.drafted", leads_to="strategies/{id}"),
        Act(
            path="strategies/<path:strategy>/elements",
            topic="strategy.revised",
            id="element",
            leads_to="strategies/{strategy}/elements/{id}",
            version_into="based_on",
            title="Add an element to the draft.",
        ),
        Act(
            path="strategies/<path:strategy>/elements/<path:element>/revisions",
            topic="strategy.revised",
            id="element",
            leads_to="strategies/{strategy}/elements/{id}",
            changes=True,
            version_into="based_on",
            title="Restate or remove an element of the draft.",
        ),
        _on("submissions", "strategy.submitted"),
        _on("publications", "strategy.published"),
        _on("retirements", "strategy.retired"),
        _on("exceptions", "exception.approved"),
        Act(
            path="strategies/<path:strategy>/exceptions/<path:exception>/endings",
            topic="exception.ended",
            leads_to="strategies/{id}",
            changes=True,
        ),
        Act(
            path="strategies/<path:strategy>/accountabilities",
            topic="accountable.named",
            leads_to="strategies/{strategy}",
            changes=True,
            title="Say who answers for an element of a strategy, for a goal under it, or for a gap.",
        ),
    ),
    asks=(
        Ask(
            path="strategies",
            view="strategy",
            find=listed,
            title="List strategies.",
            answers=list[StrategyAnswer],
            pages=True,
        ),
        Ask(
            path="strategies/<path:strategy>",
            view="strategy",
            find=shown,
            title="Show a strategy.",
            answers=StrategyAnswer,
        ),
        Ask(
            path="strategies/<path:strategy>/elements/<path:element>",
            view="draft",
            find=element_shown,
            title="Show an element of the draft.",
            answers=DraftElement,
        ),
        Ask(
            path="strategies/<path:strategy>/revisions/<revision>",
            view="strategy",
            find=revision_shown,
            title="Show a published revision.",
            answers=RevisionAnswer,
        ),
        Ask(
            path="strategies/<path:strategy>/differences",
            view="strategy",
            find=differences,
            title="Compare two revisions, or a revision with the draft.",
            answers=DifferenceAnswer,
            arguments=(
                Argument(name="from", meaning="The number of a revision, or draft.", required=True),
                Argument(name="to", meaning="The number of a revision, or draft.", required=True),
            ),
        ),
    ),
)
