"""Commands about shaping: a draft is opened to everybody, proposals are made for it, answered or taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk
from application.desk_rules import TargetElementUnknown
from application.owing import Owner, owes
from domain.access import AccessRole
from domain.element import content_hash
from domain.kernel import Party, Refusal, RefusalKind
from domain.owed import Call, Owed
from domain.person import PERSON
from domain.proposal import PROPOSAL, Proposal, ProposalAnswered, ProposalMade, ProposalWithdrawn, Taken
from domain.sealed import Private
from domain.shaping import SHAPING, Shaping, ShapingClosed, ShapingOpened
from domain.strategy import STRATEGY


@dataclass(eq=False)
class NobodyProposes(Refusal):
    """A proposal without its author."""

    kind = RefusalKind.INVALID
    where = "person"
    rule = "a proposal is made by a person, and none is named"
    way_out = "name the person, or let them make it with a token of their own"


@dataclass(eq=False)
class ProposalEmpty(Refusal):
    """A proposal, or the reason of its answer, that says nothing."""

    field: str
    kind = RefusalKind.INVALID
    rule = "{field} says nothing"
    way_out = "say it in own words"

    def __post_init__(self) -> None:
        self.where = self.field  # type: ignore[misc]  # whichever of the two it is


@dataclass(eq=False)
class OpenUntilBefore(Refusal):
    """A draft that would be open until a day that had passed."""

    last_day: date
    opened: date
    kind = RefusalKind.INVALID
    where = "last_day"
    rule = "a draft opened on {opened} cannot be open until {last_day}"
    way_out = "name the day on which it is opened, a later one, or none"


@command("shaping.opened")
class OpenShaping(Command):
    """Open the draft of a strategy to every member for shaping, until the end of the day `last_day` if one is named."""

    strategy: str
    last_day: date | None = None


@command("shaping.closed")
class CloseShaping(Command):
    """Let the draft be open to members no more; what was proposed is still to be answered."""

    strategy: str


@command("proposal.made")
class MakeProposal(Command):
    """Propose what the draft of a strategy should say, or not say: one element of it, or the whole.

    `person` is the actor unless stated; for somebody else it is marked, and counts apart.
    """

    strategy: str
    text: str
    proposal: str | None = None
    person: str | None = None
    element: str | None = None


@command("proposal.answered")
class AnswerProposal(Command):
    """Answer a proposal as one who drafts: taken up, in part or not, and why."""

    proposal: str
    taken: Taken
    why: str


@command("proposal.withdrawn")
class WithdrawProposal(Command):
    """Take a proposal back that was not answered yet."""

    proposal: str


@handles(OpenShaping)
def open_shaping(asked: OpenShaping, desk: Desk) -> AnyDraft:
    """Open to everybody."""
    opened, strategy = desk.day(desk.at), desk.find("strategy", asked.strategy)
    if asked.last_day is not None and asked.last_day < opened:
        raise OpenUntilBefore(asked.last_day, opened)
    content = ShapingOpened(strategy=strategy, last_day=asked.last_day)
    return Draft[Shaping](aggregate=SHAPING, stream=desk.derived("shaping", strategy), content=content)


@handles(CloseShaping)
def close_shaping(asked: CloseShaping, desk: Desk) -> AnyDraft:
    """Open no more."""
    strategy = desk.find("strategy", asked.strategy)
    content = ShapingClosed(strategy=strategy)
    return Draft[Shaping](aggregate=SHAPING, stream=desk.derived("shaping", strategy), content=content)


@handles(MakeProposal)
def make(asked: MakeProposal, desk: Desk) -> AnyDraft:
    """A proposal, bound to the draft that its author saw."""
    person = desk.find("person", asked.person, "person") if asked.person is not None else desk.actor.person
    if person is None and isinstance(desk.corrected, ProposalMade):
        person = desk.corrected.person
    if person is None:
        raise NobodyProposes
    strategy, author = desk.find("strategy", asked.strategy), Party("person", person)
    draft = desk.strategy(strategy).draft
    if asked.element is not None and draft.element(asked.element) is None:
        raise TargetElementUnknown(asked.element)
    _be_said(asked.text, "text")
    content = ProposalMade(
        key=desk.sealed_key("proposal", asked.proposal, person),
        person=person,
        strategy=strategy,
        element=asked.element,
        text=Private(person, asked.text),
        content_hash=content_hash(draft.elements),
        drafters=draft.authors,
    )
    return Draft[Proposal](
        aggregate=PROPOSAL,
        stream=desk.new("proposal", asked.proposal),
        content=content,
        on_behalf_of=desk.on_behalf_of(author),
    )


@handles(AnswerProposal)
def answer(asked: AnswerProposal, desk: Desk) -> AnyDraft:
    """Answered."""
    _be_said(asked.why, "why")
    why = Private(desk.actor.person or desk.organisation, asked.why)
    return _said(desk, asked.proposal, ProposalAnswered(taken=asked.taken, why=why))


@handles(WithdrawProposal)
def withdraw(asked: WithdrawProposal, desk: Desk) -> AnyDraft:
    """Taken back."""
    return _said(desk, asked.proposal, ProposalWithdrawn())


def _be_said(text: str, field: str) -> None:
    if not text.strip():
        raise ProposalEmpty(field)


def _said(desk: Desk, proposal: str, content: ProposalAnswered | ProposalWithdrawn) -> AnyDraft:
    return Draft[Proposal](aggregate=PROPOSAL, stream=desk.find("proposal", proposal), content=content)


@owes
def to_be_answered(owner: Owner) -> Iterator[Owed]:
    """Proposals without an answer: those who drafted owe it; where none of them is there, whoever drafts now."""
    waiting = {id: state for id, state in owner.states(PROPOSAL).items() if state.is_open}
    strategies = owner.states(STRATEGY, streams=sorted({each.strategy for each in waiting.values() if each.strategy}))
    asked = sorted({owner.person, *(each for state in waiting.values() for each in state.drafters)})
    people = owner.states(PERSON, streams=asked) if waiting else {}
    at = owner.moment.valid_at
    there = {id for id, person in people.items() if person.presence(at) is not None}
    drafts = any(each.role is AccessRole.STRATEGIST for each in people[owner.person].roles(at)) if people else False
    for id, state in waiting.items():
        strategy = strategies.get(state.strategy) if state.strategy is not None else None
        if strategy is None or strategy.retired_at is not None:
            continue
        if owner.person in state.drafters or (drafts and there.isdisjoint(state.drafters)):
            yield Owed(call=Call.REPLY, record=id, strategy=state.strategy)
