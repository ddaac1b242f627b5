"""What an act or a record is about, as far as permission needs to know: whose statement, which units, shared with whom.

Who the caller is (where they sit, what they lead, to whom they report) is as of now; what is concerned is told over the
units as they were at the instant asked about.

Asks at the desk and raises nothing: a reference to nothing concerns nobody, and the handler says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from application import goal_concerns
from application.command import Answered, Command, PartyReference
from application.desk import Desk
from application.gap import find_gap
from application.goal_concerns import named
from application.permissions import About, Caller
from domain.access import AccessRole
from domain.capability import CAPABILITY, Capability
from domain.catalogue import aggregate_of
from domain.chart import Chart
from domain.commitment import COMMITMENT
from domain.concern import CONCERN, Concern
from domain.concern_figures import units_of
from domain.conversation import ConversationHeld, OutcomeRestated
from domain.kernel import Content, Party
from domain.knowledge import KNOWLEDGE
from domain.kpi import KPI, Kpi
from domain.person import PERSON, Person
from domain.programme import PROGRAMME, Audience, Programme
from domain.proposal import PROPOSAL
from domain.request import REQUEST, Request
from domain.scope import seat_of

OFFERED = frozenset({"commitment.accepted", "commitment.declined"})
"""What the party says that a commitment is offered to."""

OF_A_UNIT = ("decision", "knowledge")
"""Kinds of records that a unit may have: what is said of one concerns that unit."""

TO_AN_AUDIENCE = frozenset({
    "programme.planned", "programme.changed", "programme.held", "programme.completed", "programme.dropped",
    "capability.needed", "capability.released",
})  # fmt: skip
"""What is said of programmes and capabilities: it concerns the units that are meant."""

OF_A_REVIEW = ("review", "condition", "look")
"""Kinds of facts that are said within a review: who runs it may be concerned."""
ON_ITEMS = frozenset({"knowledge.revised", "knowledge.retired"})
"""What is said of an item that was captured: it concerns whoever keeps it."""

REQUESTERS_TO_SAY = frozenset(
    {
        "request.made", "request.counter_accepted", "request.withdrawn", "request.move_consented",
        "request.move_refused", "request.accepted", "request.rejected",
    }
)  # fmt: skip
"""What is said of a request by the unit that asked for it; the rest is for the other to say."""

BY_THE_ACTOR = frozenset(
    {
        "acknowledgement.given",
        "acknowledgement.declined",
        "review.answered",
        "ranking.given",
        "strategy.tested",
        "knowledge.used",
        "knowledge.time_stated",
    }
)
"""What is its actor's own where no person is named."""

JUST_BEFORE = timedelta(microseconds=1)


def about_command(asked: Command, topic: str, desk: Desk, caller: Caller) -> About:
    """What a command is about, at the instant it is dated to."""
    if topic in TO_AN_AUDIENCE:
        return _about_programme(asked, topic, desk, caller)
    concern = named(asked, "concern", "concern", desk)
    if concern is not None and topic != "concern.raised":
        return about_concern(desk, caller, desk.book.timeline(CONCERN, concern).state())
    if (work := goal_concerns.of_work(asked, topic, desk)) is not None:
        found = about(desk, caller, *work)
        # Somebody's own goals are theirs to work on, but not to lay on others.
        return replace(found, party=None) if goal_concerns.burdens_another(asked, topic, work[0], desk) else found
    if topic == "request.made":
        requester = named(asked, "unit", "requester", desk)
        return _about_side(desk, caller, requester) if requester is not None else About(published=False)
    if topic.startswith("request."):
        request = named(asked, "request", "request", desk)
        return _about_request(desk, caller, topic, request) if request is not None else About(published=False)
    party = _party_of(asked, topic, desk)
    units = [unit for name in ("unit", "parent") if (unit := named(asked, "unit", name, desk))]
    review = named(asked, "review", "review", desk) if topic.partition(".")[0] in OF_A_REVIEW else None
    for name in ("goal", "for_"):
        goal = named(asked, "goal", name, desk)
        if goal is not None and (unit := desk.goal_whenever(goal).unit):
            units.append(unit)
    if topic == "kpi.defined":
        party = goal_concerns.of_goal(desk, named(asked, "goal", "goal", desk))[0] or party
    if (unit := _answered_for(asked, desk)) is not None:
        units.append(unit)
    for kind in OF_A_UNIT:
        record = named(asked, kind, kind, desk)
        if record is not None and topic != "knowledge.used" and (unit := desk.unit_of(kind, record)):
            units.append(unit)
    measured = named(asked, "kpi", "kpi", desk) if topic.startswith("kpi.") else None
    if measured is not None:
        return about_kpi(desk, caller, desk.book.timeline(KPI, measured).state(), topic)
    strategy = named(asked, "strategy", "strategy", desk) if topic == "conversation.held" else None
    return replace(about(desk, caller, party, units), review=review, strategy=strategy)


