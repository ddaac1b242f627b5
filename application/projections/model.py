"""Where the stored read models are kept: what the projector writes to, and what readers ask."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self
from uuid import UUID

from eventsourcing.persistence import TrackingRecorder

from application.projections.rectangles import Changes
from application.states import Moment


class PositionNotProjected(Exception):  # noqa: N818 — a state of affairs
    """The read model has not come to this position. Wait for it, or ask about an earlier one."""

    def __init__(self, organisation: UUID, position: int, projected: int) -> None:
        super().__init__(f"organisation {organisation} is projected up to {projected}, not yet up to {position}")
        self.organisation, self.position, self.projected = organisation, position, projected


class ReadModelOutdated(Exception):  # noqa: N818
    """The stored rows were made by another edition of Avow. `avow rebuild` makes new ones beside them and switches."""


class ReadModelDamaged(Exception):  # noqa: N818
    """The stored rows are not those that the events made. `avow rebuild` makes new ones."""


class LeadLost(Exception):  # noqa: N818
    """Somebody else wrote to this read model, or it was switched. Nothing was written; look again and go on."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Why the projection stands still: the event it cannot handle, by the store's cursor, and since when."""

    cursor: int
    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """One stored version of the read model: up to which cursor it goes, and what shape its rows have.

    `fingerprint` is empty before the first event.
    """

    slot: int
    cursor: int
    fingerprint: str
    events: int
    """How many events went into it."""
    alarm: Alarm | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """What a question meets: the stream, and its stored state; None for a heavy kind."""

    stream: UUID
    state: bytes | None


class ProjectionSession(ABC):
    """One worker's own connection to a read model. Whatever it holds ends with it, however it ends.

    Each method raises StoreUnavailable when the connection is lost.
    """

    @abstractmethod
    def lead(self) -> bool:
        """Be the one active worker, if no other is. Once true it stays so until the session ends."""

    @abstractmethod
    def version(self) -> Version:
        """The version that this session writes to."""

    @abstractmethod
    def write(self, changes: Changes, after: Version, fingerprint: str) -> None:
        """Store rows, closings, positions and cursor in one transaction, and clear the alarm.

        Raises LeadLost unless the version is still as it was in `after`.
        """

    @abstractmethod
    def alarm(self, cursor: int, reason: str) -> None:
        """Let everybody see why the projection stands still."""

    @abstractmethod
    def wait(self, seconds: float) -> None:
        """Return when events were recorded since the last call, or after so many seconds."""

    @abstractmethod
    def switching(self) -> AbstractContextManager[Version]:
        """Hold the version that is read at present still; at the end make the one built here take its place.

        Gives the version held. Nothing is switched when the block raises.
        """

    @abstractmethod
    def close(self) -> None:
        """End the session."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class ReadModel(TrackingRecorder):
    """The stored states of all organisations' streams. Two versions fit beside each other; one is read."""

    @abstractmethod
    def open(self) -> ProjectionSession:
        """A session that follows the version that is read; it listens for new events from here on."""

    @abstractmethod
    def open_building(self, fingerprint: str) -> ProjectionSession:
        """A session that builds a version beside it: goes on with one begun in the same shape, or begins anew.

        Raises LeadLost when a rebuild is under way elsewhere.
        """

    @abstractmethod
    def live(self) -> Version:
        """The version that is read."""

    @abstractmethod
    def position(self, organisation: UUID) -> int:
        """The newest position of an organisation whose rows can be read; 0 before any."""

    @abstractmethod
    def positions(self) -> dict[UUID, int]:
        """The same for every organisation."""

    @abstractmethod
    def rows(
        self,
        kind: str,
        organisation: UUID,
        moment: Moment,
        *,
        strategy: UUID | None = None,
        subject: UUID | None = None,
        streams: Sequence[UUID] | None = None,
        concerning: Collection[UUID] | None = None,
    ) -> list[Row]:
        """The rows that a moment meets, ordered by stream, narrowed as `States.states`.

        Of `concerning` also rows of streams that concern these only at other moments.
        """
