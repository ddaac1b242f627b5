"""What was used last, kept between questions within a bound."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """The values used last, of so much weight together; the newest one whatever it weighs. Safe for several threads.

    Whoever uses it keeps under a key only what never becomes another value.
    """

    def __init__(self, limit: int) -> None:
        self._limit, self._lock = limit, Lock()
        self._values, self._weight = OrderedDict[K, tuple[V, int]](), 0

    def get(self, key: K) -> V | None:
        """The value, if it is still kept."""
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def put(self, key: K, value: V, weight: int = 1) -> None:
        """Keep a value, and let go of those not used for longest while all weigh more than the limit."""
        with self._lock:
            _, former = self._values.pop(key, (None, 0))
            self._values[key] = value, weight
            self._weight += weight - former
            while self._weight > self._limit and len(self._values) > 1:
                _, (_, dropped) = self._values.popitem(last=False)
                self._weight -= dropped
