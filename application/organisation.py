"""Commands about an organisation: its founding, its scales, its chart."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import available_timezones

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk, organisation_id
from application.desk_rules import CorrectsAnotherRecord, FoundsAnother
from domain.kernel import Content, Refusal, RefusalKind
from domain.organisation import (
    ORGANISATION,
    ChannelNamed,
    ClockAdvanced,
    ClockKind,
    Organisation,
    OrganisationClosed,
    OrganisationFounded,
    refuse_other_clock,
)
from domain.scale import ScaleDefined
from domain.unit import SpokespersonNamed, UnitDissolved, UnitFormed, UnitMerged, UnitMoved, UnitRenamed, UnitSplit

ZONES = frozenset(available_timezones())
"""The IANA time zones that this machine knows."""


@dataclass(eq=False)
class ZoneUnknown(Refusal):
    """A time zone that the IANA database does not have."""

    zone: str
    kind = RefusalKind.INVALID
    where = "zone"
    rule = "{zone!r} is not a time zone of the IANA database"
    way_out = "write it as Europe/Berlin or UTC"


@dataclass(eq=False)
class ClosedByItsOperator(Refusal):
    """A line of a history that would close the organisation."""

    where = "type"
    rule = "an organisation is closed by its operator, with `avow close`, and by nothing that is brought in"
    way_out = "leave the line out"


@command("organisation.founded")
class FoundOrganisation(Command):
    """Begin to keep an organisation's record.

    `zone` (IANA) is where its days are counted; `grace_days` how many of them a fact may be entered late without a
    reason; `clock` is real, or simulated for samples, training and tests.
    """

    organisation: str
    name: str
    zone: str = "UTC"
    clock: ClockKind = ClockKind.REAL
    grace_days: int = 7


@command("clock.advanced")
class AdvanceClock(Command):
    """In a simulated organisation: let it be the instant `at` now."""


@command("scale.defined")
class DefineScale(Command):
    """Define a commitment scale, lowest level first if ordered.

    `counts_from` is the level from which on a party counts as committed.
    """

    scale: str
    version: int
    levels: tuple[str, ...]
    ordered: bool
    counts_from: str | None = None


@command("channel.named")
class NameChannel(Command):
    """Name the channel that the organisation has for reports of wrongdoing; without one, say that there is none."""

    channel: str | None = None


@command("unit.formed")
class FormUnit(Command):
    """Form a unit of the chart: an enterprise, business, function or team, under a parent or at the top."""

    name: str
    kind: str
    unit: str | None = None
    parent: str | None = None


@command("unit.renamed")
class RenameUnit(Command):
    """Give a unit another name or kind; what is left out stays."""

    unit: str
    name: str | None = None
    kind: str | None = None


@command("unit.moved")
class MoveUnit(Command):
    """Put a unit, with all below it, under another parent; without one, at the top."""

    unit: str
    parent: str | None = None


@command("unit.merged")
class MergeUnit(Command):
    """End a unit and let another carry it on: memberships and sub-units follow."""

    unit: str
    into: str


@command("unit.split")
class SplitUnit(Command):
    """End a unit and let several succeed it: who goes where has to be restated."""

    unit: str
    into: tuple[str, ...]


@command("unit.dissolved")
class DissolveUnit(Command):
    """End a unit without a successor."""

    unit: str


@command("spokesperson.named")
class NameSpokesperson(Command):
    """Say who speaks for a unit; without a person, a vacancy."""

    unit: str
    person: str | None = None


@command("organisation.closed")
class CloseOrganisation(Command):
    """Close the organisation for good: its keys are destroyed. Done by `avow close` alone, and by no import."""


@handles(CloseOrganisation)
def close(_: CloseOrganisation, desk: Desk) -> AnyDraft:
    """The end of the record."""
    if desk.actor.imported is not None or desk.correcting is not None:
        raise ClosedByItsOperator
    return _draft(desk, OrganisationClosed())


@handles(FoundOrganisation)
def found(asked: FoundOrganisation, desk: Desk) -> AnyDraft:
    """The first fact of an organisation's stream."""
    if asked.zone not in ZONES:
        raise ZoneUnknown(asked.zone)
    content = OrganisationFounded(
        name=asked.name, zone=asked.zone, clock=asked.clock, grace_days=asked.grace_days, key=asked.organisation
    )
    if isinstance(desk.corrected, OrganisationFounded):
        if asked.organisation != desk.corrected.key:
            raise CorrectsAnotherRecord("organisation")
        refuse_other_clock(desk.chart(), content)
    elif organisation_id(asked.organisation) != desk.organisation:
        raise FoundsAnother(asked.organisation)
    return _draft(desk, content)


