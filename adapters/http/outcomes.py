"""Whether alignment pays, over HTTP: outcomes of more and of less aligned units over one period."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from adapters.http.alignment import STRATEGY_ARGUMENT, concerned_by, strategy_of
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.moments import moment_of
from adapters.http.noun import Noun
from adapters.http.refusals import FieldsNotValid, NotOnRecordThen
from domain.kpi import KPI
from domain.kpi_events import OutcomeKind
from domain.kpi_rules import DECIMAL
from domain.outcomes import WARNING, Compared, Comparison, LeftOut, Terms, UnitOutcome, compare, mean, rounded
from domain.scope import WHOLE, Scope

INTERVAL = "95 % percentile bootstrap of the difference of means"
TEST = "two-sided permutation test of the difference of means"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOutcomeAnswer:
    """A unit that is compared: how many of its people were committed as the period began, and its figure."""

    unit: UUID
    name: str | None
    people: int
    committed: int
    percent: float
    figure: float
    kpis: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupOfUnits:
    """The more aligned units, or the less aligned ones: how many, the mean of their figures, and which they are."""

    n: int
    mean: float
    units: tuple[UnitOutcomeAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalAnswer:
    """From where to where a difference lies, both ends within, in the unit of the outcome."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SurenessAnswer:
    """A 95 % interval of the difference, and how often chance alone makes one as large; both by drawing again."""

    interval: IntervalAnswer
    interval_method: str
    p: float
    p_method: str
    resamples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomesAnswer:
    """Outcomes of more and of less aligned units. The difference is the more aligned less the less aligned.

    `ratio` is None unless both means are above 0. `favours` tells which group did better, none where they are equal.
    """

    strategy: UUID
    outcome: OutcomeKind
    figure: Compared
    measured_in: str
    higher_is_better: bool
    began: datetime
    ended: datetime
    bar: float
    more_aligned: GroupOfUnits
    less_aligned: GroupOfUnits
    difference: float
    ratio: float | None
    favours: str | None
    sureness: SurenessAnswer
    left_out: tuple[LeftOut, ...]
    warning: str


def outcomes(inquiry: Inquiry) -> Found:
    """What KPIs of one kind of outcome came to in more and in less aligned units, from `from` until the moment.

    A unit is more aligned where at least `bar` percent of its people were committed as the period began. It is a
    correlation between units. Refused below 10 units in either group.
    """
    strategy, scope = strategy_of(inquiry), Scope(unit=inquiry.named("unit"))
    inquiry.check(concerned_by(inquiry, strategy, scope))
    known = {"known_at": str(inquiry.asked.position), "from": inquiry.arguments["from"]}
    first = moment_of(inquiry.services, inquiry.session, known, ("from", "known_at")).asked
    if first.valid_at >= inquiry.asked.valid_at:
        raise _wrong("from", "the period has to begin before the moment asked for, valid_at")
    ask = inquiry.services.questions
    began, ended = ask.alignment(first, strategy, WHOLE), ask.situation(inquiry.asked, strategy)
    if began is None or ended is None:
        raise NotOnRecordThen("strategy", inquiry.arguments["strategy"], "from" if began is None else "valid_at")
    units = inquiry.population(scope).units if scope != WHOLE else None
    terms = _terms(inquiry, units)
    kpis = {id: kpi for id, kpi in inquiry.states(KPI, strategy=strategy).items() if kpi.person is None}
    found = compare(began, ended, kpis, terms)
    asks = {
        "strategy": strategy,
        "unit": scope.unit,
        "outcome": terms.outcome,
        "figure": terms.figure,
        "bar": inquiry.arguments["bar"],
        "kind": terms.kind,
        "from": first.valid_at,
    }
    sure = inquiry.services.resampling.sureness(
        _seed({**asks, "organisation": inquiry.organisation, "to": inquiry.asked.valid_at}),
        [float(each.figure) for each in found.more],
        [float(each.figure) for each in found.less],
    )
    answer = OutcomesAnswer(
        strategy=strategy,
        outcome=terms.outcome,
        figure=terms.figure,
        measured_in=found.measured_in,
        higher_is_better=found.higher_is_better,
        began=first.valid_at,
        ended=inquiry.asked.valid_at,
        bar=float(terms.bar),
        more_aligned=_group(inquiry, found.more),
        less_aligned=_group(inquiry, found.less),
        difference=rounded(found.difference),
        ratio=rounded(found.ratio) if found.ratio is not None else None,
        favours=_favours(found),
        sureness=SurenessAnswer(
            interval=IntervalAnswer(low=sure.low, high=sure.high),
            interval_method=INTERVAL,
            p=sure.p,
            p_method=TEST,
            resamples=sure.resamples,
        ),
        left_out=found.left_out,
        warning=WARNING,
    )
    return Found(answer=answer, asks=asks)


