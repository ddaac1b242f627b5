"""Limits: how many priorities, principles and KPIs the organisation, each unit and each person take on at most.

Nobody is passionate about 28 priorities, 16 guiding principles or 35 KPIs. What is set is a dated fact of the
organisation, and the newest word holds; where nothing was set, Avow's own numbers do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.kernel import Content, Refusal, RefusalKind, event


class LimitLevel(StrEnum):
    """Whom a limit is for: the organisation as a whole, each of its units, or each person."""

    ORGANISATION = "organisation"
    UNIT = "unit"
    PERSON = "person"


class LimitKind(StrEnum):
    """What is limited."""

    PRIORITY = "priority"
    PRINCIPLE = "principle"
    KPI = "kpi"


DEFAULTS: Mapping[tuple[LimitLevel, LimitKind], int] = {
    (LimitLevel.ORGANISATION, LimitKind.PRIORITY): 5,
    (LimitLevel.ORGANISATION, LimitKind.PRINCIPLE): 7,
    (LimitLevel.ORGANISATION, LimitKind.KPI): 10,
    (LimitLevel.UNIT, LimitKind.PRIORITY): 5,
    (LimitLevel.UNIT, LimitKind.PRINCIPLE): 5,
    (LimitLevel.UNIT, LimitKind.KPI): 7,
    (LimitLevel.PERSON, LimitKind.PRIORITY): 3,
    (LimitLevel.PERSON, LimitKind.PRINCIPLE): 3,
    (LimitLevel.PERSON, LimitKind.KPI): 5,
}
"""What holds where nothing was set. The numbers are Avow's own: the source documents name none but what is too many."""

HIGHEST = 1_000


@event("limit.set", schema=2)
class LimitSet(Content):
    """From here on this many of a kind are the most, at a level, or for one `unit` or one `person` of it.

    `most` None: from here on what holds without this very limit does again.
    """

    level: LimitLevel
    kind: LimitKind
    unit: UUID | None = None
    most: int | None = None
    person: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A limit as it was set, and since when it holds."""

    level: LimitLevel
    kind: LimitKind
    unit: UUID | None
    most: int | None
    since: datetime
    person: UUID | None = None

    @property
    def who(self) -> UUID | None:
        """The one unit or person that it is for; None: all of its level."""
        return self.unit or self.person


Limits = tuple[Limit, ...]
"""What was set, in the order of time: the last of each level, kind and unit or person holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """How many are the most; `since` is None where that is Avow's own number."""

    most: int
    since: datetime | None


@dataclass(eq=False)
class LimitImpossible(Refusal):
    """A limit below nothing, or one that limits nothing."""

    most: int
    highest: int = HIGHEST
    kind = RefusalKind.INVALID
    where = "most"
    rule = "{most} is no limit"
    way_out = "give a number from 0 to {highest}, or leave it out for Avow's own"


@dataclass(eq=False)
class LimitOfOneUnit(Refusal):
    """A unit named for a limit that is no unit's."""

    level: LimitLevel
    kind = RefusalKind.INVALID
    where = "unit"
    rule = "a limit of the level {level} is not for one unit"
    way_out = "leave the unit out, or set the limit at the level unit"


@dataclass(eq=False)
class LimitOfOnePerson(Refusal):
    """A person named for a limit that is no person's."""

    level: LimitLevel
    kind = RefusalKind.INVALID
    where = "person"
    rule = "a limit of the level {level} is not for one person"
    way_out = "leave the person out, or set the limit at the level person"


def refuse_limit(content: LimitSet) -> None:
    """Refuse what limits nothing."""
    if content.most is not None and not 0 <= content.most <= HIGHEST:
        raise LimitImpossible(content.most)
    if content.unit is not None and content.level is not LimitLevel.UNIT:
        raise LimitOfOneUnit(content.level)
    if content.person is not None and content.level is not LimitLevel.PERSON:
        raise LimitOfOnePerson(content.level)


def with_limit(limits: Limits, content: LimitSet, at: datetime) -> Limits:
    """The limits once this was set."""
    made = Limit(
        level=content.level, kind=content.kind, unit=content.unit, most=content.most, since=at, person=content.person
    )
    return (*limits, made)


def allowed(limits: Limits, level: LimitLevel, kind: LimitKind, who: UUID | None = None) -> Allowed:
    """How many are the most: what was set for this very unit or person, else for the level, else Avow's own number."""
    for wanted in (who, None) if who is not None else (None,):
        newest = next(
            (each for each in reversed(limits) if (each.level, each.kind, each.who) == (level, kind, wanted)), None
        )
        if newest is not None and newest.most is not None:
            return Allowed(most=newest.most, since=newest.since)
    return Allowed(most=DEFAULTS[level, kind], since=None)
