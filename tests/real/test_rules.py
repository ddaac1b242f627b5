"""The converter's rules for asks, champions and points of contact, on inputs small enough to see."""

from __future__ import annotations

import pytest

from tests.real.asks import Ask, Standing, Terms, asks_in
from tests.real.documents import Contact


def test_an_ask_of_the_same_words_stays_the_same_ask() -> None:
    reviews, meeting, decision = Ask("lang", "Reviews"), Ask("lang", "Meeting"), Ask("lang", "Decision")
    standing = Standing()
    made = list(standing.becomes([Terms(reviews), Terms(reviews), Terms(meeting)]))
    assert [(move.number, move.kind, move.terms.ask.level) for move in made] == [
        (1, "made", "Meeting"),
        (2, "made", "Reviews"),
        (3, "made", "Reviews"),
    ]
    moved = list(standing.becomes([Terms(reviews), Terms(decision)]))
    assert [(move.number, move.kind, move.terms.ask.level) for move in moved] == [
        (1, "changed", "Decision"),
        (3, "withdrawn", "Reviews"),
    ]
    again = list(standing.becomes([Terms(reviews), Terms(decision), Terms(meeting)]))
    assert [(move.number, move.kind) for move in again] == [(4, "made")]


def test_another_champion_restates_the_ask() -> None:
    standing = Standing()
    list(standing.becomes([Terms(Ask("lang", "Small"))]))
    moves = list(standing.becomes([Terms(Ask("lang", "Small"), champion="somebody")]))
    assert [(move.number, move.kind) for move in moves] == [(1, "changed")]


def test_asks_are_read_as_they_are_meant_and_each_mending_is_told() -> None:
    told: list[str] = []
    text = "t-lang:small; r-a:↳ Medium; ...:...; cargo:; lang:~~Large~~; lang:vibes or small"
    teams = frozenset({"lang", "rust-analyzer", "cargo"})
    asks = list(asks_in(text, "2026", teams, lambda rule, _: told.append(rule)))
    assert asks == [
        Ask("lang", "Small"),
        Ask("rust-analyzer", "Medium"),
        Ask("cargo"),
        Ask("lang", words="vibes or small"),
    ]
    assert told == [
        "team in another spelling",
        "level in another case",
        "team in another spelling",
        "arrow before a level",
        "ask of no team",
        "ask without a level",
        "ask struck out",
        "level off the scale",
    ]


@pytest.mark.parametrize(
    ("text", "handle", "words"),
    [
        ("@lqd", "lqd", None),
        ("lqd", "lqd", None),
        ("@todo", None, "@todo"),
        ("Help wanted", None, "Help wanted"),
        ("estebank, lqd", "lqd", "estebank, lqd"),
        ("vision team led by @nikomatsakis", "nikomatsakis", "vision team led by @nikomatsakis"),
        ("", None, None),
    ],
)
def test_a_point_of_contact_is_one_person_or_nobody(text: str, handle: str | None, words: str | None) -> None:
    assert Contact.stated(text, frozenset({"lqd", "nikomatsakis"})) == Contact(handle, words)
