"""Commitment scales: the levels of avowed commitment, ordered or nominal, and from which one on a party counts.

Scales are named and versioned. An organisation may define its own, also under the name of the built-in one. Declining
is an act, not a level.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.kernel import Content, Refusal, RefusalKind, event


@event("scale.defined")
class ScaleDefined(Content):
    """The organisation stated the levels of a scale, lowest first when `ordered`."""

    scale: str
    version: int
    levels: tuple[str, ...]
    ordered: bool
    counts_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """One version of a scale. The built-in one has version 0 and was never defined.

    A nominal scale (not `ordered`) has no `counts_from` and gives no party level.
    """

    name: str
    version: int
    levels: tuple[str, ...]
    ordered: bool
    counts_from: str | None
    defined_at: datetime | None = None

    def place(self, level: str | None) -> int | None:
        """How high a level stands, 0 for the lowest; None where there is no order, no level or another scale's."""
        return self.levels.index(level) if self.ordered and level in self.levels else None

    def counts(self, level: str | None) -> bool:
        """Whether a party at this level counts as committed. A missing level never does."""
        place, first = self.place(level), self.place(self.counts_from)
        return place is not None and first is not None and place >= first


DEFAULT_SCALE = Scale(
    name="default", version=0, levels=("not yet", "on condition", "committed"), ordered=True, counts_from="committed"
)
"""The scale of a strategy that chose none."""

Scales = Mapping[str, tuple[Scale, ...]]
"""All versions of every scale by its name, oldest first."""

BUILT_IN: Scales = {DEFAULT_SCALE.name: (DEFAULT_SCALE,)}


@dataclass(eq=False)
class ScaleVersionNotNewer(Refusal):
    """Versions of one scale rise strictly."""

    scale: str
    version: int
    newest: int
    where = "version"
    rule = "scale {scale} is at version {newest} by then: version {version} cannot follow it"
    way_out = "number each version higher than the one before it"


@dataclass(eq=False)
class LevelsNotDistinct(Refusal):
    """A scale without levels, or with one twice."""

    scale: str
    kind = RefusalKind.INVALID
    where = "levels"
    rule = "scale {scale} needs at least one level, and each only once"
    way_out = "name every level once"


@dataclass(eq=False)
class CountsFromNoLevel(Refusal):
    """An ordered scale has to say from which of its levels on a party counts as committed."""

    scale: str
    kind = RefusalKind.INVALID
    where = "counts_from"
    rule = "the ordered scale {scale} does not say from which of its levels on a party counts as committed"
    way_out = "name one of its levels, or define it as nominal"


@dataclass(eq=False)
class NominalCountsFrom(Refusal):
    """A nominal scale has no order from some level of which on anybody could count."""

    scale: str
    kind = RefusalKind.INVALID
    where = "counts_from"
    rule = "scale {scale} is nominal: no level of it stands above another, so none can be counted from"
    way_out = "leave counts_from out, or define the scale as ordered"


def scale_at(scales: Scales, name: str, at: datetime) -> Scale | None:
    """The newest version of a scale at that instant; None for one not defined by then."""
    versions = reversed(scales.get(name, ()))
    return next((each for each in versions if each.defined_at is None or each.defined_at <= at), None)


def refuse_scale(scales: Scales, content: ScaleDefined) -> None:
    """Refuse a definition that contradicts itself or does not follow on what is defined."""
    name, versions = content.scale, scales.get(content.scale, ())
    newest = versions[-1].version if versions else 0
    if content.version <= newest:
        raise ScaleVersionNotNewer(name, content.version, newest)
    if not content.levels or len(set(content.levels)) < len(content.levels):
        raise LevelsNotDistinct(name)
    if content.ordered and content.counts_from not in content.levels:
        raise CountsFromNoLevel(name)
    if not content.ordered and content.counts_from is not None:
        raise NominalCountsFrom(name)


def with_scale(scales: Scales, content: ScaleDefined, at: datetime) -> Scales:
    """The scales once this one is defined."""
    scale = Scale(
        name=content.scale,
        version=content.version,
        levels=content.levels,
        ordered=content.ordered,
        counts_from=content.counts_from,
        defined_at=at,
    )
    return {**scales, scale.name: (*scales.get(scale.name, ()), scale)}
