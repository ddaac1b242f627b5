"""Which facts stand, in which order they act, and whether one more may join them: `docs/time.md` by examples.

A small aggregate of its own, a door, keeps the rules of time apart from those of any noun.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as some_of

from domain.kernel import Content, Event, Refusal, Word, event
from domain.temporal import Aggregate, AlreadyRetracted, ConflictsWithLaterFact, Fact, NothingToCorrect, Timeline
from tests.support.specification import Said, corrected, events, given, instant, on, retracted


@event("door.opened")
class Opened(Content):
    by: str = "somebody"


@event("door.closed")
class Closed(Content):
    pass


@event("door.painted")
class Painted(Content):
    colour: str


@dataclass(frozen=True)
class Door:
    open: bool = False
    last: str = ""
    story: tuple[str, ...] = ()


@dataclass(eq=False)
class StandsOpen(Refusal):
    rule = "the door is open"
    way_out = "close it"
    where = "at"


@dataclass(eq=False)
class IsShut(Refusal):
    rule = "the door is shut"
    way_out = "open it"
    where = "at"


def guard(state: Door, fact: Fact) -> None:
    if isinstance(fact.content, Opened) and state.open:
        raise StandsOpen
    if isinstance(fact.content, Closed) and not state.open:
        raise IsShut


def evolve(state: Door, fact: Fact) -> Door:
    match fact.content:
        case Opened(by=by):
            return replace(state, open=True, last=by, story=(*state.story, f"opened by {by}"))
        case Closed():
            return replace(state, open=False, story=(*state.story, "closed"))
        case Painted(colour=colour):
            return replace(state, story=(*state.story, colour))
        case _:
            return state


DOOR: Aggregate[Door] = Aggregate("door", Door(), (Opened, Closed, Painted), guard, evolve)
OPENED, CLOSED = Opened(by="Anna"), Closed()


def story(*said: Said) -> tuple[str, ...]:
    return Timeline.of(DOOR, events(said)).state().story


def test_before_anything_is_known_the_state_is_the_initial_one() -> None:
    assert Timeline(DOOR).state(instant("2026-01-01")) == Door()
    assert Timeline(DOOR).state() == Door()


def test_the_state_at_an_instant_includes_what_happened_then_and_nothing_after() -> None:
    door = given(DOOR, on("2026-04-02", OPENED), on("2026-04-05", CLOSED))
    assert [door.as_of(day).open for day in ("2026-04-01", "2026-04-02", "2026-04-04", "2026-04-05")] == [
        False,
        True,
        True,
        False,
    ]
    assert [fact.content for fact in door.timeline.until(instant("2026-04-04"))] == [OPENED]


def test_a_late_fact_takes_its_place_by_the_day_it_holds_from() -> None:
    (
        given(DOOR, on("2026-04-01", OPENED), on("2026-04-09", Painted(colour="green")))
        .when(on("2026-04-05", Painted(colour="red")))
        .then(story=("opened by Anna", "red", "green"))
    )


def test_of_facts_of_one_instant_the_one_learned_first_acts_first() -> None:
    assert story(*(on("2026-04-01", Painted(colour=each)) for each in ("red", "green", "blue"))) == (
        "red",
        "green",
        "blue",
    )


def test_a_replacement_keeps_the_place_its_fact_had_among_those_of_the_same_instant() -> None:
    red, green = (on("2026-04-01", Painted(colour=each)) for each in ("red", "green"))
    assert story(red, green, corrected(1, "2026-04-01", Painted(colour="pink"))) == ("pink", "green")


def test_the_newest_word_on_a_fact_counts() -> None:
    painted = on("2026-04-01", Painted(colour="red"))
    first, second = (corrected(1, "2026-04-01", Painted(colour=each)) for each in ("pink", "rose"))
    assert story(painted, first, second) == ("rose",)


def test_a_correction_moves_its_fact_in_time() -> None:
    door = given(DOOR, on("2026-04-01", OPENED), on("2026-04-05", CLOSED))
    later = door.when(corrected(1, "2026-04-03", OPENED)).then(at="2026-04-04", open=True)
    assert not later.as_of("2026-04-02").open
    assert door.as_of("2026-04-02").open, "what was known before the correction is still what was known"


def test_what_is_retracted_does_not_stand() -> None:
    assert story(on("2026-04-01", OPENED), on("2026-04-02", Painted(colour="red")), retracted(2)) == ("opened by Anna",)


def test_a_replacement_undoes_a_retraction() -> None:
    painted = on("2026-04-01", Painted(colour="red"))
    (
        given(DOOR, painted, retracted(1))
        .when(corrected(1, "2026-04-01", Painted(colour="red")))
        .then(story=("red",))
        .when(retracted(1))
        .then(story=())
    )


def test_a_fact_that_does_not_stand_cannot_be_retracted_again() -> None:
    given(DOOR, on("2026-04-01", OPENED), retracted(1)).when(retracted(1)).then(AlreadyRetracted(1))


def test_nor_twice_in_one_request() -> None:
    given(DOOR, on("2026-04-01", OPENED)).when(retracted(1), retracted(1)).then(AlreadyRetracted(1))


def test_a_fact_of_the_same_request_can_be_corrected() -> None:
    given(DOOR).when(on("2026-04-01", OPENED), corrected(1, "2026-04-02", OPENED)).then(at="2026-04-01", open=False)


def test_a_word_needs_a_recorded_fact_of_its_own_type() -> None:
    door = given(DOOR, on("2026-04-01", OPENED))
    door.when(corrected(7, "2026-04-01", OPENED)).then(NothingToCorrect(7, "door.opened"))
    door.when(corrected(1, "2026-04-01", CLOSED)).then(NothingToCorrect(1, "door.closed"))


def test_a_word_on_a_word_is_none_on_the_fact() -> None:
    door = given(DOOR, on("2026-04-01", OPENED), corrected(1, "2026-04-02", OPENED))
    door.when(corrected(2, "2026-04-03", OPENED)).then(NothingToCorrect)


def test_a_late_fact_is_decided_on_what_was_so_then() -> None:
    door = given(DOOR, on("2026-04-05", OPENED))
    door.when(on("2026-04-03", CLOSED)).then(IsShut)
    door.when(on("2026-04-06", CLOSED)).then(open=False)


def test_what_takes_the_ground_from_a_later_fact_is_refused_and_names_it() -> None:
    door = given(DOOR, on("2026-04-01", OPENED), on("2026-04-05", CLOSED))
    refused = door.when(on("2026-04-03", CLOSED))
    refused.then(ConflictsWithLaterFact)
    assert isinstance(refused.refusal, ConflictsWithLaterFact)
    assert refused.refusal.fact.version == 2
    assert isinstance(refused.refusal.because, IsShut)
    assert str(refused.refusal) == (
        "door.closed of 2026-04-05 00:00:00 (version 2) would no longer hold: the door is shut"
    )


def test_so_is_a_retraction_on_which_a_later_fact_rests() -> None:
    given(DOOR, on("2026-04-01", OPENED), on("2026-04-05", CLOSED)).when(retracted(1)).then(ConflictsWithLaterFact)


def test_several_things_in_one_request_are_decided_together() -> None:
    door = given(DOOR, on("2026-04-01", OPENED), on("2026-04-05", CLOSED))
    door.when(retracted(1), retracted(2)).then(open=False, story=())
    door.when(on("2026-04-03", CLOSED), corrected(2, "2026-04-05", CLOSED), on("2026-04-04", OPENED)).then(open=False)


def test_one_refusal_refuses_the_whole_request() -> None:
    door = given(DOOR, on("2026-04-01", OPENED))
    refused = door.when(on("2026-04-02", CLOSED), on("2026-04-03", CLOSED))
    refused.then(IsShut)
    assert refused.timeline == door.timeline


def test_a_rule_tightened_since_is_no_conflict() -> None:
    @dataclass(eq=False)
    class NoRedDoors(Refusal):
        rule = "doors are not red any more"
        way_out = "choose another colour"
        where = "colour"

    def tightened(state: Door, fact: Fact) -> None:
        if fact.content == Painted(colour="red"):
            raise NoRedDoors
        guard(state, fact)

    then_red = events((on("2026-04-01", OPENED), on("2026-04-05", Painted(colour="red"))))
    today = Timeline.of(replace(DOOR, guard=tightened), then_red)
    late = events((on("2026-04-03", Painted(colour="green")),), ("door.opened", "door.painted"))
    assert today.admit(late).state().story == ("opened by Anna", "green", "red")
    with pytest.raises(NoRedDoors):
        today.admit(events((on("2026-04-06", Painted(colour="red")),), ("door.opened", "door.painted")))


def test_only_what_comes_after_a_change_is_folded_anew() -> None:
    asked = list[int]()

    def counted(state: Door, fact: Fact) -> Door:
        asked.append(fact.version)
        return evolve(state, fact)

    days = [on(f"2026-04-{day:02}", Painted(colour=str(day))) for day in (1, 2, 4, 5)]
    timeline = Timeline.of(replace(DOOR, evolve=counted), events(tuple(days)))
    asked.clear()
    timeline.learn(events((on("2026-04-03", Painted(colour="3")),), ("door.painted",) * 4))
    assert asked == [5, 3, 4]


DAYS = some_of.integers(1, 6).map("2026-04-{:02}".format)
OF_TYPE: dict[type, some_of.SearchStrategy[Content]] = {
    Opened: some_of.builds(Opened, by=some_of.sampled_from(["Anna", "Ben"])),
    Closed: some_of.just(CLOSED),
    Painted: some_of.builds(Painted, colour=some_of.sampled_from(["red", "green"])),
}


@some_of.composite
def histories(draw: some_of.DrawFn) -> tuple[Event, ...]:
    """Any stream: late facts, corrections of corrections, retractions, retractions undone; sensible or not."""
    said = list[Said]()
    for _ in range(draw(some_of.integers(0, 12))):
        facts = [place for place, each in enumerate(said, 1) if each.word is Word.FACT]
        act = draw(some_of.sampled_from(["fact", "correct", "retract"])) if facts else "fact"
        fact = draw(some_of.sampled_from(facts)) if facts else 0
        if act == "fact":
            said.append(on(draw(DAYS), draw(some_of.one_of(*OF_TYPE.values()))))
        elif act == "retract":
            said.append(retracted(fact))
        else:
            said.append(corrected(fact, draw(DAYS), draw(OF_TYPE[type(said[fact - 1].content)])))
    return events(tuple(said))


def defined(known: Sequence[Event], day: str) -> Door:
    """`state as of (valid_at, known_at)`, letter by letter as time.md defines it."""
    newest = {event.fact: event for event in known}
    standing = [each for each in newest.values() if each.word is not Word.RETRACTION]
    so_far = [each for each in standing if each.effective_at <= instant(day)]
    timeline = sorted(so_far, key=lambda each: (each.effective_at, each.fact))
    state = DOOR.initial
    for each in timeline:
        assert each.content
        state = evolve(state, Fact(each.stream, each.fact, each.version, each.effective_at, each.actor, each.content))
    return state


@for_all(histories(), some_of.data())
def test_learning_bit_by_bit_comes_to_the_same_as_learning_at_once(
    history: tuple[Event, ...], data: some_of.DataObject
) -> None:
    at_once, bit_by_bit, left = Timeline.of(DOOR, history), Timeline(DOOR), list(history)
    while left:
        size = data.draw(some_of.integers(1, len(left)))
        bit_by_bit, left = bit_by_bit.learn(left[:size]), left[size:]
    assert bit_by_bit == at_once


@for_all(histories(), some_of.integers(0, 12), DAYS)
def test_a_timeline_tells_the_state_as_defined(history: tuple[Event, ...], known: int, day: str) -> None:
    assert Timeline.of(DOOR, history[:known]).state(instant(day)) == defined(history[:known], day)


@for_all(histories(), histories())
def test_what_is_admitted_is_learned_and_every_fact_that_held_still_holds(
    history: tuple[Event, ...], more: tuple[Event, ...]
) -> None:
    accepted = Timeline(DOOR)
    for each in (*history, *more):
        fact = accepted.version + 1 if each.word is Word.FACT else each.fact
        numbered = replace(each, version=accepted.version + 1, fact=fact)
        try:
            after = accepted.admit([numbered])
        except Refusal:
            continue
        assert after == accepted.learn([numbered])
        accepted = after
    state = DOOR.initial
    for fact_ in accepted.facts:
        guard(state, fact_)
        state = evolve(state, fact_)
