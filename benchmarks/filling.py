"""A long history written straight into the store: statements that would be admitted, recorded without being decided.

Deciding a million facts is measured in `benchmarks.importing`; here only what comes after is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from uuid import UUID, uuid5

from application.desk import organisation_id
from benchmarks.histories import FACTS_A_PERSON, LEVELS, START, STRATEGIES, history
from benchmarks.importing import import_file
from benchmarks.measuring import Store
from domain.acknowledgement import AcknowledgementGiven
from domain.commitment import CommitmentFulfilled, CommitmentMade, Seen, Target, Terms
from domain.kernel import Actor, Content, Event, Party
from domain.membership import MembershipBegan
from domain.person import PersonJoined
from domain.strategy import STRATEGY

BATCH = 5_000


def fill(into: Store, facts: int) -> int:
    """Record about `facts` events of one organisation; tells how many there are."""
    organisation, people = organisation_id("bench"), max(10, facts // FACTS_A_PERSON)
    path = into.folder / "frame.jsonl"
    frame = [line for line in history(facts) if "person" not in line and "party" not in line and "actor" not in line]
    path.write_text("\n".join(json.dumps(line) for line in frame) + "\n", encoding="utf-8")
    import_file(into, Path(path))
    seen = dict[UUID, Seen]()
    for number in range(STRATEGIES):
        strategy = uuid5(organisation, f"strategy:s{number}")
        published = into.ledger.timeline(STRATEGY, organisation, strategy).state().publications[0]
        seen[strategy] = Seen(revision=1, content_hash=published.content_hash)
    events, recorded = _events(organisation, people, seen), len(frame) - 1
    while batch := list(islice(events, BATCH)):
        stored = [into.ledger.mapper.to_stored_event(event) for event in batch]
        into.ledger.ledger_recorder.insert_events(stored, organisation=organisation)
        recorded += len(batch)
    return recorded


def _events(organisation: UUID, people: int, seen: dict[UUID, Seen]) -> Iterator[Event]:
    random = Random(people)

    def said(stream: UUID, version: int, at: datetime, content: Content, by: UUID | None = None) -> Event:
        return Event(
            organisation=organisation,
            stream=stream,
            version=version,
            topic=content.TOPIC,
            fact=version,
            effective_at=at,
            actor=Actor(person=by),
            command=stream,
            index=version,
            content=content,
        )

    who = [uuid5(organisation, f"measured:{number}") for number in range(people)]
    for number, person in enumerate(who):
        home = uuid5(organisation, f"unit:t{number // 10}")
        yield said(person, 1, START, PersonJoined())
        yield said(person, 2, START, MembershipBegan(unit=home, role="member", home=True))
    for number, (strategy, revision) in enumerate(seen.items()):
        opened = START + timedelta(days=60 * (number + 1))
        for person in who:
            at = opened + timedelta(minutes=random.randrange(1, 40_000))
            receipt = uuid5(person, f"acknowledged:{strategy}")
            yield said(receipt, 1, at, AcknowledgementGiven(person=person, strategy=strategy, seen=revision), person)
            for each in range(3):
                stream = uuid5(person, f"{strategy}:{each}")
                goal = uuid5(organisation, f"goal:s{number}g{random.randrange(5)}") if each else None
                made = CommitmentMade(
                    party=Party("person", person),
                    target=Target(strategy=strategy, element=None if goal else "e0", goal=goal),
                    seen=revision,
                    terms=Terms(level=random.choice(LEVELS)),
                )
                yield said(stream, 1, at, made, person)
                if not each:
                    yield said(stream, 2, at + timedelta(days=1), CommitmentFulfilled(), person)