def _wrong(field: str, problem: str) -> FieldsNotValid:
    return FieldsNotValid(field, problem, {field: problem})


def _terms(inquiry: Inquiry, units: frozenset[UUID] | None) -> Terms:
    named = inquiry.arguments
    bar = named["bar"]
    if not DECIMAL.fullmatch(bar) or not 0 < Fraction(bar) <= 100:
        raise _wrong("bar", "this has to be a percentage, above 0 and up to 100")
    try:
        outcome = OutcomeKind(named["outcome"])
    except ValueError:
        raise _wrong("outcome", f"this has to be one of: {', '.join(OutcomeKind)}") from None
    try:
        figure = Compared(named.get("figure", Compared.CHANGE))
    except ValueError:
        raise _wrong("figure", f"this has to be one of: {', '.join(Compared)}") from None
    return Terms(outcome=outcome, figure=figure, bar=Fraction(bar), kind=named.get("kind"), units=units)


def _seed(question: dict[str, object]) -> str:
    """The question as one text, from which all that is drawn follows. What was recorded since decides nothing."""
    return json.dumps({name: str(each) for name, each in question.items()}, sort_keys=True)


def _favours(found: Comparison) -> str | None:
    if found.difference == 0:
        return None
    return "more_aligned" if (found.difference > 0) is found.higher_is_better else "less_aligned"


def _group(inquiry: Inquiry, units: Iterable[UnitOutcome]) -> GroupOfUnits:
    every, chart = tuple(units), inquiry.settings.chart
    return GroupOfUnits(
        n=len(every),
        mean=rounded(mean(every)),
        units=tuple(
            UnitOutcomeAnswer(
                unit=each.unit,
                name=chart.name(each.unit, inquiry.asked.valid_at),
                people=each.people,
                committed=each.committed,
                percent=rounded(Fraction(100 * each.committed, each.people)),
                figure=rounded(each.figure),
                kpis=each.kpis,
            )
            for each in every
        ),
    )


OUTCOMES = Noun(
    name="outcomes",
    description="Whether alignment pays: outcomes of more and of less aligned units.",
    asks=(
        Ask(
            path="alignment/outcomes",
            view="alignment",
            find=outcomes,
            title="Compare outcomes of more and less aligned units.",
            answers=OutcomesAnswer,
            arguments=(
                STRATEGY_ARGUMENT,
                Argument(
                    name="outcome",
                    meaning="Of which kind of outcome.",
                    schema={"type": "string", "enum": [each.value for each in OutcomeKind]},
                    required=True,
                ),
                Argument(
                    name="from",
                    meaning="When the period began; it ends at valid_at.",
                    schema={"anyOf": [{"type": "string", "format": each} for each in ("date-time", "date")]},
                    required=True,
                ),
                Argument(
                    name="bar",
                    meaning="From which percentage of committed people on a unit is among the more aligned ones.",
                    required=True,
                ),
                Argument(
                    name="figure",
                    meaning="What is compared: the level at the end, the change, or the change relative to the start.",
                    schema={"type": "string", "enum": [each.value for each in Compared], "default": Compared.CHANGE},
                ),
                Argument(name="unit", meaning="Only units below this one, by key or id, and itself."),
                Argument(name="kind", meaning="Only units of this kind, such as team."),
            ),
        ),
    ),
)
