"""Who ran the process, and of whom what was understood is told."""

from __future__ import annotations

import pytest

from domain.cascade import PROCESS, Process, ProcessAlreadyRun, ProcessRun, RunWithNobody
from domain.cascade_figures import place, told_of
from domain.chart import Chart, evolve_chart
from domain.confided_results import PartResult, Results
from domain.confidentiality import ROOT, Grouping, Leaf, Part, Path, Terms
from domain.kernel import Actor, Party
from domain.person import PersonLeft
from domain.scope import WHOLE, Scope
from domain.temporal import Fact
from domain.unit import UnitFormed
from tests.support.specification import given, instant, on, some

RUN = ProcessRun(
    key="day", person=some("Lena"), unit=some("a"), strategy=some("growth"), participants=(some("Ann"), some("Bob"))
)


def test_it_is_run_by_a_manager_with_their_own_people() -> None:
    given(PROCESS).when(on("2026-03-10", RUN)).then(
        Process(
            run_at=instant("2026-03-10"),
            key="day",
            person=some("Lena"),
            unit=some("a"),
            strategy=some("growth"),
            participants=(some("Ann"), some("Bob")),
        )
    )


def test_one_entered_for_its_manager_is_marked() -> None:
    behalf = Actor(person=some("Max"), on_behalf_of=Party("person", some("Lena")))
    given(PROCESS).when(on("2026-03-10", RUN).by(behalf)).then(on_behalf=True)


def test_one_running_is_recorded_once() -> None:
    given(PROCESS, on("2026-03-10", RUN)).when(on("2026-03-11", RUN)).then(ProcessAlreadyRun)


@pytest.mark.parametrize("participants", [(), (some("Lena"),)])
def test_nobody_runs_it_alone(participants: tuple[object, ...]) -> None:
    alone = ProcessRun(person=some("Lena"), unit=some("a"), strategy=some("growth"), participants=participants)  # type: ignore[arg-type]
    given(PROCESS).when(on("2026-03-10", alone)).then(RunWithNobody)


def test_what_it_does_not_know_changes_nothing() -> None:
    fact = Fact(some("s"), 1, 1, instant("2026-03-04"), Actor(), PersonLeft())
    assert PROCESS.evolve(Process(), fact) == Process()


TOP, A, B = (str(some(each)) for each in ("top", "a", "b"))


def chart() -> Chart:
    """Two teams below the top since January; a third formed in May."""
    found = Chart()
    for at, name, parent in (
        ("2026-01-01", "top", None),
        ("2026-01-01", "a", some("top")),
        ("2026-01-01", "b", some("top")),
        ("2026-05-01", "late", some("top")),
    ):
        formed = UnitFormed(unit=some(name), name=name, kind="team", parent=parent)
        found = evolve_chart(found, formed, instant(at))
    return found


def terms(*by: Grouping) -> Terms:
    """A tree with two teams, or of ranks within them."""
    paths: tuple[Path, ...] = (
        ((TOP, A), (TOP, B)) if by == (Grouping.UNITS,) else ((TOP, A, "nurse"), (TOP, B, "nurse"))
    )
    if by == (Grouping.RANKS,):
        paths = (("nurse",), ("director",))
    return Terms(by=by, leaves=tuple(Leaf(path=path, people=(some(str(path)),)) for path in paths))


UNITS, RANKS = (Grouping.UNITS,), (Grouping.RANKS,)


@pytest.mark.parametrize(
    ("by", "scope", "expected"),
    [
        (UNITS, WHOLE, ()),
        (UNITS, Scope(unit=some("a")), (TOP, A)),
        (UNITS, Scope(unit=some("top")), (TOP,)),
        (UNITS, Scope(rank="nurse"), None),
        (UNITS, Scope(unit=some("late")), None),
        (UNITS, Scope(unit=some("a"), rank="nurse"), None),
        (RANKS, Scope(rank="nurse"), ("nurse",)),
        (RANKS, Scope(unit=some("a")), None),
        ((Grouping.UNITS, Grouping.RANKS), Scope(unit=some("a"), rank="nurse"), (TOP, A, "nurse")),
        ((Grouping.UNITS, Grouping.RANKS), Scope(unit=some("a")), (TOP, A)),
        ((Grouping.UNITS, Grouping.RANKS), Scope(rank="nurse"), None),
        ((Grouping.GROUPS,), Scope(unit=some("a")), None),
    ],
)
def test_a_scope_has_a_place_where_the_tree_is_made_of_it(
    by: tuple[Grouping, ...], scope: Scope, expected: Path | None
) -> None:
    assert place(chart(), terms(*by), scope, instant("2026-03-01")) == expected


def part(n: int, *nodes: Path) -> PartResult:
    """A published part of so many people."""
    return PartResult(part=nodes, union=False, n=n, questions=())


def results(*parts: PartResult) -> Results:
    """What was published."""
    return Results(asked=40, answered=20, parts=parts)


@pytest.mark.parametrize(
    ("path", "expected"),
    [((TOP, A), 6), ((TOP, B), 7), ((TOP,), 13), ((), 13), ((TOP, "elsewhere"), None), (None, None)],
)
def test_it_is_told_of_the_smallest_published_group_that_holds_all(path: Path | None, expected: int | None) -> None:
    found = told_of(results(part(6, (TOP, A)), part(7, (TOP, B)), part(13, *ROOT)), terms(Grouping.UNITS), path)
    assert (found.n if found else None) == expected


def test_a_pooled_group_is_told_as_one() -> None:
    pooled: Part = ((TOP, A), (TOP, B))
    found = told_of(results(part(9, *pooled), part(20, *ROOT)), terms(Grouping.UNITS), (TOP, A))
    assert found is not None
    assert (found.n, found.part) == (9, pooled)
