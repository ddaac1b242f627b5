"""Looks after keys and erasures: what was erased stays so, and no key is wrapped for longer than a week."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event

from adapters.crypto.keys import WrongKeyEncryptionKey
from adapters.crypto.rewrapping import Rewrapping, RewrappingElsewhere
from adapters.erased import ErasedList, ErasedListUnreadable, replay
from application.erasure import complete
from application.ledger import Ledger
from application.ports import StoreUnavailable
from application.retention import RetentionKeeper

PAUSE = 600.0
"""Seconds between two looks."""

log = logging.getLogger("avow.keys")


@dataclass(frozen=True)
class KeyKeeper:
    """Makes up for erasures left undone, and makes those that are due by a schedule; re-wraps keys that are `days` old.

    0 days leaves the re-wrapping to others.
    """

    ledger: Ledger
    rewrapping: Rewrapping
    erased: ErasedList
    retention: RetentionKeeper
    days: int

    def run(self, stop: Event) -> None:
        """Look until told to stop. What goes wrong is told in the process's log."""
        while not stop.is_set():
            try:
                self.keep()
            except StoreUnavailable as error:
                log.warning("the store cannot be reached: %s", error)
            except (OSError, WrongKeyEncryptionKey, ErasedListUnreadable) as error:
                log.critical("keys could not be looked after: %s", error)
            except Exception:
                log.critical("keys could not be looked after", exc_info=True)
            stop.wait(PAUSE)

    def keep(self) -> None:
        """Do what is due. Raises what the parts raise."""
        for organisation in self.ledger.ledger_recorder.organisations():
            if done := complete(self.ledger, organisation):
                log.warning("organisation %s: %d erasures that were left undone were made", organisation, done)
        if self.erased.path.exists() and (done := replay(self.ledger, self.erased)):
            log.warning("%d people were erased anew from the list", done)
        self.retention.keep()
        if self.days and self.age >= timedelta(days=self.days):
            try:
                organisations = self.rewrapping.run()
            except RewrappingElsewhere:
                return
            log.warning(
                "the keys of %d organisations were re-wrapped: copy %s and the keys anew, and destroy older copies",
                organisations,
                self.rewrapping.file.path,
            )

    @property
    def age(self) -> timedelta:
        """For how long the key-encryption key has been in use."""
        made = datetime.fromtimestamp(self.rewrapping.file.path.stat().st_mtime, UTC)
        return datetime.now(UTC) - made
