"""Commitments over HTTP: what a person or a unit takes on, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from application.permissions import NotPermitted
from domain.commitment import COMMITMENT, Commitment, Seen, Standing, Target
from domain.kernel import Party
from domain.sealed import Private


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentTerms:
    """What is taken on. `result` is in own words, and shows as erased once its author's key is destroyed."""

    level: str | None
    role: str | None
    result: Private | None
    by_when: date | None
    champion: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentAnswer:
    """One commitment as of a moment.

    `seen` is the revision that its author saw, `offered_to` who was asked to take it over.
    """

    id: UUID
    standing: Standing
    party: Party | None
    target: Target | None
    seen: Seen | None
    terms: CommitmentTerms
    stated_at: datetime | None
    owned_since: datetime | None
    on_behalf: bool
    offered_to: Party | None
    ended_at: datetime | None


def shaped(id: UUID, state: Commitment) -> CommitmentAnswer:
    """A commitment's state as it is answered."""
    terms = state.terms
    return CommitmentAnswer(
        id=id,
        standing=state.standing,
        party=state.party,
        target=state.target,
        seen=state.seen,
        terms=CommitmentTerms(
            level=terms.level, role=terms.role, result=terms.result, by_when=terms.by_when, champion=terms.champion
        ),
        stated_at=state.stated_at,
        owned_since=state.owned_since,
        on_behalf=state.on_behalf,
        offered_to=state.offered_to,
        ended_at=state.ended_at,
    )


def listed(inquiry: Inquiry) -> Found:
    """Commitments that the caller may see, one page at a time: of a strategy, of a party, of one standing, or all."""
    strategy, unit, person = inquiry.named("strategy"), inquiry.named("unit"), inquiry.named("person")
    standing = inquiry.arguments.get("standing")
    states = inquiry.states(COMMITMENT, strategy=strategy, subject=person or unit)

    def shape(_: str, entry: tuple[UUID, Commitment]) -> CommitmentAnswer | None:
        id, state = entry
        if standing is not None and state.standing.value != standing:
            return None
        if unit is not None and (state.party is None or state.party.id != unit):
            return None
        return shaped(id, state) if inquiry.sees(lambda: inquiry.about(state.party)) else None

    entries = ((str(id), (id, state)) for id, state in states.items())
    return inquiry.page(entries, shape, {"strategy": strategy, "unit": unit, "person": person, "standing": standing})


def shown(inquiry: Inquiry) -> Found:
    """One commitment. Without times it is the record's present resource, whose ETag goes into If-Match."""
    id = inquiry.find("commitment")
    state, version = inquiry.own(COMMITMENT, id)
    if not inquiry.sees(lambda: inquiry.about(state.party)):
        raise NotPermitted("commitment", inquiry.session.caller.name)
    return Found(answer=shaped(id, state), asks={"commitment": id}, version=version)


def _on(sub_resource: str, topic: str) -> Act:
    return Act(
        path=f"commitments/<path:commitment>/{sub_resource}", topic=topic, leads_to="commitments/{id}", changes=True
    )


COMMITMENTS = Noun(
    name="commitments",
    description="What a person or a unit takes on towards a strategy, an element or a goal.",
    acts=(
        Act(path="commitments", topic="commitment.made", leads_to="commitments/{id}"),
        Act(
            path="declined-commitments",
            topic="commitment.declined",
            leads_to="commitments/{id}",
            title="Say no to what one was asked to commit to.",
        ),
        _on("changes", "commitment.changed"),
        _on("renewals", "commitment.renewed"),
        _on("reassignments", "commitment.reassigned"),
        _on("acceptances", "commitment.accepted"),
        _on("declines", "commitment.declined"),
        _on("withdrawals", "commitment.withdrawn"),
        _on("confirmations", "commitment.confirmed"),
        _on("fulfilments", "commitment.fulfilled"),
        _on("misses", "commitment.missed"),
    ),
    asks=(
        Ask(
            path="commitments",
            view="commitment",
            find=listed,
            title="List commitments.",
            answers=list[CommitmentAnswer],
            pages=True,
            arguments=(
                Argument(name="strategy", meaning="Only those towards this strategy, by key or id."),
                Argument(name="person", meaning="Only those of this person, by key or id."),
                Argument(name="unit", meaning="Only those of this unit, by key or id."),
                Argument(
                    name="standing",
                    meaning="Only those that stand so.",
                    schema={"type": "string", "enum": [each.value for each in Standing if each is not Standing.NONE]},
                ),
            ),
        ),
        Ask(
            path="commitments/<path:commitment>",
            view="commitment",
            find=shown,
            title="Show a commitment.",
            answers=CommitmentAnswer,
        ),
    ),
)