@handles(AdvanceClock)
def advance(asked: AdvanceClock, desk: Desk) -> AnyDraft:
    """The simulated present moves on."""
    return _draft(desk, ClockAdvanced())


@handles(DefineScale)
def define_scale(asked: DefineScale, desk: Desk) -> AnyDraft:
    """A new scale, or a new version of one."""
    return _draft(
        desk,
        ScaleDefined(
            scale=asked.scale,
            version=asked.version,
            levels=asked.levels,
            ordered=asked.ordered,
            counts_from=asked.counts_from,
        ),
    )


@handles(NameChannel)
def name_channel(asked: NameChannel, desk: Desk) -> AnyDraft:
    """Where such reports go from here on."""
    return _draft(desk, ChannelNamed(channel=asked.channel))


@handles(FormUnit)
def form(asked: FormUnit, desk: Desk) -> AnyDraft:
    """A new unit."""
    parent = desk.find("unit", asked.parent, "parent") if asked.parent is not None else None
    key, unit = asked.unit, desk.derived("unit", asked.unit) if asked.unit is not None else desk.fresh_unit()
    if isinstance(desk.corrected, UnitFormed):
        key, unit = desk.corrected.key, desk.corrected.unit
        if asked.unit not in {None, key, str(unit)}:
            raise CorrectsAnotherRecord("unit")
    return _draft(desk, UnitFormed(unit=unit, key=key, name=asked.name, kind=asked.kind, parent=parent))


@handles(RenameUnit)
def rename(asked: RenameUnit, desk: Desk) -> AnyDraft:
    """Another name or kind."""
    return _draft(desk, UnitRenamed(unit=_unit(desk, asked.unit), name=asked.name, kind=asked.kind))


@handles(MoveUnit)
def move(asked: MoveUnit, desk: Desk) -> AnyDraft:
    """Another parent."""
    parent = _unit(desk, asked.parent, "parent") if asked.parent is not None else None
    return _draft(desk, UnitMoved(unit=_unit(desk, asked.unit), parent=parent))


@handles(MergeUnit)
def merge(asked: MergeUnit, desk: Desk) -> AnyDraft:
    """An end with one successor."""
    return _draft(desk, UnitMerged(unit=_unit(desk, asked.unit), into=_unit(desk, asked.into, "into")))


@handles(SplitUnit)
def split(asked: SplitUnit, desk: Desk) -> AnyDraft:
    """An end with several successors."""
    into = tuple(_unit(desk, each, "into") for each in asked.into)
    return _draft(desk, UnitSplit(unit=_unit(desk, asked.unit), into=into))


@handles(DissolveUnit)
def dissolve(asked: DissolveUnit, desk: Desk) -> AnyDraft:
    """An end without successors."""
    return _draft(desk, UnitDissolved(unit=_unit(desk, asked.unit)))


@handles(NameSpokesperson)
def name_spokesperson(asked: NameSpokesperson, desk: Desk) -> AnyDraft:
    """Who speaks for the unit from here on."""
    person = desk.find("person", asked.person) if asked.person is not None else None
    return _draft(desk, SpokespersonNamed(unit=_unit(desk, asked.unit), person=person))


def _unit(desk: Desk, reference: str, where: str = "unit") -> UUID:
    return desk.find("unit", reference, where)


def _draft(desk: Desk, content: Content) -> AnyDraft:
    return Draft[Organisation](aggregate=ORGANISATION, stream=desk.organisation, content=content)
