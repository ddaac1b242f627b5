"""Delivering: whoever leads sends each subscription what is new to it, in order, until the receiver has taken it.

At least once: what was taken just before a worker ended is sent again, under the same id.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Event as Signal
from threading import Lock
from uuid import UUID

from application.callers import Callers
from application.feed import Feed
from application.permissions import Caller, allowed
from application.ports import StoreUnavailable
from application.tokens import Credential
from application.webhooks import Reply, Subscription, WebhookOffice, message_id
from domain.kernel import Recorded

log = logging.getLogger("avow.webhooks")

LONGEST_WAIT = 1.0
"""Seconds after which it is looked whether something is due, though nothing woke us."""
SHORTEST_PAUSE = 0.05
"""Seconds between two looks at least."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=8)
"""Between two attempts: four times as long after each that failed, a fifth more or less."""
GIVES_UP = timedelta(days=5)
"""How long a receiver may fail before its subscription is disabled."""
AT_ONCE = 50
"""How many events one subscription is sent before others have their turn."""
LONGEST_TURN = 5.0
"""Seconds after which no more is begun in one turn: a receiver that is slow to take things would keep a hand busy."""
HANDS = 8
"""How many receivers are called at the same time: a slow one holds up few others."""

Told = Callable[[Recorded], bytes]
"""Writes an event as it is sent."""


@dataclass
class Deliverer:
    """Sends what is due. Several may run at once: one of them leads, and another takes over when it ends.

    `credential` finds the token or sign-in that a subscription acts for, as long as it holds.
    """

    office: WebhookOffice
    feed: Feed
    callers: Callers
    credential: Callable[[UUID, UUID], Credential | None]
    told: Told
    first_pause: timedelta = FIRST_PAUSE
    gives_up: timedelta = GIVES_UP
    turn: float = LONGEST_TURN
    chance: Callable[[], float] = random.random
    _busy: set[UUID] = field(default_factory=set[UUID])
    _lock: Lock = field(default_factory=Lock)

    def run(self, stop: Signal) -> None:
        """Deliver until `stop` is set, whenever we lead."""
        while not stop.is_set():
            try:
                with (
                    self.office.store.lead() as leads,
                    self.feed.ledger.ledger_recorder.listener() as listener,
                    ThreadPoolExecutor(HANDS, thread_name_prefix="webhook") as hands,
                ):
                    while not stop.is_set():
                        if leads():
                            for organisation, id in self._due():
                                hands.submit(self._turn, organisation, id, stop)
                        stop.wait(SHORTEST_PAUSE)
                        listener.wait(LONGEST_WAIT)
            except StoreUnavailable as error:
                log.warning("the store cannot be reached: %s", error)
                stop.wait(LONGEST_WAIT)

    def _due(self) -> list[tuple[UUID, UUID]]:
        found = self.office.store.due(self.office.now())
        with self._lock:
            free = [each for each in found if each[1] not in self._busy]
            self._busy.update(id for _, id in free)
        return free

    def _turn(self, organisation: UUID, id: UUID, stop: Signal) -> None:
        try:
            self.deliver(organisation, id, stop)
        except StoreUnavailable as error:
            log.warning("the store cannot be reached: %s", error)
        except Exception:
            log.critical("a webhook could not be served", exc_info=True)
        finally:
            with self._lock:
                self._busy.discard(id)

    def deliver(self, organisation: UUID, id: UUID, stop: Signal | None = None) -> int:
        """Send one subscription what is new to it, up to some events; how many were taken. Raises StoreUnavailable."""
        found, taken, ends = self.office.store.find(organisation, id), 0, time.monotonic() + self.turn
        if found is None or found.disabled_at is not None:
            return 0
        while taken < AT_ONCE and time.monotonic() < ends and not (stop and stop.is_set()):
            caller = self._caller(found)
            if caller is None:
                self._disable(found, "whoever it acts for may not subscribe any more; resume it to act for yourself")
                return taken
            # One at a time: before each it is asked anew who may see it.
            batch = self.feed.after(caller, found.position, 1, found.topics)
            if batch.seen:
                moved = self._send(found, batch.seen[0])
                if moved is None:
                    return taken
                found, taken = moved, taken + 1
            elif batch.reached > found.position:
                moved = replace(found, position=batch.reached)
                if not self.office.store.keep(moved, position=found.position):
                    return taken
                found = moved
            else:
                return taken
        return taken

    def _caller(self, subscription: Subscription) -> Caller | None:
        """Whom the subscription acts for, as long as they may subscribe."""
        token = self.credential(subscription.organisation, subscription.token)
        if token is None:
            return None
        caller = self.callers.caller(token, self.feed.ledger.now(subscription.organisation))
        return caller if caller is not None and allowed(caller, "webhooks") else None

    def _send(self, subscription: Subscription, recorded: Recorded) -> Subscription | None:
        """Send one event; the subscription behind it if it was taken, None where it stands still."""
        reply = self.office.send(subscription, message_id(subscription.id, recorded.position), self.told(recorded))
        now = self.office.now()
        if reply.delivered:
            moved = replace(
                subscription,
                position=recorded.position,
                attempts=0,
                failing_since=None,
                next_attempt_at=None,
                last_success_at=now,
            )
            return moved if self.office.store.keep(moved, position=subscription.position) else None
        since = subscription.failing_since or now
        failed = replace(
            subscription,
            attempts=subscription.attempts + 1,
            failing_since=since,
            last_failure_at=now,
            last_failure=reply.way,
            next_attempt_at=now + self._pause(subscription.attempts, reply),
        )
        if reply.gone:
            self._disable(failed, "the receiver answered that it is gone (410)")
        elif now - since >= self.gives_up:
            self._disable(failed, f"it failed for {self.gives_up.days} days: {reply.way}")
        else:
            self.office.store.keep(failed, position=subscription.position)
        return None

    def _pause(self, attempts: int, reply: Reply) -> timedelta:
        usual = min(timedelta(seconds=self.first_pause.total_seconds() * 4 ** min(attempts, 12)), LONGEST_PAUSE)
        pause = usual * (0.8 + 0.4 * self.chance())
        asked = timedelta(seconds=min(reply.wait or 0, int(LONGEST_PAUSE.total_seconds())))
        return max(pause, asked)

    def _disable(self, subscription: Subscription, why: str) -> None:
        log.warning("a webhook was disabled", extra={"facts": {"webhook": str(subscription.id)}})
        stopped = replace(subscription, disabled_at=self.office.now(), disabled_because=why, next_attempt_at=None)
        self.office.store.keep(stopped, position=subscription.position)
