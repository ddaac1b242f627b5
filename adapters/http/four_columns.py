"""The table of four columns over HTTP: goals, substantiation, approach and tactics, KPIs; as data and as a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from adapters.http import kpi as kpis_over_http
from adapters.http.alignment import SCOPE_ARGUMENTS, STRATEGY_ARGUMENT, asks_of, scope_of, strategy_of
from adapters.http.answers import Found, Printed
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.goal_tree import sees_goal
from adapters.http.hardening import policy_for
from adapters.http.noun import Noun
from adapters.http.on_the_hook import alignment_of
from adapters.http.refusals import NotOnRecordThen
from adapters.http.tactic import concerned as concerned_by_tactic
from adapters.printing.four_columns import STYLE, Json, as_html
from domain.alignment import Alignment
from domain.four_columns import Cover, FourColumns, LooseTactic, Row, four_columns
from domain.goal import GoalLevel, GoalStatus
from domain.kernel import Party
from domain.kpi import KPI, Kpi
from domain.measuring import way
from domain.scope import Scope
from domain.situation import Unapplied
from domain.tactic import TACTIC, Tactic


@dataclass(frozen=True, slots=True, kw_only=True)
class TacticCell:
    """A tactic that serves the goal of its row."""

    tactic: UUID
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiCell:
    """A KPI of the goal of its row: where it stands, where it is to stand, and how much of the way lies behind."""

    kpi: UUID
    title: str
    measured_in: str
    value: str | None
    target: str | None
    due: date | None
    way: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FourColumnsRow:
    """A pursued goal with what stands in its cells; `empty` names those in which nothing does.

    A KPI that the caller may not see counts in `kpis_hidden`, and its cell is not empty.
    """

    goal: UUID
    key: str | None
    title: str
    level: GoalLevel
    status: GoalStatus | None
    unit: UUID | None
    unit_name: str | None
    person: UUID | None
    due: date | None
    substantiation: str | None
    approach: str | None
    tactics: tuple[TacticCell, ...]
    kpis: tuple[KpiCell, ...]
    kpis_hidden: int
    empty: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyCells:
    """How many cells are empty, by column and in all."""

    substantiation: int
    approach_and_tactics: int
    kpis: int
    all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LooseTacticAnswer:
    """A tactic in no row: it serves no goal, or one that was given up or put off.

    The title is for those who may see it.

    `cover` says whether an exception covers it (`exception`), did (`expired`) or never did (`none`).
    """

    tactic: UUID
    title: str | None
    goal: UUID | None
    cover: Cover
    exception: str | None
    expires: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FourColumnsAnswer:
    """The table of a scope, or of one person: its rows, how many of its `cells` are empty, and tactics in no row.

    `cells` counts the three beside each goal; goals that the caller may not see are counted in `hidden` and in no cell.
    """

    rows: tuple[FourColumnsRow, ...]
    hidden: int
    cells: int
    empty: EmptyCells
    loose_tactics: tuple[LooseTacticAnswer, ...]
    without_effect: tuple[Unapplied, ...]


def shown(inquiry: Inquiry) -> Found:
    """The table of four columns: goals, substantiation, approach and tactics, KPIs, with its empty cells counted."""
    answer, asks, _ = _answer(inquiry)
    return Found(answer=answer, asks=asks)


def as_page(inquiry: Inquiry) -> Found:
    """The same as a page of HTML for print. It holds no script and loads nothing."""
    answer, asks, found = _answer(inquiry)
    strategy = found.situation.strategy.title
    whose = f"{inquiry.settings.name} · {_whose(inquiry)}as of {inquiry.today}"
    known = inquiry.asked.known_at
    told_on = inquiry.day_of(known) if known is not None else inquiry.today
    subtitle = f"{whose}, as known on {told_on}"
    subtitle += " · simulated" if inquiry.asked.simulated else ""

    zone = ZoneInfo(inquiry.settings.zone)

    def make(told: Json) -> tuple[bytes, str | None]:
        return as_html(told, strategy, subtitle, zone).encode(), policy_for(STYLE)

    printed = Printed(name="four-columns.html", media="text/html; charset=utf-8", make=make)
    asks |= {"form": "html", "as_of": inquiry.today, "known_on": told_on}
    return Found(answer=answer, asks=asks, printed=printed)


def _whose(inquiry: Inquiry) -> str:
    scope = scope_of(inquiry)
    if "person" in inquiry.arguments:
        return "one person's own · "
    name = inquiry.settings.chart.name(scope.unit, inquiry.asked.valid_at) if scope.unit is not None else None
    return "".join(f"{each} · " for each in (name, scope.rank) if each)


def _answer(inquiry: Inquiry) -> tuple[FourColumnsAnswer, dict[str, object], Alignment]:
    person, strategy = inquiry.named("person"), strategy_of(inquiry)
    found = alignment_of(inquiry) if person is None else _own(inquiry, person, strategy)
    tactics = inquiry.states(TACTIC, strategy=strategy)
    kpis = inquiry.states(KPI, strategy=strategy)
    made = four_columns(found.situation, tactics, kpis, found.population, person)
    asks = {**asks_of(strategy, scope_of(inquiry)), **({"person": person} if person is not None else {})}
    return _shaped(inquiry, made, tactics, kpis), asks, found


def _own(inquiry: Inquiry, person: UUID, strategy: UUID) -> Alignment:
    """What the table of one person rests on: who may see their goals may see it. Raises NotPermitted."""
    inquiry.check(inquiry.about(Party("person", person), published=False), "goal")
    found = inquiry.services.questions.alignment(inquiry.asked, strategy, Scope())
    if found is None:
        raise NotOnRecordThen("strategy", inquiry.arguments["strategy"], "valid_at")
    return found


def _shaped(
    inquiry: Inquiry, made: FourColumns, tactics: dict[UUID, Tactic], kpis: dict[UUID, Kpi]
) -> FourColumnsAnswer:
    seen = [each for each in made.rows if sees_goal(inquiry, each.state)]
    empty = [name for each in seen for name in each.empty]
    return FourColumnsAnswer(
        rows=tuple(_row(inquiry, each, tactics, kpis) for each in seen),
        hidden=len(made.rows) - len(seen),
        cells=3 * len(seen),
        empty=EmptyCells(
            substantiation=empty.count("substantiation"),
            approach_and_tactics=empty.count("approach_and_tactics"),
            kpis=empty.count("kpis"),
            all=len(empty),
        ),
        loose_tactics=tuple(_loose(inquiry, each, tactics) for each in made.loose),
        without_effect=tuple(each for each in made.without_effect if _sees_tactic(inquiry, each.record)),
    )


def _row(inquiry: Inquiry, row: Row, tactics: dict[UUID, Tactic], kpis: dict[UUID, Kpi]) -> FourColumnsRow:
    goal, visible = row.state, [each for each in row.kpis if kpis_over_http.sees(inquiry, kpis[each])]
    return FourColumnsRow(
        goal=row.goal,
        key=goal.key,
        title=goal.title,
        level=row.level,
        status=goal.status,
        unit=goal.unit,
        unit_name=inquiry.settings.chart.name(goal.unit, inquiry.asked.valid_at) if goal.unit is not None else None,
        person=goal.person,
        due=goal.due,
        substantiation=goal.substantiation,
        approach=goal.approach,
        tactics=tuple(TacticCell(tactic=each, title=tactics[each].title) for each in row.tactics),
        kpis=tuple(_kpi(each, kpis[each]) for each in visible),
        kpis_hidden=len(row.kpis) - len(visible),
        empty=row.empty,
    )


def _kpi(id: UUID, kpi: Kpi) -> KpiCell:
    return KpiCell(
        kpi=id,
        title=kpi.title,
        measured_in=kpi.measured_in,
        value=kpi.measurements[-1].value if kpi.measurements else None,
        target=kpi.target,
        due=kpi.due,
        way=way(kpi).percent,
    )


def _loose(inquiry: Inquiry, loose: LooseTactic, tactics: dict[UUID, Tactic]) -> LooseTacticAnswer:
    return LooseTacticAnswer(
        tactic=loose.tactic,
        title=tactics[loose.tactic].title if _sees_tactic(inquiry, loose.tactic) else None,
        goal=loose.goal,
        cover=loose.cover,
        exception=loose.exception,
        expires=loose.expires,
    )


def _sees_tactic(inquiry: Inquiry, tactic: UUID) -> bool:
    return inquiry.sees(lambda: concerned_by_tactic(inquiry, tactic), "tactic")


ARGUMENTS = (
    STRATEGY_ARGUMENT,
    *SCOPE_ARGUMENTS,
    Argument(name="person", meaning="Only this person's own goals, by key or id, whatever the scope."),
)

FOUR_COLUMNS = Noun(
    name="four columns",
    description="Goals, what substantiates them, approach and tactics, and KPIs, in one table.",
    asks=(
        Ask(
            path="alignment/four-columns",
            view="alignment",
            find=shown,
            title="Show the table of four columns.",
            answers=FourColumnsAnswer,
            arguments=ARGUMENTS,
        ),
        Ask(
            path="alignment/four-columns/html",
            view="alignment",
            find=as_page,
            title="Print the table of four columns as HTML.",
            arguments=ARGUMENTS,
            media="text/html",
        ),
    ),
)
