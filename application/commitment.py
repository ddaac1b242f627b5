"""Commands about commitments: what a party takes on, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.command import AnyDraft, Command, Draft, PartyReference, command, handles
from application.desk import Desk, has_element
from application.desk_rules import GoalOfAnotherStrategy, TargetElementUnknown
from domain.commitment import (
    COMMITMENT,
    Commitment,
    CommitmentAccepted,
    CommitmentChanged,
    CommitmentConfirmed,
    CommitmentDeclined,
    CommitmentFulfilled,
    CommitmentMade,
    CommitmentMissed,
    CommitmentReassigned,
    CommitmentRenewed,
    CommitmentWithdrawn,
    Target,
    Terms,
)
from domain.commitment_rules import CommitmentUnknown
from domain.kernel import Content, Party, Refusal, RefusalKind
from domain.scale import DEFAULT_SCALE, Scale
from domain.sealed import Private


@dataclass(eq=False)
class LevelNotOnScale(Refusal):
    """A commitment at a level that the strategy's scale does not have."""

    level: str
    scale: str
    levels: str
    kind = RefusalKind.INVALID
    where = "level"
    rule = "{level!r} is not a level of the scale {scale!r}"
    way_out = "use one of: {levels}; or define a new version of the scale"


@dataclass(eq=False)
class ElementOrGoal(Refusal):
    """A target is a strategy, one element or one goal."""

    kind = RefusalKind.INVALID
    where = "goal"
    rule = "a commitment is to an element or to a goal, not to both"
    way_out = "make two commitments, each with a key of its own"


@dataclass(eq=False)
class BoundToItsStrategy(Refusal):
    """A correction would move a commitment to another strategy, though more was said about it under its own."""

    where = "strategy"
    rule = "what was said about this commitment since is bound to revisions of the strategy that it was made for"
    way_out = "retract it and make another one; or retract what was said since, and then correct it"


@command("commitment.made")
class MakeCommitment(Command):
    """Take something on, towards a strategy or one element or goal of it."""

    party: PartyReference
    strategy: str
    commitment: str | None = None
    goal: str | None = None
    element: str | None = None
    revision: int | None = None
    level: str | None = None
    role: str | None = None
    result: str | None = None
    by_when: date | None = None
    champion: str | None = None


@command("commitment.changed")
class ChangeCommitment(Command):
    """Restate all terms: what is left out no longer belongs to them."""

    commitment: str
    revision: int | None = None
    level: str | None = None
    role: str | None = None
    result: str | None = None
    by_when: date | None = None
    champion: str | None = None


@command("commitment.renewed")
class RenewCommitment(Command):
    """Stand by the same terms under the revision in force, or a named one."""

    commitment: str
    revision: int | None = None


@command("commitment.reassigned")
class ReassignCommitment(Command):
    """Ask another party to take the commitment over."""

    commitment: str
    party: PartyReference


@command("commitment.accepted")
class AcceptCommitment(Command):
    """Take over a commitment that one was asked to take over."""

    commitment: str
    revision: int | None = None


@command("commitment.declined")
class DeclineCommitment(Command):
    """Say no: to what one was asked to commit to, or to taking a commitment over. The reason goes into `reason`."""

    party: PartyReference | None = None
    strategy: str | None = None
    commitment: str | None = None
    goal: str | None = None
    element: str | None = None
    revision: int | None = None


@command("commitment.withdrawn")
class WithdrawCommitment(Command):
    """Take a commitment back."""

    commitment: str


@command("commitment.confirmed")
class ConfirmCommitment(Command):
    """Make a commitment that was entered on one's behalf, or left unowned, one's own."""

    commitment: str


@command("commitment.fulfilled")
class FulfilCommitment(Command):
    """Say that the result was delivered."""

    commitment: str
    evidence: str | None = None


@command("commitment.missed")
class MissCommitment(Command):
    """Say that the result was not delivered and will not be."""

    commitment: str


