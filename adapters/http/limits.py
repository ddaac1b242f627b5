"""How much one caller may ask: a bucket of tokens each, in the memory of one worker process."""

from __future__ import annotations

import hashlib
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock

from flask import Flask, Response, g, request

from adapters.http.refusals import HttpRefusal, TokenMissing
from adapters.http.session import shown_token

MOST = 10_000
"""How many callers are remembered: whoever has not asked for longest is forgotten, which only does them good."""


@dataclass(frozen=True, slots=True)
class Rate:
    """`quota` requests at once, and as many again spread over `window` seconds."""

    quota: int
    window: int = 60


@dataclass(frozen=True, slots=True)
class Left:
    """What a caller has left: whole requests, and seconds until the next one and until all of them."""

    allowed: bool
    requests: int
    next_in: float
    all_in: float


@dataclass(eq=False)
class TooManyRequests(HttpRefusal):
    """A caller who asks more than their share. Nothing was looked up or recorded."""

    quota: int
    window: int
    seconds: int
    status = 429
    where = "Authorization"
    rule = "{quota} requests in {window} seconds are used up"
    way_out = "wait {seconds} s; RateLimit in every answer tells what is left"

    @property
    def headers(self) -> Mapping[str, str]:
        """When to come back."""
        return {"Retry-After": str(self.seconds)}


class Buckets:
    """A bucket for each caller. Safe for several threads; `now` tells seconds that never go back."""

    def __init__(self, rate: Rate, now: Callable[[], float] = time.monotonic, most: int = MOST) -> None:
        self.rate, self._now, self._most = rate, now, most
        self._levels: OrderedDict[bytes, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, caller: bytes) -> Left:
        """Take one request out of a caller's bucket, if one is left."""
        quota, pace = self.rate.quota, self.rate.quota / self.rate.window
        with self._lock:
            now = self._now()
            level, since = self._levels.pop(caller, (float(quota), now))
            level = min(float(quota), level + (now - since) * pace)
            allowed = level >= 1
            level -= allowed
            self._levels[caller] = level, now
            if len(self._levels) > self._most:
                self._levels.popitem(last=False)
        return Left(allowed, int(level), max(0.0, (1 - level) / pace), (quota - level) / pace)


def limit_requests(app: Flask, rate: Rate) -> None:
    """Count every request below /v1 by the token it shows, before anything is looked up; without one, by address.

    Calendars at their secret addresses count by address, too.

    The headers are those of draft-ietf-httpapi-ratelimit-headers.
    """
    buckets = Buckets(rate)

    def count() -> None:
        if not request.path.startswith(("/v1/", "/calendar/")):
            return
        g.left = left = buckets.take(_caller())
        if not left.allowed:
            raise TooManyRequests(rate.quota, rate.window, max(1, math.ceil(left.next_in)))

    def tell(response: Response) -> Response:
        left: Left | None = g.get("left")
        if left is not None:
            response.headers["RateLimit-Policy"] = f'"requests";q={rate.quota};w={rate.window}'
            response.headers["RateLimit"] = f'"requests";r={left.requests};t={math.ceil(left.all_in)}'
        return response

    app.before_request(count)
    app.after_request(tell)


def _caller() -> bytes:
    """By what a caller is told apart: the token as it is looked up, however the header is written."""
    try:
        shown = shown_token()
    except TokenMissing:
        shown = f"address {request.remote_addr}"
    # What is kept of a token is what the store keeps of it: a hash.
    return hashlib.sha256(shown.encode("utf-8", "replace")).digest()
