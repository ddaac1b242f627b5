"""What a commitment refuses, rule by rule."""

from __future__ import annotations

from dataclasses import dataclass

from domain.kernel import Refusal, RefusalKind


@dataclass(eq=False)
class CommitmentUnknown(Refusal):
    """Something was said about a commitment that was not made yet."""

    act: str
    where = "at"
    rule = "no commitment stands here at that instant, so it cannot be {act}"
    way_out = "make the commitment first, or date this statement after it"


@dataclass(eq=False)
class CommitmentAlreadyMade(Refusal):
    """One commitment is made once; more are commitments of their own."""

    where = "commitment"
    rule = "this commitment was made already"
    way_out = "change or renew it; a party may hold several towards one target, each under a key of its own"


@dataclass(eq=False)
class CommitmentEnded(Refusal):
    """A commitment that was withdrawn, declined, fulfilled or missed takes no further change."""

    standing: str
    where = "at"
    rule = "this commitment is {standing}: nothing more can be said about it"
    way_out = "make a new commitment, or correct the fact that ended it"


@dataclass(eq=False)
class NobodyAskedToTakeOver(Refusal):
    """An acceptance without an offer."""

    where = "at"
    rule = "no other party has been asked to take this commitment over"
    way_out = "reassign it first; whom it is offered to may then accept or decline"


@dataclass(eq=False)
class OwnerAlready(Refusal):
    """A commitment offered to its own owner."""

    kind = RefusalKind.INVALID
    where = "party"
    rule = "this party owns the commitment already"
    way_out = "name another party"


@dataclass(eq=False)
class DeclinedByAnother(Refusal):
    """A no to an offer by a party that was not asked, or towards another target."""

    where = "party"
    rule = "only the party that was asked to take this commitment over may decline it"
    way_out = "decline as that party; an owner withdraws instead"
