"""Knowledge over HTTP: captured, revised, retired, found in an instant; needed and used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from adapters.http.person import concerned as concerned_person
from adapters.http.refusals import FieldsNotValid
from application.desk import UnknownReference
from application.permissions import About, NotPermitted
from application.searching import Extract
from domain.knowledge import KNOWLEDGE, LANGUAGE, Knowledge, Version
from domain.need import NEED, USE, FoundBy, Need, Use

LONGEST_QUERY = 200
TOGETHER = 200
"""How many items that were found are looked up at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionEntry:
    """That there is a version, and since when; its text is at `…/versions/{version}`."""

    number: int
    since: datetime
    author: UUID | None
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeAnswer:
    """One item as of a moment: what it said then, and its versions by then. `stale`: its day of review has passed."""

    id: UUID
    key: str | None
    title: str
    text: str
    language: str
    version: int
    versions: tuple[VersionEntry, ...]
    strategy: UUID | None
    elements: tuple[str, ...]
    stages: tuple[str, ...]
    roles: tuple[str, ...]
    keeper: UUID | None
    unit: UUID | None
    review_by: date | None
    stale: bool
    captured_at: datetime | None
    retired_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAnswer:
    """An item that was found. `marked_title` and `extract` are HTML, in which nothing but `<mark>` is markup."""

    id: UUID
    key: str | None
    title: str
    language: str
    version: int
    marked_title: str
    extract: str
    elements: tuple[str, ...]
    stages: tuple[str, ...]
    roles: tuple[str, ...]
    keeper: UUID | None
    review_by: date | None
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedAnswer:
    """What people in a role need to know at a stage."""

    id: UUID
    role: str
    stage: str
    what: str
    strategy: UUID | None
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UseAnswer:
    """One use of an item, by whom, and whether they did not know until then that it existed."""

    id: UUID
    knowledge: UUID | None
    person: UUID | None
    did_not_know: bool
    found_by: FoundBy | None
    used_at: datetime | None


def shaped(inquiry: Inquiry, id: UUID, state: Knowledge) -> KnowledgeAnswer:
    """An item's state as it is answered."""
    version = state.version
    return KnowledgeAnswer(
        id=id,
        key=state.key,
        title=version.title if version else "",
        text=version.text if version else "",
        language=version.language if version else "",
        version=version.number if version else 0,
        versions=tuple(
            VersionEntry(number=each.number, since=each.since, author=each.author, title=each.title)
            for each in state.versions
        ),
        strategy=state.strategy,
        elements=state.elements,
        stages=state.stages,
        roles=state.roles,
        keeper=state.keeper,
        unit=state.unit,
        review_by=state.review_by,
        stale=state.stale(inquiry.today),
        captured_at=state.captured_at,
        retired_at=state.retired_at,
    )


def concerned(inquiry: Inquiry, state: Knowledge) -> Callable[[], About]:
    """Whom an item is for: everybody, or those of its unit."""
    units = (state.unit,) if state.unit is not None else ()
    return lambda: inquiry.about(units=units, published=state.unit is None)


def _sees(inquiry: Inquiry, state: Knowledge) -> bool:
    return inquiry.sees(concerned(inquiry, state), "knowledge")


def listed(inquiry: Inquiry) -> Found:
    """Items that the caller may see and that are there to be used; with `retired=true` the others too."""
    strategy, retired = inquiry.named("strategy"), inquiry.arguments.get("retired") == "true"
    element, keeper = inquiry.arguments.get("element"), inquiry.named("person", "keeper")

    def shape(_: str, entry: tuple[UUID, Knowledge]) -> KnowledgeAnswer | None:
        id, state = entry
        if not (state.standing or retired) or (element is not None and element not in state.elements):
            return None
        return shaped(inquiry, id, state) if _sees(inquiry, state) else None

    states = inquiry.states(KNOWLEDGE, strategy=strategy, subject=keeper)
    asks = {"strategy": strategy, "element": element, "keeper": keeper, "retired": retired}
    return inquiry.page(((str(id), (id, state)) for id, state in states.items()), shape, asks)


def _own(inquiry: Inquiry) -> tuple[UUID, Knowledge, int | None]:
    id = inquiry.find("knowledge")
    state, version = inquiry.own(KNOWLEDGE, id)
    if not _sees(inquiry, state):
        raise NotPermitted("knowledge", inquiry.session.caller.name)
    return id, state, version


