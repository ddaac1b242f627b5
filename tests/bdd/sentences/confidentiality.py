"""Reviews in confidence: who is asked, on which terms."""

from __future__ import annotations

from datetime import timedelta

from tests.bdd.driver import first_instant
from tests.bdd.grammar import BY, DAY, Part, Parts, day, sentence
from tests.bdd.world import World

MODES = {"in confidence": "confidential", "by name": "attributed"}


@sentence(
    rf'{BY} asks (?P<team>everybody|[A-Z][\w ]*?) (?P<how>in confidence|by name) in "(?P<title>[^"]+)" '
    rf"until (?P<last>{DAY}), to report back by (?P<report>{DAY})"
)
def asked(world: World, by: str, team: str, how: str, title: str, last: str, report: str) -> Parts:
    asks = team.replace(" ", "") + "-" if team != "everybody" else ""
    fields = {
        "review": title,
        "kind": "commitment_audit",
        "title": title,
        "strategy": world.strategy,
        "revision": 1,
        "questionnaire": "commitment-audit",
        "mode": MODES[how],
        "participants": [person for person in world.driver.people if person.startswith(asks) and person != by],
        "closes": first_instant(day(last) + timedelta(days=1)).isoformat(),
        "reported_back": day(report).isoformat(),
    }
    yield Part(topic="review.opened", fields=fields, by=by)
