"""Events are for ever: what every content, state and refusal of the domain keeps to."""

from __future__ import annotations

import inspect
import re
import string
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

import pytest

from domain.kernel import Content, Refusal, RefusalKind, event
from domain.temporal import Aggregate
from tests.architecture.vocabulary import aggregates, contents, not_plain, refusals

IRREGULAR = frozenset(
    {
        "Begun",
        "Began",
        "Done",
        "Given",
        "Held",
        "Left",
        "Made",
        "Met",
        "Paid",
        "Run",
        "Said",
        "Sent",
        "Set",
        "Shown",
        "Spent",
    }
)
IRREGULAR |= {
    "Found",
    "Run",
    "Split",
    "Taken",
    "Withdrawn",
    "Written",
    "Won",
    "Lost",
    "Broken",
    "Drawn",
    "Frozen",
    "Chosen",
    "Kept",
}


def in_the_past(name: str) -> bool:
    """Whether a class is named for what happened, and for what it was that happened: never merely *updated*."""
    last = re.findall(r"[A-Z][a-z]*", name)[-1]
    return (last.endswith("ed") or last in IRREGULAR) and last not in {"Updated", "Edited", "Modified"}


def placeholders(text: str) -> set[str]:
    """The names that a format string speaks of."""
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in string.Formatter().parse(text) if name}


def unexplained(refusal: type[Refusal]) -> set[str]:
    """The names that a refusal's sentences use and its data does not hold."""
    held = {each.name for each in fields(refusal)} | set(re.findall(r"self\.(\w+)", inspect.getsource(refusal)))
    return (placeholders(refusal.rule) | placeholders(refusal.way_out)) - held


@pytest.mark.parametrize("content", contents(), ids=lambda each: each.__name__)
class TestContent:
    def test_is_frozen_and_declared_as_an_event(self, content: type[Content]) -> None:
        assert {"TOPIC", "SCHEMA"} <= set(vars(content))
        assert content.__dataclass_params__.frozen  # type: ignore[attr-defined] # what dataclass leaves on the class

    def test_holds_plain_values_only(self, content: type[Content]) -> None:
        assert not_plain(content) == []

    def test_is_named_for_what_happened(self, content: type[Content]) -> None:
        assert in_the_past(content.__name__)
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*\.[a-z]+([-_][a-z]+)*", content.TOPIC)

    def test_says_what_it_means(self, content: type[Content]) -> None:
        assert content.__doc__
        assert not content.__doc__.startswith(f"{content.__name__}(")

    def test_belongs_to_an_aggregate(self, content: type[Content]) -> None:
        assert any(content in each.contents for each in aggregates())


def test_no_two_contents_share_a_topic() -> None:
    shared = [topic for topic, count in Counter(each.TOPIC for each in contents()).items() if count > 1]
    assert shared == []


@pytest.mark.parametrize("aggregate", aggregates(), ids=lambda each: each.kind)
class TestAggregate:
    def test_has_a_frozen_plain_state(self, aggregate: Aggregate[Any]) -> None:
        state = type(aggregate.initial)
        assert state.__dataclass_params__.frozen
        assert not_plain(state) == []

    def test_has_contents(self, aggregate: Aggregate[Any]) -> None:
        assert aggregate.contents
        assert len(set(aggregate.contents)) == len(aggregate.contents)


@pytest.mark.parametrize("refusal", refusals(), ids=lambda each: each.__name__)
class TestRefusal:
    def test_says_which_rule_and_the_way_out_from_its_own_data(self, refusal: type[Refusal]) -> None:
        assert refusal.rule
        assert refusal.way_out
        assert unexplained(refusal) == set()

    def test_is_of_a_kind_and_compares_by_identity(self, refusal: type[Refusal]) -> None:
        assert refusal.kind in RefusalKind
        assert refusal.__eq__ is object.__eq__


def test_no_two_refusals_share_a_name() -> None:
    assert [name for name, count in Counter(each.__name__ for each in refusals()).items() if count > 1] == []


class TestTheRulesThemselves:
    """Each of them has a case that breaks it."""

    @pytest.mark.parametrize(
        "hint", [float, UUID | str, Any, list[str], dict[float, str], tuple[str | int, ...], object]
    )
    def test_a_field_that_is_not_plain_is_found(self, hint: object) -> None:
        made: type = dataclass(type("Made", (), {"__annotations__": {"amount": hint}}))
        assert not_plain(made) == [
            f"Made.amount: {hint}" if hint != tuple[str | int, ...] else "Made.amount: str | int"
        ]

    def test_a_field_that_is_not_plain_is_found_deep_inside(self) -> None:
        inner: type = dataclass(type("Inner", (), {"__annotations__": {"share": float}}))
        outer: type = dataclass(type("Outer", (), {"__annotations__": {"by_unit": Mapping[UUID, tuple[inner, ...]]}}))  # type: ignore[valid-type]
        assert not_plain(outer) == ["Outer.by_unit.share: <class 'float'>"]

    @pytest.mark.parametrize("name", ["CommitmentUpdated", "CommitmentChange", "MakeCommitment", "GoalEdited"])
    def test_a_name_that_tells_of_no_event_is_found(self, name: str) -> None:
        assert not in_the_past(name)

    def test_a_sentence_about_data_that_is_not_there_is_found(self) -> None:
        @dataclass(eq=False)
        class Unheard(Refusal):
            rule = "{who} said so at {when:%Y}"
            way_out = "ask {whom.name}"
            who: str

        assert unexplained(Unheard) == {"when", "whom"}

    def test_a_content_that_is_changed_is_found(self) -> None:
        @event("guard.tried")
        class GuardTried(Content):
            note: str

        with pytest.raises(AttributeError):
            setattr(GuardTried(note="once"), "note", "twice")  # noqa: B010 — mypy would refuse the assignment
