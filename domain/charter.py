"""A charter: on which terms somebody runs a review for its sponsor, and what ends them.

The sponsor owns in writing what comes of the review; the facilitator runs it, and commits or acknowledges for nobody.
Access comes from the charter alone and ends with it: when results are published, when the review is cancelled, when
the facilitator is discharged, at the latest with the day by which those asked are to have their answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from domain.dated import holds
from domain.kernel import Actor, Content, Refusal, RefusalKind, event
from domain.sealed import Private


@event("review.chartered")
class ReviewChartered(Content):
    """Who acts put somebody in charge of running the review, and owns what comes of it, in own words.

    `method` says how it is held. By the end of the day `responds_by` the results are reported back to those asked.
    """

    facilitator: UUID
    method: str
    ownership: Private
    responds_by: date


@event("review.discharged")
class FacilitatorDischarged(Content):
    """The facilitator no longer runs the review; why stands in the envelope."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charter:
    """Who runs the review, how, for whom, and since when. `sponsor` is None where an import does not say who it was."""

    facilitator: UUID
    method: str
    ownership: Private
    responds_by: date
    sponsor: UUID | None
    since: datetime
    until: datetime | None = None

    def opens(self, at: datetime, today: date) -> bool:
        """Whether its facilitator may act and see at that instant, which is of the local day `today`."""
        return holds(self, at) and today <= self.responds_by


Charters = tuple[Charter, ...]


@dataclass(eq=False)
class CharterHolds(Refusal):
    """One person runs a review at a time."""

    where = "facilitator"
    rule = "somebody runs this review already, under a charter that still holds"
    way_out = "discharge that facilitator first, or correct the charter"


@dataclass(eq=False)
class NoCharterHolds(Refusal):
    """A facilitator was discharged where there is none."""

    where = "review"
    rule = "nobody runs this review under a charter at that instant"
    way_out = "nobody needs to be discharged; charter a facilitator first if one was meant"


@dataclass(eq=False)
class OwnerUnnamed(Refusal):
    """A charter without somebody who owns what comes of the review."""

    kind = RefusalKind.FORBIDDEN
    where = "actor"
    rule = "a charter is given by a person, who owns what comes of the review"
    way_out = "let the sponsor give it, with a token of their own"


@dataclass(eq=False)
class OwnershipEmpty(Refusal):
    """Ownership that says nothing."""

    kind = RefusalKind.INVALID
    where = "ownership"
    rule = "the sponsor's ownership is stated in own words; this is empty"
    way_out = "say what the sponsor will do with the results, whatever they are"


@dataclass(eq=False)
class FacilitatesForOneself(Refusal):
    """Sponsor and facilitator in one person."""

    kind = RefusalKind.FORBIDDEN
    where = "facilitator"
    rule = "whoever owns the review as its sponsor does not run it as facilitator"
    way_out = "name somebody else, or hold the review without a charter"


@dataclass(eq=False)
class FacilitatorIsAsked(Refusal):
    """Whoever runs a review is not among those who answer in it."""

    kind = RefusalKind.INVALID
    where = "facilitator"
    rule = "the facilitator is among the participants of this review"
    way_out = "name somebody who is not asked"


@dataclass(eq=False)
class CharterTooLate(Refusal):
    """A charter for a review whose results are out."""

    where = "at"
    rule = "the results of this review are published; its facilitator's work is done"
    way_out = "charter a facilitator for another review"


def refuse_charter(
    charters: Charters, content: ReviewChartered, at: datetime, actor: Actor, participants: tuple[UUID, ...]
) -> None:
    """Refuse terms that cannot be given. Who may give them is a rule of conduct: imports only record it."""
    if content.facilitator in participants:
        raise FacilitatorIsAsked
    if any(holds(each, at) for each in charters):
        raise CharterHolds
    if actor.imported is not None:
        return
    if actor.person is None:
        raise OwnerUnnamed
    if actor.person == content.facilitator:
        raise FacilitatesForOneself


def refuse_discharge(charters: Charters, at: datetime) -> None:
    """Refuse to discharge where nobody holds a charter."""
    if not any(holds(each, at) for each in charters):
        raise NoCharterHolds


def with_charter(charters: Charters, content: ReviewChartered, at: datetime, actor: Actor) -> Charters:
    """The charters with this one too."""
    return (
        *charters,
        Charter(
            facilitator=content.facilitator,
            method=content.method,
            ownership=content.ownership,
            responds_by=content.responds_by,
            sponsor=actor.person,
            since=at,
        ),
    )


def ended(charters: Charters, at: datetime) -> Charters:
    """The charters once the one that held has ended."""
    return tuple(each if each.until is not None else replace(each, until=at) for each in charters)
