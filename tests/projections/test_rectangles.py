from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from application.projections.encoding import StateEncoding
from application.projections.rectangles import Changes, History, Span
from domain.commitment import COMMITMENT, Commitment
from domain.kernel import Event, Word
from domain.temporal import Timeline
from tests.projections.keeping import CHANGED, MADE, event

ORGANISATION = UUID(int=5)
MARCH, APRIL, MAY = (datetime(2024, month, 1, tzinfo=UTC) for month in (3, 4, 5))


def given(*events: Event) -> tuple[History, Changes]:
    history = History(ORGANISATION, UUID(int=7), Timeline(COMMITMENT), StateEncoding().light)
    changes = Changes()
    for position, each in enumerate(events, start=10):
        changes.note(history, position, *history.learn(each))
    return history, changes


def rows(changes: Changes) -> list[tuple[datetime, datetime | None, int, int | None, str | None]]:
    return [
        (row.span.valid_from, row.span.valid_to, row.known_from, row.known_to, _level(row.span)) for row in changes.rows
    ]


def _level(span: Span) -> str | None:
    state: Commitment = StateEncoding().read(COMMITMENT, span.face.state or b"")
    return state.terms.level


def test_a_first_fact_opens_one_row_for_good() -> None:
    _, changes = given(event(ORGANISATION, 1, MADE, MARCH))
    assert rows(changes) == [(MARCH, None, 10, None, "committed")]


def test_a_fact_at_the_end_closes_one_row_and_opens_two() -> None:
    _, changes = given(event(ORGANISATION, 1, MADE, MARCH), event(ORGANISATION, 2, CHANGED, MAY))
    assert rows(changes) == [
        (MARCH, None, 10, 11, "committed"),
        (MARCH, MAY, 11, None, "committed"),
        (MAY, None, 11, None, "on condition"),
    ]


def test_a_late_fact_leaves_what_was_before_it() -> None:
    history, _ = given(event(ORGANISATION, 1, MADE, MARCH), event(ORGANISATION, 2, CHANGED, APRIL))
    closed, opened = history.learn(event(ORGANISATION, 3, CHANGED, MAY))
    assert [span.valid_from for span in closed] == [APRIL]
    assert [span.valid_from for span in opened] == [APRIL, MAY]


def test_of_facts_at_one_instant_the_last_alone_has_a_row() -> None:
    _, changes = given(event(ORGANISATION, 1, MADE, MARCH), event(ORGANISATION, 2, CHANGED, MARCH))
    assert rows(changes) == [(MARCH, None, 10, 11, "committed"), (MARCH, None, 11, None, "on condition")]


def test_a_retraction_of_the_only_fact_leaves_no_row_open() -> None:
    history, changes = given(
        event(ORGANISATION, 1, MADE, MARCH),
        event(ORGANISATION, 2, None, MARCH, word=Word.RETRACTION, fact=1, topic=MADE.TOPIC),
    )
    assert history.spans == []
    assert rows(changes) == [(MARCH, None, 10, 11, "committed")]


def test_a_row_that_was_stored_earlier_is_closed_by_the_instant_it_begins_at() -> None:
    history, _ = given(event(ORGANISATION, 1, MADE, MARCH))
    later = Changes()
    later.note(history, 40, *history.learn(event(ORGANISATION, 2, CHANGED, APRIL)))
    assert [(each.valid_from, each.known_to) for each in later.closings] == [(MARCH, 40)]


def test_what_changes_nothing_that_is_shown_writes_nothing() -> None:
    history = History(ORGANISATION, UUID(int=7), Timeline(COMMITMENT), StateEncoding().heavy)
    assert history.learn(event(ORGANISATION, 1, MADE, MARCH))[1] != []
    assert history.learn(event(ORGANISATION, 2, CHANGED, APRIL)) == ([], [])
