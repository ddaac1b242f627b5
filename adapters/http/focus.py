"""Focus over HTTP: the draft check, limits and what exceeds them; and the let-go list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.alignment import SCOPE_ARGUMENTS
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.letting_go import LET_GO
from adapters.http.noun import Noun
from application.permissions import About
from domain.accountability import answers_now
from domain.commitment import Standing
from domain.draft_check import DraftCheck, check
from domain.element import PRIORITIES
from domain.focus import Held, criteria_held, held
from domain.goal import Goal
from domain.judgement import judge
from domain.kernel import Party
from domain.kpi import KPI
from domain.kpi_place import lacking, rests_because, unit_of
from domain.limit import Limit, LimitKind, LimitLevel, allowed
from domain.organisation import ORGANISATION
from domain.person import PERSON
from domain.publication import Publication
from domain.scope import Scope, seat_of
from domain.situation import Situation
from domain.strategy import STRATEGY
from domain.strategy_map import OPEN_GOALS
from domain.vacancy import who_answers


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsAnswer:
    """What exceeds its limit. In each list those who exceed it come first.

    Priorities of a unit are its goals that are still to be reached; of a person those goals they answer for and what
    they are committed to. Principles hold for every unit and person alike. `people` are named to who may know what they
    owe; `people_exceeding` counts them for all, by kind, as far as the caller may see what is counted.
    """

    organisation: tuple[Held, ...]
    criteria: tuple[Held, ...]
    units: tuple[Held, ...]
    people: tuple[Held, ...]
    people_exceeding: dict[str, int]


def checked(inquiry: Inquiry) -> Found:
    """What the draft check says of the draft: what stands against publishing it, and what to think over first.

    An objection needs an approved exception, advice does not. How many priorities, principles and KPIs there may be is
    the organisation's own limit.
    """
    id = inquiry.find("strategy")
    inquiry.check(About(published=False, strategy=id))
    state, _ = inquiry.own(STRATEGY, id)
    limits = inquiry.settings.limits
    most = {kind.value: allowed(limits, LimitLevel.ORGANISATION, kind).most for kind in LimitKind}
    named = {element for element, tenures in state.accountable.items() if tenures[-1].person is not None}
    found = check(state.draft.elements, named, inquiry.today, most, state.tested)
    return Found(answer=found, asks={"strategy": id})


def limits_set(inquiry: Inquiry) -> Found:
    """The organisation's own limits, in the order in which they were set: the last of each level, kind and whom holds.

    One person's are shown to them, their lead, sponsors and auditors. Without times the ETag goes into If-Match.
    """
    inquiry.check()
    state, version = inquiry.own(ORGANISATION, inquiry.organisation)
    shown = [each for each in state.limits if each.person is None or _is_told(inquiry, each.person)]
    return Found(answer=shown, version=version)


def limits(inquiry: Inquiry) -> Found:
    """How many priorities, principles and KPIs the organisation, each unit and each person has, against the limits.

    Of one strategy, or of all that are in force; of a unit with those below it, or of all.
    """
    unit, wanted = inquiry.named("unit"), inquiry.named("strategy")
    inquiry.check(inquiry.about(units=(unit,) if unit is not None else (), published=False))
    counted = _Counted(inquiry, wanted)
    set_, at, chart = inquiry.settings.limits, inquiry.asked.valid_at, inquiry.settings.chart
    tree = chart.subtree(unit, at) if unit is not None else None
    principles = counted.of_elements(frozenset({"principle"}))
    whole, units, people = LimitLevel.ORGANISATION, LimitLevel.UNIT, LimitLevel.PERSON
    of_people = held(set_, people, LimitKind.PRIORITY, counted.priorities_of_people())
    of_people += held(set_, people, LimitKind.KPI, counted.kpis_of_people())
    inside = inquiry.population(Scope(unit=unit)).people if unit is not None else None
    of_people = tuple(each for each in of_people if inside is None or each.who in inside)
    exceeding = {kind.value: sum(each.exceeds and each.kind == kind for each in of_people) for kind in LimitKind}
    answer = LimitsAnswer(
        organisation=(
            *held(set_, whole, LimitKind.PRIORITY, {None: counted.of_elements(PRIORITIES)}),
            *held(set_, whole, LimitKind.PRINCIPLE, {None: principles}),
            *held(set_, whole, LimitKind.KPI, {None: counted.kpis_of_all()}),
        ),
        criteria=tuple(criteria_held(id, each.elements) for id, each in counted.publications.items()),
        units=tuple(
            each
            for each in (
                *held(set_, units, LimitKind.PRINCIPLE, {None: principles}),
                *held(set_, units, LimitKind.PRIORITY, counted.priorities_of_units()),
                *held(set_, units, LimitKind.KPI, counted.kpis_of_units()),
            )
            if tree is None or each.who is None or each.who in tree
        ),
        people=(
            *held(set_, people, LimitKind.PRINCIPLE, {None: principles}),
            *(each for each in of_people if _is_named(inquiry, each)),
        ),
        people_exceeding=exceeding,
    )
    return Found(answer=answer, asks={"strategy": wanted, "unit": unit})


def _is_named(inquiry: Inquiry, each: Held) -> bool:
    return each.who is not None and _is_told(inquiry, each.who)


def _is_told(inquiry: Inquiry, person: UUID) -> bool:
    """Whether the caller may know what somebody owes."""
    party = Party("person", person)
    return inquiry.sees(lambda: inquiry.about(party, published=False), "outstanding")


class _Counted:
    """What is counted against the limits, as of the moment: by organisation, unit and person."""

    def __init__(self, inquiry: Inquiry, wanted: UUID | None) -> None:
        narrowed = {} if wanted is None else {"streams": [wanted]}
        strategies = [id for id, each in inquiry.states(STRATEGY, **narrowed).items() if each.retired_at is None]
        found = [inquiry.services.questions.situation(inquiry.asked, id) for id in strategies]
        self.inquiry = inquiry
        self.situations = tuple(each for each in found if each is not None)
        self.publications: dict[UUID, Publication] = {
            each.id: each.revision for each in self.situations if each.revision is not None
        }
        self.kpis = tuple(self._kpis())

    def _kpis(self) -> Iterator[tuple[UUID, UUID | None, UUID | None]]:
        """Each KPI that counts, with the unit or the person whose it is; neither: the organisation's."""
        for situation in self.situations:
            for id, each in self.inquiry.states(KPI, strategy=situation.id).items():
                there = each.defined_at is not None and each.retired_at is None
                if there and lacking(situation, each) is None and rests_because(situation, each) is None:
                    goal = situation.goals.get(each.goal) if each.goal is not None else None
                    person = each.person or (goal.person if goal is not None and each.unit is None else None)
                    yield id, None if person is not None else unit_of(situation, each), person

    def of_elements(self, kinds: frozenset[str]) -> list[str]:
        """The elements of these kinds of all revisions in force, each under its strategy's name."""
        return [
            _name(situation, each.id)
            for situation in self.situations
            if situation.revision is not None
            for each in situation.revision.elements
            if each.kind in kinds
        ]

    def kpis_of_all(self) -> list[str]:
        """KPIs that are no unit's and no person's."""
        return [str(id) for id, unit, person in self.kpis if unit is None and person is None]

    def kpis_of_units(self) -> dict[UUID | None, list[str]]:
        """KPIs by the unit that they, or their goals, belong to."""
        found = defaultdict[UUID | None, list[str]](list)
        for id, unit, _ in self.kpis:
            if unit is not None:
                found[unit].append(str(id))
        return found

    def kpis_of_people(self) -> dict[UUID | None, list[str]]:
        """Individual KPIs, of people whose the caller may see."""
        found = defaultdict[UUID | None, list[str]](list)
        for id, _, person in self.kpis:
            if person is not None:
                party = Party("person", person)
                if self.inquiry.sees(lambda party=party: self.inquiry.about(party), "individual-kpi"):  # type: ignore[misc]
                    found[person].append(str(id))
        return found

    def _open_goals(self) -> Iterator[tuple[Situation, UUID, Goal]]:
        for situation in self.situations:
            for id, each in situation.goals.items():
                if each.status in OPEN_GOALS:
                    yield situation, id, each

    def priorities_of_units(self) -> dict[UUID | None, list[str]]:
        """Goals still to be reached, by their unit, or what carries that on."""
        found = defaultdict[UUID | None, list[str]](list)
        for situation, id, each in self._open_goals():
            if each.unit is not None and each.person is None:
                seat = seat_of(situation.organisation.chart, each.unit, situation.valid_at)
                found[seat or each.unit].append(str(id))
        return found

    def priorities_of_people(self) -> dict[UUID | None, list[str]]:
        """The goals that people answer for or that are theirs, and what they are committed to, each once."""
        at = self.inquiry.asked.valid_at
        there = {id for id, each in self.inquiry.states(PERSON).items() if each.present(at)}
        found = defaultdict[UUID | None, list[str]](list)
        for person, thing in [*self._answered_for(), *self._committed()]:
            if person in there:
                found[person].append(thing)
        return found

    def _answered_for(self) -> Iterator[tuple[UUID, str]]:
        for situation, id, goal in self._open_goals():
            beside = situation.strategy.accountable_for_goals.get(id, ())
            named = answers_now(goal.accountable, beside)
            answering, _ = who_answers(situation.people, named, goal.proposed_at or situation.valid_at)
            for person in {goal.person, answering}:
                if person is not None:
                    yield person, str(id)

    def _committed(self) -> Iterator[tuple[UUID, str]]:
        """What people are committed to now: open, their own, for what is in force, at a level that counts."""
        for situation in self.situations:
            scale = situation.scale
            for each in judge(situation):
                theirs = each.party.kind == "person" and each.state.standing is Standing.OPEN and each.current
                if not theirs or (scale.ordered and not scale.counts(each.state.terms.level)):
                    continue
                goal = situation.goals.get(each.target.goal) if each.target.goal is not None else None
                if goal is not None and goal.status in OPEN_GOALS:
                    yield each.party.id, str(each.target.goal)
                elif each.target.element is not None:
                    yield each.party.id, _name(situation, each.target.element)


def _name(situation: Situation, element: str) -> str:
    return f"{situation.strategy.key or situation.id}/{element}"


FOCUS = Noun(
    name="focus",
    description="Few priorities, principles and KPIs; and letting go of what does not belong to them.",
    acts=(Act(path="limits", topic="limit.set", leads_to="limits", changes=True),),
    asks=(
        Ask(
            path="limits",
            view="organisation",
            find=limits_set,
            title="Show the limits that were set.",
            answers=list[Limit],
        ),
        Ask(
            path="strategies/<path:strategy>/check",
            view="draft",
            find=checked,
            title="Check the draft.",
            answers=DraftCheck,
        ),
        Ask(
            path="alignment/limits",
            view="alignment",
            find=limits,
            title="Show what exceeds the limits.",
            answers=LimitsAnswer,
            arguments=(
                Argument(name="strategy", meaning="Only this strategy, by key or id."),
                *(each for each in SCOPE_ARGUMENTS if each.name == "unit"),
            ),
        ),
        LET_GO,
    ),
)
