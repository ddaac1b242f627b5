"""The projector follows the ledger: it wakes, pulls what is new, folds it, and stores rows and cursor together.

One worker of all nodes is active; when its connection ends another takes over within a second. Each batch is stored
exactly once, whoever stores it. On an event that it cannot handle it stops, says so where everybody sees it, and
never skips.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event as Signal
from uuid import UUID

from eventsourcing.persistence import Mapper

from application.ports import LedgerRecorder, StoreUnavailable
from application.projections.folding import Folder
from application.projections.model import LeadLost, ProjectionSession, ReadModel, Version
from application.projections.rectangles import Changes

log = logging.getLogger("avow.projector")

LONGEST_WAIT = 1.0
"""Seconds after which the projector pulls though nothing woke it: a half-open connection gives no sign."""
SHORTEST_PAUSE, LONGEST_PAUSE = 0.125, 15.0
"""Seconds between two attempts to reach the store: doubled with each that fails."""

Progress = Callable[[int, int], None]
"""Told after each batch: how many events are projected anew, of how many."""


class ProjectionStopped(Exception):  # noqa: N818 — a state of affairs
    """The projection stands still until somebody mends the cause; the alarm of the read model says what it is."""


class Projector:
    """Projects one ledger into one read model. An instance belongs to one thread."""

    def __init__(
        self,
        recorder: LedgerRecorder,
        mapper: Mapper[UUID],
        model: ReadModel,
        *,
        batch: int = 500,
        histories: int = 10_000,
    ) -> None:
        self.recorder, self.model, self.batch = recorder, model, batch
        self.folder = Folder(recorder, mapper, histories=histories)
        self.fingerprint = self.folder.encoding.fingerprint
        self._reached: tuple[int, int] | None = None

    def run(self, stop: Signal) -> None:
        """Follow until `stop` is set; lost connections are taken up again. Raises ProjectionStopped."""
        pause = SHORTEST_PAUSE
        while not stop.is_set():
            try:
                with self.model.open() as session:
                    while not stop.is_set():
                        if not session.lead() or not self.project(session):
                            session.wait(LONGEST_WAIT)
                        pause = SHORTEST_PAUSE
            except LeadLost:
                log.info("the read model was written to or switched elsewhere; looking again")
            except StoreUnavailable as error:
                log.warning("the store cannot be reached, trying again in %.2f s: %s", pause, error)
                stop.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    @property
    def outdated(self) -> bool:
        """Whether the rows that are read were made by another edition of Avow, and have to be rebuilt."""
        return self.model.live().fingerprint not in ("", self.fingerprint)

    def catch_up(self) -> None:
        """Project all that is recorded by now, once no other worker is active.

        Raises ProjectionStopped, LeadLost, StoreUnavailable.
        """
        with self.model.open() as session:
            while not session.lead():
                session.wait(LONGEST_WAIT)
            while self.project(session):
                pass

    def rebuild(self, progress: Progress = lambda _done, _of: None, stop: Signal | None = None) -> bool:
        """Build the rows anew beside those that are read, then switch. Readers and followers need not stop.

        True when switched; False when `stop` was set before, or a rebuild is under way elsewhere. Started again, it
        goes on where an interrupted one ended. Raises ProjectionStopped, StoreUnavailable.
        """
        try:
            with self.model.open_building(self.fingerprint) as session:
                while not (stop and stop.is_set()):
                    # Not until nothing is new: where much is recorded that may never be. What is left when we are
                    # close is projected while nobody moves the live version: we must not take its place behind it.
                    if session.version().cursor + self.batch >= self.model.live().cursor:
                        with session.switching() as live:
                            while session.version().cursor < live.cursor and self.project(session):
                                pass
                            progress(session.version().events, live.events)
                        return True
                    self.project(session)
                    progress(session.version().events, self.model.live().events)
        except LeadLost:
            log.warning("another rebuild is under way")
        return False

    def project(self, session: ProjectionSession, batch: int | None = None) -> int:
        """Store one batch, of our usual size if none is named; how many events it had, 0 when there is nothing new.

        Raises ProjectionStopped, LeadLost, StoreUnavailable.
        """
        version = session.version()
        if version.fingerprint not in ("", self.fingerprint):
            raise self._stopped(session, version.cursor, "these rows were made by another edition: run `avow rebuild`")
        if self._reached != (version.slot, version.cursor):
            self.folder.forget()
        placed = self.recorder.select_after(version.cursor, batch or self.batch)
        if not placed:
            return 0
        self._reached = None
        folded = self.folder.fold(placed)
        if folded.changes.events:
            self._write(session, version, folded.changes)
        if folded.stopped is not None:
            raise self._stopped(session, folded.stopped.placed.id, str(folded.stopped)) from folded.stopped
        self._reached = version.slot, folded.changes.cursor
        return len(placed)

    def _write(self, session: ProjectionSession, version: Version, changes: Changes) -> None:
        try:
            session.write(changes, version, self.fingerprint)
        except (LeadLost, StoreUnavailable):
            raise
        except Exception as error:
            why = f"what follows cursor {version.cursor} cannot be stored: {type(error).__name__}: {error}"
            raise self._stopped(session, version.cursor, why) from error

    def _stopped(self, session: ProjectionSession, cursor: int, why: str) -> ProjectionStopped:
        log.critical("the projection stands still: %s", why)
        session.alarm(cursor, why)
        return ProjectionStopped(why)
