"""Commands about strategies: drafted, revised element by element, submitted, published, retired."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk
from application.gate import refuse_closed_gate
from domain.access import AccessRole
from domain.draft import StrategyRevised, StrategySubmitted
from domain.exception import ExceptionApproved, ExceptionEnded
from domain.kernel import Content, Refusal, RefusalKind
from domain.publication import StrategyPublished
from domain.strategy import STRATEGY, StrategyDrafted, StrategyRetired, publication_of


@dataclass(eq=False)
class ScaleUnknown(Refusal):
    """A strategy that chooses a scale which the organisation has not defined."""

    scale: str
    kind = RefusalKind.UNKNOWN
    where = "scale"
    rule = "the organisation has no scale {scale!r} at that instant"
    way_out = "define it first, or leave the scale out to use the built-in one"


@dataclass(eq=False)
class SeparationIsFound(Refusal):
    """Whether duties were separated was stated by who acts, and not by an import of what was so elsewhere."""

    kind = RefusalKind.INVALID
    where = "not_separated"
    rule = "whether anybody else could have approved is found out when it is approved, and not stated"
    way_out = "leave not_separated out; only an import tells it of the past"


@command("strategy.drafted")
class DraftStrategy(Command):
    """Begin to draft a strategy. `scale` names the organisation's scale on which it is committed to."""

    title: str
    strategy: str | None = None
    scale: str | None = None


@command("strategy.revised")
class ReviseStrategy(Command):
    """Write, restate or remove one element of the draft.

    `based_on` is the version of the element that its author saw: where somebody else revised it since, the two edits
    conflict visibly.
    """

    strategy: str
    element: str
    kind: str | None = None
    text: str | None = None
    supports: tuple[str, ...] = ()
    removed: bool = False
    measure: str | None = None
    method: str | None = None
    source: str | None = None
    baseline: str | None = None
    target: str | None = None
    due: date | None = None
    horizon: date | None = None
    rank: int | None = None
    based_on: int | None = None
    edge: str | None = None
    apart_from: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    seen_as: str | None = None


@command("strategy.submitted")
class SubmitStrategy(Command):
    """Hand the draft over to be published."""

    strategy: str


@command("strategy.published")
class PublishStrategy(Command):
    """Publish the draft as a numbered revision: `material`, or editorial where nothing of substance changed.

    It is in force from `in_force_from` on, unstated from its publication. `revision` may be stated to be sure that it
    is the one meant.
    """

    strategy: str
    material: bool
    revision: int | None = None
    in_force_from: datetime | None = None


@command("strategy.retired")
class RetireStrategy(Command):
    """Say that the strategy is no longer followed, and which one takes its place."""

    strategy: str
    successor: str | None = None


@command("exception.approved")
class ApproveException(Command):
    """Approve publishing in spite of an objection of the draft check, as somebody other than the draft's authors.

    Where nobody else could approve, `not_separated` is recorded; only an import states it.
    """

    strategy: str
    exception: str
    objection: str
    element: str | None = None
    expires: datetime | None = None
    not_separated: bool = False


@command("exception.ended")
class EndException(Command):
    """Let an exception cover nothing from here on."""

    strategy: str
    exception: str


@handles(DraftStrategy)
def draft(asked: DraftStrategy, desk: Desk) -> AnyDraft:
    """A new strategy."""
    if asked.scale is not None and desk.chart(desk.at).scale(asked.scale, desk.at) is None:
        raise ScaleUnknown(asked.scale)
    key = desk.open_key("strategy", asked.strategy)
    content = StrategyDrafted(key=key, title=asked.title, scale=asked.scale)
    return Draft(aggregate=STRATEGY, stream=desk.new("strategy", asked.strategy), content=content)


@handles(ReviseStrategy)
def revise(asked: ReviseStrategy, desk: Desk) -> AnyDraft:
    """One element of the draft."""
    content = StrategyRevised(
        element=asked.element,
        kind=asked.kind,
        text=asked.text,
        supports=asked.supports,
        removed=asked.removed,
        measure=asked.measure,
        method=asked.method,
        source=asked.source,
        baseline=asked.baseline,
        target=asked.target,
        due=asked.due,
        horizon=asked.horizon,
        rank=asked.rank,
        based_on=asked.based_on,
        edge=asked.edge,
        apart_from=asked.apart_from,
        profiles=asked.profiles,
        seen_as=asked.seen_as,
    )
    return _said(desk, asked.strategy, content)


@handles(SubmitStrategy)
def submit(asked: SubmitStrategy, desk: Desk) -> AnyDraft:
    """The draft as it stands, handed over."""
    return _said(desk, asked.strategy, StrategySubmitted())


@handles(PublishStrategy)
def publish(asked: PublishStrategy, desk: Desk) -> AnyDraft:
    """The next revision, with all elements of the draft at that instant."""
    stream = desk.find("strategy", asked.strategy)
    state = desk.before(STRATEGY, stream)
    if isinstance(desk.corrected, StrategyPublished):
        number = desk.corrected.revision
        state = replace(state, publications=tuple(each for each in state.publications if each.revision < number))
    content = publication_of(state, material=asked.material, in_force_from=_in_force_from(desk, asked.in_force_from))
    if asked.revision is not None:
        content = replace(content, revision=asked.revision)  # the aggregate says what is wrong with another number
    if desk.actor.imported is None and desk.correcting is None and content.touches and state.draft.submitted_at:
        refuse_closed_gate(desk, stream, state, material=asked.material)
    return Draft(aggregate=STRATEGY, stream=stream, content=content)


@handles(RetireStrategy)
def retire(asked: RetireStrategy, desk: Desk) -> AnyDraft:
    """No longer followed."""
    successor = desk.find("strategy", asked.successor, "successor") if asked.successor is not None else None
    return _said(desk, asked.strategy, StrategyRetired(successor=successor))


@handles(ApproveException)
def approve(asked: ApproveException, desk: Desk) -> AnyDraft:
    """A departure from a rule, approved."""
    desk.be_reasoned(asked.TOPIC)
    if asked.not_separated and desk.actor.imported is None:
        raise SeparationIsFound
    content = ExceptionApproved(
        exception=asked.exception,
        objection=asked.objection,
        element=asked.element,
        expires=asked.expires,
        not_separated=asked.not_separated or _nobody_else(desk, asked.strategy),
    )
    return _said(desk, asked.strategy, content)


@handles(EndException)
def end_exception(asked: EndException, desk: Desk) -> AnyDraft:
    """An exception that covers nothing any more."""
    return _said(desk, asked.strategy, ExceptionEnded(exception=asked.exception))


def _nobody_else(desk: Desk, strategy: str) -> bool:
    """Whether the draft's own author approves because nobody else could: then duties are recorded as not separated."""
    approver = desk.actor.person
    if desk.actor.imported is not None or approver is None:
        return False
    authors = desk.strategy(desk.find("strategy", strategy)).draft.authors
    return approver in authors and not desk.book.holders(AccessRole.SPONSOR, desk.at) - set(authors)


def _in_force_from(desk: Desk, stated: datetime | None) -> datetime | None:
    """From when on it is in force; the publication's own day, up to its instant, means from the publication on."""
    if stated is not None and stated <= desk.at and desk.day(stated) == desk.day(desk.at):
        return None
    return stated


def _said(desk: Desk, strategy: str, content: Content) -> AnyDraft:
    return Draft(aggregate=STRATEGY, stream=desk.find("strategy", strategy), content=content)