def _answered_for(asked: Command, desk: Desk) -> UUID | None:
    """The unit whose goal or gap somebody is said to answer for."""
    subject, strategy = getattr(asked, "for_", None), getattr(asked, "strategy", None)
    if isinstance(subject, str):
        gap = find_gap(desk, subject, strategy)
        return gap.unit if gap is not None else None
    if not isinstance(subject, Answered):
        return None
    strategy = subject.strategy or strategy
    if subject.gap is not None:
        gap = find_gap(desk, subject.gap, strategy)
        return gap.unit if gap is not None else None
    goal = desk.look_up("goal", subject.goal) if subject.goal is not None else None
    if goal is not None:
        return desk.goal_whenever(goal).unit
    return desk.look_up("unit", subject.unit) if subject.unit is not None else None


def about_content(content: Content | None, topic: str, stream: UUID, desk: Desk, caller: Caller) -> About:
    """What a recorded fact is about, for who would correct it."""
    if topic.startswith("action."):
        return about(desk, caller, *goal_concerns.of_action(desk, topic, stream))
    if topic.startswith("goal."):
        return about(desk, caller, *goal_concerns.of_fact(desk, content, stream))
    if topic.startswith("tactic."):
        return about(desk, caller, *goal_concerns.of_tactic(desk, stream))
    if topic.startswith("request."):
        return _about_request(desk, caller, topic, stream)
    if topic.startswith("programme."):
        return about_audience(desk, caller, desk.book.timeline(PROGRAMME, stream).state())
    if topic in TO_AN_AUDIENCE:
        return about_audience(desk, caller, desk.book.timeline(CAPABILITY, stream).state())
    party = getattr(content, "party", None)
    if topic.startswith("commitment."):
        # One that was taken back has no owner any more: it is its author's to let it stand again.
        return about(desk, caller, _owner(topic, stream, desk) or party, ())
    if isinstance(content, ConversationHeld):
        holder = Party("person", content.holder) if content.holder is not None else None
        units = (content.unit,) if content.unit is not None else ()
        return replace(about(desk, caller, holder, units), strategy=content.strategy)
    if topic in ("proposal.answered", "proposal.withdrawn"):
        author = desk.book.timeline(PROPOSAL, stream).state().person
        return about(desk, caller, Party("person", author) if author is not None else None)
    person = content.outcome.person if isinstance(content, OutcomeRestated) else getattr(content, "person", None)
    if topic.startswith("concern."):
        return about_concern(desk, caller, desk.book.timeline(CONCERN, stream).state())
    if topic.startswith("kpi."):
        return about_kpi(desk, caller, desk.book.timeline(KPI, stream).state(), topic)
    if topic.partition(".")[0] in ("person", "membership", "rank", "manager", "access", "guest"):
        person = stream
    unit = getattr(content, "unit", None)
    if (kind := aggregate_of(topic).kind) in OF_A_UNIT:
        unit = unit or desk.unit_of(kind, stream)
    if topic in ON_ITEMS:
        person = _keeper(desk, stream)
    goal = getattr(content, "goal", None)
    if (kind == "resource" or topic == "accountable.named") and unit is None and isinstance(goal, UUID):
        unit = desk.unit_of("goal", goal)
    party = Party("person", person) if isinstance(person, UUID) else party
    units = (unit,) if isinstance(unit, UUID) else ()
    review = stream if topic.startswith("review.") and topic != "review.answered" else None
    if topic.partition(".")[0] in OF_A_REVIEW and review is None and topic != "review.answered":
        review = getattr(content, "review", None)
    return replace(about(desk, caller, party if isinstance(party, Party) else None, units), review=review)


def _about_programme(asked: Command, topic: str, desk: Desk, caller: Caller) -> About:
    """What is said of a programme or a capability concerns its audience, by what it was and by what it is to be."""
    kind = topic.partition(".")[0]
    record = named(asked, kind, kind, desk)
    those = (desk.look_up("unit", each) for each in getattr(asked, "units", ()))
    units = tuple(unit for unit in those if unit is not None)
    meant = Audience(units=units)
    if record is None:
        return _about_units(desk, caller, meant, None, published=False)
    state: Programme | Capability = (
        desk.book.timeline(PROGRAMME, record).state()
        if kind == "programme"
        else desk.book.timeline(CAPABILITY, record).state()
    )
    both = Audience(units=(*state.audience.units, *units)) if state.audience.units else Audience()
    return _about_units(desk, caller, both, state.person if isinstance(state, Programme) else None, published=False)


