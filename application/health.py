"""Health checks (S14): the questions of trust between units, what published checks tell, benchmarks loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.command import AnyDraft, Command, Draft, command, handles
from application.confided_answers import published_of
from application.desk import Desk
from application.ledger import Ledger
from domain.benchmark import BENCHMARK, Benchmark, BenchmarkLoaded, BenchmarkWithdrawn, ReferenceValue
from domain.chart import Chart
from domain.confidentiality import ROOT, Part
from domain.health import GroupTold, Held
from domain.review import Review, ReviewKind, ReviewStanding


@command("benchmark.loaded")
class LoadBenchmark(Command):
    """Load reference values: each with its `question`, the `wording` it was asked in, and what its `value` measures.

    A `mean` is on the scale from `lowest` to `highest`; a `share` is the percentage that gave `from_score` or more.
    Values that nobody `verified` are marked as unverified vendor figures wherever they are shown.
    """

    title: str
    source: str
    dated: date
    lowest: int
    highest: int
    values: tuple[ReferenceValue, ...]
    benchmark: str | None = None
    verified: bool = False


@command("benchmark.withdrawn")
class WithdrawBenchmark(Command):
    """Compare nothing with a benchmark any more, with the reason."""

    benchmark: str


@handles(LoadBenchmark)
def load(asked: LoadBenchmark, desk: Desk) -> AnyDraft:
    """New reference values."""
    content = BenchmarkLoaded(
        key=desk.open_key("benchmark", asked.benchmark),
        title=asked.title,
        source=asked.source,
        dated=asked.dated,
        lowest=asked.lowest,
        highest=asked.highest,
        verified=asked.verified,
        values=asked.values,
    )
    return Draft[Benchmark](aggregate=BENCHMARK, stream=desk.new("benchmark", asked.benchmark), content=content)


@handles(WithdrawBenchmark)
def withdraw(asked: WithdrawBenchmark, desk: Desk) -> AnyDraft:
    """No longer compared with."""
    desk.be_reasoned(asked.TOPIC)
    stream = desk.find("benchmark", asked.benchmark)
    return Draft[Benchmark](aggregate=BENCHMARK, stream=stream, content=BenchmarkWithdrawn())


@dataclass(frozen=True)
class Checks:
    """Reads the health checks among reviews, as far as their results were published and are open to the caller."""

    ledger: Ledger
    organisation: UUID
    chart: Chart
    results_open: Callable[[UUID, Review], bool]

    def held(self, reviews: Mapping[UUID, Review]) -> list[Held]:
        """The checks with published results, oldest first."""
        found = (self._held(id, each) for id, each in reviews.items() if each.kind is ReviewKind.HEALTH_CHECK)
        return sorted((each for each in found if each is not None), key=lambda each: (each.opened_at, each.review))

    def _held(self, id: UUID, review: Review) -> Held | None:
        edition, asked = review.published, review.questionnaire
        if edition is None or asked is None or review.opened_at is None or not self.results_open(id, review):
            return None
        groups = tuple(self._groups(id, review))
        if review.standing is ReviewStanding.CANCELLED or not groups:
            return None
        return Held(
            review=id,
            title=review.title,
            opened_at=review.opened_at,
            published_at=edition.published_at,
            questionnaire=asked,
            groups=groups,
            trusted_units=review.trusted_units,
        )

    def _groups(self, id: UUID, review: Review) -> Iterator[GroupTold]:
        if review.terms is None:
            units = {group.name: group.unit for group in review.groups}
            for each in review.published.results if review.published is not None else ():
                unit = units.get(each.group) if each.group is not None else None
                yield GroupTold(group=each.group, unit=unit, n=each.answered, questions=each.questions)
            return
        results = published_of(self.ledger, self.organisation, id, review)
        for part in results.parts if results is not None else ():
            if not part.union or part.part == ROOT:
                yield GroupTold(
                    group=self._name(part.part), unit=self._unit(part.part), n=part.n, questions=part.questions
                )

    def _name(self, part: Part) -> str | None:
        """What a part of the tree is called; None for all participants."""
        if part == ROOT:
            return None
        units = {str(id): unit for id, unit in self.chart.units()}
        steps = [path[-1] for path in part if path]
        return " + ".join(units[step].labels[-1].name if step in units else step or "directly" for step in steps)

    def _unit(self, part: Part) -> UUID | None:
        units = {str(id): id for id, _ in self.chart.units()}
        return units.get(part[0][-1]) if len(part) == 1 and part[0] else None


def not_shown(reviews: Iterable[Review], held: Sequence[Held]) -> int:
    """How many health checks there are without results that are shown."""
    checks = [each for each in reviews if each.kind is ReviewKind.HEALTH_CHECK]
    return len([each for each in checks if each.standing is not ReviewStanding.CANCELLED]) - len(held)
