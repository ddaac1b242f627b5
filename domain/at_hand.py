"""Whether knowledge is at hand: what there is per element, what is missing where, and how it is found and used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.conversation import EnrolmentStage
from domain.drivers import document_of, elements_by_then
from domain.knowledge import Knowledge
from domain.need import FoundBy, Need, Use
from domain.person import Person
from domain.search_time import mean_of
from domain.strategy import Strategy


@dataclass(frozen=True, slots=True, kw_only=True)
class OfElement:
    """The items that are tied to an element; `in_force` says whether the document of the instant has it."""

    element: str
    kind: str
    text: str
    in_force: bool
    items: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a role needs at a stage, and the items that are there for both. A hole: it is needed, and there is none.

    `of_enrolment` says whether it is a stage of enrolment; else it is one of the client's buying process.
    """

    role: str
    stage: str
    of_enrolment: bool
    needed: tuple[str, ...]
    needs: tuple[UUID, ...]
    items: tuple[UUID, ...]

    @property
    def hole(self) -> bool:
        """Whether something is needed and nothing is there."""
        return not self.items


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """How items were used: how often, by whom, and how many uses were of what the person had not known to exist.

    `percent` is the share of these, with two decimal places; None where nothing was used. `without_effect` are uses of
    items that were not there by then, or by people who were not: they count for nothing.
    """

    uses: tuple[UUID, ...]
    people: frozenset[UUID]
    did_not_know: tuple[UUID, ...]
    found_by: Mapping[FoundBy, int]
    without_effect: tuple[UUID, ...]

    @property
    def percent(self) -> Decimal | None:
        """The share of uses of what was unknown, in percent."""
        return mean_of(Decimal(100 * len(self.did_not_know)), len(self.uses))


def words_of(text: str) -> str:
    """A role or stage as it is compared: capital letters and white space decide nothing."""
    return " ".join(text.casefold().split())


def of_elements(
    strategy: Strategy, items: Mapping[UUID, Knowledge], strategy_id: UUID, at: datetime
) -> tuple[OfElement, ...]:
    """Every element of the document with the items that stand and are tied to it; then others that have some."""
    document = {each.id: each for each in document_of(strategy, at)}
    known = elements_by_then(strategy)
    tied = defaultdict[str, list[UUID]](list)
    for id, item in items.items():
        if item.standing and item.strategy == strategy_id:
            for each in dict.fromkeys(item.elements):
                tied[each].append(id)
    found = list[OfElement]()
    for name in dict.fromkeys([*document, *sorted(tied)]):
        element = document.get(name) or known.get(name)
        if element is not None:
            found.append(
                OfElement(
                    element=name,
                    kind=element.kind,
                    text=element.text,
                    in_force=name in document,
                    items=tuple(tied.get(name, ())),
                )
            )
    return tuple(found)


def cells(needs: Mapping[UUID, Need], items: Mapping[UUID, Knowledge]) -> tuple[Cell, ...]:
    """What is needed, role by role and stage by stage, with the items that name both; in the order of their words."""
    there = defaultdict[tuple[str, str], list[UUID]](list)
    for id, item in items.items():
        if item.standing:
            for role in {words_of(each) for each in item.roles}:
                for stage in {words_of(each) for each in item.stages}:
                    there[role, stage].append(id)
    wanted = defaultdict[tuple[str, str], list[UUID]](list)
    for id, need in sorted(needs.items(), key=lambda entry: (entry[1].since is None, entry[1].since, entry[0])):
        if need.standing:
            wanted[words_of(need.role), words_of(need.stage)].append(id)
    enrolment = {stage.value for stage in EnrolmentStage}
    return tuple(
        Cell(
            role=needs[ids[0]].role,
            stage=needs[ids[0]].stage,
            of_enrolment=stage in enrolment,
            needed=tuple(needs[id].what for id in ids),
            needs=tuple(ids),
            items=tuple(sorted(there.get((role, stage), ()))),
        )
        for (role, stage), ids in sorted(wanted.items())
    )


def used(
    uses: Mapping[UUID, Use],
    items: Mapping[UUID, Knowledge],
    people: Mapping[UUID, Person],
    counts: Callable[[UUID | None], bool] = lambda _: True,
) -> Used:
    """How the items were used, by people whose home at the time of each use is one that counts."""
    there, without_effect = dict[UUID, Use](), list[UUID]()
    for id, use in uses.items():
        if use.person is None or use.knowledge is None or use.used_at is None:
            continue
        item, person = items.get(use.knowledge), people.get(use.person)
        was_there = item is not None and item.captured_at is not None and item.captured_at <= use.used_at
        if not was_there or person is None or person.presence(use.used_at) is None:
            without_effect.append(id)
        elif counts(person.home(use.used_at)):
            there[id] = use
    return Used(
        uses=tuple(sorted(there)),
        people=frozenset(use.person for use in there.values() if use.person is not None),
        did_not_know=tuple(sorted(id for id, use in there.items() if use.did_not_know)),
        found_by={way: sum(use.found_by is way for use in there.values()) for way in FoundBy},
        without_effect=tuple(sorted(without_effect)),
    )


def stale(items: Mapping[UUID, Knowledge], today: date) -> tuple[UUID, ...]:
    """The items that nobody looked at by their day, the oldest day first."""
    found = [(item.review_by, id) for id, item in items.items() if item.review_by and item.stale(today)]
    return tuple(id for _, id in sorted(found))


def unkept(items: Mapping[UUID, Knowledge], present: Iterable[UUID]) -> tuple[UUID, ...]:
    """The items that stand and that nobody who is there keeps."""
    there = frozenset(present)
    return tuple(sorted(id for id, item in items.items() if item.standing and item.keeper not in there))
