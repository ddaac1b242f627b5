"""Webhooks: an organisation's events are sent to an address of its own, signed by the Standard Webhooks rules.

A subscription acts for the token that made it, or that resumed it: it is sent what that token's caller may see at the
moment of sending, and nothing once that one may not subscribe any more.
"""

from __future__ import annotations

import hmac
from abc import ABC, abstractmethod
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID, uuid5

from application.ports import Vault
from application.tokens import Credential
from domain.kernel import Refusal, RefusalKind

MOST = 50
"""How many subscriptions an organisation may have."""
OVERLAP = timedelta(hours=24)
"""How long an old secret still signs beside the new one, unless something else is asked for."""
LONGEST_OVERLAP = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Who is called and how that goes.

    All topics where `topics` names none. `generation` counts its secrets; the one before still signs until
    `overlaps_until`. All up to `position` was sent or passed over; `attempts` were made in vain for what follows, the
    first at `failing_since`. A disabled one stands still.
    """

    id: UUID
    organisation: UUID
    url: str
    topics: tuple[str, ...]
    token: UUID
    created_at: datetime
    generation: int = 1
    overlaps_until: datetime | None = None
    position: int
    attempts: int = 0
    failing_since: datetime | None = None
    next_attempt_at: datetime | None = None
    last_success_at: datetime | None = None
    last_failure_at: datetime | None = None
    last_failure: str | None = None
    disabled_at: datetime | None = None
    disabled_because: str | None = None


class WebhookStore(ABC):
    """Where subscriptions are kept. The two implementations (PostgreSQL, memory) pass one contract suite."""

    @abstractmethod
    def add(self, subscription: Subscription) -> None:
        """Keep a new one."""

    @abstractmethod
    def of(self, organisation: UUID) -> Sequence[Subscription]:
        """Those of an organisation, oldest first."""

    @abstractmethod
    def find(self, organisation: UUID, id: UUID) -> Subscription | None:
        """One of an organisation."""

    @abstractmethod
    def keep(self, subscription: Subscription, *, position: int) -> bool:
        """Keep what became of one, unless it was moved on from `position` or disabled meanwhile, or is gone."""

    @abstractmethod
    def change(self, subscription: Subscription) -> None:
        """Keep whom it acts for, its secrets, and whether and when it goes on, as an administrator wants it."""

    @abstractmethod
    def remove(self, organisation: UUID, id: UUID) -> None:
        """Forget one."""

    @abstractmethod
    def due(self, now: datetime) -> Sequence[tuple[UUID, UUID]]:
        """Organisation and id of all that are not disabled and need not wait any longer."""

    @abstractmethod
    def lead(self) -> AbstractContextManager[Callable[[], bool]]:
        """Try to be the one that delivers: asked, it tells whether that is so, for as long as the block runs."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of one call: the status of the answer, or why there was none; `way` says it in words, without a body.

    `gone` says that the receiver wants no more; `wait` are the seconds it asks for.
    """

    status: int | None
    way: str
    milliseconds: int = 0
    wait: int | None = None

    @property
    def delivered(self) -> bool:
        """Whether the receiver took it."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        """Whether the receiver wants no more of it, ever."""
        return self.status == 410


class Receivers(Protocol):
    """Calls addresses outside."""

    def check(self, url: str) -> None:
        """Raises ReceiverRefused for an address that would never be called."""
        ...

    def call(self, url: str, headers: dict[str, str], body: bytes) -> Reply:
        """Send a body to an address, within a time limit."""
        ...


@dataclass(eq=False)
class ReceiverRefused(Refusal):
    """An address that Avow does not call."""

    why: str
    kind = RefusalKind.INVALID
    where = "url"
    rule = "this address is not called: {why}"
    way_out = (
        "give an https address of a host in public, without user or fragment; whoever runs Avow may allow networks of "
        "their own with AVOW_WEBHOOK_NETWORKS"
    )


@dataclass(eq=False)
class WebhookUnknown(Refusal):
    """A subscription that there is not, or that is another integration's."""

    webhook: str
    kind = RefusalKind.UNKNOWN
    where = "webhook"
    rule = "there is no webhook {webhook}"
    way_out = "GET …/webhooks lists them with their ids"


