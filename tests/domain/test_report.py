"""A report: published once, proven, never of the future; withdrawn once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.kernel import Actor, Content, Provenance
from domain.report import (
    REPORT,
    Report,
    ReportAlreadyPublished,
    ReportAlreadyWithdrawn,
    ReportNotProven,
    ReportNotPublished,
    ReportOfTheFuture,
    ReportPublished,
    ReportWithdrawn,
    Tree,
    tree_of,
)
from domain.scope import Scope
from domain.temporal import Fact

AT = datetime(2026, 4, 1, 9, tzinfo=UTC)
NOTE = "log.example/acme\n12\ncm9vdA==\n\n— log.example/acme c2lnbmVk\n"
TOLD = ReportPublished(
    title="Where we stand",
    strategy=UUID(int=2),
    unit=UUID(int=3),
    rank="lead",
    valid_at=AT,
    known_at=AT,
    position=12,
    rules=2,
    digest="0a" * 32,
    checkpoint=NOTE,
)


def fact(content: Content, at: datetime = AT, actor: Actor = Actor(person=UUID(int=9))) -> Fact:
    return Fact(UUID(int=1), 1, 1, at, actor, content)


PUBLISHED = REPORT.evolve(Report(), fact(TOLD))


def test_it_keeps_what_was_told_and_what_proves_it() -> None:
    REPORT.guard(Report(), fact(TOLD))
    assert (PUBLISHED.published_at, PUBLISHED.published_by, PUBLISHED.withdrawn_at) == (AT, UUID(int=9), None)
    assert PUBLISHED.scope == Scope(unit=UUID(int=3), rank="lead")
    assert PUBLISHED.tree == Tree("log.example/acme", 12, "cm9vdA==")
    assert (PUBLISHED.position, PUBLISHED.rules, PUBLISHED.digest) == (12, 2, "0a" * 32)
    assert not PUBLISHED.told_elsewhere


def test_one_that_was_imported_was_told_elsewhere() -> None:
    imported = Actor(imported=Provenance(source="old", line=3))
    assert REPORT.evolve(Report(), fact(TOLD, actor=imported)).told_elsewhere


def test_it_is_published_once() -> None:
    with pytest.raises(ReportAlreadyPublished, match="Where we stand"):
        REPORT.guard(PUBLISHED, fact(TOLD))


def test_what_is_still_to_come_is_not_reported() -> None:
    late = replace(TOLD, valid_at=AT + timedelta(microseconds=1))
    with pytest.raises(ReportOfTheFuture):
        REPORT.guard(Report(), fact(late))


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("digest", "0A" * 32),
        ("digest", "0a" * 31),
        ("digest", ""),
        ("checkpoint", "log.example/acme\n12\n"),
        ("checkpoint", "log.example/acme\n-1\ncm9vdA==\n\n"),
        ("checkpoint", "log.example/acme\n²\ncm9vdA==\n\n"),
        ("checkpoint", "\n12\ncm9vdA==\n\n"),
        ("checkpoint", "log.example/acme\n12\ncm9vdA==\n"),
        ("position", 13),
        ("position", 0),
    ],
)
def test_what_does_not_prove_it_is_refused(field: str, wrong: object) -> None:
    with pytest.raises(ReportNotProven) as refused:
        REPORT.guard(Report(), fact(replace(TOLD, **{field: wrong})))  # type: ignore[arg-type]  # whichever field
    assert refused.value.where == field


def test_it_is_withdrawn_once_and_stays() -> None:
    with pytest.raises(ReportNotPublished):
        REPORT.guard(Report(), fact(ReportWithdrawn()))
    REPORT.guard(PUBLISHED, fact(ReportWithdrawn()))
    gone = REPORT.evolve(PUBLISHED, fact(ReportWithdrawn(), AT + timedelta(days=1)))
    assert gone == replace(PUBLISHED, withdrawn_at=AT + timedelta(days=1))
    with pytest.raises(ReportAlreadyWithdrawn):
        REPORT.guard(gone, fact(ReportWithdrawn()))


def test_a_text_that_is_no_note_says_nothing() -> None:
    assert tree_of("") is None
    assert Report().tree is None
