"""A unit of the organisation chart: an enterprise, business, function or team, as it was at every instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.dated import latest
from domain.kernel import Content, event


@event("unit.formed")
class UnitFormed(Content):
    """A unit began, under a parent or at the top. `kind` is a word of the organisation's own, such as team."""

    unit: UUID
    name: str
    kind: str
    parent: UUID | None = None
    key: str | None = None


@event("unit.renamed")
class UnitRenamed(Content):
    """A unit has another name or kind from here on; what is None stays as it was."""

    unit: UUID
    name: str | None = None
    kind: str | None = None


@event("unit.moved")
class UnitMoved(Content):
    """A unit, with all below it, sits under another parent from here on; None puts it at the top."""

    unit: UUID
    parent: UUID | None


@event("unit.merged")
class UnitMerged(Content):
    """A unit ended and goes on in another: its memberships and sub-units follow."""

    unit: UUID
    into: UUID


@event("unit.split")
class UnitSplit(Content):
    """A unit ended and several succeed it. Who goes where has to be restated."""

    unit: UUID
    into: tuple[UUID, ...]


@event("unit.dissolved")
class UnitDissolved(Content):
    """A unit ended, and nothing succeeds it."""

    unit: UUID


@event("spokesperson.named")
class SpokespersonNamed(Content):
    """Somebody speaks for a unit from here on; None is a vacancy."""

    unit: UUID
    person: UUID | None


class Ending(StrEnum):
    """How a unit ended."""

    MERGED = "merged"
    SPLIT = "split"
    DISSOLVED = "dissolved"


@dataclass(frozen=True, slots=True)
class Label:
    """What a unit is called since an instant."""

    since: datetime
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Placement:
    """The parent stated for a unit since an instant; None at the top."""

    since: datetime
    parent: UUID | None


@dataclass(frozen=True, slots=True)
class Spokesperson:
    """Who speaks for a unit since an instant; None is a vacancy."""

    since: datetime
    person: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One unit with all it was so far, in order of time."""

    key: str | None
    since: datetime
    until: datetime | None = None
    ending: Ending | None = None
    successors: tuple[UUID, ...] = ()
    labels: tuple[Label, ...]
    placements: tuple[Placement, ...]
    spokespersons: tuple[Spokesperson, ...] = ()

    def label(self, at: datetime) -> Label:
        """Its name and kind at that instant; the first ones before it was formed."""
        return latest(self.labels, at) or self.labels[0]

    def stated_parent(self, at: datetime) -> UUID | None:
        """The parent stated for it, which may have ended since."""
        placement = latest(self.placements, at)
        return placement.parent if placement else None

    def spokesperson(self, at: datetime) -> UUID | None:
        """Who speaks for it; None for a vacancy."""
        spokesperson = latest(self.spokespersons, at)
        return spokesperson.person if spokesperson else None
