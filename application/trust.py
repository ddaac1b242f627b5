"""Trust between units (S14): a question for each unit that is asked about, and the groups whose trust is shown."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from application.desk import Desk
from domain.confidentiality import Grouping
from domain.grouping import grouped
from domain.questionnaire import Question, Questionnaire
from domain.questionnaires import TRUST
from domain.review import Group


def with_trust(desk: Desk, asked: Questionnaire, units: tuple[UUID, ...]) -> Questionnaire:
    """The questionnaire with a question about each of these units, under its name; one that asks so already stays."""
    if not units or any(each.theme == TRUST for each in asked.questions):
        return asked
    chart = desk.chart(desk.at).chart
    about = tuple(
        Question(
            id=f"{TRUST}-{number}",
            text=f"I can rely on {chart.name(unit, desk.at) or unit}: what it promises is kept.",
            theme=TRUST,
        )
        for number, unit in enumerate(units, 1)
    )
    return replace(asked, questions=(*asked.questions, *about))


def groups_of_units(desk: Desk, participants: tuple[UUID, ...], units: tuple[UUID, ...]) -> tuple[Group, ...]:
    """One group for each of these units: the participants who sit in it or below, each in the lowest one."""
    chart = desk.chart(desk.at).chart
    people = {person: desk.person(person) for person in participants}
    paths = grouped(chart, people, (), (Grouping.UNITS,), desk.at)
    wanted, seats = {str(unit): unit for unit in units}, dict[UUID, list[UUID]]()
    for person in participants:
        own = [wanted[step] for step in paths[person] if step in wanted]
        if own:
            seats.setdefault(own[-1], []).append(person)
    return tuple(
        Group(name=chart.name(unit, desk.at) or str(unit), people=tuple(seats[unit]), unit=unit)
        for unit in units
        if unit in seats
    )
