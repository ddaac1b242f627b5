"""The list of erased people: kept apart from the database, so that whoever was erased stays so after a restore.

One line of JSON an erasure: organisation and person by id, the kinds of text, when, and an HMAC of the person's key in
their source, by which they are known again if they were brought in anew. It names nobody.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from application.deciding import Entry, Request
from application.erasure import ErasePerson
from application.ledger import Ledger
from domain.erasure import EVERY_KIND
from domain.kernel import Actor, Refusal
from domain.person import PERSON
from domain.sealed import TextKind

REPLAYED = "erased before; replayed from the list of erased people"


class ErasedListUnreadable(ValueError):  # noqa: N818 — what is the matter, in words
    """A line of the list cannot be read; the message says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """One line of the list."""

    organisation: UUID
    person: UUID
    kinds: frozenset[TextKind]
    at: datetime
    key: bytes | None


@dataclass(frozen=True)
class ErasedList:
    """The list in a file: it is told of every erasure before the keys are destroyed."""

    path: Path
    key_of: Callable[[UUID, UUID], bytes | None]
    """The HMAC of a person's key in their source, while it still opens."""

    def enter(self, organisation: UUID, person: UUID, kinds: Collection[TextKind]) -> None:
        """Enter an erasure, and have it on the disk."""
        key = self.key_of(organisation, person)
        line = {
            "organisation": str(organisation),
            "person": str(person),
            "kinds": sorted(kinds),
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "key": key.hex() if key is not None else None,
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(json.dumps(line).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def entries(self) -> Iterator[Erased]:
        """Every line. Raises FileNotFoundError, ErasedListUnreadable."""
        with self.path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                try:
                    said = json.loads(line)
                    yield Erased(
                        organisation=UUID(said["organisation"]),
                        person=UUID(said["person"]),
                        kinds=frozenset(map(TextKind, said["kinds"])),
                        at=datetime.fromisoformat(said["at"]),
                        key=bytes.fromhex(said["key"]) if said["key"] else None,
                    )
                except (ValueError, KeyError, TypeError) as error:
                    raise ErasedListUnreadable(
                        f"line {number} of {self.path} is no entry of a list of erased people; put the right file back"
                    ) from error


def key_digest(ledger: Ledger) -> Callable[[UUID, UUID], bytes | None]:
    """Tells the HMAC of a person's key in their source, None where they have none or it was erased."""

    def told(organisation: UUID, person: UUID) -> bytes | None:
        stays = ledger.timeline(PERSON, organisation, person).state().presences
        sealed = next((stay.key for stay in reversed(stays) if stay.key is not None), None)
        text = ledger.vault.open(organisation, [sealed])[0] if sealed is not None else None
        return ledger.vault.digest(organisation, f"person:{text}") if text is not None else None

    return told


def replay(ledger: Ledger, erased: ErasedList) -> int:
    """Erase anew whom the list names and this database does not have as erased; tells of how many people.

    Where the record does not say so, because it was restored from before, it is entered anew, with a reason. Raises
    FileNotFoundError, ErasedListUnreadable.
    """
    done = set[tuple[UUID, UUID]]()
    gone = dict[UUID, dict[UUID, frozenset[TextKind]]]()
    for entry in list(erased.entries()):
        known = gone.setdefault(entry.organisation, ledger.vault.erased(entry.organisation))
        for person in _meant(ledger, entry):
            if not known.get(person, frozenset()).issuperset(entry.kinds):
                _erase(ledger, entry, person)
                known[person] = known.get(person, frozenset()) | entry.kinds
                done.add((entry.organisation, person))
    return len(done)


def _meant(ledger: Ledger, entry: Erased) -> set[UUID]:
    """The person of an entry, and whoever has their key in the source by now."""
    found = {entry.person}
    if entry.key is not None and ledger.ledger_recorder.head(entry.organisation) is not None:
        wanted = ("person", entry.key)
        found |= set(ledger.ledger_recorder.find_keys(entry.organisation, [wanted]).values())
    return found


def _erase(ledger: Ledger, entry: Erased, person: UUID) -> None:
    if ledger.timeline(PERSON, entry.organisation, person).version:
        asked = ErasePerson(person=str(person), texts=tuple(kind for kind in EVERY_KIND if kind in entry.kinds))
        request = Request(
            organisation=entry.organisation,
            id=uuid4(),
            actor=Actor(service="list of erased people"),
            entries=(Entry(command=asked, reason=REPLAYED),),
        )
        # On record already, or held by a hold of before: destroyed they are all the same, as they were.
        with suppress(Refusal):
            ledger.execute(request)
    ledger.vault.erase(entry.organisation, person, entry.kinds)
