"""Health checks over HTTP: own trend, trust between units, reference values beside one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.alignment import STRATEGY_ARGUMENT, asks_of, concerned_by, strategy_of
from adapters.http.answers import Found
from adapters.http.asks import Ask, Inquiry
from adapters.http.noun import Noun
from adapters.http.refusals import NotOnRecordThen
from application.health import Checks, not_shown
from application.permissions import About
from domain.benchmark import BENCHMARK, Benchmark, ReferenceValue
from domain.health import UNVERIFIED, Comparison, Trend, Trust, compared, trends, trust_between
from domain.review import REVIEW, Review
from domain.scope import Scope
from domain.strategy import STRATEGY


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchmarkAnswer:
    """Reference values as of a moment; `mark` says that nobody verified them."""

    id: UUID
    key: str | None
    title: str
    source: str
    dated: date | None
    lowest: int
    highest: int
    mark: str | None
    values: tuple[ReferenceValue, ...]
    loaded_at: datetime | None
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckHeld:
    """One health check with published results: how many of those asked answered, or of a group that is the whole."""

    review: UUID
    title: str
    opened_at: datetime
    published_at: datetime
    answered: int
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthAnswer:
    """The health checks of a strategy as of a moment, oldest first, and what is read off their published results.

    `not_shown` have no results that are published and open to the caller. The `trend` is of the newest check's
    questions; `trust` between units is the newest check's; `benchmarks` are compared with it.
    """

    strategy: UUID
    checks: tuple[CheckHeld, ...]
    not_shown: int
    trend: tuple[Trend, ...]
    trust: tuple[Trust, ...]
    benchmarks: tuple[Comparison, ...]


def _shaped(id: UUID, state: Benchmark) -> BenchmarkAnswer:
    return BenchmarkAnswer(
        id=id,
        key=state.key,
        title=state.title,
        source=state.source,
        dated=state.dated,
        lowest=state.lowest,
        highest=state.highest,
        mark=None if state.verified else UNVERIFIED,
        values=state.values,
        loaded_at=state.loaded_at,
        withdrawn_at=state.withdrawn_at,
    )


def listed(inquiry: Inquiry) -> Found:
    """The reference values that were loaded, withdrawn ones too."""
    inquiry.check(About(published=True))
    entries = ((str(id), (id, state)) for id, state in inquiry.states(BENCHMARK).items())
    return inquiry.page(entries, lambda _, entry: _shaped(*entry))


def shown(inquiry: Inquiry) -> Found:
    """One data set. Without times it is the record's present resource, whose ETag goes into If-Match."""
    inquiry.check(About(published=True))
    id = inquiry.find("benchmark")
    state, version = inquiry.own(BENCHMARK, id)
    return Found(answer=_shaped(id, state), asks={"benchmark": id}, version=version)


def health(inquiry: Inquiry) -> Found:
    """How the health checks of a strategy went over time, how far units trust each other, and how others answered.

    Only what was asked in the same words and on the same scale is put side by side; what was not is named, with the
    reason. All of it is read off published results.
    """
    id, scope = strategy_of(inquiry), Scope()
    inquiry.check(concerned_by(inquiry, id, scope))
    if id not in inquiry.states(STRATEGY, streams=[id]):
        raise NotOnRecordThen("strategy", inquiry.arguments["strategy"], "valid_at")

    def results_open(review: UUID, state: Review) -> bool:
        asked = inquiry.session.caller.person in (*state.participants, *state.readers)
        return inquiry.sees(lambda: About(shared=asked, published=False, review=review), "review")

    reviews = inquiry.states(REVIEW, strategy=id)
    held = Checks(inquiry.services.ledger, inquiry.organisation, inquiry.settings.chart, results_open).held(reviews)
    newest = held[-1] if held else None
    answer = HealthAnswer(
        strategy=id,
        checks=tuple(
            CheckHeld(
                review=each.review,
                title=each.title,
                opened_at=each.opened_at,
                published_at=each.published_at,
                answered=sum(group.n for group in each.groups if group.group is None),
                groups=tuple(group.group for group in each.groups if group.group is not None),
            )
            for each in held
        ),
        not_shown=not_shown(reviews.values(), held),
        trend=trends(held),
        trust=trust_between(newest) if newest is not None else (),
        benchmarks=compared(newest, inquiry.states(BENCHMARK)),
    )
    return Found(answer=answer, asks=asks_of(id, scope))


HEALTH = Noun(
    name="health",
    description="The recurring health check: trend, trust between units, reference values.",
    acts=(
        Act(path="benchmarks", topic="benchmark.loaded", leads_to="benchmarks/{id}"),
        Act(
            path="benchmarks/<path:benchmark>/withdrawals",
            topic="benchmark.withdrawn",
            leads_to="benchmarks/{id}",
            changes=True,
        ),
    ),
    asks=(
        Ask(
            path="benchmarks",
            view="benchmark",
            find=listed,
            title="List reference values.",
            answers=list[BenchmarkAnswer],
            pages=True,
        ),
        Ask(
            path="benchmarks/<path:benchmark>",
            view="benchmark",
            find=shown,
            title="Show reference values.",
            answers=BenchmarkAnswer,
        ),
        Ask(
            path="alignment/health",
            view="alignment",
            find=health,
            title="Show the health checks over time.",
            answers=HealthAnswer,
            arguments=(STRATEGY_ARGUMENT,),
        ),
    ),
)
