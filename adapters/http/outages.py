"""What HTTP says when a request came at a bad moment: others are faster, the store is away, Avow itself failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.http.refusals import HttpRefusal


@dataclass(eq=False)
class TooManyAtOnce(HttpRefusal):
    """Others kept recording on the same record while this request was decided."""

    status = 409
    rule = "many others are recording on this record at this moment; nothing was recorded for this request"
    way_out = "send it again in a second"

    @property
    def headers(self) -> Mapping[str, str]:
        """When to come back."""
        return {"Retry-After": "1"}


@dataclass(eq=False)
class KeyGivenMeanwhile(HttpRefusal):
    """Another request gave this key to a record of its own at the same moment."""

    what: str
    status = 409
    rule = "the {what} key was given to another record a moment ago"
    way_out = "choose another key, or speak about the record that has it"


@dataclass(eq=False)
class StillRunning(HttpRefusal):
    """The first request with this key has no outcome yet."""

    status = 409
    where = "Idempotency-Key"
    rule = "the first request with this key is still running"
    way_out = "repeat it in a second: the outcome is answered then"

    @property
    def headers(self) -> Mapping[str, str]:
        """When to come back."""
        return {"Retry-After": "1"}


@dataclass(eq=False)
class NotThereYet(HttpRefusal):
    """The read model has not come to the position that was waited for."""

    wanted: int
    reached: int
    seconds: float
    status = 504
    where = "at_least"
    rule = "position {wanted} was not reached within {seconds:g} seconds; the read model is at {reached}"
    way_out = "ask again in a moment, or ask for position {reached} or earlier"

    @property
    def headers(self) -> Mapping[str, str]:
        """When to come back."""
        return {"Retry-After": "1"}


@dataclass(eq=False)
class StoreDown(HttpRefusal):
    """The store cannot be reached, is full, or is at its limit."""

    status = 503
    rule = "the store does not answer at the moment; nothing was recorded"
    way_out = "repeat the request in a few seconds; it recovers by itself"

    @property
    def headers(self) -> Mapping[str, str]:
        """When to come back."""
        return {"Retry-After": "5"}


@dataclass(eq=False)
class AnswersNotReady(HttpRefusal):
    """The stored answers are being made anew, or have to be."""

    status = 503
    rule = "the stored answers are not those of this version of Avow yet; recording goes on"
    way_out = "ask again in a minute; if this stays so, the operator runs `avow rebuild`"

    @property
    def headers(self) -> Mapping[str, str]:
        """When to come back."""
        return {"Retry-After": "60"}


@dataclass(eq=False)
class OutcomeNotKnown(HttpRefusal):
    """The connection broke while the store was recording."""

    status = 503
    where = "Idempotency-Key"
    rule = "outcome unknown: the connection to the store broke while it was recording"
    way_out = "repeat with the same key; without a key, look at the record before you send this again"

    @property
    def headers(self) -> Mapping[str, str]:
        """When to come back."""
        return {"Retry-After": "5"}


@dataclass(eq=False)
class Unforeseen(HttpRefusal):
    """A fault of Avow's own."""

    request: str
    status = 500
    rule = "something went wrong in Avow itself; the request is {request}"
    way_out = "tell the operator this number: the log has more under it; with an Idempotency-Key you may safely repeat"
