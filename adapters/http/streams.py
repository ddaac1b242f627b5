"""Server-sent events of the feed: one stream a request, as long as its caller may, and no more of them than fit."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock
from uuid import UUID

from adapters.http.presenting import Json, encode
from adapters.http.refusals import HttpRefusal
from adapters.http.session import Session
from application.feed import Feed
from application.ports import StoreUnavailable
from domain.kernel import Recorded, Refusal

LONGEST_WAIT = 1.0
"""Seconds after which a stream pulls, and asks whether its caller still may, though nothing woke it."""
SHORTEST_PAUSE = 0.05
"""Seconds between two pulls at least: what is recorded meanwhile comes together."""
LIFETIME = 3_600.0
"""Seconds after which a stream ends by itself; its reader takes it up again, perhaps at another node."""
RETRY = 2_000
"""Milliseconds after which a reader takes a stream up again."""
PAGE = 200


@dataclass(eq=False)
class TooManyStreams(HttpRefusal):
    """More streams than one process, or one caller there, may hold open."""

    most: int
    whose: str
    status = 429
    where = "Accept"
    rule = "{whose} may hold {most} streams open in this process, and all of them are"
    way_out = "close one, or ask for the feed page by page; try again in 10 s"

    @property
    def headers(self) -> dict[str, str]:
        """When to come back."""
        return {"Retry-After": "10"}


@dataclass
class Streams:
    """The streams that one process holds open: `most` of them, and half of that for one caller.

    `stopping` tells that the process is to end; `heartbeat` is in seconds.
    """

    most: int = 2
    stopping: Callable[[], bool] = lambda: False
    heartbeat: float = 10.0
    lifetime: float = LIFETIME
    _open: Counter[UUID] = field(default_factory=Counter[UUID])
    _lock: Lock = field(default_factory=Lock)

    @property
    def open(self) -> int:
        """How many are open."""
        with self._lock:
            return self._open.total()

    def enter(self, caller: UUID) -> None:
        """Take a place. Raises TooManyStreams."""
        own = max(1, self.most // 2)
        with self._lock:
            if self._open[caller] >= own:
                raise TooManyStreams(own, "one token")
            if self._open.total() >= self.most:
                raise TooManyStreams(self.most, "all callers together")
            self._open[caller] += 1

    def leave(self, caller: UUID) -> None:
        """Give the place back."""
        with self._lock:
            self._open[caller] -= 1
            if not self._open[caller]:
                del self._open[caller]


@dataclass
class Stream:
    """One stream: iterate over it, and close it. It holds its place from the first to the last.

    `authorise` opens the caller's session anew, or refuses.
    """

    streams: Streams
    feed: Feed
    session: Session
    position: int
    topics: tuple[str, ...]
    authorise: Callable[[], Session]
    told: Callable[[Session, Recorded], Json]

    def __post_init__(self) -> None:
        self.streams.enter(self.session.token.id)
        self._holder = self.session.token.id
        self._running = self._run()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._running)

    def close(self) -> None:
        """End it, wherever it is."""
        self._running.close()
        self._leave()

    def __del__(self) -> None:
        self._leave()

    def _leave(self) -> None:
        # Once: whoever serves the stream may end it, close it, and forget it.
        with suppress(AttributeError):
            holder = self._holder
            del self._holder
            self.streams.leave(holder)

    def _run(self) -> Generator[bytes]:
        ends, spoken = time.monotonic() + self.streams.lifetime, time.monotonic()
        try:
            with self.feed.ledger.ledger_recorder.listener() as listener:
                yield f"retry: {RETRY}\n\n".encode()
                while not self.streams.stopping() and time.monotonic() < ends:
                    self.session = self.authorise()
                    batch = self.feed.after(self.session.caller, self.position, PAGE, self.topics)
                    lines = [self._line(each) for each in batch.seen]
                    if batch.reached != (batch.seen[-1].position if batch.seen else self.position):
                        # Who takes the stream up again need not be led past the same positions once more.
                        lines.append(f"id: {batch.reached}\n\n".encode())
                    self.position = batch.reached
                    if lines:
                        spoken = time.monotonic()
                        yield b"".join(lines)
                    elif time.monotonic() - spoken >= self.streams.heartbeat:
                        spoken = time.monotonic()
                        yield b":\n\n"
                    if not batch.more:
                        time.sleep(SHORTEST_PAUSE)
                        listener.wait(LONGEST_WAIT)
        except Refusal as refusal:
            # The caller may no longer: who takes the stream up again is told so as a status.
            yield b"event: ended\ndata: " + encode({"rule": refusal.code, "detail": str(refusal)}) + b"\n\n"
        except StoreUnavailable:
            yield b'event: ended\ndata: {"rule":"store-down","detail":"the store cannot be asked; try again"}\n\n'
        finally:
            self._leave()

    def _line(self, recorded: Recorded) -> bytes:
        return f"id: {recorded.position}\ndata: ".encode() + encode(self.told(self.session, recorded)) + b"\n\n"
