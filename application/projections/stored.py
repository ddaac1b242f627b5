"""States from the stored read model: the same answers as the definition, by index instead of by replay."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from threading import Lock
from typing import TypeVar
from uuid import UUID

from application.ledger import Ledger
from application.projections.encoding import StateEncoding
from application.projections.histories import Histories
from application.projections.model import PositionNotProjected, ReadModel, ReadModelOutdated
from application.states import Moment, States, concerned_by
from domain.temporal import Aggregate

S = TypeVar("S")

SHORTEST_LOOK, LONGEST_LOOK = 0.002, 0.05
"""Seconds between two looks at how far the projection is."""


class StoredStates(States):
    """Reads the rows; folds the streams of heavy kinds and keeps their timelines. Safe for several threads.

    A question about a position that is not projected yet raises PositionNotProjected: whoever needs it waits with
    `wait_for`, for `patience` seconds at most.
    """

    def __init__(self, ledger: Ledger, model: ReadModel, *, patience: float = 2.0) -> None:
        self.model, self.patience = model, patience
        self.encoding, self.histories = StateEncoding(), Histories(ledger)
        self._projected: dict[UUID, int] = {}
        self._lock = Lock()

    def position(self, organisation: UUID) -> int:
        """The newest projected position. Raises ReadModelOutdated, StoreUnavailable."""
        if self.model.live().fingerprint not in ("", self.encoding.fingerprint):
            raise ReadModelOutdated
        position = self.model.position(organisation)
        with self._lock:
            newest = self._projected[organisation] = max(position, self._projected.get(organisation, 0))
        return newest

    def wait_for(self, organisation: UUID, position: int) -> bool:
        """Wait, as long as our patience lasts, until this position is projected; whether it is."""
        deadline, pause = time.monotonic() + self.patience, SHORTEST_LOOK
        while not self._is_projected(organisation, position):
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                return False
            time.sleep(min(pause, remaining))
            pause = min(pause * 1.5, LONGEST_LOOK)
        return True

    def _is_projected(self, organisation: UUID, position: int) -> bool:
        # What was projected once stays so, through a rebuild too: only what is newer needs a look.
        return self._projected.get(organisation, 0) >= position or self.position(organisation) >= position

    def states(
        self,
        aggregate: Aggregate[S],
        organisation: UUID,
        moment: Moment,
        *,
        strategy: UUID | None = None,
        subject: UUID | None = None,
        streams: Sequence[UUID] | None = None,
        concerning: Collection[UUID] | None = None,
    ) -> dict[UUID, S]:
        """See `States.states`. Raises PositionNotProjected, ReadModelOutdated, StoreUnavailable."""
        if not self._is_projected(organisation, moment.position):
            raise PositionNotProjected(organisation, moment.position, self._projected.get(organisation, 0))
        rows = self.model.rows(
            aggregate.kind,
            organisation,
            moment,
            strategy=strategy,
            subject=subject,
            streams=streams,
            concerning=concerning,
        )
        heavy = [row.stream for row in rows if row.state is None]
        folded = self.histories.timelines(aggregate, organisation, heavy, moment.position) if heavy else {}
        found = {
            row.stream: self.encoding.read(aggregate, row.state)
            if row.state is not None
            else folded[row.stream].state(moment.valid_at)
            for row in rows
        }
        if concerning is None:
            return found
        return {stream: state for stream, state in found.items() if not concerned_by(state).isdisjoint(concerning)}
