"""Webhooks in PostgreSQL, beside the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

import psycopg
from psycopg.rows import TupleRow

from adapters.postgres.connections import Database
from application.ports import StoreUnavailable
from application.webhooks import Subscription, WebhookStore

LEAD = "select pg_try_advisory_lock(hashtext('avow webhooks'))"
ALIVE = "select true"
SHOWN = """
    select
        id, organisation, url, topics, token, created_at, generation, overlaps_until, position, attempts,
        failing_since, next_attempt_at, last_success_at, last_failure_at, last_failure, disabled_at, disabled_because
    from avow.webhooks
"""
OF = f"{SHOWN} where organisation = %s order by created_at, id"
ONE = f"{SHOWN} where organisation = %s and id = %s"
ADD = """
    insert into avow.webhooks (
        id, organisation, url, topics, token, created_at, generation, overlaps_until, position, attempts,
        failing_since, next_attempt_at, last_success_at, last_failure_at, last_failure, disabled_at, disabled_because
    ) values (
        %(id)s, %(organisation)s, %(url)s, %(topics)s, %(token)s, %(created_at)s, %(generation)s, %(overlaps_until)s,
        %(position)s, %(attempts)s, %(failing_since)s, %(next_attempt_at)s, %(last_success_at)s, %(last_failure_at)s,
        %(last_failure)s, %(disabled_at)s, %(disabled_because)s
    )
"""
KEEP = """
    update avow.webhooks
    set position = %(position)s, attempts = %(attempts)s, failing_since = %(failing_since)s,
        next_attempt_at = %(next_attempt_at)s, last_success_at = %(last_success_at)s,
        last_failure_at = %(last_failure_at)s, last_failure = %(last_failure)s, disabled_at = %(disabled_at)s,
        disabled_because = %(disabled_because)s
    where organisation = %(organisation)s and id = %(id)s and position = %(from)s and disabled_at is null
    returning id
"""
CHANGE = """
    update avow.webhooks
    set token = %(token)s, generation = %(generation)s, overlaps_until = %(overlaps_until)s, attempts = %(attempts)s,
        failing_since = %(failing_since)s, next_attempt_at = %(next_attempt_at)s, disabled_at = %(disabled_at)s,
        disabled_because = %(disabled_because)s
    where organisation = %(organisation)s and id = %(id)s
"""
REMOVE = "delete from avow.webhooks where organisation = %s and id = %s"
DUE = """
    select organisation, id
    from avow.webhooks
    where disabled_at is null and (next_attempt_at is null or next_attempt_at <= %s)
    order by organisation, id
"""


class PostgresWebhooks(WebhookStore):
    """Kept as `avow_writer`; what is due in all organisations is found as `avow_projector`. Raises StoreUnavailable."""

    def __init__(self, writing: Database, following: Database) -> None:
        self._writing, self._following = writing, following

    def add(self, subscription: Subscription) -> None:
        """Keep a new one."""
        self._writing.ask(subscription.organisation, ADD, _parameters(subscription))

    def of(self, organisation: UUID) -> Sequence[Subscription]:
        """Those of an organisation, oldest first."""
        return [_subscription(row) for row in self._writing.ask(organisation, OF, (organisation,))]

    def find(self, organisation: UUID, id: UUID) -> Subscription | None:
        """One of an organisation."""
        return next((_subscription(row) for row in self._writing.ask(organisation, ONE, (organisation, id))), None)

    def keep(self, subscription: Subscription, *, position: int) -> bool:
        """Keep what became of one, unless it was moved on or disabled meanwhile, or is gone."""
        parameters = {**_parameters(subscription), "from": position}
        return bool(self._writing.ask(subscription.organisation, KEEP, parameters))

    def change(self, subscription: Subscription) -> None:
        """Keep whom it acts for, its secrets, and whether and when it goes on."""
        self._writing.ask(subscription.organisation, CHANGE, _parameters(subscription))

    def remove(self, organisation: UUID, id: UUID) -> None:
        """Forget one."""
        self._writing.ask(organisation, REMOVE, (organisation, id))

    def due(self, now: datetime) -> Sequence[tuple[UUID, UUID]]:
        """Organisation and id of all that are not disabled and need not wait any longer."""
        with self._following.connection() as connection:
            return [(organisation, id) for organisation, id in connection.execute(DUE, (now,))]

    @contextmanager
    def lead(self) -> Iterator[Callable[[], bool]]:
        """Try to be the one that delivers: by a lock that ends with its connection."""
        with self._following.fresh() as connection:
            held = False

            def leads() -> bool:
                nonlocal held
                try:
                    row = connection.execute(ALIVE if held else LEAD).fetchone()
                except (psycopg.OperationalError, psycopg.InterfaceError) as error:
                    raise StoreUnavailable(str(error).strip()) from error
                held = held or (row is not None and bool(row[0]))
                return held

            yield leads


def _parameters(subscription: Subscription) -> dict[str, object]:
    return {**asdict(subscription), "topics": list(subscription.topics)}


def _subscription(row: TupleRow) -> Subscription:
    id, organisation, url, topics, token, created_at, generation, overlaps_until, position, attempts, *rest = row
    failing_since, next_attempt_at, last_success_at, last_failure_at, last_failure, disabled_at, because = rest
    return Subscription(
        id=id,
        organisation=organisation,
        url=url,
        topics=tuple(topics),
        token=token,
        created_at=created_at,
        generation=generation,
        overlaps_until=overlaps_until,
        position=position,
        attempts=attempts,
        failing_since=failing_since,
        next_attempt_at=next_attempt_at,
        last_success_at=last_success_at,
        last_failure_at=last_failure_at,
        last_failure=last_failure,
        disabled_at=disabled_at,
        disabled_because=because,
    )
