"""Where what a person owes comes from, beside what is owed under a strategy: each kind of record names its own source.

`me/owed`, and whatever reminds people, read these sources and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from application.states import Moment, States
from domain.organisation import Organisation
from domain.owed import Owed
from domain.temporal import Aggregate

S = TypeVar("S")


@dataclass(frozen=True)
class Owner:
    """Whose obligations are asked for, as of which moment: the person, and the units that they speak for."""

    person: UUID
    units: frozenset[UUID]
    organisation: UUID
    settings: Organisation
    moment: Moment
    source: States

    @property
    def today(self) -> date:
        """The organisation's day at the valid time."""
        return self.day(self.moment.valid_at)

    def day(self, instant: datetime) -> date:
        """The organisation's day of an instant."""
        return instant.astimezone(ZoneInfo(self.settings.zone)).date()

    def states(self, aggregate: Aggregate[S], **narrowed: Any) -> dict[UUID, S]:  # noqa: ANN401 — see States.states
        """The states of all streams of a kind as of the moment."""
        return self.source.states(aggregate, self.organisation, self.moment, **narrowed)

    def is_meant(self, id: UUID | None) -> bool:
        """Whether this is the person, or a unit that they speak for."""
        return id is not None and (id == self.person or id in self.units)


Source = Callable[[Owner], Iterator[Owed]]
_sources: list[Source] = []


def owes(source: Source) -> Source:
    """Name a source of what people owe."""
    _sources.append(source)
    return source


def sources() -> tuple[Source, ...]:
    """Every source; complete once `application.catalogue` is imported."""
    return tuple(_sources)
