"""Labels are what they were: an answer shows those of its instant; beside them stands what things are called now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from application.answers import Plain
from application.questions import Asked, Questions
from domain.goal import GOAL
from domain.person import PERSON
from domain.strategy import STRATEGY

MENTIONS = {"unit": "units", "goal": "goals", "person": "people", "strategy": "strategies"}
"""Under which name an answer mentions what, and what they are called together."""
IN_A_ROLE = {
    "accountable": "person", "assessors": "person", "by": "person", "decider": "person", "drafters": "person",
    "holder": "person", "keeper": "person", "leader": "person", "measurer": "person", "performer": "unit",
    "representatives": "person", "requester": "unit", "units": "unit",
}  # fmt: skip
"""Under which names an answer mentions them besides, one or several."""
NAMES = {**{name: name for name in MENTIONS}, **IN_A_ROLE}


def now(
    questions: Questions, asked: Asked, answer: object, sees: Callable[[UUID], bool] = lambda _: True
) -> dict[str, Plain]:
    """The present names of the units, goals, strategies and people that an answer mentions, by their ids.

    Of people those alone whom the caller sees.
    """
    mentioned = defaultdict[str, set[UUID]](set)
    for kind, id in _mentioned(answer):
        mentioned[MENTIONS[kind]].add(id)
    present = questions.ask(asked.organisation)
    organisation = questions.organisation(asked.organisation, present.moment)
    if organisation is None:
        return {}

    def states(aggregate: Any, kind: str) -> Mapping[UUID, Any]:  # noqa: ANN401 — of whichever kind
        streams = sorted(each for each in mentioned[kind] if kind != "people" or sees(each))
        if not streams:
            return {}
        return questions.states.states(aggregate, asked.organisation, present.moment, streams=streams)

    at = present.valid_at
    labels: dict[str, Plain] = {
        "units": {str(id): organisation.chart.name(id, at) for id in sorted(mentioned["units"])},
        "goals": {str(id): goal.title for id, goal in states(GOAL, "goals").items()},
        "strategies": {str(id): strategy.title for id, strategy in states(STRATEGY, "strategies").items()},
        "people": {
            str(id): known.name for id, person in states(PERSON, "people").items() if (known := person.known_as(at))
        },
    }
    return {"labels": {kind: names for kind, names in labels.items() if names}}


def _mentioned(value: object) -> Iterator[tuple[str, UUID]]:
    """What an answer mentions: an id under the name of its kind, or beside it under `id`."""
    match value:
        case {"kind": str(kind), "id": str(id), **rest} if kind in MENTIONS:
            yield from _ids(kind, id)
            yield from _mentioned(rest)
        case dict():
            for name, each in value.items():
                yield from _ids(NAMES[name], each) if name in NAMES else _mentioned(each)
        case list() | tuple():
            for each in value:
                yield from _mentioned(each)
        case _:
            return


def _ids(kind: str, value: object) -> Iterator[tuple[str, UUID]]:
    """The ids of a kind that stand there; of what is none, whatever it mentions itself."""
    for each in value if isinstance(value, (list, tuple)) else (value,):
        if isinstance(each, str):
            with suppress(ValueError):
                yield kind, UUID(each)
        else:
            yield from _mentioned(each)