@handles(MakeCommitment)
def make(asked: MakeCommitment, desk: Desk) -> AnyDraft:
    """A new commitment, bound to the revision its author saw. A correction may name another party, or strategy."""
    party, target = desk.party(asked.party), _target(desk, asked.strategy, asked.element, asked.goal)
    stream = desk.new("commitment", asked.commitment)
    _be_free_to_move(desk, stream, target)
    return Draft(
        aggregate=COMMITMENT,
        stream=stream,
        content=CommitmentMade(
            party=party,
            target=target,
            seen=desk.seen(target.strategy, asked.revision),
            terms=_terms(desk, target, party, asked),
            key=_key(desk, party, asked.commitment),
        ),
        on_behalf_of=desk.on_behalf_of(party),
    )


@handles(ChangeCommitment)
def change(asked: ChangeCommitment, desk: Desk) -> AnyDraft:
    """All terms restated."""
    stream, state = _known(desk, asked.commitment)
    party, target = state.party, state.target
    if party is None or target is None:
        return _said(desk, stream, state, CommitmentChanged(seen=None, terms=Terms()))
    content = CommitmentChanged(
        seen=desk.seen(target.strategy, asked.revision), terms=_terms(desk, target, party, asked)
    )
    return _said(desk, stream, state, content)


@handles(RenewCommitment)
def renew(asked: RenewCommitment, desk: Desk) -> AnyDraft:
    """The same terms under the revision in force now."""
    stream, state = _known(desk, asked.commitment)
    seen = desk.seen(state.target.strategy, asked.revision) if state.target else None
    return _said(desk, stream, state, CommitmentRenewed(seen=seen))


@handles(ReassignCommitment)
def reassign(asked: ReassignCommitment, desk: Desk) -> AnyDraft:
    """Another party is asked."""
    stream, state = _known(desk, asked.commitment)
    return _said(desk, stream, state, CommitmentReassigned(party=desk.party(asked.party)))


@handles(AcceptCommitment)
def accept(asked: AcceptCommitment, desk: Desk) -> AnyDraft:
    """The party that was asked takes it over, having seen the revision in force."""
    stream, state = _known(desk, asked.commitment)
    seen = desk.seen(state.target.strategy, asked.revision) if state.target else None
    draft = Draft(aggregate=COMMITMENT, stream=stream, content=CommitmentAccepted(seen=seen))
    return _by(desk, draft, state.offered_to)


@handles(DeclineCommitment)
def decline(asked: DeclineCommitment, desk: Desk) -> AnyDraft:
    """A no: to an offer where the commitment exists, else to what was asked for."""
    desk.be_reasoned(asked.TOPIC)
    stream = desk.look_up("commitment", asked.commitment) if asked.commitment is not None else desk.correcting
    state = _state(desk, stream) if stream is not None else Commitment()
    if stream is not None and state.target is not None:
        party = desk.party(asked.party) if asked.party is not None else state.offered_to or state.party
        if party is not None:
            content = CommitmentDeclined(party=party, target=state.target, seen=state.seen)
            return _by(desk, Draft(aggregate=COMMITMENT, stream=stream, content=content), party)
    if stream is not None and desk.correcting is None:
        raise CommitmentUnknown("declined")
    if asked.strategy is None:
        raise StrategyNotNamed
    party = desk.party(asked.party or PartyReference())
    target = _target(desk, asked.strategy, asked.element, asked.goal)
    content = CommitmentDeclined(
        party=party,
        target=target,
        seen=desk.seen(target.strategy, asked.revision),
        key=_key(desk, party, asked.commitment),
    )
    stream = desk.new("commitment", asked.commitment)
    return _by(desk, Draft(aggregate=COMMITMENT, stream=stream, content=content), party)


@handles(WithdrawCommitment)
def withdraw(asked: WithdrawCommitment, desk: Desk) -> AnyDraft:
    """Taken back."""
    return _said(desk, *_known(desk, asked.commitment), CommitmentWithdrawn())


@handles(ConfirmCommitment)
def confirm(asked: ConfirmCommitment, desk: Desk) -> AnyDraft:
    """Made the owner's own."""
    return _said(desk, *_known(desk, asked.commitment), CommitmentConfirmed())


