"""An organisation: the tenant. One stream holds its settings, its chart and its commitment scales.

It is of any size, one person included, and nothing crosses its border.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from domain.agreement import (
    AgreementConcluded,
    AgreementEnded,
    Agreements,
    refuse_agreement,
    refuse_agreement_end,
    with_agreement,
    without_agreement,
)
from domain.bar import Bars, BarSet, refuse_bar, with_bar
from domain.chart import CHART_CONTENTS, Chart, evolve_chart, refuse_chart
from domain.kernel import Content, Refusal, RefusalKind, event
from domain.limit import Limits, LimitSet, refuse_limit, with_limit
from domain.retention import RetentionSet, Schedule, refuse_retention, with_retention
from domain.scale import BUILT_IN, Scale, ScaleDefined, Scales, refuse_scale, scale_at, with_scale
from domain.temporal import Aggregate, Fact


class ClockKind(StrEnum):
    """Whose time an organisation lives in: the store's clock, or times stated by its import and its commands."""

    REAL = "real"
    SIMULATED = "simulated"


@event("organisation.founded", schema=2)
class OrganisationFounded(Content):
    """An organisation began to keep its record.

    `zone` is the IANA time zone in which its days are counted; after more than `grace_days` of them a late entry needs
    a reason.
    """

    name: str
    zone: str
    clock: ClockKind = ClockKind.REAL
    grace_days: int = 7
    key: str | None = None


def founded_with_clock(content: Mapping[str, object]) -> dict[str, object]:
    """Lift `organisation.founded` of schema 1, which said `simulated` yes or no, to schema 2."""
    lifted = dict(content)
    lifted["clock"] = "simulated" if lifted.pop("simulated", False) else "real"
    return lifted


@event("clock.advanced")
class ClockAdvanced(Content):
    """In a simulated organisation it is now the instant of this fact."""


@event("channel.named")
class ChannelNamed(Content):
    """Where the organisation takes reports of wrongdoing, which the law protects: they are nothing for Avow.

    None says that the one named before is there no more.
    """

    channel: str | None


