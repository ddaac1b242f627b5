"""Conversations, proposals and requests: what people and units hold, propose and ask of one another."""

from __future__ import annotations

from tests.bdd.grammar import BY, DAY, NAME, WHO, Part, Parts, day, listed, sentence
from tests.bdd.world import Fields, World

PEOPLE = rf"(?P<people>{NAME}(?:, {NAME})*(?: and {NAME})?)"
ALL_FIVE = ["who", "what", "when", "where", "how"]
CAME: dict[str, Fields] = {
    "relationship": {"knows": True},
    "possibility": {"mine": "yes"},
    "pathway": {"named": ALL_FIVE},
    "action": {},
    "completion": {"complete": True},
}
"""What it takes to come through each stage."""
STAGE = rf"(?P<stage>{'|'.join(CAME)})"


@sentence(
    rf"{BY} holds a conversation on {STAGE} with {PEOPLE}(?:, in (?P<unit>{NAME}))?(?P<only>, who were only there)?"
    rf'(?:, and thanks (?P<thanked>{NAME}) for "(?P<completed>[^"]+)")?(?:, to be held again by (?P<again>{DAY}))?'
)
def held(
    world: World,
    by: str,
    stage: str,
    people: str,
    unit: str | None,
    only: str | None,
    thanked: str | None,
    completed: str | None,
    again: str | None,
) -> Parts:
    came: Fields = {} if only else CAME[stage]
    yield Part(
        topic="conversation.held",
        fields={
            "conversation": f"{stage} of {by}",
            "strategy": world.strategy,
            "stage": stage,
            "outcomes": [{"person": each, **came} for each in listed(people)],
            **({"unit": unit} if unit else {}),
            **({"again_by": day(again).isoformat()} if again else {}),
            **({"recognition": [{"person": thanked, "completed": completed}]} if thanked else {}),
        },
        by=by,
    )


@sentence(rf"{BY} says of the possibility of (?P<holder>{NAME}) that it is (?P<mine>theirs|partly theirs|not theirs)")
def said_of_possibility(world: World, by: str, holder: str, mine: str) -> Parts:
    word = {"theirs": "yes", "partly theirs": "partly", "not theirs": "no"}[mine]
    fields = {"conversation": f"possibility of {holder}", "person": by, "mine": word}
    yield Part(topic="conversation.restated", fields=fields, by=by)


TAKEN = {"takes up": "taken_up", "takes up in part": "partly", "does not take up": "not_taken_up"}
PROPOSAL = r'the proposal "(?P<proposal>[^"]+)"'


@sentence(rf"{BY} opens the draft for shaping(?:, until (?P<last>{DAY}))?")
def opened_for_shaping(world: World, by: str, last: str | None) -> Parts:
    until = {"last_day": day(last).isoformat()} if last else {}
    yield Part(topic="shaping.opened", fields={"strategy": world.strategy, **until}, by=by)


@sentence(rf"{BY} closes the draft for shaping")
def closed_for_shaping(world: World, by: str) -> Parts:
    yield Part(topic="shaping.closed", fields={"strategy": world.strategy}, by=by)


@sentence(rf'{WHO} proposes "(?P<proposal>[^"]+)"(?: for the (?P<element>[a-z ]+))?: "(?P<text>[^"]+)"')
def proposed(world: World, by: str, party: str | None, proposal: str, element: str | None, text: str) -> Parts:
    said = {"proposal": proposal, "person": party or by, "strategy": world.strategy, "text": text}
    yield Part(topic="proposal.made", fields={**said, **({"element": element} if element else {})}, by=by)


@sentence(rf'{BY} (?P<taken>{"|".join(sorted(TAKEN, reverse=True))}) {PROPOSAL}: "(?P<why>[^"]+)"')
def answered(world: World, by: str, taken: str, proposal: str, why: str) -> Parts:
    fields = {"proposal": proposal, "taken": TAKEN[taken], "why": why}
    yield Part(topic="proposal.answered", fields=fields, by=by)


@sentence(rf"{BY} withdraws {PROPOSAL}")
def taken_back(world: World, by: str, proposal: str) -> Parts:
    yield Part(topic="proposal.withdrawn", fields={"proposal": proposal}, by=by)


OF = {
    "promises": "promised", "declines": "declined", "accepts the offer for": "counter_accepted",
    "withdraws the request for": "withdrawn", "consents to the move of": "move_consented",
    "does not consent to the move of": "move_refused", "delivers": "delivered", "accepts": "accepted",
    "rejects": "rejected", "revokes": "revoked",
}  # fmt: skip
REQUEST = r'"(?P<request>[^"]+)"'


@sentence(
    rf"(?P<by>{NAME}) of (?P<requester>{NAME}) requests {REQUEST} of (?P<performer>{NAME}) "
    rf'for the goal "(?P<goal>[^"]+)", by (?P<due>{DAY})'
)
def requested(world: World, by: str, requester: str, request: str, performer: str, goal: str, due: str) -> Parts:
    asked = {"request": request, "title": request, "goal": goal, "by_when": day(due).isoformat()}
    yield Part(topic="request.made", fields={**asked, "requester": requester, "performer": performer}, by=by)


@sentence(rf"{BY} (?P<verb>{'|'.join(sorted(OF, key=len, reverse=True))}) {REQUEST}")
def said_of_request(world: World, by: str, verb: str, request: str) -> Parts:
    yield Part(topic=f"request.{OF[verb]}", fields={"request": request}, by=by)


@sentence(rf"{BY} says that {REQUEST} was broken")
def broken(world: World, by: str, request: str) -> Parts:
    yield Part(topic="request.broken", fields={"request": request}, by=by)


@sentence(rf"{BY} (?P<verb>offers|asks to move) {REQUEST} (?:by|to) (?P<due>{DAY})")
def another_day(world: World, by: str, verb: str, request: str, due: str) -> Parts:
    topic = "request.countered" if verb == "offers" else "request.move_asked"
    yield Part(topic=topic, fields={"request": request, "by_when": day(due).isoformat()}, by=by)
