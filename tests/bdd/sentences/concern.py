"""Concerns: raised, addressed, confirmed, reopened, withdrawn; and the channel for what they are not."""

from __future__ import annotations

from tests.bdd.grammar import BY, DAY, NAME, Part, Parts, day, sentence
from tests.bdd.world import Fields, World

CONCERN = r'"(?P<concern>[^"]+)"'
WORDS = r'"(?P<text>[^"]+)"'
KIND = r"(?P<kind>competence|sincerity|courage|care)"
ACTS = {"reopens": "reopened", "withdraws": "withdrawn"}


@sentence(
    rf"(?P<by>{NAME}) raises the concern {CONCERN} about {KIND}(?: of (?P<about>{NAME}))?"
    rf"(?:, put to (?P<to>{NAME}))?(?:, to be addressed by (?P<last>{DAY}))?: {WORDS}"
)
def raised(
    world: World, by: str, concern: str, kind: str, about: str | None, to: str | None, last: str | None, text: str
) -> Parts:
    fields: Fields = {"concern": concern, "person": by, "strategy": world.strategy, "kind": kind, "text": text}
    if about:
        fields["about"] = world.party(about)
    if to:
        fields["put_to"] = to
    if last:
        fields["by_when"] = day(last).isoformat()
    yield Part(topic="concern.raised", fields=fields, by=by)


@sentence(rf"(?P<by>{NAME}) reports the wrongdoing {CONCERN} about {KIND}: {WORDS}")
def reported(world: World, by: str, concern: str, kind: str, text: str) -> Parts:
    fields = {"concern": concern, "person": by, "strategy": world.strategy, "kind": kind, "text": text}
    yield Part(topic="concern.raised", fields={**fields, "wrongdoing": True}, by=by)


@sentence(rf"(?P<by>{NAME}) addresses {CONCERN} by {WORDS}")
def addressed(world: World, by: str, concern: str, text: str) -> Parts:
    yield Part(topic="concern.addressed", fields={"concern": concern, "how": text}, by=by)


@sentence(rf"(?P<by>{NAME}) confirms that {CONCERN} was addressed")
def confirmed(world: World, by: str, concern: str) -> Parts:
    yield Part(topic="concern.confirmed", fields={"concern": concern}, by=by)


@sentence(rf"(?P<by>{NAME}) (?P<act>{'|'.join(ACTS)}) (?:the concern )?{CONCERN}")
def ended(world: World, by: str, act: str, concern: str) -> Parts:
    yield Part(topic=f"concern.{ACTS[act]}", fields={"concern": concern}, by=by)


@sentence(rf'{BY} names the channel "(?P<channel>[^"]+)" for reports of wrongdoing')
def channel(world: World, by: str, channel: str) -> Parts:
    yield Part(topic="channel.named", fields={"channel": channel}, by=by)