@handles(FulfilCommitment)
def fulfil(asked: FulfilCommitment, desk: Desk) -> AnyDraft:
    """Delivered."""
    stream, state = _known(desk, asked.commitment)
    return _said(desk, stream, state, CommitmentFulfilled(evidence=desk.own_words(asked.evidence, state.party)))


@handles(MissCommitment)
def miss(asked: MissCommitment, desk: Desk) -> AnyDraft:
    """Not delivered."""
    return _said(desk, *_known(desk, asked.commitment), CommitmentMissed())


@dataclass(eq=False)
class StrategyNotNamed(Refusal):
    """A no to nothing."""

    kind = RefusalKind.INVALID
    where = "strategy"
    rule = "a declined commitment says which strategy it was asked for"
    way_out = "name the strategy (and its goal or element), or the commitment that was offered"


def _known(desk: Desk, reference: str) -> tuple[UUID, Commitment]:
    stream = desk.find("commitment", reference)
    return stream, _state(desk, stream)


def _state(desk: Desk, stream: UUID) -> Commitment:
    return desk.before(COMMITMENT, stream)


def _said(desk: Desk, stream: UUID, state: Commitment, content: Content) -> AnyDraft:
    return _by(desk, Draft(aggregate=COMMITMENT, stream=stream, content=content), state.party)


def _by(desk: Desk, draft: AnyDraft, party: Party | None) -> AnyDraft:
    if party is None:
        return draft
    return Draft(
        aggregate=draft.aggregate, stream=draft.stream, content=draft.content, on_behalf_of=desk.on_behalf_of(party)
    )


def _target(desk: Desk, strategy: str, element: str | None, goal: str | None) -> Target:
    if element is not None and goal is not None:
        raise ElementOrGoal
    id = desk.find("strategy", strategy)
    if element is not None and not has_element(desk.strategy(id), element):
        raise TargetElementUnknown(element)
    if goal is None:
        return Target(strategy=id, element=element)
    found = desk.find("goal", goal)
    if desk.goal_whenever(found).strategy != id:
        raise GoalOfAnotherStrategy(goal)
    return Target(strategy=id, goal=found)


def _be_free_to_move(desk: Desk, stream: UUID, target: Target) -> None:
    """Refuse to move a commitment to another strategy once more was said about it."""
    corrected = desk.corrected
    if isinstance(corrected, CommitmentMade) and corrected.target.strategy != target.strategy:
        facts = desk.book.timeline(COMMITMENT, stream).facts
        if any(fact.version != desk.fact for fact in facts):
            raise BoundToItsStrategy


def _terms(desk: Desk, target: Target, party: Party, asked: MakeCommitment | ChangeCommitment) -> Terms:
    if asked.level is not None:
        _be_on_scale(desk, target.strategy, asked.level)
    return Terms(
        level=asked.level,
        role=asked.role,
        result=desk.own_words(asked.result, party),
        by_when=asked.by_when,
        champion=desk.find("person", asked.champion, "champion") if asked.champion is not None else None,
    )


def _be_on_scale(desk: Desk, strategy: UUID, level: str) -> None:
    state = desk.strategy(strategy)
    name = state.scale if state.drafted_at is not None else desk.strategy_whenever(strategy).scale
    scale = _scale(desk, name) if name is not None else DEFAULT_SCALE
    if level not in scale.levels:
        raise LevelNotOnScale(level, scale.name, ", ".join(scale.levels))


def _scale(desk: Desk, name: str) -> Scale:
    """The version of the scale at the statement's instant, or the first one if it was defined only later."""
    at_the_time = desk.chart(desk.at).scale(name, desk.at)
    if at_the_time is not None:
        return at_the_time
    return next(iter(desk.chart().scales.get(name, ())), DEFAULT_SCALE)


def _key(desk: Desk, party: Party, key: str | None) -> Private | None:
    """The source's key for a commitment may name a person: it is sealed under the person it is about."""
    return desk.sealed_key("commitment", key, party.id if party.kind == "person" else desk.organisation)
