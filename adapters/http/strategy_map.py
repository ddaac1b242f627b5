"""The one-page strategy map over HTTP: a revision on one page, as data, as HTML for print, and as PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from adapters.http.answers import Found, Printed
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.hardening import policy_for
from adapters.http.noun import Noun
from adapters.http.refusals import FieldsNotValid
from adapters.printing.strategy_map import LAYOUT, PAPERS, Paper, Sheet, as_html, as_pdf, laid
from application.desk import UnknownReference
from application.permissions import About, NotPermitted
from domain.accountability import answers_now
from domain.dated import latest
from domain.goal import GOAL, Goal
from domain.kernel import Party
from domain.person import PERSON
from domain.publication import Publication
from domain.sealed import Private
from domain.strategy import STRATEGY, Strategy
from domain.strategy_map import OPEN_GOALS, Entry, Part, parts_of
from domain.vacancy import who_answers

HTML, PDF = "text/html; charset=utf-8", "application/pdf"
Json = Any  # an answer as it is sent


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyMapAnswer:
    """A revision in four parts; who answers for what, and the goals still to be reached, are as of the moment.

    Goals that the caller may not see are left out; `people` and `units` are called what they were called then, as far
    as the caller may see them.
    """

    strategy: UUID
    title: str
    organisation: str
    revision: int
    in_force_from: date
    content_hash: str
    as_of: date
    parts: tuple[Part, ...]
    people: dict[UUID, Private | None]
    units: dict[UUID, str | None]


def shown(inquiry: Inquiry) -> Found:
    """A revision on one page, as data: where we are headed, why, how we are going to win, and what each must do."""
    answer = _answer(inquiry)
    return Found(answer=answer, asks={"strategy": answer.strategy, "revision": answer.revision})


def as_page(inquiry: Inquiry) -> Found:
    """The same as one page of HTML for print, on A4 or Letter. It holds no script and loads nothing.

    All of it fits the page: the type shrinks, and where that is not enough, texts are shortened and the foot of the
    page says so.
    """
    return _printed(inquiry, "html")


def as_document(inquiry: Inquiry) -> Found:
    """The same as a PDF of one page, on A4 or Letter: the same bytes for the same answer."""
    return _printed(inquiry, "pdf")


def _printed(inquiry: Inquiry, form: str) -> Found:
    answer, paper = _answer(inquiry), _paper(inquiry)

    def html(told: Json) -> tuple[bytes, str | None]:
        page, style = as_html(laid(_sheet(answer, told), paper))
        return page.encode(), policy_for(style)

    def pdf(told: Json) -> tuple[bytes, str | None]:
        return as_pdf(laid(_sheet(answer, told), paper)), None

    makes: dict[str, tuple[str, Callable[[Json], tuple[bytes, str | None]]]] = {"html": (HTML, html), "pdf": (PDF, pdf)}
    media, make = makes[form]
    asks = {"strategy": answer.strategy, "revision": answer.revision, "paper": paper, "form": form, "layout": LAYOUT}
    printed = Printed(name=f"strategy-map-{answer.revision}.{form}", media=media, make=make)
    return Found(answer=answer, asks=asks, printed=printed)


def _paper(inquiry: Inquiry) -> Paper:
    text = inquiry.arguments.get("paper", PAPERS[0])
    for paper in PAPERS:
        if paper == text:
            return paper
    problem = f"this has to be one of: {', '.join(PAPERS)}"
    raise FieldsNotValid("paper", problem, {"paper": problem})


def _sheet(answer: StrategyMapAnswer, told: Json) -> Sheet:
    """What is printed: the answer, with the names as they were opened for this caller."""
    people = {id: told["people"][str(id)] for id in answer.people}
    names = {id: name for id, name in {**people, **answer.units}.items() if isinstance(name, str)}
    since = f"revision {answer.revision}, in force from {answer.in_force_from}, as of {answer.as_of}"
    return Sheet(title=answer.title, subtitle=f"{answer.organisation} · {since}", parts=answer.parts, names=names)


def _answer(inquiry: Inquiry) -> StrategyMapAnswer:
    id = inquiry.find("strategy")
    state, _ = inquiry.own(STRATEGY, id)
    if not inquiry.sees(lambda: About(published=bool(state.publications), strategy=id)):
        raise NotPermitted("strategy", inquiry.session.caller.name)
    publication = _revision(state, inquiry.path["revision"])
    zone, at = ZoneInfo(inquiry.settings.zone), inquiry.asked.valid_at
    goals = {
        goal: each
        for goal, each in inquiry.states(GOAL, strategy=id).items()
        if each.status in OPEN_GOALS and inquiry.sees(lambda each=each: _of_goal(inquiry, each), "goal")  # type: ignore[misc]
    }
    for_elements = {element: latest(tenures, at) for element, tenures in state.accountable.items()}
    for_goals = {
        goal: answers_now(each.accountable, state.accountable_for_goals.get(goal, ())) for goal, each in goals.items()
    }
    named = {each.person for each in (*for_elements.values(), *for_goals.values()) if each and each.person}
    there = inquiry.states(PERSON, streams=sorted(named)) if named else {}
    parts = parts_of(
        publication.elements,
        goals,
        {element: who_answers(there, each, at)[0] for element, each in for_elements.items()},
        {goal: who_answers(there, each, at)[0] for goal, each in for_goals.items()},
    )
    entries = [entry for part in parts for entry in part.entries]
    return StrategyMapAnswer(
        strategy=id,
        title=state.title,
        organisation=inquiry.settings.name,
        revision=publication.revision,
        in_force_from=_day(publication.in_force_from, zone),
        content_hash=publication.content_hash,
        as_of=inquiry.today,
        parts=parts,
        people=_people(inquiry, entries),
        units={unit: inquiry.settings.chart.name(unit, at) for unit in sorted({e.unit for e in entries if e.unit})},
    )


def _of_goal(inquiry: Inquiry, goal: Goal) -> About:
    party = Party("person", goal.person) if goal.person is not None else None
    return inquiry.about(party, (goal.unit,) if goal.unit is not None else ())


def _day(instant: datetime, zone: ZoneInfo) -> date:
    return instant.astimezone(zone).date()


def _people(inquiry: Inquiry, entries: list[Entry]) -> dict[UUID, Private | None]:
    """What those are called who answer for something; None for whom the caller may not see."""
    wanted = sorted({each.accountable for each in entries if each.accountable is not None})
    found = inquiry.states(PERSON, streams=wanted) if wanted else {}
    names = dict[UUID, Private | None]()
    for id in wanted:
        stay = found[id].known_as(inquiry.asked.valid_at) if id in found else None
        party = Party("person", id)
        seen = stay is not None and inquiry.sees(lambda party=party: inquiry.about(party), "person")  # type: ignore[misc]
        names[id] = stay.name if stay is not None and seen else None
    return names


def _revision(state: Strategy, text: str) -> Publication:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
    for each in state.publications:
        if each.revision == number:
            return each
    raise UnknownReference("revision", text, "revision")


PAPER_ARGUMENT = Argument(
    name="paper",
    meaning="What it is printed on.",
    schema={"type": "string", "enum": list(PAPERS), "default": PAPERS[0]},
)
WHERE = "strategies/<path:strategy>/revisions/<revision>/map"

STRATEGY_MAPS = Noun(
    name="strategy maps",
    description="A revision on one printable page.",
    asks=(
        Ask(path=WHERE, view="strategy", find=shown, title="Show the strategy map.", answers=StrategyMapAnswer),
        Ask(
            path=f"{WHERE}/html",
            view="strategy",
            find=as_page,
            title="Print the strategy map as HTML.",
            arguments=(PAPER_ARGUMENT,),
            media="text/html",
        ),
        Ask(
            path=f"{WHERE}/pdf",
            view="strategy",
            find=as_document,
            title="Print the strategy map as PDF.",
            arguments=(PAPER_ARGUMENT,),
            media="application/pdf",
        ),
    ),
)
