"""Many at once: one wins, the others are told; and nobody's timeline is led astray."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from eventsourcing.persistence import IntegrityError

from application.deciding import Request
from application.ledger import Ledger, Receipt
from application.ports import Idempotency, KeyTaken, RequestAlreadyRecorded
from domain.commitment import COMMITMENT
from domain.kernel import Actor, Event, Refusal
from domain.person import PERSON
from domain.strategy import STRATEGY
from domain.temporal import Timeline
from tests.application.scenes import drafted, entry, publish, published, recorded, refused, request, staffed, state
from tests.support.stage import Stage

RACERS = 32


def nodes(stage: Stage, count: int) -> list[Stage]:
    """As many processes on one store, each with timelines of its own."""
    found = [copy(stage) for _ in range(count)]
    for each in found:
        ledger = stage.ledger
        each.ledger = Ledger(ledger.ledger_recorder, ledger.mapper, ledger.vault, uuid4)
    return found


def raced(ask: Callable[[int], object], racers: int = RACERS) -> Counter[str]:
    """What came of asking this many times at once: recorded, or the name of what was in the way."""
    start = Barrier(racers)

    def one(number: int) -> str:
        start.wait()
        try:
            ask(number)
        except Refusal as refusal:
            return refusal.code
        except (RequestAlreadyRecorded, KeyTaken, IntegrityError) as told:
            return type(told).__name__
        return "recorded"

    with ThreadPoolExecutor(racers) as pool:
        return Counter(pool.map(one, range(racers)))


def events(stage: Stage, stream: Receipt) -> list[Event]:
    """All that is stored of a stream."""
    placed = stage.ledger.ledger_recorder.select_stream(stage.organisation, stream.stream)
    return [stage.ledger.recorded(each).event for each in placed]


def asked(stage: Stage, topic: str, at: str, **said: Any) -> Request:
    """A request of one entry."""
    return request(stage, entry(stage, topic, at, **said), actor=Actor(person=stage.person("bob")))


@pytest.mark.parametrize("apart", [False, True], ids=["one process", "a process each"])
class TestPublishers:
    def stages(self, stage: Stage, *, apart: bool) -> list[Stage]:
        return nodes(stage, RACERS) if apart else [stage] * RACERS

    def test_of_many_one_publishes_and_the_others_are_told(self, *, apart: bool) -> None:
        stage = drafted()
        stages = self.stages(stage, apart=apart)
        made = asked(stage, "strategy.published", "2026-03-03", strategy="growth", material=True, revision=1)
        came = raced(lambda number: stages[number].ledger.execute(made))
        assert came == {"recorded": 1, "revision-already-published": RACERS - 1}
        assert [each.revision for each in state(stage, STRATEGY, stage.strategy("growth")).publications] == [1]

    def test_who_names_no_number_publishes_nothing_twice_either(self, *, apart: bool) -> None:
        stage = drafted()
        stages = self.stages(stage, apart=apart)
        made = asked(stage, "strategy.published", "2026-03-03", strategy="growth", material=True)
        came = raced(lambda number: stages[number].ledger.execute(made))
        assert came.pop("recorded") == 1
        assert came.total() == RACERS - 1
        assert set(came) <= {"in-force-not-later", "nothing-changed", "not-submitted"}

    def test_who_saw_a_version_is_told_that_it_moved(self, *, apart: bool) -> None:
        stage = drafted()
        stages, version = self.stages(stage, apart=apart), 4
        made = request(
            stage,
            entry(stage, "strategy.published", "2026-03-03", strategy="growth", material=True),
            expected_version=version,
            actor=Actor(person=stage.person("bob")),
        )
        assert raced(lambda number: stages[number].ledger.execute(made)) == {"recorded": 1, "version-moved": RACERS - 1}


def test_of_two_on_one_element_the_second_is_told() -> None:
    stage = drafted()
    seen = state(stage, STRATEGY, stage.strategy("growth")).draft.versions["vision"]
    two = nodes(stage, 2)
    texts = ("Ann's", "Bob's")
    came = raced(
        lambda number: two[number].ledger.execute(
            asked(
                stage,
                "strategy.revised",
                "2026-03-03",
                strategy="growth",
                element="vision",
                kind="vision",
                text=texts[number],
                based_on=seen,
            )
        ),
        racers=2,
    )
    assert came == {"recorded": 1, "concurrent-edit": 1}
    vision = state(stage, STRATEGY, stage.strategy("growth")).draft.element("vision")
    assert vision is not None
    assert vision.text in texts


def test_on_elements_of_their_own_all_write() -> None:
    stage = drafted()
    stages = nodes(stage, 8)
    came = raced(
        lambda number: stages[number].ledger.execute(
            asked(
                stage,
                "strategy.revised",
                "2026-03-03",
                strategy="growth",
                element=f"value-{number}",
                kind="value",
                text="T",
                based_on=0,
            )
        ),
        racers=8,
    )
    assert came == {"recorded": 8}
    assert len(state(stage, STRATEGY, stage.strategy("growth")).draft.elements) == 10


def test_a_request_repeated_at_once_is_recorded_once_whatever_stands_in_its_way() -> None:
    """Who comes second finds the commitment made, and is told that it was this very request that made it."""
    stage = published()
    stages = nodes(stage, RACERS)
    made = request(
        stage,
        entry(stage, "commitment.made", "2026-03-05", commitment="c", party_person="ann", strategy="growth"),
        idempotency=Idempotency(actor="token", key="k", fingerprint=b"f"),
    )
    came = raced(lambda number: stages[number].ledger.execute(made))
    assert came == {"recorded": 1, "RequestAlreadyRecorded": RACERS - 1}


def test_a_key_is_given_to_one_of_many() -> None:
    stage = published()
    stages = nodes(stage, 8)
    came = raced(
        lambda number: stages[number].ledger.execute(
            asked(stage, "commitment.made", "2026-03-05", commitment="c", party_person="ann", strategy="growth")
        ),
        racers=8,
    )
    assert came.pop("recorded") == 1
    assert set(came) <= {"key-in-use", "KeyTaken"}
    assert stage.ledger.book(stage.organisation).find("commitment", "c") is not None


def test_who_does_not_say_what_they_saw_all_record_one_after_the_other() -> None:
    stage = staffed()
    stages = nodes(stage, 12)
    came = raced(
        lambda number: stages[number].ledger.execute(
            asked(stage, "rank.held", "2026-01-05", person="ann", rank=f"r{number}")
        ),
        racers=12,
    )
    assert came == {"recorded": 12}
    versions = [
        each.version
        for each in events(stage, Receipt(position=0, recorded_at=None, stream=stage.person("ann"), version=0))
    ]
    assert versions == list(range(1, 15))


def test_a_timeline_that_many_read_and_write_is_the_one_that_is_stored() -> None:
    """Readers and writers of one process share its timelines; each is at any time that of some version."""
    stage = published()
    made = stage.say("commitment.made", "2026-03-05", commitment="c", party_person="ann", strategy="growth")
    asks = asked(stage, "commitment.renewed", "2026-03-06", commitment="c")

    def ask(number: int) -> object:
        if number % 2:
            return stage.ledger.execute(asks)
        found = [stage.ledger.timeline(COMMITMENT, stage.organisation, made.stream) for _ in range(50)]
        assert all(len(each.facts) == each.version for each in found)
        assert [each.version for each in found] == sorted(each.version for each in found)
        return found

    assert raced(ask, racers=16) == {"recorded": 16}
    stored = Timeline.of(COMMITMENT, events(stage, made))
    assert stage.ledger.timeline(COMMITMENT, stage.organisation, made.stream) == stored
    assert stored.version == 9


def test_a_refused_or_lost_request_leaves_the_timeline_as_it_was() -> None:
    stage = published()
    made = stage.say("commitment.made", "2026-03-05", commitment="c", party_person="ann", strategy="growth")
    before = stage.ledger.timeline(COMMITMENT, stage.organisation, made.stream)
    with refused(stage, "owner-already"):
        stage.say("commitment.reassigned", "2026-03-06", commitment="c", party_person="ann")
    decision = stage.ledger.decide(asked(stage, "commitment.withdrawn", "2026-03-06", commitment="c"))
    assert decision.timeline.version == before.version + 1
    assert stage.ledger.timeline(COMMITMENT, stage.organisation, made.stream) is before


def test_more_timelines_than_are_kept_are_read_again() -> None:
    stage = staffed()
    streams = [stage.say("person.joined", "2026-01-05", person=f"p{number}").stream for number in range(50)]
    again = nodes(stage, 1)[0]
    again.ledger.timelines_kept = 10
    for stream in [*streams, *streams]:
        assert again.ledger.timeline(PERSON, stage.organisation, stream).version == 1


def test_publications_of_different_processes_follow_on_each_other() -> None:
    stage = published()
    first, second = nodes(stage, 2)
    publish(first, "2026-03-10")
    receipt = publish(second, "2026-03-11")
    assert recorded(stage, receipt).version == receipt.version
    assert [each.revision for each in state(first, STRATEGY, receipt).publications] == [1, 2, 3]
