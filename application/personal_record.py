"""A person's record: everything on the record about one person as of a moment, with the events behind each part.

Of what others have their part in, such as a conversation, it holds this person's alone. Private texts stay sealed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from application.answers import Plain
from application.questions import Asked, Questions
from application.records import behind
from domain.acknowledgement import ACKNOWLEDGEMENT
from domain.action import ACTION
from domain.commitment import COMMITMENT
from domain.concern import CONCERN, Concern
from domain.conversation import CONVERSATION, Conversation, EnrolmentStage, Recognition, Told
from domain.duty import DUTY
from domain.goal import GOAL
from domain.kpi import KPI
from domain.person import PERSON
from domain.proposal import PROPOSAL
from domain.temporal import Aggregate

ALWAYS: Mapping[str, Aggregate[Any]] = {
    "commitments": COMMITMENT, "acknowledgements": ACKNOWLEDGEMENT, "duties": DUTY,
}  # fmt: skip
"""The parts that every record has, if only to say that there is nothing in them."""

WHERE_ANY: Mapping[str, Aggregate[Any]] = {
    "kpis": KPI, "own_goals": GOAL, "actions": ACTION, "proposals": PROPOSAL, "concerns": CONCERN,
}  # fmt: skip
"""The parts that a record has where there is anything in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TookPart:
    """What a conversation says of one who took part in it, or was thanked there; None in `told` for the latter."""

    strategy: UUID | None
    stage: EnrolmentStage | None
    unit: UUID | None
    holder: UUID | None
    held_at: datetime | None
    told: Told | None
    recognition: tuple[Recognition, ...]


def took_part(state: Conversation, person: UUID) -> TookPart | None:
    """This person's part in a conversation; None for whoever had none."""
    told = next((each for each in state.told if each.outcome.person == person), None)
    thanks = tuple(each for each in state.recognition if each.person == person)
    if told is None and not thanks:
        return None
    return TookPart(
        strategy=state.strategy,
        stage=state.stage,
        unit=state.unit,
        holder=state.holder,
        held_at=state.held_at,
        told=told,
        recognition=thanks,
    )


def person_record(
    questions: Questions, asked: Asked, person: UUID, sees: Callable[[Concern], bool] = lambda _: True
) -> Plain | None:
    """Everything on the record about one person as of the moment; None if unknown.

    `sees` tells of a concern that they raised whether whoever asks is shown it: it may be about them.
    """
    states, organisation, moment = questions.states, asked.organisation, asked.moment
    found = questions.named(asked, PERSON, person)
    if found is None:
        return None

    def own(aggregate: Aggregate[Any]) -> dict[UUID, Any]:
        shown = states.states(aggregate, organisation, moment, subject=person)
        return {id: each for id, each in shown.items() if not isinstance(each, Concern) or sees(each)}

    parts = {name: own(aggregate) for name, aggregate in ALWAYS.items()}
    parts |= {name: part for name, aggregate in WHERE_ANY.items() if (part := own(aggregate))}
    held = states.states(CONVERSATION, organisation, moment)
    in_them = {id: took for id, each in held.items() if (took := took_part(each, person)) is not None}
    streams = [person, *in_them, *(id for part in parts.values() for id in part)]
    events = behind(questions.ledger, asked, streams)
    record: Plain = {"person": {"id": str(person), "state": found, "events": events.get(person, [])}}
    for name, part in parts.items():
        record[name] = [{"id": str(id), "state": each, "events": events.get(id, [])} for id, each in part.items()]
    if in_them:
        record["conversations"] = [
            {"id": str(id), "state": each, "events": [_without_words(event) for event in events.get(id, [])]}
            for id, each in in_them.items()
        ]
    return record


def _without_words(event: Plain) -> Plain:
    """That something was said of a conversation, and by whom; what it says of others is not this person's."""
    return {**event, "content": None, "reason": None, "labels": {}}
