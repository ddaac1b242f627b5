"""Commands about acknowledgements: one person's statement about one revision."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk, UnknownReference
from domain.acknowledgement import ACKNOWLEDGEMENT, Acknowledgement, AcknowledgementDeclined, AcknowledgementGiven
from domain.commitment import Seen
from domain.constituency import CONSTITUENCY
from domain.kernel import Party, Refusal, RefusalKind


@dataclass(eq=False)
class NothingToAcknowledge(Refusal):
    """An acknowledgement before any revision was in force."""

    strategy: str
    kind = RefusalKind.INVALID
    where = "revision"
    rule = "no revision of strategy {strategy!r} was in force at that instant"
    way_out = "name the revision that was acknowledged, or date the statement to when one was in force"


@command("acknowledgement.given")
class GiveAcknowledgement(Command):
    """State that a person received and read a revision: the one in force, unless `revision` names another.

    `method` says how it was stated, such as signed or meeting.
    """

    person: str
    strategy: str
    revision: int | None = None
    method: str | None = None


@command("acknowledgement.declined")
class DeclineAcknowledgement(Command):
    """State that a person declines to acknowledge a revision; why goes into `reason`."""

    person: str
    strategy: str
    revision: int | None = None
    method: str | None = None


@handles(GiveAcknowledgement)
def give(asked: GiveAcknowledgement, desk: Desk) -> AnyDraft:
    """Received and read."""
    person, strategy, seen = _resolved(asked, desk)
    content = AcknowledgementGiven(person=person, strategy=strategy, seen=seen, method=asked.method)
    return _draft(desk, person, strategy, content)


@handles(DeclineAcknowledgement)
def decline(asked: DeclineAcknowledgement, desk: Desk) -> AnyDraft:
    """Declined, on the record."""
    desk.be_reasoned(asked.TOPIC)
    person, strategy, seen = _resolved(asked, desk)
    content = AcknowledgementDeclined(person=person, strategy=strategy, seen=seen, method=asked.method)
    return _draft(desk, person, strategy, content)


def _resolved(asked: GiveAcknowledgement | DeclineAcknowledgement, desk: Desk) -> tuple[UUID, UUID, Seen]:
    person, strategy = desk.find("person", asked.person), desk.find("strategy", asked.strategy)
    if not _is_for(desk, person, strategy):
        raise UnknownReference("strategy", asked.strategy, "strategy")
    seen = desk.seen(strategy, asked.revision)
    if seen is None:
        raise NothingToAcknowledge(asked.strategy)
    return person, strategy, seen


def _is_for(desk: Desk, person: UUID, strategy: UUID) -> bool:
    """Whether whoever speaks for themselves is let know of the strategy: to a guest, one they are asked about alone."""
    stay, itself = desk.person(person).presence(desk.at), desk.actor.person == person
    if stay is None or not stay.guest or not itself or desk.actor.imported is not None:
        return True
    constituencies = (desk.book.timeline(CONSTITUENCY, id) for id in desk.book.begun("constituency.named"))
    return any(
        person in each.speaking(desk.at) and any(asked.strategy == strategy for asked in each.asks(desk.at))
        for each in (timeline.state(desk.at) for timeline in constituencies)
    )


def _draft(
    desk: Desk, person: UUID, strategy: UUID, content: AcknowledgementGiven | AcknowledgementDeclined
) -> AnyDraft:
    return Draft[Acknowledgement](
        aggregate=ACKNOWLEDGEMENT,
        stream=desk.derived("acknowledgement", person, strategy),
        content=content,
        on_behalf_of=desk.on_behalf_of(Party("person", person)),
    )