def shown(inquiry: Inquiry) -> Found:
    """One item. Without times it is the record's present resource, whose ETag goes into If-Match."""
    id, state, version = _own(inquiry)
    return Found(answer=shaped(inquiry, id, state), asks={"knowledge": id}, version=version)


def version_shown(inquiry: Inquiry) -> Found:
    """One version of an item, as it read; they are numbered in the order of the instants that they are of."""
    id, state, _ = _own(inquiry)
    text = inquiry.path["version"]
    number = int(text[:9]) if text.isascii() and text.isdigit() else 0
    found = next((each for each in state.versions if each.number == number), None)
    if found is None:
        raise UnknownReference("version", text[:80], "version")
    return Found(answer=found, asks={"knowledge": id, "version": number})


def searched(inquiry: Inquiry) -> Found:
    """The items that hold what is asked for as they stood at the moment, best first, as far as the caller may see them.

    `q` is written as for a search engine on the web: words, "a phrase", `or`, and `-` before what is not to be there.
    Words are taken by the rules of each item's language; with `language` only items in that one are searched.
    """
    query, language = _query(inquiry), _language(inquiry)
    search, organisation, moment = inquiry.services.search, inquiry.organisation, inquiry.asked.moment

    def shape(_: str, entry: tuple[UUID, Knowledge]) -> tuple[UUID, Knowledge] | None:
        return entry if _sees(inquiry, entry[1]) else None

    found = search.find(organisation, moment, query, language)
    page = inquiry.page(_looked_up(inquiry, found), shape, {"q": query, "language": language})
    entries: list[tuple[UUID, Knowledge]] = page.answer if isinstance(page.answer, list) else []
    extracts = search.extracts(organisation, moment, query, [id for id, _ in entries])
    return replace(page, answer=[_found(inquiry, id, state, extracts.get(id)) for id, state in entries])


def _looked_up(inquiry: Inquiry, found: list[UUID]) -> Iterator[tuple[str, tuple[UUID, Knowledge]]]:
    """What was found, in its order, which the cursors of pages go by too."""
    for first in range(0, len(found), TOGETHER):
        some = found[first : first + TOGETHER]
        states = inquiry.states(KNOWLEDGE, streams=some)
        for place, id in enumerate(some, first):
            if id in states:
                yield f"{place:09d}", (id, states[id])


def _found(inquiry: Inquiry, id: UUID, state: Knowledge, extract: Extract | None) -> FoundAnswer:
    version = state.version
    return FoundAnswer(
        id=id,
        key=state.key,
        title=version.title if version else "",
        language=version.language if version else "",
        version=version.number if version else 0,
        marked_title=extract.title if extract else "",
        extract=extract.text if extract else "",
        elements=state.elements,
        stages=state.stages,
        roles=state.roles,
        keeper=state.keeper,
        review_by=state.review_by,
        stale=state.stale(inquiry.today),
    )


def _query(inquiry: Inquiry) -> str:
    text = inquiry.arguments["q"]
    problem = None
    if len(text) > LONGEST_QUERY:
        problem = f"this has {len(text)} characters, more than {LONGEST_QUERY}"
    elif "\0" in text:
        problem = "this holds a NUL character, which no text can have"
    if problem is not None:
        raise FieldsNotValid("q", problem, {"q": problem})
    return text


def _language(inquiry: Inquiry) -> str | None:
    text = inquiry.arguments.get("language")
    if text is not None and not LANGUAGE.fullmatch(text):
        problem = "this has to be a language's code in two or three small letters, such as en"
        raise FieldsNotValid("language", problem, {"language": problem})
    return text


def needs_listed(inquiry: Inquiry) -> Found:
    """What is needed; with `ended=true` what is not any more, too."""
    strategy, ended = inquiry.named("strategy"), inquiry.arguments.get("ended") == "true"

    def shape(_: str, entry: tuple[UUID, Need]) -> NeedAnswer | None:
        id, state = entry
        if not (state.standing or ended) or not inquiry.sees(inquiry.about):
            return None
        return NeedAnswer(
            id=id,
            role=state.role,
            stage=state.stage,
            what=state.what,
            strategy=state.strategy,
            since=state.since,
            until=state.until,
        )

    entries = ((str(id), (id, state)) for id, state in inquiry.states(NEED, strategy=strategy).items())
    return inquiry.page(entries, shape, {"strategy": strategy, "ended": ended})


