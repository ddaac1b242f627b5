"""The shape of a person's record: its parts, each with the events behind it."""

from __future__ import annotations

from typing import NotRequired, TypedDict
from uuid import UUID

from adapters.http.shapes import EventAnswer
from application.personal_record import TookPart
from domain.acknowledgement import Acknowledgement
from domain.action import Action
from domain.commitment import Commitment
from domain.concern import Concern
from domain.duty import Duty
from domain.goal import Goal
from domain.kpi import Kpi
from domain.person import Person
from domain.proposal import Proposal


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


class OwnGoalPart(TypedDict):
    """A goal of the person's own."""

    id: UUID
    state: Goal
    events: list[EventAnswer]


class ActionPart(TypedDict):
    """An action that is theirs to do."""

    id: UUID
    state: Action
    events: list[EventAnswer]


class ProposalPart(TypedDict):
    """What they proposed for a draft, and what was answered."""

    id: UUID
    state: Proposal
    events: list[EventAnswer]


class ConcernPart(TypedDict):
    """A concern that they raised."""

    id: UUID
    state: Concern
    events: list[EventAnswer]


class ConversationPart(TypedDict):
    """Their part in a conversation; the events behind it without what they say of others."""

    id: UUID
    state: TookPart
    events: list[EventAnswer]


class RecordAnswer(TypedDict):
    """Everything on the record about one person; for an appraisal, None for what was not agreed.

    From `kpis` on, parts are there where there is anything in them. Concerns are those that the caller may see.
    """

    person: PersonPart | None
    commitments: list[CommitmentPart] | None
    acknowledgements: list[AcknowledgementPart] | None
    duties: list[DutyPart] | None
    kpis: NotRequired[list[KpiPart] | None]
    own_goals: NotRequired[list[OwnGoalPart] | None]
    actions: NotRequired[list[ActionPart] | None]
    proposals: NotRequired[list[ProposalPart] | None]
    concerns: NotRequired[list[ConcernPart] | None]
    conversations: NotRequired[list[ConversationPart] | None]
