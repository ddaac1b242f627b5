"""Following the store: wait until something may have been recorded, then pull what is new."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Self

from eventsourcing.persistence import ApplicationRecorder, Notification, Subscription

from application.ports import Listener

LONGEST_WAIT = 1.0
"""Seconds after which a follower pulls even if nothing woke it: a half-open connection gives no sign."""


class PullingSubscription(Subscription[ApplicationRecorder]):
    """The library's subscription: listen first, then pull; woken by the listener, and each second whatever happens."""

    page = 500

    def __init__(
        self, recorder: ApplicationRecorder, listener: Listener, gt: int | None = None, topics: Sequence[str] = ()
    ) -> None:
        super().__init__(recorder, gt, topics)
        self._listener = listener
        self._listening = ExitStack()
        self._pulled: deque[Notification] = deque()

    def __enter__(self) -> Self:
        super().__enter__()
        self._listening.enter_context(self._listener)
        return self

    def __exit__(self, *error: object, **_: object) -> None:
        super().__exit__(*error)
        self._listening.close()

    def __next__(self) -> Notification:
        """The next event; waits for one. Raises StopIteration once stopped."""
        while not self._has_been_stopped:
            if self._pulled:
                return self._pulled.popleft()
            last = self._last_notification_id
            self._pulled.extend(
                self._recorder.select_notifications(last, self.page, None, self._topics, inclusive_of_start=False)
            )
            if self._pulled:
                self._last_notification_id = self._pulled[-1].id
            else:
                self._listener.wait(LONGEST_WAIT)
        raise StopIteration