def about_audience(desk: Desk, caller: Caller, state: Programme | Capability) -> About:
    """What a programme or a capability is about: its owner's, and its audience's; everybody's once published."""
    strategy = state.strategy
    published = strategy is not None and bool(desk.strategy_whenever(strategy).publications)
    person = state.person if isinstance(state, Programme) else None
    return _about_units(desk, caller, state.audience, person, published=published and not state.audience.units)


def _about_units(desk: Desk, caller: Caller, audience: Audience, person: UUID | None, *, published: bool) -> About:
    """Who leads is concerned where they lead all the units meant."""
    party = Party("person", person) if person is not None else None
    found = about(desk, caller, party, audience.units, published=published)
    above = [frozenset(_upward(desk, unit)) for unit in audience.units]
    return replace(found, units=frozenset.intersection(*above) if above else frozenset())


def about_kpi(desk: Desk, caller: Caller, state: Kpi, topic: str = "") -> About:
    """What a KPI is about: a person's own, or its unit's, its goal's unit's; measuring it is its measurer's too.

    One of the whole organisation is for everybody to see once its strategy was published.
    """
    units = [state.unit] if state.unit is not None else []
    if state.goal is not None and not units and (unit := desk.goal_whenever(state.goal).unit):
        units.append(unit)
    party = Party("person", state.person) if state.person is not None else None
    if topic in ("kpi.measured", "") and caller.person is not None and state.measured_by == caller.person:
        party = Party("person", caller.person)
    whole = state.strategy if not units and state.person is None else None
    published = whole is not None and bool(desk.strategy_whenever(whole).publications)
    return about(desk, caller, party, units, published=published)


def _about_request(desk: Desk, caller: Caller, topic: str, request: UUID) -> About:
    """What is said of a request concerns the side that says it; that a promise was broken, either."""
    timeline = desk.book.timeline(REQUEST, request)
    state = timeline.state(desk.at if timeline.until(desk.at) else None)
    sides = both_sides(desk, caller, state)
    if not sides:
        return About(published=False)
    if topic == "request.broken":
        return next((each for each in sides if each.speaks_for or caller.leads & each.units), sides[0])
    return sides[0] if topic in REQUESTERS_TO_SAY else sides[-1]


def both_sides(desk: Desk, caller: Caller, state: Request) -> tuple[About, ...]:
    """What a request is about, seen from either side: the requester first."""
    return tuple(_about_side(desk, caller, each) for each in (state.requester, state.performer) if each is not None)


def _about_side(desk: Desk, caller: Caller, unit: UUID) -> About:
    """A unit's side of a request: of one that merged, that of the unit which carries it on."""
    carried = desk.chart(desk.at).chart.carried_on_by(unit, desk.at)
    return about(desk, caller, Party("unit", carried or unit), published=False)


def about(
    desk: Desk, caller: Caller, party: Party | None = None, units: Iterable[UUID] = (), *, published: bool = True
) -> About:
    """What something of this party and of these units is about."""
    direct = set(units)
    if party is not None:
        direct |= {party.id} if party.kind == "unit" else set(_last_seats(desk, party.id))
    chart = desk.chart(desk.at).chart
    return About(
        party=party,
        speaks_for=bool(
            caller.person and party and party.kind == "unit" and chart.spokesperson(party.id, desk.at) == caller.person
        ),
        units=frozenset(above for unit in direct for above in _upward(desk, unit)),
        shared=_shared(desk, caller, party, direct),
        published=published,
    )


def about_concern(desk: Desk, caller: Caller, state: Concern) -> About:
    """What a concern is about: its raiser's, and of the units it was said in, as they are at the desk's instant.

    Whoever it is about is not shown it for leading there, but only where it is put to them.
    """
    if state.person is None or state.raised_at is None:
        return About(published=False)
    people = {state.person: _person_at(desk, state.person, state.raised_at)}
    units = units_of(state, people, desk.chart(state.raised_at).chart)
    chart = desk.chart(desk.at).chart
    seats = (seat_of(chart, unit, desk.at) or unit for unit in units)
    meant = caller.person is not None and state.about == Party("person", caller.person)
    return About(
        party=Party("person", state.person),
        units=frozenset() if meant else frozenset(above for unit in seats for above in _upward(desk, unit)),
        put_to=caller.person is not None and state.put_to == caller.person,
        published=False,
    )