def uses_listed(inquiry: Inquiry) -> Found:
    """Uses that the caller may see: the own ones, those of people they lead, all of them for who governs."""
    person, item = inquiry.named("person"), inquiry.named("knowledge")

    def shape(_: str, entry: tuple[UUID, Use]) -> UseAnswer | None:
        id, state = entry
        if state.person is None or (item is not None and state.knowledge != item):
            return None
        if not inquiry.sees(concerned_person(inquiry, state.person)):
            return None
        return UseAnswer(
            id=id,
            knowledge=state.knowledge,
            person=state.person,
            did_not_know=state.did_not_know,
            found_by=state.found_by,
            used_at=state.used_at,
        )

    entries = ((str(id), (id, state)) for id, state in inquiry.states(USE, subject=person).items())
    page = inquiry.page(entries, shape, {"person": person, "knowledge": item})
    answers = page.answer if isinstance(page.answer, list) else []
    return replace(page, names=frozenset(each.person for each in answers))


YES_OR_NO = {"type": "string", "enum": ["true", "false"]}
STRATEGY = Argument(name="strategy", meaning="Only those for this strategy, by key or id.")


def _on(sub_resource: str, topic: str) -> Act:
    path = f"knowledge/<path:knowledge>/{sub_resource}"
    return Act(path=path, topic=topic, leads_to="knowledge/{id}", changes=True)


KNOWLEDGE_AT_HAND = Noun(
    name="knowledge",
    description="Know-how that was captured, is found in an instant, is needed and used.",
    acts=(
        Act(path="knowledge", topic="knowledge.captured", leads_to="knowledge/{id}"),
        _on("revisions", "knowledge.revised"),
        _on("retirements", "knowledge.retired"),
        Act(path="knowledge/<path:knowledge>/uses", topic="knowledge.used", leads_to="knowledge-uses"),
        Act(path="knowledge-needs", topic="knowledge.needed", leads_to="knowledge-needs"),
        Act(path="knowledge-needs/<need>/endings", topic="knowledge.need_ended", leads_to="knowledge-needs"),
        Act(path="knowledge-times", topic="knowledge.time_stated", leads_to="alignment/knowledge"),
    ),
    asks=(
        Ask(
            path="knowledge",
            view="knowledge",
            find=listed,
            title="List what was captured.",
            answers=list[KnowledgeAnswer],
            pages=True,
            arguments=(
                STRATEGY,
                Argument(name="element", meaning="Only those tied to this element, by its id."),
                Argument(name="keeper", meaning="Only those that this person keeps, by key or id."),
                Argument(name="retired", meaning="Whether to list what was retired, too.", schema=YES_OR_NO),
            ),
        ),
        Ask(
            path="knowledge/search",
            view="knowledge",
            find=searched,
            title="Find knowledge by its words.",
            answers=list[FoundAnswer],
            pages=True,
            arguments=(
                Argument(name="q", meaning='What is looked for: words, "a phrase", or, -without.', required=True),
                Argument(
                    name="language",
                    meaning="Only items in this language, by its code (ISO 639).",
                    schema={"type": "string", "pattern": "^[a-z]{2,3}$"},
                ),
            ),
        ),
        Ask(
            path="knowledge/<path:knowledge>",
            view="knowledge",
            find=shown,
            title="Show an item.",
            answers=KnowledgeAnswer,
        ),
        Ask(
            path="knowledge/<path:knowledge>/versions/<version>",
            view="knowledge",
            find=version_shown,
            title="Show a version of an item.",
            answers=Version,
        ),
        Ask(
            path="knowledge-needs",
            view="knowledge",
            find=needs_listed,
            title="List what is needed.",
            answers=list[NeedAnswer],
            pages=True,
            arguments=(STRATEGY, Argument(name="ended", meaning="Whether to list ended needs, too.", schema=YES_OR_NO)),
        ),
        Ask(
            path="knowledge-uses",
            view="knowledge-use",
            find=uses_listed,
            title="List who used what.",
            answers=list[UseAnswer],
            pages=True,
            arguments=(
                Argument(name="person", meaning="Only those of this person, by key or id."),
                Argument(name="knowledge", meaning="Only those of this item, by key or id."),
            ),
        ),
    ),
)