@event("organisation.closed")
class OrganisationClosed(Content):
    """The organisation's record ended: its key-encryption key is destroyed, and Avow answers nothing of it any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """The state of an organisation at an instant; `founded_at` is None before it was founded.

    `advanced_to` is the latest instant that its simulated clock was set to, `channel` where reports of wrongdoing go.
    """

    founded_at: datetime | None = None
    name: str = ""
    zone: str = "UTC"
    clock: ClockKind = ClockKind.REAL
    grace_days: int = 7
    key: str | None = None
    advanced_to: datetime | None = None
    closed_at: datetime | None = None
    scales: Scales = field(default_factory=lambda: BUILT_IN)
    agreements: Agreements = ()
    retention: Schedule = ()
    bars: Bars = ()
    limits: Limits = ()
    channel: str | None = None
    chart: Chart = field(default_factory=Chart)

    def scale(self, name: str, at: datetime) -> Scale | None:
        """The newest version of a scale at that instant; None for one not defined by then."""
        return scale_at(self.scales, name, at)


@dataclass(eq=False)
class OrganisationNotFounded(Refusal):
    """Something was said about an organisation before it was founded."""

    where = "at"
    rule = "the organisation had not been founded at that instant"
    way_out = "date the statement after the founding, or correct the founding to an earlier day"


@dataclass(eq=False)
class OrganisationGone(Refusal):
    """An organisation that was closed: its keys are destroyed, and nobody is told anything of it any more."""

    closed_at: datetime | None
    where = "organisation"
    rule = "this organisation was closed: its keys are destroyed"
    way_out = "nothing can be done here; what it took along is in its last export"


@dataclass(eq=False)
class OrganisationAlreadyFounded(Refusal):
    """An organisation is founded once."""

    name: str
    where = "organisation"
    rule = "this organisation was founded already, as {name}"
    way_out = "correct the founding, or found another organisation under a key of its own"


@dataclass(eq=False)
class GraceDaysNegative(Refusal):
    """A period of grace that would end before the day itself."""

    grace_days: int
    kind = RefusalKind.INVALID
    where = "grace_days"
    rule = "a grace period of {grace_days} days is none"
    way_out = "give zero or more days"


@dataclass(eq=False)
class ClockIsReal(Refusal):
    """Only a simulated clock can be set."""

    where = "type"
    rule = "this organisation lives by the real clock, which nobody can advance"
    way_out = "for samples, training and tests found an organisation with a simulated clock"


@dataclass(eq=False)
class ClockIsForGood(Refusal):
    """Whether an organisation is simulated is decided at its founding, and no correction changes it."""

    clock: ClockKind
    where = "clock"
    rule = "this organisation was founded with a {clock} clock, for good"
    way_out = "leave the clock as it is, or found another organisation"


def refuse_closed(state: Organisation) -> None:
    """Refuse everything of an organisation that was closed."""
    if state.closed_at is not None:
        raise OrganisationGone(state.closed_at)


def refuse_other_clock(founded: Organisation, corrected: OrganisationFounded) -> None:
    """Refuse a correction of the founding that would switch the simulation on or off.

    To be asked when a founding is replaced: the timeline alone does not show what a newer word replaces.
    """
    if corrected.clock is not founded.clock:
        raise ClockIsForGood(founded.clock)


def guard(state: Organisation, fact: Fact) -> None:
    """Refuse what cannot be said about an organisation in this state."""
    match fact.content:
        case OrganisationFounded(grace_days=grace_days):
            if state.founded_at:
                raise OrganisationAlreadyFounded(state.name)
            if grace_days < 0:
                raise GraceDaysNegative(grace_days)
        case _ if state.founded_at is None:
            raise OrganisationNotFounded
        case _ if state.closed_at is not None:
            raise OrganisationGone(state.closed_at)
        case OrganisationClosed() | ChannelNamed():
            return
        case ClockAdvanced():
            if state.clock is ClockKind.REAL:
                raise ClockIsReal
        case ScaleDefined() as defined:
            refuse_scale(state.scales, defined)
        case AgreementConcluded() as concluded:
            refuse_agreement(state.agreements, concluded, fact.effective_at)
        case AgreementEnded() as ended:
            refuse_agreement_end(state.agreements, ended)
        case RetentionSet() as content:
            refuse_retention(content)
        case LimitSet() as limit:
            refuse_limit(limit)
        case BarSet() as bar:
            refuse_bar(bar)
        case content:
            refuse_chart(state.chart, content, fact.effective_at)


def evolve(state: Organisation, fact: Fact) -> Organisation:
    """The organisation once this fact is in its place."""
    at = fact.effective_at
    match fact.content:
        case OrganisationFounded(name=name, zone=zone, clock=clock, grace_days=grace_days, key=key):
            return replace(state, founded_at=at, name=name, zone=zone, clock=clock, grace_days=grace_days, key=key)
        case ClockAdvanced():
            return replace(state, advanced_to=at)
        case OrganisationClosed():
            return replace(state, closed_at=at)
        case ScaleDefined() as defined:
            return replace(state, scales=with_scale(state.scales, defined, at))
        case AgreementConcluded() as concluded:
            return replace(state, agreements=with_agreement(state.agreements, concluded, at))
        case AgreementEnded() as ended:
            return replace(state, agreements=without_agreement(state.agreements, ended, at))
        case ChannelNamed(channel=channel):
            return replace(state, channel=channel)
        case RetentionSet() as content:
            return replace(state, retention=with_retention(state.retention, content, at))
        case LimitSet() as limit:
            return replace(state, limits=with_limit(state.limits, limit, at))
        case BarSet() as bar:
            return replace(state, bars=with_bar(state.bars, bar, at))
        case content:
            return replace(state, chart=evolve_chart(state.chart, content, at))


ORGANISATION: Aggregate[Organisation] = Aggregate(
    "organisation",
    Organisation(),
    (
        OrganisationFounded,
        ScaleDefined,
        ClockAdvanced,
        OrganisationClosed,
        AgreementConcluded,
        AgreementEnded,
        LimitSet,
        BarSet,
        RetentionSet,
        ChannelNamed,
        *CHART_CONTENTS,
    ),
    guard,
    evolve,
)