@dataclass(eq=False)
class TooManyWebhooks(Refusal):
    """One subscription more than an organisation may have."""

    most: int
    rule = "this organisation has {most} webhooks already, and may have no more"
    way_out = "delete one that is not needed, or let one receiver pass on what it gets"


@dataclass(eq=False)
class WebhookRuns(Refusal):
    """A subscription that stands at nothing was to be resumed."""

    kind = RefusalKind.CONFLICT
    where = "webhook"
    rule = "this webhook is neither disabled nor waiting for another attempt"
    way_out = "nothing needs to be resumed; GET it to see how it goes"


@dataclass(eq=False)
class OverlapTooLong(Refusal):
    """An old secret that would hardly ever end."""

    hours: int
    kind = RefusalKind.INVALID
    where = "overlap_hours"
    rule = "an old secret holds for 0 to 168 hours beside the new one, not for {hours}"
    way_out = "give a number of hours in that range"


@dataclass(frozen=True)
class WebhookOffice:
    """Keeps subscriptions and signs what is sent. Chance and time are handed in."""

    store: WebhookStore
    vault: Vault
    receivers: Receivers
    fresh_id: Callable[[], UUID]
    now: Callable[[], datetime]

    def subscribe(self, token: Credential, url: str, topics: Sequence[str], position: int) -> tuple[Subscription, str]:
        """A new subscription to what follows on a position, and its secret, which is told this once.

        Raises ReceiverRefused, TooManyWebhooks.
        """
        self.receivers.check(url)
        if len(self.store.of(token.organisation)) >= MOST:
            raise TooManyWebhooks(MOST)
        made = Subscription(
            id=self.fresh_id(),
            organisation=token.organisation,
            url=url,
            topics=tuple(sorted(set(topics))),
            token=token.id,
            created_at=self.now(),
            position=position,
        )
        self.store.add(made)
        return made, self._secret(made, made.generation)

    def rotate(self, subscription: Subscription, overlap: timedelta = OVERLAP) -> tuple[Subscription, str]:
        """A new secret; the old one signs beside it for a while. Raises OverlapTooLong."""
        if not timedelta() <= overlap <= LONGEST_OVERLAP:
            raise OverlapTooLong(round(overlap.total_seconds() / 3600))
        made = replace(subscription, generation=subscription.generation + 1, overlaps_until=self.now() + overlap)
        self.store.change(made)
        return made, self._secret(made, made.generation)

    def resume(self, subscription: Subscription, token: Credential) -> Subscription:
        """Go on at once where it stopped, for the token that asks. Raises WebhookRuns."""
        if subscription.disabled_at is None and subscription.next_attempt_at is None:
            raise WebhookRuns
        made = replace(
            subscription,
            token=token.id,
            attempts=0,
            failing_since=None,
            next_attempt_at=None,
            disabled_at=None,
            disabled_because=None,
        )
        self.store.change(made)
        return made

    def send(self, subscription: Subscription, id: str, body: bytes) -> Reply:
        """Sign one message and send it. `id` names it: sent again, it is the same."""
        moment = str(int(self.now().timestamp()))
        signed = f"{id}.{moment}.".encode() + body
        signatures = (
            "v1," + b64encode(hmac.digest(self._key(subscription, each), signed, "sha256")).decode()
            for each in self._generations(subscription)
        )
        headers = {
            "Content-Type": "application/cloudevents+json; charset=utf-8",
            "User-Agent": "Avow",
            "webhook-id": id,
            "webhook-timestamp": moment,
            "webhook-signature": " ".join(signatures),
        }
        return self.receivers.call(subscription.url, headers, body)

    def _generations(self, subscription: Subscription) -> Iterator[int]:
        yield subscription.generation
        if subscription.overlaps_until is not None and self.now() < subscription.overlaps_until:
            yield subscription.generation - 1

    def _key(self, subscription: Subscription, generation: int) -> bytes:
        """What signs: worked out from the organisation's secret, so that it is stored nowhere."""
        return self.vault.digest(subscription.organisation, f"webhook\0{subscription.id}\0{generation}")

    def _secret(self, subscription: Subscription, generation: int) -> str:
        return "whsec_" + b64encode(self._key(subscription, generation)).decode()


def message_id(subscription: UUID, position: int) -> str:
    """What names the message about one event to one subscription, however often it is sent."""
    return f"msg_{uuid5(subscription, str(position)).hex}"
