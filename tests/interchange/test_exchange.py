"""Conversations, proposals and requests between units come in and go out as the lines they are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.interchange.conftest import Place, Said, header, line, small_history, unit
from tests.interchange.test_exporting import copied, figures, lines


def exchanged() -> list[Said]:
    """One of everything that people and units hold, propose and ask of one another; corrections among them."""
    return [
        header("second"),
        unit("sales", parent="top"),
        line("h1", "conversation.held", "2020-06-01", conversation="way", strategy="2020", stage="pathway",
             unit="service", actor="anna", again_by="2020-12-01",
             outcomes=[{"person": "ben", "named": ["who", "what", "when", "where", "how"]}, {"person": "anna"}],
             pathway={"who": "Ben", "when": "in June"}),
        line("h2", "conversation.restated", "2020-06-02", conversation="way", person="ben", named=["who"], actor="ben"),
        line("h3", "conversation.held", "2020-06-03", conversation="done", strategy="2020", stage="completion",
             actor="anna", outcomes=[{"person": "ben", "complete": True, "feedback": "at last"}],
             recognition=[{"person": "ben", "completed": "the phones"}]),
        line("h3b", "conversation.held", "2020-06-04", conversation="done", strategy="2020", stage="completion",
             actor="anna", outcomes=[{"person": "ben", "complete": False}], replaces="h3", reason="not yet"),
        line("s1", "shaping.opened", "2020-06-05", strategy="2020", last_day="2020-06-30", actor="anna"),
        line("p1", "proposal.made", "2020-06-06", proposal="short", strategy="2020", element="vision", person="ben",
             text="Say it shorter", actor="ben"),
        line("p2", "proposal.answered", "2020-06-07", proposal="short", taken="partly", why="half of it", actor="anna"),
        line("p3", "proposal.made", "2020-06-08", proposal="other", strategy="2020", text="And kinder", actor="ben"),
        line("p4", "proposal.withdrawn", "2020-06-09", proposal="other", actor="ben"),
        line("s2", "shaping.closed", "2020-06-10", strategy="2020", actor="anna"),
        line("r1", "request.made", "2020-06-11", request="calls", goal="phones", requester="service", performer="sales",
             title="Route calls", conditions="within a minute", by_when="2020-07-31", actor="anna"),
        line("r2", "request.countered", "2020-06-12", request="calls", by_when="2020-08-31", conditions="within two",
             actor="anna"),
        line("r3", "request.counter_accepted", "2020-06-13", request="calls", actor="anna"),
        line("r4", "request.move_asked", "2020-06-14", request="calls", by_when="2020-09-30", actor="anna"),
        line("r5", "request.move_consented", "2020-06-15", request="calls", actor="anna"),
        line("r6", "request.delivered", "2020-09-01", request="calls", evidence="the log", actor="anna"),
        line("r7", "request.accepted", "2020-09-02", request="calls", actor="anna"),
        line("q1", "request.made", "2020-06-11", request="desk", goal="phones", requester="service", performer="sales",
             title="A desk", by_when="2020-07-31", actor="anna"),
        line("q2", "request.declined", "2020-06-12", request="desk", actor="anna", reason="there is none"),
    ]  # fmt: skip


@pytest.fixture
def told(place: Place) -> Place:
    place.bring_in(small_history())
    report = place.bring_in(exchanged())
    assert not report.refused, [str(each) for each in place.refused]
    return place


def test_every_line_comes_out_as_it_came_in(told: Place) -> None:
    by_id = {each["id"]: each for each in lines(told.taken_out())[1:]}
    for each in exchanged()[2:]:
        out = by_id[each["id"]]
        # What was left to be understood is stated: who held it, and whose proposal it is.
        understood = {"holder": "anna"} if each["type"] == "conversation.held" else {}
        understood |= {"person": "ben"} if each["type"] == "proposal.made" else {}
        expected = {name: value for name, value in {**understood, **each}.items() if name not in ("at", "known")}
        assert {name: out[name] for name in expected if name != "outcomes"} == {
            name: value for name, value in expected.items() if name != "outcomes"
        }
    assert by_id["h3"]["outcomes"] == [{"person": "ben", "named": [], "complete": True, "feedback": "at last"}]


def test_taken_out_and_brought_in_it_is_the_same_history(told: Place) -> None:
    exported = told.taken_out()
    copy = copied(told, exported)
    assert copy.taken_out() == exported
    for month in range(5, 11):
        at = datetime(2020, month, 20, tzinfo=UTC)
        assert figures(told, at) == figures(copy, at)
