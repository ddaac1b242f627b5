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
from application.confided_answers import published_of
from application.permissions import About
from domain.alignment import Alignment
from domain.confided_results import Results
from domain.confidentiality import Part
from domain.kpi import KPI
from domain.kpi_events import OutcomeKind
from domain.kpi_rules import DECIMAL
from domain.measuring import shown
from domain.outcomes import WARNING, Compared, Comparison, LeftOut, Terms, UnitOutcome, compare, mean, rounded
from domain.outcomes_published import compare_published
from domain.review import REVIEW, Review
from domain.scope import WHOLE, Scope

INTERVAL = "95 % percentile bootstrap of the difference of means"
TEST = "two-sided permutation test of the difference of means"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOutcomeAnswer:
    """A unit that is compared: how many of its people were committed as the period began, and its figure.

    For an outcome that was confided it is a published reporting group: the nodes of the review's tree in `part`, each a
    list from the top down, and `people` are those who were asked in it and were there as the period began.
    """

    unit: UUID | None
    part: Part
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

    The outcome is one that KPIs measure, or what a confidential `review` published of a `question`. `ratio` is None
    unless both means are above 0. `favours` tells which group did better, none where they are equal.
    """

    strategy: UUID
    outcome: OutcomeKind | None
    review: UUID | None
    question: str | None
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
    """What an outcome came to in more and in less aligned units, from `from` until the moment.

    Either what KPIs of one kind of outcome came to in units, or what a confidential review published of one question,
    by its reporting groups. A unit is more aligned where at least `bar` percent of its people were committed as the
    period began. It is a correlation between units. Refused below 10 units in either group.
    """
    strategy, scope = strategy_of(inquiry), Scope(unit=inquiry.named("unit"))
    inquiry.check(concerned_by(inquiry, strategy, scope))
    terms = _terms(inquiry)
    known = {"known_at": str(inquiry.asked.position), "from": inquiry.arguments["from"]}
    first = moment_of(inquiry.services, inquiry.session, known, ("from", "known_at")).asked
    if first.valid_at >= inquiry.asked.valid_at:
        raise _wrong("from", "the period has to begin before the moment asked for, valid_at")
    began = inquiry.services.questions.alignment(first, strategy, WHOLE)
    if began is None:
        raise NotOnRecordThen("strategy", inquiry.arguments["strategy"], "from")
    found = _of_kpis(inquiry, began, terms, scope) if terms.outcome else _published(inquiry, began, terms, scope)
    asks: dict[str, object] = {
        "strategy": strategy,
        "unit": scope.unit,
        "outcome": terms.outcome,
        "figure": terms.figure,
        "bar": shown(terms.bar, 30),
        "kind": terms.kind,
        "from": first.valid_at,
        **({"review": terms.review, "question": terms.question} if terms.review is not None else {}),
    }
    sure = inquiry.services.resampling.sureness(
        _seed({**asks, "organisation": inquiry.organisation, "to": inquiry.asked.valid_at}),
        [float(each.figure) for each in found.more],
        [float(each.figure) for each in found.less],
    )
    answer = OutcomesAnswer(
        strategy=strategy,
        outcome=terms.outcome,
        review=terms.review,
        question=terms.question,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What the question names: an outcome that KPIs measure, or a question of a confidential review."""

    outcome: OutcomeKind | None
    review: UUID | None
    question: str | None
    figure: Compared
    bar: Fraction
    kind: str | None


def _of_kpis(inquiry: Inquiry, began: Alignment, terms: _Asked, scope: Scope) -> Comparison:
    strategy = began.situation.id
    ended = inquiry.services.questions.situation(inquiry.asked, strategy)
    if ended is None or terms.outcome is None:
        raise NotOnRecordThen("strategy", inquiry.arguments["strategy"], "valid_at")
    units = inquiry.population(scope).units if scope != WHOLE else None
    wanted = Terms(outcome=terms.outcome, figure=terms.figure, bar=terms.bar, kind=terms.kind, units=units)
    kpis = {id: kpi for id, kpi in inquiry.states(KPI, strategy=strategy).items() if kpi.person is None}
    return compare(began, ended, kpis, wanted)


def _published(inquiry: Inquiry, began: Alignment, terms: _Asked, scope: Scope) -> Comparison:
    """The groups of a review. Raises FieldsNotValid where nothing of it is published that is open to the caller."""
    reviews = inquiry.states(REVIEW, strategy=began.situation.id)
    review = reviews.get(terms.review) if terms.review is not None else None
    results = _results(inquiry, terms.review, review) if terms.review is not None and review is not None else None
    if results is None or review is None or review.terms is None or review.questionnaire is None:
        raise _wrong("review", "no confidential review of this strategy has results there that are open to you")
    if review.opened_at is None or review.opened_at < began.situation.valid_at:
        raise _wrong("from", "the review was opened before the period began: let it begin no later than the review")
    below = str(scope.unit) if scope.unit is not None else None
    return compare_published(began, review.terms, review.questionnaire, results, terms.question or "", terms.bar, below)


def _results(inquiry: Inquiry, id: UUID, review: Review) -> Results | None:
    asked = inquiry.session.caller.person in (*review.participants, *review.readers)
    if not inquiry.sees(lambda: About(shared=asked, published=False, review=id), "review"):
        return None
    return published_of(inquiry.services.ledger, inquiry.organisation, id, review)


def _wrong(field: str, problem: str) -> FieldsNotValid:
    return FieldsNotValid(field, problem, {field: problem})


def _terms(inquiry: Inquiry) -> _Asked:
    named = inquiry.arguments
    bar, outcome, review, question = (named.get(each) for each in ("bar", "outcome", "review", "question"))
    if bar is None or not DECIMAL.fullmatch(bar) or not 0 < Fraction(bar) <= 100:
        raise _wrong("bar", "this has to be a percentage, above 0 and up to 100")
    if (outcome is None) == (review is None):
        raise _wrong("outcome", "name an outcome that KPIs measure, or else a confidential review and its question")
    if (review is None) != (question is None):
        raise _wrong("question", "a review and one of its questions are named together")
    if outcome is not None and outcome not in set(OutcomeKind):
        raise _wrong("outcome", f"this has to be one of: {', '.join(OutcomeKind)}")
    figure = named.get("figure", Compared.LEVEL if review is not None else Compared.CHANGE)
    if figure not in set(Compared):
        raise _wrong("figure", f"this has to be one of: {', '.join(Compared)}")
    if review is not None and figure != Compared.LEVEL:
        raise _wrong("figure", "what a review published is a level: groups of two reviews are not the same people")
    if review is not None and "kind" in named:
        raise _wrong("kind", "the groups that a review published are of no kind of unit")
    return _Asked(
        outcome=OutcomeKind(outcome) if outcome is not None else None,
        review=inquiry.named("review"),
        question=question,
        figure=Compared(figure),
        bar=Fraction(bar),
        kind=named.get("kind"),
    )


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
                part=each.part,
                name=chart.name(each.unit, inquiry.asked.valid_at) if each.unit is not None else None,
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
                ),
                Argument(
                    name="review",
                    meaning="Instead of an outcome: what this confidential review published, by key or id.",
                ),
                Argument(name="question", meaning="Of the review, this rated question, by its id."),
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
