"""Which decisions follow which driver of a strategy: figures derived from the states of an instant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.decision import DRIVERS, Decision
from domain.element import Element
from domain.strategy import Strategy, in_force

NOT_THERE = "the strategy did not have this element by then"


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """One element that decisions follow, with the decisions that hold and applied it.

    `in_force` says whether the document of the instant has it: the revision in force, before any the draft.
    """

    element: str
    kind: str
    text: str
    in_force: bool
    decisions: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutEffect:
    """A reference that has no effect: what it is in, the element that it names, since when, and why."""

    record: UUID
    element: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """The decisions under one strategy that hold (`decisions`) and those that were reversed, by the drivers they apply.

    `without_driver` are those that hold and follow none. One that applied several stands with each of them.
    """

    decisions: tuple[UUID, ...]
    reversed: tuple[UUID, ...]
    drivers: tuple[Driver, ...]
    without_driver: tuple[UUID, ...]
    without_effect: tuple[WithoutEffect, ...]


def followed(
    strategy: Strategy, decisions: Mapping[UUID, Decision], then: Callable[[datetime], Strategy], at: datetime
) -> Followed:
    """Which decisions follow which driver, at the instant `at` of all these states.

    `then` tells the strategy as it was at a decision's own instant: a driver that it did not have by then has no
    effect. Decisions that take in no strategy, or another one, are not to be given.
    """
    holding = {id: each for id, each in decisions.items() if each.taken_at is not None and each.reversed_at is None}
    applied, without_effect = dict[str, list[UUID]](), list[WithoutEffect]()
    unled = list[UUID]()
    for id, each in holding.items():
        known = elements_by_then(then(each.taken_at)) if each.taken_at is not None and each.applies else {}
        effective = [name for name in each.applies if name in known]
        for name in each.applies:
            if name not in known and each.taken_at is not None:
                without_effect.append(WithoutEffect(record=id, element=name, at=each.taken_at, reason=NOT_THERE))
        for name in dict.fromkeys(effective):
            applied.setdefault(name, []).append(id)
        if not effective:
            unled.append(id)
    return Followed(
        decisions=tuple(holding),
        reversed=tuple(id for id, each in decisions.items() if each.reversed_at is not None),
        drivers=_drivers(strategy, applied, at),
        without_driver=tuple(unled),
        without_effect=tuple(without_effect),
    )


def _drivers(strategy: Strategy, applied: Mapping[str, list[UUID]], at: datetime) -> tuple[Driver, ...]:
    """The drivers of the document in its order, also those that nobody applied; then what else was applied."""
    document = document_of(strategy, at)
    known = elements_by_then(strategy)
    present = {each.id: each for each in document}
    named = [each.id for each in document if each.kind in DRIVERS]
    found = list[Driver]()
    for name in dict.fromkeys([*named, *sorted(applied)]):
        element = present.get(name) or known.get(name)
        if element is not None:
            found.append(
                Driver(
                    element=name,
                    kind=element.kind,
                    text=element.text,
                    in_force=name in present,
                    decisions=tuple(applied.get(name, ())),
                )
            )
    return tuple(found)


def document_of(strategy: Strategy, at: datetime) -> tuple[Element, ...]:
    """The elements of the revision in force; before any, of the draft."""
    current = in_force(strategy, at)
    return current.elements if current is not None else strategy.draft.elements


def elements_by_then(strategy: Strategy) -> Mapping[str, Element]:
    """Every element that the strategy ever had by then, each as it said last: published, or in the draft."""
    found = {each.id: each for publication in strategy.publications for each in publication.elements}
    return {**found, **{each.id: each for each in strategy.draft.elements}}
