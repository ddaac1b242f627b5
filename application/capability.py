"""Commands about capabilities: needed for elements of a strategy, shown of people and units, released."""

from __future__ import annotations

from application.command import AnyDraft, Command, Draft, PartyReference, command, handles
from application.desk import Desk
from application.desk_rules import MovesToAnotherStrategy
from application.programme import elements_of, units_of
from domain.capability import CAPABILITY, Capability, CapabilityNeeded, CapabilityReleased, CapabilityShown
from domain.sealed import Private


@command("capability.needed")
class NeedCapability(Command):
    """Say that elements of a strategy, such as bets, need a capability, of whom; said again, it replaces that.

    Of people of these units and those below, and of these ranks; of all where none is named.
    """

    strategy: str
    title: str
    elements: tuple[str, ...]
    capability: str | None = None
    units: tuple[str, ...] = ()
    of_ranks: tuple[str, ...] = ()


@command("capability.shown")
class ShowCapability(Command):
    """Say that a person, or a unit as a whole, has a capability (or has it no more), and where that is written."""

    capability: str
    party: PartyReference
    source: str
    present: bool = True


@command("capability.released")
class ReleaseCapability(Command):
    """Say that a capability is no longer needed."""

    capability: str


@handles(NeedCapability)
def need(asked: NeedCapability, desk: Desk) -> AnyDraft:
    """A capability that is needed, anew where its key is known."""
    known = desk.look_up("capability", asked.capability) if asked.capability is not None else None
    stream, strategy = known or desk.new("capability", asked.capability), desk.find("strategy", asked.strategy)
    before = desk.book.timeline(CAPABILITY, stream).state()
    if before.strategy not in {None, strategy}:
        raise MovesToAnotherStrategy
    content = CapabilityNeeded(
        key=before.key or desk.open_key("capability", asked.capability),
        strategy=strategy,
        title=asked.title,
        elements=elements_of(desk, strategy, asked.elements),
        units=units_of(desk, asked.units),
        of_ranks=tuple(dict.fromkeys(asked.of_ranks)),
    )
    return Draft[Capability](aggregate=CAPABILITY, stream=stream, content=content)


@handles(ShowCapability)
def show(asked: ShowCapability, desk: Desk) -> AnyDraft:
    """What was shown; its source is sealed under the person's key."""
    party = desk.party(asked.party)
    subject = party.id if party.kind == "person" else desk.organisation
    content = CapabilityShown(party=party, present=asked.present, source=Private(subject, asked.source))
    stream = desk.find("capability", asked.capability)
    return Draft[Capability](aggregate=CAPABILITY, stream=stream, content=content)


@handles(ReleaseCapability)
def release(asked: ReleaseCapability, desk: Desk) -> AnyDraft:
    """No longer needed."""
    stream = desk.find("capability", asked.capability)
    return Draft[Capability](aggregate=CAPABILITY, stream=stream, content=CapabilityReleased())
