"""An organisation over HTTP: its settings, its scales, and the clock of a simulated one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.answers import Found
from adapters.http.asks import Ask, Inquiry
from adapters.http.noun import Noun
from domain.organisation import ORGANISATION, ClockKind
from domain.retention import Retention, in_force
from domain.scale import Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationAnswer:
    """An organisation's settings as of a moment, with the newest version of each of its scales."""

    id: UUID
    key: str | None
    name: str
    zone: str
    clock: ClockKind
    grace_days: int
    founded_at: datetime | None
    scales: tuple[Scale, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelAnswer:
    """Where reports of wrongdoing go, which the law protects and Avow does not take; null where none is named."""

    channel: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerAnswer:
    """Who the token is for and what it may do."""

    name: str
    person: UUID | None
    roles: tuple[str, ...]
    scopes: tuple[str, ...]
    leads: tuple[UUID, ...]


def shown(inquiry: Inquiry) -> Found:
    """The organisation's settings. Without times it is the present resource, whose ETag goes into If-Match."""
    inquiry.check()
    state, version = inquiry.own(ORGANISATION, inquiry.organisation)
    at = inquiry.asked.valid_at
    scales = (state.scale(name, at) for name in sorted(state.scales))
    answer = OrganisationAnswer(
        id=inquiry.organisation,
        key=state.key,
        name=state.name,
        zone=state.zone,
        clock=state.clock,
        grace_days=state.grace_days,
        founded_at=state.founded_at,
        scales=tuple(each for each in scales if each),
    )
    return Found(answer=answer, version=version)


def me(inquiry: Inquiry) -> Found:
    """Who the token is for, and what it may do at present."""
    caller = inquiry.session.caller
    inquiry.check()
    answer = CallerAnswer(
        name=caller.name,
        person=caller.person,
        roles=tuple(sorted(caller.roles)),
        scopes=tuple(sorted(caller.scopes)),
        leads=tuple(sorted(caller.leads)),
    )
    return Found(answer=answer)


def retention(inquiry: Inquiry) -> Found:
    """For how long each kind of text is kept once a person left, as of the moment; a kind that is not named is kept.

    Without times it is the present resource, whose ETag goes into If-Match.
    """
    inquiry.check()
    state, version = inquiry.own(ORGANISATION, inquiry.organisation)
    return Found(answer=in_force(state.retention), version=version)


def channel(inquiry: Inquiry) -> Found:
    """Where reports of wrongdoing go, as of the moment. Without times it is the present resource, with its ETag."""
    inquiry.check()
    state, version = inquiry.own(ORGANISATION, inquiry.organisation)
    return Found(answer=ChannelAnswer(channel=state.channel), version=version)


ORGANISATIONS = Noun(
    name="organisation",
    description="The organisation that the token is for: settings, scales, and who asks.",
    acts=(
        Act(path="scales", topic="scale.defined", leads_to=""),
        Act(
            path="clock-advances",
            topic="clock.advanced",
            leads_to="",
            title="Let it be the instant `at` now, in a simulated organisation.",
        ),
        Act(path="channel", topic="channel.named", leads_to="channel", changes=True),
        Act(path="retention", topic="retention.set", leads_to="retention", changes=True),
    ),
    asks=(
        Ask(path="", view="organisation", find=shown, title="Show the organisation.", answers=OrganisationAnswer),
        Ask(path="me", view="me", find=me, title="Show what this token may do.", answers=CallerAnswer, times=False),
        Ask(
            path="channel",
            view="organisation",
            find=channel,
            title="Show where reports of wrongdoing go.",
            answers=ChannelAnswer,
        ),
        Ask(
            path="retention",
            view="organisation",
            find=retention,
            title="Show for how long texts about people are kept.",
            answers=list[Retention],
        ),
    ),
)
