"""The regular look: the first question, effort in tenths; and what follows the findings of a business review."""

from __future__ import annotations

from tests.bdd.grammar import BY, NAME, Part, Parts, sentence
from tests.bdd.sentences.condition import TITLE
from tests.bdd.world import Fields, World


@sentence(rf"(?P<by>{NAME}) says in {TITLE} that this is (?P<wanted>still|no longer) what we want")
def answered(world: World, by: str, title: str, wanted: str) -> Parts:
    fields: Fields = {"review": title, "person": by, "wanted": wanted == "still"}
    yield Part(topic="look.answered", fields=fields, by=by)


@sentence(
    rf"(?P<by>{NAME}) tells in {TITLE} that (?P<unit>{NAME}) spent (?P<goals>\d+) tenths on goals, "
    r"(?P<exceptions>\d+) on exceptions and (?P<fires>\d+) on fire-fighting, with (?P<progress>no|some|good) progress"
)
def told(world: World, by: str, title: str, unit: str, goals: str, exceptions: str, fires: str, progress: str) -> Parts:
    fields: Fields = {
        "review": title,
        "person": by,
        "unit": unit,
        "goals": int(goals),
        "exceptions": int(exceptions),
        "fire_fighting": int(fires),
        "progress": {"no": "no", "some": "partly", "good": "yes"}[progress],
    }
    yield Part(topic="look.told", fields=fields, by=by)


@sentence(rf'{BY} lets the work "(?P<action>[^"]+)" follow the finding "(?P<finding>[^"]+)" of {TITLE}')
def followed(world: World, by: str, action: str, finding: str, title: str) -> Parts:
    yield Part(topic="look.followed", fields={"review": title, "finding": finding, "action": action}, by=by)
