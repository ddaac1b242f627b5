"""Whether knowledge is at hand, over HTTP: per element, role and stage; how it is used; what it saves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from adapters.http.alignment import STRATEGY_ARGUMENT, concerned_by, strategy_of
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.knowledge import concerned
from adapters.http.noun import Noun
from adapters.http.opened import Opened, opened
from adapters.http.papers import ElementsShown
from adapters.http.person import concerned as concerned_person
from adapters.http.refusals import NotOnRecordThen
from domain.at_hand import cells, of_elements, stale, unkept, used
from domain.knowledge import KNOWLEDGE
from domain.need import NEED, USE, FoundBy
from domain.scope import Scope
from domain.search_time import SEARCH_TIME, Saved, SearchTime, saved_by, tells_of_nobody
from domain.strategy import STRATEGY


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementItems:
    """The items that stand and are tied to an element of the strategy."""

    element: str
    kind: str
    text: str
    in_force: bool
    items: Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class CellAnswer:
    """What a role needs at a stage, and the items that name both. `hole`: it is needed, and there is none."""

    role: str
    stage: str
    of_enrolment: bool
    needed: tuple[str, ...]
    needs: tuple[UUID, ...]
    items: Opened
    hole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UsesAnswer:
    """How items were used: how often, by how many people, how found; and what they had not known to exist.

    `percent` is the share of `did_not_know` in `uses`; null where nothing was used. `without_effect` are uses of
    what was not there by then, or by people who were not.
    """

    uses: Opened
    people: int
    did_not_know: Opened
    percent: str | None
    found_by: Mapping[FoundBy, int]
    without_effect: Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAnswer:
    """What people saved, in hours a week: the first statement of each less their latest.

    `n` are those who stated both, of the `stated` who stated anything; `baseline`, `latest` and `mean` are means over
    the n, and null where n is 0; `total` is what they save together. All are null where they would tell what one person
    stated whom the caller may not see: of that one, or of the whole where it is one team's less the others'.
    """

    unit: UUID | None
    stated: Opened
    n: int
    baseline: str | None
    latest: str | None
    mean: str | None
    total: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTimeAnswer:
    """What was stated of a unit, on average: the baseline, the latest, and their difference once there are two."""

    unit: UUID
    role: str | None
    of_people: int | None
    baseline: str
    latest: str
    saved: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeAtHandAnswer:
    """Whether knowledge is at hand for a strategy: what there is, what is missing, how it is used, what time it saves.

    Items count that are for this strategy or for none. People count where their home is; `teams` are homes with
    somebody who stated something, `together` are all people of the scope.
    """

    strategy: UUID
    unit: UUID | None
    items: Opened
    elements: tuple[ElementItems, ...]
    needs: tuple[CellAnswer, ...]
    cells: int
    holes: int
    used: UsesAnswer
    together: SavedAnswer
    teams: tuple[SavedAnswer, ...]
    stated_of_units: tuple[UnitTimeAnswer, ...]
    stale: Opened
    unkept: Opened


def _text(amount: Decimal | None) -> str | None:
    return format(amount, "f") if amount is not None else None


def _saved(unit: UUID | None, found: Saved, sees: Callable[[UUID], bool], parts: Iterable[Saved] = ()) -> SavedAnswer:
    told = tells_of_nobody((found, *parts), sees)
    return SavedAnswer(
        unit=unit,
        stated=opened(found.stated, sees),
        n=found.n,
        baseline=_text(found.baseline) if told else None,
        latest=_text(found.latest) if told else None,
        mean=_text(found.mean) if told else None,
        total=_text(found.total) if told else None,
    )


def at_hand(inquiry: Inquiry) -> Found:
    """Whether knowledge is at hand: items per element, needs per role and stage with their holes, uses and stale items.

    And how much time is saved: in hours a person and week, against what each stated first, team by team.
    """
    strategy, unit = strategy_of(inquiry), inquiry.named("unit")
    scope = Scope(unit=unit)
    inquiry.check(concerned_by(inquiry, strategy, scope))
    state = inquiry.states(STRATEGY, streams=[strategy]).get(strategy)
    if state is None:
        raise NotOnRecordThen("strategy", inquiry.arguments["strategy"], "valid_at")
    at, chart = inquiry.asked.valid_at, inquiry.settings.chart
    tree = chart.subtree(unit, at) if unit is not None else None

    def in_scope(of: UUID | None) -> bool:
        return tree is None or of is None or (chart.carried_on_by(of, at) or of) in tree

    def ours(of: UUID | None) -> bool:
        return of in (None, strategy)

    items = {id: each for id, each in inquiry.states(KNOWLEDGE).items() if ours(each.strategy) and in_scope(each.unit)}
    everybody = inquiry.services.questions.people(inquiry.asked)
    people = inquiry.population(scope).people
    uses = {id: each for id, each in inquiry.states(USE).items() if each.knowledge in items}

    def sees_item(id: UUID) -> bool:
        return inquiry.sees(concerned(inquiry, items[id]), "knowledge")

    def sees_person(id: UUID) -> bool:
        return inquiry.sees(concerned_person(inquiry, id), "knowledge-use")

    def sees_use(id: UUID) -> bool:
        person = uses[id].person
        return person is not None and sees_person(person)

    needs = {id: each for id, each in inquiry.states(NEED).items() if ours(each.strategy)}
    rows = tuple(
        CellAnswer(
            role=each.role,
            stage=each.stage,
            of_enrolment=each.of_enrolment,
            needed=each.needed,
            needs=each.needs,
            items=opened(each.items, sees_item),
            hole=each.hole,
        )
        for each in cells(needs, items)
    )
    counted = used(uses, items, everybody, lambda home: tree is None or (home is not None and in_scope(home)))
    times = inquiry.states(SEARCH_TIME)
    own = {each.person: each for each in times.values() if each.person is not None}
    homes: dict[UUID | None, list[UUID]] = {}
    for person in people:
        if person in own:
            homes.setdefault(everybody[person].home(at), []).append(person)
    saved = {home: saved_by(those, own) for home, those in homes.items()}
    shown = ElementsShown(inquiry, strategy)
    answer = KnowledgeAtHandAnswer(
        strategy=strategy,
        unit=unit,
        items=opened((id for id, each in items.items() if each.standing), sees_item),
        elements=tuple(
            ElementItems(
                element=each.element,
                kind=each.kind,
                text=shown.text(each.element, each.text),
                in_force=each.in_force,
                items=opened(each.items, sees_item),
            )
            for each in of_elements(state, items, strategy, at)
            if shown.lists(each.element)
        ),
        needs=rows,
        cells=len(rows),
        holes=sum(each.hole for each in rows),
        used=UsesAnswer(
            uses=opened(counted.uses, sees_use),
            people=len(counted.people),
            did_not_know=opened(counted.did_not_know, sees_use),
            percent=_text(counted.percent),
            found_by=counted.found_by,
            without_effect=opened(counted.without_effect, sees_use),
        ),
        together=_saved(None, saved_by(people, own), sees_person, saved.values()),
        teams=tuple(
            _saved(home, saved[home], sees_person) for home in sorted(each for each in homes if each is not None)
        ),
        stated_of_units=_of_units(times, in_scope),
        stale=opened(stale(items, inquiry.today), sees_item),
        unkept=opened(unkept(items, (id for id, each in everybody.items() if each.present(at))), sees_item),
    )
    return Found(answer=answer, asks={"strategy": strategy, "unit": unit})


def _of_units(times: Mapping[UUID, SearchTime], in_scope: Callable[[UUID | None], bool]) -> tuple[UnitTimeAnswer, ...]:
    found = [
        UnitTimeAnswer(
            unit=each.unit,
            role=each.role,
            of_people=each.stated[-1].of_people,
            baseline=format(each.stated[0].hours, "f"),
            latest=format(each.stated[-1].hours, "f"),
            saved=_text(each.saved),
        )
        for each in times.values()
        if each.unit is not None and each.stated and in_scope(each.unit)
    ]
    return tuple(sorted(found, key=lambda each: (str(each.unit), each.role or "")))


AT_HAND = Noun(
    name="knowledge-at-hand",
    description="Whether knowledge is at hand, and what it saves.",
    asks=(
        Ask(
            path="alignment/knowledge",
            view="alignment",
            find=at_hand,
            title="Show whether knowledge is at hand.",
            answers=KnowledgeAtHandAnswer,
            arguments=(
                STRATEGY_ARGUMENT,
                Argument(name="unit", meaning="Only this unit, by key or id, and those below it."),
            ),
        ),
    ),
)
