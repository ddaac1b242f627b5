"""Why a figure was restated: exactly the events that made it another one, and none beside them."""

from __future__ import annotations

from typing import Any

from application.explaining import Cause, Explanation, explain
from domain.scope import Scope
from tests.application.scenes import published
from tests.support.stage import Stage

CURRENT = "commitments/current"


def asked(stage: Stage, valid: str, first: str, second: str, figure: str | None = None) -> Explanation:
    last = stage.ask(valid, second).position
    return explain(stage.questions, stage.ask(valid, first), last, stage.strategy("growth"), Scope(), figure)


def commit(stage: Stage, who: str, at: str, **more: Any) -> Any:
    return stage.say(
        "commitment.made", at, commitment=f"{who}/growth", party_person=who, strategy="growth", level="committed",
        by=who, **more,
    )  # fmt: skip


def steps(found: Explanation, figure: str = CURRENT) -> list[tuple[str, int, int]]:
    def value(cause: Cause) -> tuple[int, int]:
        return next(((each.before, each.after) for each in cause.figures if each.figure == figure), (-1, -1))

    return [(cause.kind, *value(cause)) for cause in found.causes]


def test_a_late_fact_is_named_with_the_figure_before_and_after() -> None:
    stage = published()
    commit(stage, "ann", "2026-03-10")
    late = commit(stage, "cy", "2026-03-12", known="2026-05-04", reason="the form lay in a drawer")
    found = asked(stage, "2026-03-31", "2026-03-31", "2026-05-31", CURRENT)
    (cause,) = found.causes
    assert (cause.recorded.position, cause.corrects, cause.kind) == (late.position, None, "late fact")
    assert steps(found) == [("late fact", 1, 2)]
    (figure,) = found.figures
    assert (figure.before, figure.after, set(figure.entered)) == (1, 2, {late.stream})
    assert found.complete


def test_corrections_are_named_in_the_order_in_which_they_were_learned() -> None:
    stage = published()
    first = commit(stage, "ann", "2026-03-10")
    commit(stage, "cy", "2026-03-12", known="2026-05-01", reason="late")
    taken_back = stage.correct(first, "commitment.made", "2026-03-10", "2026-05-02", "it was somebody else")
    commit(stage, "bob", "2026-03-14", known="2026-05-03", reason="late")
    found = asked(stage, "2026-03-31", "2026-03-31", "2026-05-31", CURRENT)
    assert steps(found) == [("late fact", 1, 2), ("retraction", 2, 1), ("late fact", 1, 2)]
    assert found.causes[1].corrects == first.position
    assert found.causes[1].recorded.position == taken_back.position


def test_what_was_learned_and_does_not_tell_at_the_instant_is_not_named() -> None:
    stage = published()
    commit(stage, "ann", "2026-03-10")
    commit(stage, "cy", "2026-04-20")
    stage.say("unit.formed", "2026-03-05", unit="far", name="Far", kind="team", known="2026-05-01", reason="late")
    found = asked(stage, "2026-03-31", "2026-03-31", "2026-05-31", CURRENT)
    assert (found.figures, found.causes) == ((), ())
    whole = asked(stage, "2026-03-31", "2026-03-31", "2026-05-31")
    assert {each.figure for each in whole.figures} == {"population/units"}
    assert [cause.recorded.event.topic for cause in whole.causes] == ["unit.formed"]


def test_what_was_said_and_taken_back_between_tells_nothing_in_the_end() -> None:
    stage = published()
    said = commit(stage, "cy", "2026-03-12", known="2026-05-01", reason="late")
    stage.correct(said, "commitment.made", "2026-03-12", "2026-05-02", "no, it was not")
    assert asked(stage, "2026-03-31", "2026-03-31", "2026-05-31", CURRENT).causes == ()


def test_the_steps_add_up_to_the_whole() -> None:
    stage = published()
    for number, who in enumerate(("ann", "cy", "bob"), start=1):
        commit(stage, who, "2026-03-12", known=f"2026-05-0{number}", reason="late")
    found = asked(stage, "2026-03-31", "2026-03-31", "2026-05-31")
    for figure in found.figures:
        told = [each for cause in found.causes for each in cause.figures if each.figure == figure.figure]
        assert (told[0].before, told[-1].after) == (figure.before, figure.after)
        assert sum(each.after - each.before for each in told) == figure.after - figure.before
