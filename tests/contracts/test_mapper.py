"""Events survive being stored, older schemas are lifted, and no private text is ever stored in clear."""

from __future__ import annotations

import json
from dataclasses import field, replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from eventsourcing.persistence import MapperDeserialisationError, StoredEvent

from adapters.mapper import EventMapper, PlaintextNotSealed, TopicUnknown
from application.sealing import map_private
from domain.commitment import CommitmentMade, Seen, Target, Terms
from domain.kernel import Actor, Content, Event, Party, Provenance, Word, event
from domain.sealed import Private

SEALED = Private(UUID(int=9), commitment="c0" * 32, ciphertext="c2VhbGVk")
CONTENT = CommitmentMade(
    party=Party("unit", UUID(int=5)),
    target=Target(strategy=UUID(int=6), goal=UUID(int=7)),
    seen=Seen(revision=2, content_hash="ab"),
    terms=Terms(level="Large", result=SEALED, by_when=date(2026, 12, 31)),
)
MADE = Event(
    organisation=UUID(int=1),
    stream=UUID(int=2),
    version=3,
    topic="commitment.made",
    fact=3,
    effective_at=datetime(2026, 1, 12, 9, 0, 0, 250, tzinfo=UTC),
    actor=Actor(imported=Provenance(source="goals", line=7, id=SEALED)),
    command=UUID(int=4),
    content=CONTENT,
    reason=SEALED,
    labels={"period": "2026"},
)
MADE = map_private(MADE, lambda text: text)
PRIVATE = {"subject": str(SEALED.subject), "commitment": SEALED.commitment, "ciphertext": SEALED.ciphertext}


@event("probe.told", schema=3)
class Told(Content):
    words: tuple[Private, ...] = ()
    answers: dict[str, Private] = field(default_factory=dict)
    weight: int = 0


def test_an_event_is_json_that_a_person_can_read() -> None:
    stored = EventMapper().to_stored_event(MADE)
    assert (stored.originator_id, stored.originator_version, stored.topic) == (UUID(int=2), 3, "commitment.made")
    assert json.loads(stored.state) == {
        "organisation": str(UUID(int=1)),
        "effective_at": "2026-01-12T09:00:00.000250Z",
        "actor": {"imported": {"source": "goals", "line": 7, "id": PRIVATE}},
        "command": str(UUID(int=4)),
        "index": 0,
        "word": "fact",
        "fact": 3,
        "labels": {"period": "2026"},
        "reason": PRIVATE,
        "schema": 1,
        "content": {
            "party": {"kind": "unit", "id": str(UUID(int=5))},
            "target": {"strategy": str(UUID(int=6)), "goal": str(UUID(int=7))},
            "seen": {"revision": 2, "content_hash": "ab"},
            "terms": {"level": "Large", "result": PRIVATE, "by_when": "2026-12-31"},
        },
    }


@pytest.mark.parametrize(
    "written",
    [
        MADE,
        replace(MADE, reason=None, labels={}, actor=Actor(person=UUID(int=8))),
        replace(MADE, word=Word.RETRACTION, content=None, fact=1),
        replace(
            MADE,
            content=CommitmentMade(
                party=Party("person", UUID(int=5)), target=Target(strategy=UUID(int=6)), seen=None, terms=Terms()
            ),
        ),
    ],
)
def test_what_is_read_is_what_was_written(written: Event) -> None:
    mapper = EventMapper()
    read = mapper.to_domain_event(mapper.to_stored_event(written))
    assert read == written
    assert mapper.to_stored_event(read) == mapper.to_stored_event(written)


def test_places_are_not_stored_but_follow_from_the_envelope() -> None:
    mapper = EventMapper({"probe.told": Told})
    told = map_private(
        replace(MADE, topic="probe.told", content=Told(words=(SEALED, SEALED), answers={"q1": SEALED})),
        lambda text: text,
    )
    stored = mapper.to_stored_event(told)
    assert b"place" not in stored.state
    read = mapper.to_domain_event(stored)
    assert read == told
    assert isinstance(read.content, Told)
    assert read.content.words[1].place == f"{UUID(int=2)}/{UUID(int=4)}/0/probe.told/words.1"
    moved = mapper.to_domain_event(replace(stored, originator_id=UUID(int=99)))
    assert moved.reason is not None
    assert moved.reason.place == f"{UUID(int=99)}/{UUID(int=4)}/0/probe.told/reason"


@pytest.mark.parametrize(
    "forgotten",
    [
        replace(MADE, reason=Private(UUID(int=9), text="because")),
        replace(MADE, reason=replace(SEALED, text="because")),
        replace(MADE, actor=Actor(imported=Provenance(source="s", line=1, id=Private(UUID(int=9), text="c-9")))),
        replace(MADE, content=replace(CONTENT, terms=Terms(result=Private(UUID(int=9), text="words")))),
    ],
)
def test_a_text_in_clear_is_refused(forgotten: Event) -> None:
    with pytest.raises(PlaintextNotSealed) as refused:
        EventMapper().to_stored_event(forgotten)
    assert "because" not in str(refused.value)


def test_older_schemas_are_lifted_one_by_one() -> None:
    mapper = EventMapper(
        {"probe.told": Told},
        {
            ("probe.told", 1): lambda content: {"mass": content["kilos"] * 1000},
            ("probe.told", 2): lambda content: {"weight": content["mass"]},
        },
    )
    stored = mapper.to_stored_event(replace(MADE, topic="probe.told", content=Told()))
    plain = json.loads(stored.state)
    old = json.dumps({**plain, "schema": 1, "content": {"kilos": 2}}).encode()
    assert mapper.to_domain_event(replace(stored, state=old)).content == Told(weight=2000)
    newer = json.dumps({**plain, "schema": 4}).encode()
    with pytest.raises(TopicUnknown, match="schema 4, newer than 3"):
        mapper.to_domain_event(replace(stored, state=newer))


def test_what_cannot_be_read_says_so() -> None:
    mapper = EventMapper()
    with pytest.raises(TopicUnknown, match=r"commitment\.forgotten"):
        mapper.to_domain_event(StoredEvent(UUID(int=1), 1, "commitment.forgotten", b"{}"))
    with pytest.raises(MapperDeserialisationError, match=r"commitment\.made cannot be read"):
        mapper.to_domain_event(StoredEvent(UUID(int=1), 1, "commitment.made", b'{"organisation": 1}'))


def test_a_time_without_zone_is_refused_and_any_other_is_told_in_utc() -> None:
    mapper = EventMapper()
    with pytest.raises(ValueError, match="without a zone"):
        mapper.to_stored_event(replace(MADE, effective_at=datetime(2026, 1, 1)))  # noqa: DTZ001
    abroad = datetime.fromisoformat("2026-01-01T10:00:00+02:00")
    read = mapper.to_domain_event(mapper.to_stored_event(replace(MADE, effective_at=abroad)))
    assert (read.effective_at, read.effective_at.tzinfo) == (abroad, UTC)
