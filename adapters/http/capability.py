"""Capabilities over HTTP: needed for bets, present in people and units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.alignment import SCOPE_ARGUMENTS, STRATEGY_ARGUMENT, concerned_by
from adapters.http.answers import Found
from adapters.http.asks import Ask, Inquiry
from adapters.http.condition import strategy_there
from adapters.http.noun import Noun
from adapters.http.opened import Opened
from adapters.http.person import concerned
from adapters.http.programme import names
from application.concerns import about_audience
from application.permissions import NotPermitted
from domain.capability import CAPABILITY, Capability, Equipment, Showing, equipment, equipped
from domain.programme import Audience
from domain.scope import Scope
from domain.strategy import STRATEGY, in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class CapabilityAnswer:
    """A capability: who of those who need it (`needed`) has it (`present`); units shown to have it as a whole.

    `showings` are those that the caller may see, oldest first; `not_applied` of them say something of somebody who had
    not joined by then, or of a unit that had not been formed, and count for nothing.
    """

    id: UUID
    key: str | None
    strategy: UUID | None
    title: str
    elements: tuple[str, ...]
    audience: Audience
    needed: Opened
    present: Opened
    units: tuple[UUID, ...]
    showings: tuple[Showing, ...]
    not_applied: tuple[Showing, ...]
    needed_at: datetime | None
    released_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EquippedAnswer:
    """A bet, or another element, and the capabilities that it needs: how many, and how many everybody has who needs it.

    `people_needed` are people, each once, who need one of them or more; `people_present` those who have all that they
    need. A bet that no capability was named for counts as not equipped: nobody looked. Nor is one equipped of which
    nobody is there who needs it.
    """

    element: str
    kind: str
    in_force: bool
    capabilities: tuple[UUID, ...]
    complete: int
    people_needed: int
    people_present: int
    equipped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CapabilitiesAnswer:
    """Capabilities needed and present in a scope, by bet. `lacking` counts those that somebody lacks who needs them."""

    strategy: UUID
    needed: int
    lacking: int
    elements: tuple[EquippedAnswer, ...]
    capabilities: tuple[CapabilityAnswer, ...]


def shaped(inquiry: Inquiry, id: UUID, state: Capability, found: Equipment) -> CapabilityAnswer:
    """A capability as it is answered."""
    return CapabilityAnswer(
        id=id,
        key=state.key,
        strategy=state.strategy,
        title=state.title,
        elements=state.elements,
        audience=state.audience,
        needed=names(inquiry, found.needed),
        present=names(inquiry, found.present),
        units=tuple(sorted(found.units)),
        showings=tuple(each for each in state.showings if _sees(inquiry, each)),
        not_applied=tuple(each for each in found.unapplied if _sees(inquiry, each)),
        needed_at=state.needed_at,
        released_at=state.released_at,
    )


def _sees(inquiry: Inquiry, showing: Showing) -> bool:
    if showing.party.kind == "unit":
        return True
    return inquiry.sees(concerned(inquiry, showing.party.id), "showing")


def listed(inquiry: Inquiry) -> Found:
    """Which capabilities the bets need, and who has them, of the people in the scope. Bets without any are listed."""
    strategy, unit, rank = strategy_there(inquiry), inquiry.named("unit"), inquiry.arguments.get("rank")
    scope = Scope(unit=unit, rank=rank)
    inquiry.check(concerned_by(inquiry, strategy, scope))
    people, everybody = inquiry.services.questions.people(inquiry.asked), inquiry.population(scope)
    needed = {
        id: each
        for id, each in inquiry.states(CAPABILITY, strategy=strategy).items()
        if each.released_at is None and each.needed_at is not None
    }
    found = {id: equipment(each, everybody, people) for id, each in needed.items()}
    answer = CapabilitiesAnswer(
        strategy=strategy,
        needed=len(found),
        lacking=sum(bool(each.needed - each.present) for each in found.values()),
        elements=_by_element(inquiry, strategy, needed, found),
        capabilities=tuple(shaped(inquiry, id, each, found[id]) for id, each in needed.items()),
    )
    return Found(answer=answer, asks={"strategy": strategy, "unit": unit, "rank": rank})


def _by_element(
    inquiry: Inquiry, strategy: UUID, capabilities: Mapping[UUID, Capability], found: Mapping[UUID, Equipment]
) -> tuple[EquippedAnswer, ...]:
    """By element: every bet of the revision in force (before any, of the draft), then others that need something."""
    state = inquiry.states(STRATEGY, streams=[strategy])[strategy]
    current = in_force(state, inquiry.asked.valid_at)
    present = current.elements if current is not None else state.draft.elements
    kinds = {each.id: each.kind for publication in state.publications for each in publication.elements}
    kinds |= {each.id: each.kind for each in (*state.draft.elements, *present)}
    bets = [each.id for each in present if each.kind == "big_bet"]
    there = {each.id for each in present}
    named = sorted({element for each in capabilities.values() for element in each.elements} - set(bets))
    answers = list[EquippedAnswer]()
    for element in (*bets, *named):
        needs = [id for id, each in capabilities.items() if element in each.elements]
        people = equipped([found[id] for id in needs])
        answers.append(
            EquippedAnswer(
                element=element,
                kind=kinds.get(element, ""),
                in_force=element in there,
                capabilities=tuple(needs),
                complete=people.complete,
                people_needed=len(people.needed),
                people_present=len(people.present),
                equipped=people.equipped,
            )
        )
    return tuple(answers)


def shown(inquiry: Inquiry) -> Found:
    """One capability. Without times it is the record's present resource, whose ETag goes into If-Match."""
    id = inquiry.find("capability")
    state, version = inquiry.own(CAPABILITY, id)
    if not inquiry.sees(lambda: about_audience(inquiry.desk, inquiry.session.caller, state)):
        raise NotPermitted("programme", inquiry.session.caller.name)
    people = inquiry.services.questions.people(inquiry.asked)
    answer = shaped(inquiry, id, state, equipment(state, inquiry.population(Scope()), people))
    return Found(answer=answer, asks={"capability": id}, version=version)


CAPABILITIES = Noun(
    name="capabilities",
    description="What people have to be able to do for the strategy's bets: needed, and present.",
    acts=(
        Act(path="capabilities", topic="capability.needed", leads_to="capabilities/{id}"),
        Act(
            path="capabilities/<path:capability>/showings",
            topic="capability.shown",
            leads_to="capabilities/{id}",
            changes=True,
        ),
        Act(
            path="capabilities/<path:capability>/releases",
            topic="capability.released",
            leads_to="capabilities/{id}",
            changes=True,
        ),
    ),
    asks=(
        Ask(
            path="capabilities/<path:capability>",
            view="programme",
            find=shown,
            title="Show a capability.",
            answers=CapabilityAnswer,
        ),
        Ask(
            path="alignment/capabilities",
            view="alignment",
            find=listed,
            title="Show capabilities needed and present.",
            answers=CapabilitiesAnswer,
            arguments=(STRATEGY_ARGUMENT, *SCOPE_ARGUMENTS),
        ),
    ),
)
