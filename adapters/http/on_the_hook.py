"""Who is on the hook over HTTP: for each criterion, bet, goal and gap, and the vacancies with their age."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from adapters.http.alignment import SCOPE_ARGUMENTS, STRATEGY_ARGUMENT, asks_of, concerned_by, scope_of, strategy_of
from adapters.http.answers import Found
from adapters.http.asks import Ask, Inquiry
from adapters.http.gap import gaps_in, people_named
from adapters.http.noun import Noun
from adapters.http.refusals import NotOnRecordThen
from domain.accountability import answers_now
from domain.alignment import Alignment
from domain.condition import Condition
from domain.element import BETS, CRITERIA
from domain.gap import GapStanding
from domain.kpi_place import elements_in_force
from domain.scope import WHOLE
from domain.vacancy import on_the_hook as answering
from domain.vacancy import who_answers


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheHookAnswer:
    """What somebody answers for, or nobody: `person` is None for a vacancy.

    `since` is from when on, `days` how many days that is on the organisation's day of the moment. `of` says what it is:
    `criterion`, `bet`, `goal` or `gap`; a gap is that of a `condition` in its unit, and there since it was found last.
    """

    of: str
    element: str | None
    goal: UUID | None
    gap: UUID | None
    condition: Condition | None
    unit: UUID | None
    person: UUID | None
    since: datetime
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheHookList:
    """Who is on the hook in a scope, and the vacancies, the oldest first."""

    answered_for: tuple[OnTheHookAnswer, ...]
    vacancies: tuple[OnTheHookAnswer, ...]


def alignment_of(inquiry: Inquiry) -> Alignment:
    """The alignment state that is asked about. Raises NotPermitted, NotOnRecordThen."""
    strategy, scope = strategy_of(inquiry), scope_of(inquiry)
    inquiry.check(concerned_by(inquiry, strategy, scope))
    found = inquiry.services.questions.alignment(inquiry.asked, strategy, scope)
    if found is None:
        raise NotOnRecordThen("strategy", inquiry.arguments["strategy"], "valid_at")
    return found


def hooked(inquiry: Inquiry, found: Alignment) -> list[OnTheHookAnswer]:
    """Who is on the hook for criteria, bets and goals, the longest first."""
    kinds = {each.id: each.kind for each in elements_in_force(found.situation)}

    def of(element: str | None) -> str:
        if element is None:
            return "goal"
        return next(name for name, which in (("criterion", CRITERIA), ("bet", BETS)) if kinds.get(element) in which)

    listed = [
        OnTheHookAnswer(
            of=of(each.element),
            element=each.element,
            goal=each.goal,
            gap=None,
            condition=None,
            unit=each.unit,
            person=each.person,
            since=each.since,
            days=_age(inquiry, each.since),
        )
        for each in answering(found.situation, found.population, followed=True)
    ]
    return sorted(listed, key=_in_order)


def _in_order(each: OnTheHookAnswer) -> tuple[datetime, str, str]:
    return each.since, each.element or "", str(each.goal or each.gap or "")


def _age(inquiry: Inquiry, since: datetime) -> int:
    return (inquiry.today - inquiry.day_of(since)).days


def hooked_for_gaps(inquiry: Inquiry, found: Alignment) -> Iterator[OnTheHookAnswer]:
    """Who answers for the gaps that are there: whoever was named last, in what is planned about it or beside that."""
    gaps, tenures = gaps_in(inquiry, found.situation.id)
    people, inside = people_named(inquiry, tenures), found.population
    for id, gap in gaps.items():
        if gap.standing is not GapStanding.OPEN:
            continue
        person, since = who_answers(people, answers_now(tenures[id]), gap.turns[-1].at)
        if inside.scope == WHOLE or gap.unit in inside.units or person in inside.people:
            yield OnTheHookAnswer(
                of="gap",
                element=None,
                goal=None,
                gap=id,
                condition=gap.condition,
                unit=gap.unit,
                person=person,
                since=since,
                days=_age(inquiry, since),
            )


def on_the_hook(inquiry: Inquiry) -> Found:
    """Who answers for each criterion, bet, pursued goal and open gap, since when, and the vacancies with their age."""
    found = alignment_of(inquiry)
    listed = sorted([*hooked(inquiry, found), *hooked_for_gaps(inquiry, found)], key=_in_order)
    answer = OnTheHookList(
        answered_for=tuple(each for each in listed if each.person is not None),
        vacancies=tuple(each for each in listed if each.person is None),
    )
    return Found(answer=answer, asks=asks_of(strategy_of(inquiry), scope_of(inquiry)))


ON_THE_HOOK = Noun(
    name="on the hook",
    description="Who answers for each criterion, bet, goal and gap, and where nobody does.",
    asks=(
        Ask(
            path="alignment/on-the-hook",
            view="alignment",
            find=on_the_hook,
            title="Show who is on the hook.",
            answers=OnTheHookList,
            arguments=(STRATEGY_ARGUMENT, *SCOPE_ARGUMENTS),
        ),
    ),
)
