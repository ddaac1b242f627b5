"""The shape of a person's record: its parts, each with the events behind it."""

from __future__ import annotations

from typing import NotRequired, TypedDict
from uuid import UUID

from adapters.http.shapes import EventAnswer
from domain.acknowledgement import Acknowledgement
from domain.commitment import Commitment
from domain.duty import Duty
from domain.kpi import Kpi
from domain.person import Person


class PersonPart(TypedDict):
    """The person of a record."""

    id: UUID
    state: Person
    events: list[EventAnswer]


class CommitmentPart(TypedDict):
    """A commitment of a record."""

    id: UUID
    state: Commitment
    events: list[EventAnswer]


class AcknowledgementPart(TypedDict):
    """An acknowledgement of a record."""

    id: UUID
    state: Acknowledgement
    events: list[EventAnswer]


class DutyPart(TypedDict):
    """A duty of a record."""

    id: UUID
    state: Duty
    events: list[EventAnswer]


class KpiPart(TypedDict):
    """A KPI of the person's own."""

    id: UUID
    state: Kpi
    events: list[EventAnswer]


class RecordAnswer(TypedDict):
    """Everything on the record about one person; for an appraisal, None for what was not agreed.

    `kpis` is there where the person ever had KPIs of their own.
    """

    person: PersonPart | None
    commitments: list[CommitmentPart] | None
    acknowledgements: list[AcknowledgementPart] | None
    duties: list[DutyPart] | None
    kpis: NotRequired[list[KpiPart] | None]
