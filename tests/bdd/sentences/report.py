"""Reports: published, withdrawn."""

from __future__ import annotations

from tests.bdd.driver import last_instant
from tests.bdd.grammar import BY, DAY, NAME, Part, Parts, day, sentence
from tests.bdd.world import World

QUOTED = r'"(?P<{}>[^"]+)"'
TITLE, AUDIENCE = QUOTED.format("title"), QUOTED.format("audience")


@sentence(rf"{BY} reports (?P<strategy>{NAME}) to {AUDIENCE} as {TITLE}, as of (?P<of>{DAY})")
def reported(world: World, by: str, strategy: str, audience: str, title: str, of: str) -> Parts:
    fields = {"report": title, "title": title, "strategy": strategy, "audience": audience}
    moment = {"valid_at": last_instant(day(of)).isoformat()}
    yield Part(topic="report.published", fields={**fields, **moment}, by=by)


@sentence(rf"{BY} withdraws the report {TITLE}")
def withdrawn(world: World, by: str, title: str) -> Parts:
    yield Part(topic="report.withdrawn", fields={"report": title}, by=by)