def _party_of(asked: Command, topic: str, desk: Desk) -> Party | None:
    reference = getattr(asked, "party", None)
    if isinstance(reference, PartyReference) and topic != "commitment.reassigned":
        for kind, key in (("person", reference.person), ("unit", reference.unit)):
            if key is not None and (found := desk.look_up(kind, key)):
                return Party("person" if kind == "person" else "unit", found)
        return None
    if topic == "proposal.made" and getattr(asked, "person", None) is None:
        return Party("person", desk.actor.person) if desk.actor.person is not None else None
    proposal = named(asked, "proposal", "proposal", desk) if topic != "proposal.made" else None
    if proposal is not None:
        author = desk.book.timeline(PROPOSAL, proposal).state().person
        return Party("person", author) if author is not None else None
    if topic == "conversation.held":
        holder = named(asked, "person", "holder", desk) if getattr(asked, "holder", None) else desk.actor.person
        return Party("person", holder) if holder is not None else None
    commitment = named(asked, "commitment", "commitment", desk)
    if commitment is not None:
        return _owner(topic, commitment, desk)
    person = named(asked, "person", "person", desk)
    if topic in ON_ITEMS:
        item = named(asked, "knowledge", "knowledge", desk)
        person = _keeper(desk, item) if item is not None else None
    if person is None and topic in BY_THE_ACTOR and getattr(asked, "unit", None) is None:
        person = desk.actor.person if getattr(asked, "person", None) is None else None
    return Party("person", person) if person is not None else None


def _keeper(desk: Desk, item: UUID) -> UUID | None:
    return desk.book.timeline(KNOWLEDGE, item).state().keeper


def _owner(topic: str, commitment: UUID, desk: Desk) -> Party | None:
    timeline = desk.book.timeline(COMMITMENT, commitment)
    # Dated before it was made it is still its owner's: what is wrong with the date is for the aggregate to say.
    state = timeline.state(desk.at if timeline.until(desk.at) else None)
    return state.offered_to or state.party if topic in OFFERED else state.party


def _last_seats(desk: Desk, person: UUID) -> Iterator[UUID]:
    """Where a person sits, or sat when they left: what they left behind concerns who is there."""
    found, at = desk.person(person), desk.at
    stay = found.known_as(at)
    if stay is not None and stay.until is not None and stay.until <= at:
        at = stay.until - JUST_BEFORE
    yield from _carried(desk.chart(at).chart, found, at)


def _carried(chart: Chart, person: Person, at: datetime) -> Iterator[UUID]:
    """The units of a person's memberships; of one that merged the one that carries it on, too."""
    for place in person.memberships(at):
        yield place.unit
        if (successor := chart.carried_on_by(place.unit, at)) is not None:
            yield successor


def _upward(desk: Desk, unit: UUID) -> Iterator[UUID]:
    chart, here = desk.chart(desk.at).chart, unit
    seen = set[UUID]()
    while here not in seen:
        seen.add(here)
        yield here
        above = chart.parent(here, desk.at)
        if above is None:
            return
        here = above


def _shared(desk: Desk, caller: Caller, party: Party | None, units: set[UUID]) -> bool:
    """Whether it is the caller's own units', or of a leader above them.

    Where the caller sits, and to whom they report, is as of now; what lay above their units, and who led it, as of
    then.
    """
    if caller.person is None or not (units or party):
        return False
    now = caller.now or desk.at
    mine = set(_carried(desk.chart(now).chart, _person_at(desk, caller.person, now), now))
    if mine & units:
        return True
    if party is None:
        return False
    above = {each for unit in mine for each in _upward(desk, unit)}
    return party.id in above or _leads(desk, party, above) or party.id in set(_managers(desk, caller.person, now))


def _person_at(desk: Desk, person: UUID, at: datetime) -> Person:
    return desk.book.timeline(PERSON, person).state(at)


def _leads(desk: Desk, party: Party, units: set[UUID]) -> bool:
    if party.kind != "person":
        return False
    held = desk.person(party.id).roles(desk.at)
    return any(each.role is AccessRole.LEAD and each.unit in units for each in held)


def _managers(desk: Desk, person: UUID, at: datetime) -> Iterator[UUID]:
    seen = {person}
    while (above := _person_at(desk, person, at).manager(at)) is not None and above not in seen:
        seen.add(above)
        yield above
        person = above
