"""Taking a history out: every event in the order in which it was learned, each as the line that would record it anew.

Records are named by their source's own key, or by Avow's id where there is none or its owner was erased; lines have
the id they came with, or `avow-<position>`. Brought into an empty organisation, they give the same state at every
valid time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

import msgspec

from adapters.interchange.schema import clearable, command_properties
from application.command import Answered, Subject, commands
from application.confiding import read_results
from application.history import FORMAT
from application.ledger import Ledger
from application.sealing import private_texts
from domain.accountability import AccountableNamed
from domain.catalogue import aggregate_of
from domain.commitment import Seen, Target, Terms
from domain.conversation import Outcome
from domain.duty import DutyGiven
from domain.goal import GoalChanged, GoalProposed
from domain.kernel import Content, Event, Party, Recorded, Word
from domain.review import REVIEW, ReviewOpened, ReviewPublished
from domain.sealed import Private
from domain.unit import UnitFormed

Document = dict[str, Any]  # Any: JSON
FLAT = (Target, Terms, Seen, Outcome)
"""Values whose fields stand in the line itself."""
SUBJECT = tuple(each.name for each in fields(Subject))
ANSWERED = tuple(each.name for each in fields(Answered))
encode = msgspec.json.Encoder().encode


@dataclass
class Export:
    """One organisation's history on its way out, as the operator sees it: all of it.

    `known_as` names the organisation in the copy, if that is to have another key. `progress` is told how many events
    were written, of how many.
    """

    ledger: Ledger
    organisation: UUID
    known_as: str | None = None
    progress: Callable[[int, int], None] = lambda _done, _all: None
    batch: int = 1_000

    def __post_init__(self) -> None:
        self._names: dict[UUID, str] = {}
        self._opened: dict[Private, str | None] = {}
        self._before: tuple[UUID, str] | None = None

    def lines(self) -> Iterator[bytes]:
        """The lines of the file, each with its end. Raises OrganisationUnknown."""
        state = self.ledger.organisation(self.organisation)
        self._simulated = self.ledger.is_simulated(self.organisation)
        key = self.known_as or state.key or str(self.organisation)
        yield _line({
            "avow": FORMAT, "organisation": key, "source": f"avow/{key}", "reason": "taken over from another Avow",
        })  # fmt: skip
        head = self.ledger.ledger_recorder.head(self.organisation)
        last = head.position if head else 0
        for recorded in self._history(last):
            yield _line(self._document(recorded, key))

    def _history(self, last: int) -> Iterator[Recorded]:
        after = 0
        while after < last:
            placed = self.ledger.ledger_recorder.select_positions(
                self.organisation, after=after, until=last, limit=self.batch
            )
            batch = [self.ledger.recorded(each) for each in placed]
            texts = [text for each in batch for text in private_texts(each.event)]
            self._opened = dict(zip(texts, self.ledger.vault.open(self.organisation, texts), strict=True))
            yield from batch
            after = placed[-1].position
            self.progress(after, last)

    def _document(self, recorded: Recorded, key: str) -> Document:
        event = recorded.event
        id = self._line_id(event, recorded.position)
        document: Document = {"id": id, "type": event.topic}
        if event.word is Word.RETRACTION:
            document["retracts"] = self._corrected(event)
        else:
            document["at"] = _instant(event.effective_at)
        if event.word is Word.REPLACEMENT:
            document["replaces"] = self._corrected(event)
        if self._simulated:
            document["known"] = _instant(recorded.recorded_at)
        if self._before is not None and self._before[0] == event.command:
            document["with"] = self._before[1]
        self._before = event.command, id
        if event.content is not None:
            self._learn_name(event, event.content)
            document |= self._said(event, event.content)
            if event.topic == "organisation.founded":
                document["organisation"] = key
        if event.actor.person is not None:
            document["actor"] = self._name(event.actor.person)
        elif event.actor.service is not None:
            document["service"] = event.actor.service
        if event.reason is not None and (reason := self._opened[event.reason]):
            document["reason"] = reason
        if event.labels:
            document["labels"] = dict(event.labels)
        return document

    def _line_id(self, event: Event, position: int) -> str:
        """The id that the line came with, unless it could be taken for one that is given here to another line."""
        own = event.actor.imported.id if event.actor.imported is not None else None
        came_with = self._opened.get(own) if own is not None else None
        given = f"avow-{position}"
        return given if came_with is None or came_with.startswith("avow-") else came_with

    def _corrected(self, event: Event) -> str:
        """The id of the line that states the fact which this event speaks about."""
        recorder = self.ledger.ledger_recorder
        placed = recorder.select_stream(self.organisation, event.stream, after_version=event.fact - 1)[0]
        fact = self.ledger.recorded(placed).event
        own = fact.actor.imported.id if fact.actor.imported is not None else None
        if own is not None and own not in self._opened:
            self._opened[own] = self.ledger.vault.open(self.organisation, [own])[0]
        return self._line_id(fact, placed.position)

    def _learn_name(self, event: Event, content: Content) -> None:
        key = getattr(content, "key", None)
        text = self._opened[key] if isinstance(key, Private) else key
        record = content.unit if isinstance(content, UnitFormed) else event.stream
        if text:
            self._names.setdefault(record, text)

    def _name(self, record: UUID) -> str:
        return self._names.get(record) or str(record)

    def _said(self, event: Event, content: Content) -> Document:
        """What the content says, in the fields that the command of its type has."""
        found = dict(self._flat(content))
        kind = aggregate_of(event.topic).kind
        found.setdefault(kind, self._name(event.stream))
        match content:
            case GoalProposed() | GoalChanged():
                parent = content.supports_goal
                found["supports"] = [*content.supports_elements, *([self._name(parent)] if parent else [])]
            case AccountableNamed() | DutyGiven():
                subject = {name: found.get(name) for name in (SUBJECT if isinstance(content, DutyGiven) else ANSWERED)}
                found["for"] = {name: value for name, value in subject.items() if value is not None}
                found.pop("strategy")
            case ReviewOpened(terms=terms) if terms is not None:
                found |= {"minimum_group_size": terms.k, "grouping": [each.value for each in terms.by]}
            case ReviewPublished(confided=Private() as confided):
                found["confided"] = self._confided(event.stream, confided)
            case _:
                pass
        shape = _fields(event.topic)
        cleared = {name: None for name in shape.clearable if name in found.get("cleared", ())}
        said = {name: value for name, value in found.items() if name in shape.names and value not in (None, [], {})}
        said.pop("cleared", None)
        return said | cleared

    def _confided(self, review: UUID, confided: Private) -> Document | None:
        """The published results of a confidential review, whose groups name units by key; None of withdrawn ones."""
        text, present = self._opened[confided], self.ledger.timeline(REVIEW, self.organisation, review).state()
        if text is None or any(each.withdrawn_at is not None for each in present.editions):
            return None
        results = read_results(text)

        def named(step: str) -> str:
            return self._name(UUID(step)) if len(step) == 36 and UUID(step) in self._names else step

        parts = [replace(each, part=tuple(tuple(map(named, path)) for path in each.part)) for each in results.parts]
        document: Document = msgspec.to_builtins(replace(results, parts=tuple(parts)))
        return document

    def _flat(self, value: object) -> Iterator[tuple[str, Any]]:
        for each in fields(value):  # type: ignore[arg-type]  # contents are dataclasses
            part = getattr(value, each.name)
            if isinstance(part, FLAT):
                yield from self._flat(part)
            else:
                yield each.name, self._plain(part)

    def _plain(self, value: Any) -> Any:  # noqa: ANN401 — whatever a content holds
        match value:
            case Private():
                return self._opened[value]
            case Party(kind=kind, id=id):
                return {kind: self._name(id)}
            case UUID():
                return self._name(value)
            case datetime():
                return _instant(value)
            case date():
                return value.isoformat()
            case Enum():
                return value.value
            case tuple() | list():
                return [self._plain(each) for each in value]
            case Mapping():
                return {str(self._plain(name)): self._plain(each) for name, each in value.items()}
            case _ if is_dataclass(value):
                # What has to be stated is stated, even that there is none: a mean that nobody gave a score for.
                stated = {each.name for each in fields(value) if each.default is each.default_factory is MISSING}
                return {name: each for name, each in self._flat(value) if each is not None or name in stated}
            case _:
                return value


@dataclass(frozen=True, slots=True)
class _Fields:
    names: frozenset[str]
    clearable: tuple[str, ...]


@cache
def _fields(topic: str) -> _Fields:
    asked = commands()[topic]
    return _Fields(frozenset(command_properties(asked)), clearable(asked))


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _line(document: Document) -> bytes:
    return encode(document) + b"\n"
