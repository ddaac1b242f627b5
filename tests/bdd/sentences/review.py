"""Reviews: opened, answered, closed, published."""

from __future__ import annotations

from datetime import timedelta

from tests.bdd.driver import first_instant
from tests.bdd.grammar import BY, DAY, NAME, Part, Parts, day, listed, sentence
from tests.bdd.world import Fields, World

TITLE = r'"(?P<title>[^"]+)"'
QUESTIONNAIRES = {
    "condition review": "five-conditions",
    "strategy check": "regular-look",
    "business review": "business-review",
}
ENDS = {"closes": "closed", "cancels": "cancelled"}


@sentence(
    rf"{BY} opens the (?P<kind>[a-z ]+) {TITLE} of (?P<about>the draft|revision \d+), until (?P<last>{DAY}), "
    rf"asking (?P<people>{NAME}(?:, {NAME})*(?: and {NAME})?)"
)
def opened(world: World, by: str, kind: str, title: str, about: str, last: str, people: str) -> Parts:
    fields: Fields = {
        "review": title,
        "kind": kind.replace(" ", "_"),
        "title": title,
        "strategy": world.strategy,
        "questionnaire": QUESTIONNAIRES.get(kind, "clear-believable-implementable"),
        "participants": listed(people),
        "closes": _end_of(last),
    }
    if about != "the draft":
        fields["revision"] = int(about.removeprefix("revision "))
    yield Part(topic="review.opened", fields=fields, by=by)


@sentence(
    rf"{BY} opens the commitment audit {TITLE} of (?P<about>revision \d+), until (?P<last>{DAY}), "
    rf"to report back by (?P<back>{DAY}), asking (?P<people>{NAME}(?:, {NAME})*(?: and {NAME})?)"
)
def audited(world: World, by: str, title: str, about: str, last: str, back: str, people: str) -> Parts:
    (part,) = opened(world, by, "commitment audit", title, about, last, people)
    asked = {"questionnaire": "commitment-audit", "reported_back": day(back).isoformat()}
    yield Part(topic=part.topic, fields={**part.fields, **asked}, by=by)


@sentence(rf"(?P<by>{NAME})(?:, for (?P<party>{NAME}),)? answers {TITLE} with (?P<answers>.+)")
def answered(world: World, by: str, party: str | None, title: str, answers: str) -> Parts:
    given = {each.rpartition(" ")[0]: _answer(each.rpartition(" ")[2]) for each in listed(answers)}
    yield Part(topic="review.answered", fields={"review": title, "person": party or by, "answers": given}, by=by)


@sentence(rf"{BY} extends {TITLE} until (?P<last>{DAY})")
def extended(world: World, by: str, title: str, last: str) -> Parts:
    yield Part(topic="review.extended", fields={"review": title, "closes": _end_of(last)}, by=by)


@sentence(
    rf'{BY} charters (?P<facilitator>{NAME}) to run {TITLE} by "(?P<method>[^"]+)", '
    rf'to report back by (?P<last>{DAY}), and owns it: "(?P<words>[^"]+)"'
)
def chartered(world: World, by: str, facilitator: str, title: str, method: str, last: str, words: str) -> Parts:
    terms = {"method": method, "ownership": words, "responds_by": day(last).isoformat()}
    yield Part(topic="review.chartered", fields={"review": title, "facilitator": facilitator, **terms}, by=by)


@sentence(rf"{BY} discharges the facilitator of {TITLE}")
def discharged(world: World, by: str, title: str) -> Parts:
    yield Part(topic="review.discharged", fields={"review": title}, by=by)


@sentence(rf"{BY} (?P<act>closes|cancels) {TITLE}")
def ended(world: World, by: str, act: str, title: str) -> Parts:
    yield Part(topic=f"review.{ENDS[act]}", fields={"review": title}, by=by)


@sentence(rf"{BY} publishes the results of {TITLE}")
def published(world: World, by: str, title: str) -> Parts:
    yield Part(topic="review.published", fields={"review": title}, by=by)


@sentence(rf"{BY} withdraws edition (?P<edition>\d+) of the results of {TITLE}")
def withdrawn(world: World, by: str, edition: str, title: str) -> Parts:
    yield Part(topic="review.withdrawn", fields={"review": title, "edition": int(edition)}, by=by)


@sentence(rf'{BY} finds in {TITLE} that "(?P<text>[^"]+)"')
def found(world: World, by: str, title: str, text: str) -> Parts:
    yield Part(topic="review.found", fields={"review": title, "finding": text, "text": text}, by=by)


def _answer(text: str) -> Fields:
    return {text: True} if text in {"unknown", "skip"} else {"score": int(text)}


def _end_of(last: str) -> str:
    return first_instant(day(last) + timedelta(days=1)).isoformat()
