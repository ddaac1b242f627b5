"""Acknowledgements over HTTP: one person's statement about one revision."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from adapters.http.person import concerned
from application.permissions import NotPermitted
from domain.acknowledgement import ACKNOWLEDGEMENT, Acknowledgement, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgementAnswer:
    """What a person says about the revisions of a strategy, the newest statement on each."""

    id: UUID
    person: UUID | None
    strategy: UUID | None
    statements: tuple[Statement, ...]


def shaped(id: UUID, state: Acknowledgement) -> AcknowledgementAnswer:
    """An acknowledgement's state as it is answered."""
    return AcknowledgementAnswer(id=id, person=state.person, strategy=state.strategy, statements=state.statements)


def _sees(inquiry: Inquiry, state: Acknowledgement) -> bool:
    return state.person is not None and inquiry.sees(concerned(inquiry, state.person))


def listed(inquiry: Inquiry) -> Found:
    """Acknowledgements that were given or declined and that the caller may see."""
    strategy, person = inquiry.named("strategy"), inquiry.named("person")
    states = inquiry.states(ACKNOWLEDGEMENT, strategy=strategy, subject=person)

    def shape(_: str, entry: tuple[UUID, Acknowledgement]) -> AcknowledgementAnswer | None:
        return shaped(*entry) if _sees(inquiry, entry[1]) else None

    entries = ((str(id), (id, state)) for id, state in states.items())
    return inquiry.page(entries, shape, {"strategy": strategy, "person": person})


def shown(inquiry: Inquiry) -> Found:
    """What one person says about one strategy, by its id."""
    id = inquiry.find("acknowledgement")
    state, version = inquiry.own(ACKNOWLEDGEMENT, id)
    if not _sees(inquiry, state):
        raise NotPermitted("acknowledgement", inquiry.session.caller.name)
    return Found(answer=shaped(id, state), asks={"acknowledgement": id}, version=version)


ACKNOWLEDGEMENTS = Noun(
    name="acknowledgements",
    description="One person's statement about one revision: received and read, or declined.",
    acts=(
        Act(path="acknowledgements", topic="acknowledgement.given", leads_to="acknowledgements/{id}"),
        Act(path="declined-acknowledgements", topic="acknowledgement.declined", leads_to="acknowledgements/{id}"),
    ),
    asks=(
        Ask(
            path="acknowledgements",
            view="acknowledgement",
            find=listed,
            title="List acknowledgements.",
            answers=list[AcknowledgementAnswer],
            pages=True,
            arguments=(
                Argument(name="strategy", meaning="Only those about this strategy, by key or id."),
                Argument(name="person", meaning="Only those of this person, by key or id."),
            ),
        ),
        Ask(
            path="acknowledgements/<acknowledgement>",
            view="acknowledgement",
            find=shown,
            title="Show what a person says about a strategy.",
            answers=AcknowledgementAnswer,
        ),
    ),
)
