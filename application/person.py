"""Commands about people: who is there, where they sit, what they may do in Avow."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk
from domain.access import AccessGranted, AccessRevoked, AccessRole
from domain.kernel import Content, Refusal, RefusalKind
from domain.membership import MembershipBegan, MembershipEnded
from domain.person import PERSON, GuestInvited, ManagerAssigned, Person, PersonJoined, PersonLeft, RankHeld
from domain.sealed import Private


@dataclass(eq=False)
class NobodyInParticular(Refusal):
    """Somebody who would be told apart by nothing, for good."""

    kind = RefusalKind.INVALID
    where = "name"
    rule = "somebody without key, name and e-mail can be told from nobody"
    way_out = "state at least one of `person` (a key of your own), `name` and `email`"


@dataclass(eq=False)
class FacilitatesByCharter(Refusal):
    """The role facilitator is given by a review's charter, and ends with it."""

    kind = RefusalKind.INVALID
    where = "role"
    rule = "nobody is made a facilitator by a role: the sponsor's charter of the review does that"
    way_out = "let a sponsor charter the review: POST …/reviews/{{review}}/charters"


@command("person.joined")
class JoinPerson(Command):
    """Record that somebody joined the organisation, or came back. Name, e-mail and key are sealed under their key."""

    person: str | None = None
    name: str | None = None
    email: str | None = None


@command("guest.invited")
class InviteGuest(Command):
    """Invite somebody from outside the chart, such as a facilitator or a client's representative."""

    person: str | None = None
    name: str | None = None
    email: str | None = None


@command("person.left")
class LeavePerson(Command):
    """Record that the person left: memberships, rank, manager and roles end with it."""

    person: str


@command("membership.began")
class BeginMembership(Command):
    """Give a person a place in a unit, in a role of the organisation's own words; at `home` they count once."""

    person: str
    unit: str
    role: str = "member"
    home: bool = False


@command("membership.ended")
class EndMembership(Command):
    """End a person's place in a unit."""

    person: str
    unit: str
    role: str = "member"


@command("rank.held")
class HoldRank(Command):
    """Record the rank that a person holds from here on."""

    person: str
    rank: str


@command("manager.assigned")
class AssignManager(Command):
    """Record whom a person reports to from here on; without a manager, nobody."""

    person: str
    manager: str | None = None


@command("access.granted")
class GrantAccess(Command):
    """Let a person act in a role of Avow.

    A lead acts in the sub-tree of `unit`, others throughout. A facilitator in `review` is only recorded so, of old: it
    is a review's charter that lets one act.
    """

    person: str
    role: AccessRole
    unit: str | None = None
    review: str | None = None


@command("access.revoked")
class RevokeAccess(Command):
    """Take a role in Avow back."""

    person: str
    role: AccessRole
    unit: str | None = None
    review: str | None = None


@handles(JoinPerson)
def join(asked: JoinPerson, desk: Desk) -> AnyDraft:
    """A new person, or one known who comes back."""
    stream, (name, email, key) = _arrival(asked, desk)
    return _draft(stream, PersonJoined(name=name, email=email, key=key))


@handles(InviteGuest)
def invite(asked: InviteGuest, desk: Desk) -> AnyDraft:
    """A new guest, or one known who is invited again."""
    stream, (name, email, key) = _arrival(asked, desk)
    return _draft(stream, GuestInvited(name=name, email=email, key=key))


@handles(LeavePerson)
def leave(asked: LeavePerson, desk: Desk) -> AnyDraft:
    """Gone."""
    return _draft(_person(desk, asked.person), PersonLeft())


@handles(BeginMembership)
def begin_membership(asked: BeginMembership, desk: Desk) -> AnyDraft:
    """A place in a unit."""
    content = MembershipBegan(unit=desk.find("unit", asked.unit), role=asked.role, home=asked.home)
    return _draft(_person(desk, asked.person), content)


@handles(EndMembership)
def end_membership(asked: EndMembership, desk: Desk) -> AnyDraft:
    """A place given up."""
    content = MembershipEnded(unit=desk.find("unit", asked.unit), role=asked.role)
    return _draft(_person(desk, asked.person), content)


@handles(HoldRank)
def hold_rank(asked: HoldRank, desk: Desk) -> AnyDraft:
    """A rank from here on."""
    return _draft(_person(desk, asked.person), RankHeld(rank=asked.rank))


@handles(AssignManager)
def assign_manager(asked: AssignManager, desk: Desk) -> AnyDraft:
    """A manager from here on."""
    manager = desk.find("person", asked.manager, "manager") if asked.manager is not None else None
    return _draft(_person(desk, asked.person), ManagerAssigned(manager=manager))


@handles(GrantAccess)
def grant(asked: GrantAccess, desk: Desk) -> AnyDraft:
    """A role in Avow."""
    unit, review = _place(desk, asked)
    if asked.role == AccessRole.FACILITATOR and desk.actor.imported is None:
        raise FacilitatesByCharter
    return _draft(_person(desk, asked.person), AccessGranted(role=asked.role, unit=unit, review=review))


@handles(RevokeAccess)
def revoke(asked: RevokeAccess, desk: Desk) -> AnyDraft:
    """A role taken back."""
    unit, review = _place(desk, asked)
    return _draft(_person(desk, asked.person), AccessRevoked(role=asked.role, unit=unit, review=review))


def _arrival(
    asked: JoinPerson | InviteGuest, desk: Desk
) -> tuple[UUID, tuple[Private | None, Private | None, Private | None]]:
    if desk.correcting is None and not (asked.person or asked.name or asked.email):
        raise NobodyInParticular
    known = desk.look_up("person", asked.person) if asked.person is not None else None
    returns = known is not None and desk.correcting is None
    stream = known if known is not None and returns else desk.new("person", asked.person)
    key = None if returns else desk.sealed_key("person", asked.person, stream)

    def sealed(text: str | None) -> Private | None:
        return Private(stream, text) if text is not None else None

    return stream, (sealed(asked.name), sealed(asked.email), key)


def _person(desk: Desk, reference: str) -> UUID:
    return desk.find("person", reference)


def _place(desk: Desk, asked: GrantAccess | RevokeAccess) -> tuple[UUID | None, UUID | None]:
    return (
        desk.find("unit", asked.unit) if asked.unit is not None else None,
        desk.find("review", asked.review) if asked.review is not None else None,
    )


def _draft(stream: UUID, content: Content) -> AnyDraft:
    return Draft[Person](aggregate=PERSON, stream=stream, content=content)
