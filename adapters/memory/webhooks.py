"""Webhooks in memory. They keep to the same contract as those in PostgreSQL: tests/contracts holds both to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from threading import Lock
from uuid import UUID

from application.webhooks import Subscription, WebhookStore


class MemoryWebhooks(WebhookStore):
    """Every subscription behind one lock."""

    def __init__(self) -> None:
        self._lock, self._leading = Lock(), Lock()
        self._kept: dict[UUID, Subscription] = {}

    def add(self, subscription: Subscription) -> None:
        """Keep a new one."""
        with self._lock:
            self._kept[subscription.id] = subscription

    def of(self, organisation: UUID) -> Sequence[Subscription]:
        """Those of an organisation, oldest first."""
        with self._lock:
            mine = [each for each in self._kept.values() if each.organisation == organisation]
        return sorted(mine, key=lambda each: (each.created_at, each.id))

    def find(self, organisation: UUID, id: UUID) -> Subscription | None:
        """One of an organisation."""
        return next((each for each in self.of(organisation) if each.id == id), None)

    def keep(self, subscription: Subscription, *, position: int) -> bool:
        """Keep what became of one, unless it was moved on or disabled meanwhile, or is gone."""
        with self._lock:
            found = self._kept.get(subscription.id)
            if found is None or found.position != position or found.disabled_at is not None:
                return False
            self._kept[subscription.id] = replace(
                subscription, token=found.token, generation=found.generation, overlaps_until=found.overlaps_until
            )
            return True

    def change(self, subscription: Subscription) -> None:
        """Keep whom it acts for, its secrets, and whether and when it goes on."""
        with self._lock:
            found = self._kept.get(subscription.id)
            if found is not None:
                self._kept[subscription.id] = replace(
                    subscription,
                    position=found.position,
                    last_success_at=found.last_success_at,
                    last_failure_at=found.last_failure_at,
                    last_failure=found.last_failure,
                )

    def remove(self, organisation: UUID, id: UUID) -> None:
        """Forget one."""
        with self._lock:
            found = self._kept.get(id)
            if found is not None and found.organisation == organisation:
                del self._kept[id]

    def due(self, now: datetime) -> Sequence[tuple[UUID, UUID]]:
        """Organisation and id of all that are not disabled and need not wait any longer."""
        with self._lock:
            return [
                (each.organisation, each.id)
                for each in self._kept.values()
                if each.disabled_at is None and (each.next_attempt_at is None or each.next_attempt_at <= now)
            ]

    @contextmanager
    def lead(self) -> Iterator[Callable[[], bool]]:
        """Try to be the one that delivers."""
        held = False

        def leads() -> bool:
            nonlocal held
            held = held or self._leading.acquire(blocking=False)
            return held

        try:
            yield leads
        finally:
            if held:
                self._leading.release()
