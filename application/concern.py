"""Commands about concerns: raised by name, addressed, and judged by whoever raised them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from application.command import AnyDraft, Command, Draft, PartyReference, command, handles
from application.desk import Desk
from application.owing import Owner, owes
from domain.access import AccessRole
from domain.concern import (
    CONCERN,
    UNADDRESSED,
    AskedBeforeSaid,
    Concern,
    ConcernAddressed,
    ConcernConfirmed,
    ConcernKind,
    ConcernRaised,
    ConcernReopened,
    ConcernStanding,
    ConcernWithdrawn,
)
from domain.concern_figures import asked_by, asked_to_address, due, has_effect
from domain.kernel import Content, Party, Refusal, RefusalKind
from domain.obligation import Due
from domain.owed import Call, Owed
from domain.person import PERSON
from domain.sealed import Private
from domain.strategy import STRATEGY, Strategy


@dataclass(eq=False)
class ReportsGoElsewhere(Refusal):
    """A report of wrongdoing, which the law protects: Avow would tell who made it."""

    channel: str
    kind = RefusalKind.INVALID
    where = "wrongdoing"
    rule = "a report of wrongdoing is not taken here, where it would bear its author's name: nothing was recorded"
    way_out = "take it to the channel that is there for it: {channel}"


@dataclass(eq=False)
class RaisedFromOutside(Refusal):
    """A concern by somebody who is none of the organisation's people then."""

    kind = RefusalKind.INVALID
    where = "person"
    rule = "whoever raises a concern is one of the organisation's people at that instant"
    way_out = "let somebody who is there raise it, or date it to a time when they were"


@dataclass(eq=False)
class AddressedByNobody(Refusal):
    """A concern that is addressed by a token, and by no person."""

    kind = RefusalKind.INVALID
    where = "at"
    rule = "a concern is addressed by a person, who says how"
    way_out = "let the person say it; a line of a history names them in `by`"


NO_CHANNEL = "the organisation has named none; ask outside the line, or the authority that the law provides"
"""What is told where an organisation named no channel."""


@command("concern.raised")
class RaiseConcern(Command):
    """Raise a concern under one's name while the strategy is shared: about competence, sincerity, courage or care.

    It is put to one person (`put_to`); unstated, to whoever leads the unit. What it is about may be one person or unit.
    A report of wrongdoing (`wrongdoing`) is refused, and the organisation's own channel named instead.
    """

    person: str
    strategy: str
    kind: ConcernKind
    text: str
    concern: str | None = None
    about: PartyReference | None = None
    unit: str | None = None
    put_to: str | None = None
    by_when: date | None = None
    wrongdoing: bool = False


@command("concern.addressed")
class AddressConcern(Command):
    """Say how a concern was addressed. Whether it was is for whoever raised it to say."""

    concern: str
    how: str


@command("concern.confirmed")
class ConfirmConcern(Command):
    """Say that one's concern was addressed."""

    concern: str


@command("concern.reopened")
class ReopenConcern(Command):
    """Say that one's concern stands, whatever was done about it."""

    concern: str
    by_when: date | None = None


@command("concern.withdrawn")
class WithdrawConcern(Command):
    """Take one's concern back."""

    concern: str


@handles(RaiseConcern)
def raise_concern(asked: RaiseConcern, desk: Desk) -> AnyDraft:
    """A concern, in the raiser's own words."""
    if asked.wrongdoing:
        raise ReportsGoElsewhere(desk.chart().channel or NO_CHANNEL)
    person = desk.find("person", asked.person)
    if not desk.person(person).present(desk.at):
        raise RaisedFromOutside
    party = Party("person", person)
    content = ConcernRaised(
        key=desk.sealed_key("concern", asked.concern, person),
        person=person,
        strategy=desk.find("strategy", asked.strategy),
        kind=asked.kind,
        text=Private(person, asked.text),
        about=desk.party(asked.about, "about") if asked.about is not None else None,
        unit=desk.find("unit", asked.unit) if asked.unit is not None else None,
        put_to=desk.find("person", asked.put_to, "put_to") if asked.put_to is not None else None,
        by_when=_day(desk, asked.by_when),
    )
    stream = desk.new("concern", asked.concern)
    return Draft(aggregate=CONCERN, stream=stream, content=content, on_behalf_of=desk.on_behalf_of(party))


@handles(AddressConcern)
def address(asked: AddressConcern, desk: Desk) -> AnyDraft:
    """What was done about it."""
    if desk.actor.person is None:
        raise AddressedByNobody
    return _said(desk, asked.concern, ConcernAddressed(how=Private(desk.actor.person, asked.how)))


@handles(ConfirmConcern)
def confirm(asked: ConfirmConcern, desk: Desk) -> AnyDraft:
    """Addressed, in its raiser's judgement."""
    return _said(desk, asked.concern, ConcernConfirmed())


@handles(ReopenConcern)
def reopen(asked: ReopenConcern, desk: Desk) -> AnyDraft:
    """It stands."""
    return _said(desk, asked.concern, ConcernReopened(by_when=_day(desk, asked.by_when)))


@handles(WithdrawConcern)
def withdraw(asked: WithdrawConcern, desk: Desk) -> AnyDraft:
    """Taken back."""
    return _said(desk, asked.concern, ConcernWithdrawn())


def _said(desk: Desk, concern: str, content: Content) -> AnyDraft:
    return Draft[Concern](aggregate=CONCERN, stream=desk.find("concern", concern), content=content)


def _day(desk: Desk, by_when: date | None) -> date | None:
    """The day by which it is to be addressed. Raises AskedBeforeSaid."""
    said = desk.day(desk.at)
    if by_when is not None and by_when < said:
        raise AskedBeforeSaid(by_when, said)
    return by_when


@owes
def words_on_concerns(owner: Owner) -> Iterator[Owed]:
    """A word on each concern that is put to the person, and on each of their own that was addressed."""
    concerns = owner.states(CONCERN)
    if not any(each.is_open for each in concerns.values()):
        return
    named = {person for each in concerns.values() for person in (each.person, each.put_to) if person is not None}
    people, chart = owner.states(PERSON, streams=[*named, owner.person]), owner.settings.chart
    strategies = owner.states(STRATEGY)
    if any(each.role is AccessRole.LEAD for each in people[owner.person].roles(owner.moment.valid_at)):
        people = owner.states(PERSON)  # who leads closest to where a concern was said is the one who is asked
    for id, each in concerns.items():
        strategy = strategies.get(each.strategy, Strategy()) if each.strategy else Strategy()
        if not has_effect(each, strategy, people, chart):
            continue
        if each.person == owner.person and each.standing is ConcernStanding.ADDRESSED:
            yield Owed(call=Call.CONFIRM, record=id, strategy=each.strategy)
        elif each.standing in UNADDRESSED and owner.person in asked_to_address(
            each, people, chart, owner.moment.valid_at
        ):
            overdue = due(each, owner.today, owner.day) is Due.OVERDUE
            yield Owed(
                call=Call.ADDRESS, record=id, strategy=each.strategy, due=asked_by(each, owner.day), overdue=overdue
            )
