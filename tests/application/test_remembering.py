"""What a process remembers of streams is brought up to date in one look, and never lacks what others recorded."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from copy import copy
from random import Random
from uuid import UUID, uuid4

import pytest

from adapters.memory.recorder import MemoryRecorder
from application.ledger import Ledger
from application.live_book import FEW
from application.ports import Head, News, PlacedEvent
from domain.goal import GOAL
from domain.person import PERSON, Person
from domain.sealed import Private
from domain.temporal import Timeline
from tests.support.stage import Stage


class Watched(MemoryRecorder):
    """Counts how often a single stream is read."""

    def __init__(self) -> None:
        super().__init__()
        self.reads = 0

    def select_stream(
        self, organisation: UUID, stream: UUID, *, until: int | None = None, after_version: int = 0
    ) -> list[PlacedEvent]:
        self.reads += 1
        return super().select_stream(organisation, stream, until=until, after_version=after_version)


def beside(stage: Stage) -> Stage:
    """Another process on the same store."""
    other, ledger = copy(stage), stage.ledger
    other.ledger = Ledger(ledger.ledger_recorder, ledger.mapper, ledger.vault, uuid4)
    return other


def stored(stage: Stage, person: UUID) -> Timeline[Person]:
    """A person's timeline, read from the store."""
    placed = stage.ledger.ledger_recorder.select_stream(stage.organisation, person)
    return Timeline.of(PERSON, [stage.ledger.recorded(each).event for each in placed])


def ranked(stage: Stage, rank: str, day: int) -> None:
    stage.say("rank.held", f"2026-03-{day:02}", person="ann", rank=rank)


@pytest.fixture
def recorder() -> Watched:
    return Watched()


@pytest.fixture
def stage(recorder: Watched) -> Stage:
    stage = Stage(recorder=recorder)
    stage.say("person.joined", "2026-01-02", person="ann", name="Ann")
    return stage


def test_what_another_process_recorded_is_known_without_reading_the_stream_again(
    stage: Stage, recorder: Watched
) -> None:
    ann, other = stage.person("ann"), beside(stage)
    assert stage.ledger.book(stage.organisation).timeline(PERSON, ann).version == 1
    ranked(other, "director", 1)
    recorder.reads = 0
    assert stage.ledger.book(stage.organisation).timeline(PERSON, ann).version == 2
    assert recorder.reads == 0


def test_a_book_stays_as_it_was(stage: Stage) -> None:
    ann, book = stage.person("ann"), stage.ledger.book(stage.organisation)
    assert book.timeline(PERSON, ann).version == 1
    ranked(stage, "director", 1)
    assert book.timeline(PERSON, ann).version == 1
    assert stage.ledger.book(stage.organisation).timeline(PERSON, ann).version == 2


def test_what_is_remembered_holds_no_private_text_in_clear(stage: Stage) -> None:
    remembered = stage.ledger.remembered.find(stage.organisation, stage.person("ann"))
    assert remembered is not None
    said = [each for fact in remembered.facts for each in vars(fact.content).values()]
    assert [each.text for each in said if isinstance(each, Private)] == [None, None]


def test_behind_by_more_than_a_few_the_streams_are_read_again(stage: Stage, recorder: Watched) -> None:
    ann, other = stage.person("ann"), beside(stage)
    assert stage.ledger.book(stage.organisation).timeline(PERSON, ann).version == 1
    ranked(other, "director", 1)
    for number in range(FEW):
        other.say("unit.formed", "2026-03-02", unit=f"u{number}", name="U", kind="enterprise", parent=None)
    recorder.reads = 0
    assert stage.ledger.book(stage.organisation).timeline(PERSON, ann).version == 2
    assert recorder.reads == 1


def test_what_was_read_before_others_were_brought_further_is_not_kept(stage: Stage) -> None:
    ann, other, remembered = stage.person("ann"), beside(stage), stage.ledger.remembered
    since = remembered.position(stage.organisation)
    old = stored(stage, ann)
    ranked(other, "director", 1)
    stage.say("strategy.drafted", "2026-03-01", strategy="growth", title="Growth")
    remembered.keep(stage.organisation, ann, old, since)
    assert stage.ledger.book(stage.organisation).timeline(PERSON, ann).version == 2


def test_a_look_that_is_overtaken_changes_nothing(stage: Stage, recorder: Watched) -> None:
    ann, remembered = stage.person("ann"), stage.ledger.remembered
    since = remembered.position(stage.organisation)
    assert since is not None
    overtaken = recorder.news(stage.organisation, after=since, limit=FEW)
    ranked(stage, "director", 1)
    remembered.catch_up(stage.organisation, since, overtaken)
    assert remembered.position(stage.organisation) == since + 1
    assert stage.ledger.book(stage.organisation).timeline(PERSON, ann).version == 2


def _put_back(stage: Stage, position: int) -> News:
    """What a store tells that holds less than before."""
    then = stage.day("2026-03-01")
    return News(now=then, head=Head(position, then))


def test_what_is_remembered_of_a_store_that_was_put_back_is_forgotten(stage: Stage) -> None:
    ledger, organisation = stage.ledger, stage.organisation
    ranked(stage, "one", 1)
    held = ledger.remembered.position(organisation)
    assert held is not None
    ledger.remembered.catch_up(organisation, held, _put_back(stage, held - 1))
    assert ledger.remembered.find(organisation, stage.person("ann")) is None
    assert ledger.remembered.position(organisation) == held - 1


def test_a_stream_of_another_kind_is_empty(stage: Stage) -> None:
    ann = stage.person("ann")
    book = stage.ledger.book(stage.organisation)
    assert book.timeline(PERSON, ann).version == 1
    assert book.timeline(GOAL, ann).version == 0


def test_of_many_threads_in_two_processes_none_misses_anything() -> None:
    """Both processes write at once; whatever either remembers afterwards is what the store holds."""
    recorder = MemoryRecorder()
    one = Stage(recorder=recorder)
    for key in ("ann", "bob", "cy"):
        one.say("person.joined", "2026-01-02", person=key, name=key.title())
    both = [one, beside(one)]
    people = [one.person(key) for key in ("ann", "bob", "cy")]

    def act(number: int) -> None:
        random, stage = Random(number), both[number % 2]
        for turn in range(12):
            who = random.choice(("ann", "bob", "cy"))
            stage.say("rank.held", "2026-04-01", person=who, rank=f"r{number}-{turn}")
            stage.ledger.timeline(PERSON, stage.organisation, random.choice(people))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(act, range(6)))
    for stage in both:
        for person in people:
            assert stage.ledger.book(stage.organisation).timeline(PERSON, person) == stored(stage, person)
