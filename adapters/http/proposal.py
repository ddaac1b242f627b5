"""Shaping over HTTP: a draft opened to everybody, what is proposed for it, and what was answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from application.permissions import About, NotPermitted
from domain.kernel import Party
from domain.proposal import PROPOSAL, Proposal, Reply, Taken
from domain.sealed import Private

OPEN, WITHDRAWN = "unanswered", "withdrawn"
STATUSES = (OPEN, *(each.value for each in Taken), WITHDRAWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalAnswer:
    """One proposal as of a moment, with its answers, oldest first; the newest one counts.

    `on_behalf` says that somebody entered it for its author. `content_hash` is that of the draft as it stood then.
    """

    id: UUID
    person: UUID | None
    on_behalf: bool
    strategy: UUID | None
    element: str | None
    text: Private | None
    content_hash: str
    drafters: tuple[UUID, ...]
    made_at: datetime | None
    status: str
    replies: tuple[Reply, ...]
    withdrawn_at: datetime | None


def status_of(state: Proposal) -> str:
    """Where a proposal stands."""
    if state.withdrawn_at is not None:
        return WITHDRAWN
    return state.taken.value if state.taken is not None else OPEN


def shaped(id: UUID, state: Proposal) -> ProposalAnswer:
    """A proposal's state as it is answered."""
    return ProposalAnswer(
        id=id,
        person=state.person,
        on_behalf=state.on_behalf,
        strategy=state.strategy,
        element=state.element,
        text=state.text,
        content_hash=state.content_hash,
        drafters=state.drafters,
        made_at=state.made_at,
        status=status_of(state),
        replies=state.replies,
        withdrawn_at=state.withdrawn_at,
    )


def concerned(inquiry: Inquiry, state: Proposal) -> Callable[[], About]:
    """What a proposal is about: its author, and the strategy."""
    author = Party("person", state.person) if state.person is not None else None
    return lambda: replace(inquiry.about(author, published=False), strategy=state.strategy)


def listed(inquiry: Inquiry) -> Found:
    """Proposals that the caller may see: their own, those of people they lead, all for who drafts or governs."""
    strategy, status, element = (
        inquiry.named("strategy"),
        inquiry.arguments.get("status"),
        inquiry.arguments.get("element"),
    )

    def shape(_: str, entry: tuple[UUID, Proposal]) -> ProposalAnswer | None:
        id, state = entry
        if (status is not None and status_of(state) != status) or (element is not None and state.element != element):
            return None
        return shaped(id, state) if inquiry.sees(concerned(inquiry, state)) else None

    entries = ((str(id), (id, state)) for id, state in inquiry.states(PROPOSAL, strategy=strategy).items())
    return inquiry.page(entries, shape, {"strategy": strategy, "status": status, "element": element})


def shown(inquiry: Inquiry) -> Found:
    """One proposal. Without times it is the record's present resource, whose ETag goes into If-Match."""
    id = inquiry.find("proposal")
    state, version = inquiry.own(PROPOSAL, id)
    if not inquiry.sees(concerned(inquiry, state)):
        raise NotPermitted("proposal", inquiry.session.caller.name)
    return Found(answer=shaped(id, state), asks={"proposal": id}, version=version)


def _on(sub_resource: str, topic: str) -> Act:
    return Act(path=f"proposals/<path:proposal>/{sub_resource}", topic=topic, leads_to="proposals/{id}", changes=True)


PROPOSALS = Noun(
    name="proposals",
    description="What people propose for the draft of a strategy, and what is answered.",
    acts=(
        Act(
            path="strategies/<path:strategy>/shaping-openings", topic="shaping.opened", leads_to="strategies/{strategy}"
        ),
        Act(
            path="strategies/<path:strategy>/shaping-closings", topic="shaping.closed", leads_to="strategies/{strategy}"
        ),
        Act(path="proposals", topic="proposal.made", leads_to="proposals/{id}"),
        _on("answers", "proposal.answered"),
        _on("withdrawals", "proposal.withdrawn"),
    ),
    asks=(
        Ask(
            path="proposals",
            view="proposal",
            find=listed,
            title="List proposals.",
            answers=list[ProposalAnswer],
            pages=True,
            arguments=(
                Argument(name="strategy", meaning="Only those for this strategy, by key or id."),
                Argument(name="element", meaning="Only those for this element."),
                Argument(
                    name="status",
                    meaning="Only those that stand so.",
                    schema={"type": "string", "enum": list(STATUSES)},
                ),
            ),
        ),
        Ask(
            path="proposals/<path:proposal>",
            view="proposal",
            find=shown,
            title="Show a proposal.",
            answers=ProposalAnswer,
        ),
    ),
)
