"""KPIs: defined for a goal or an element, measured, retired; what follows from success and failure; switched off."""

from __future__ import annotations

from tests.bdd.grammar import BY, DAY, NAME, Part, Parts, day, sentence
from tests.bdd.world import Fields, World

KPI = r'"(?P<kpi>[^"]+)"'
NUMBER = r"-?[\d.]+"
FREQUENCIES = "weekly|monthly|quarterly|yearly"


@sentence(
    rf'{BY} defines the KPI {KPI} of (?P<what>the goal "[^"]+"|the [a-z ]+)(?:, of (?P<whose>{NAME}))?, '
    rf"in (?P<measured_in>\S+), (?:(?P<direction>up|down) from (?P<baseline>{NUMBER}) to (?P<target>{NUMBER})"
    rf"|held at (?P<held>{NUMBER})(?: give or take (?P<tolerance>{NUMBER}))?)"
    rf"(?:, measured (?P<frequency>{FREQUENCIES}) by (?P<measurer>{NAME}))?(?:, due (?P<due>{DAY}))?"
)
def defined(
    world: World, by: str, kpi: str, what: str, whose: str | None, due: str | None, **said: str | None
) -> Parts:
    fields: Fields = {"kpi": kpi, "title": kpi, "strategy": world.strategy, **world.target(what)}
    held = said.pop("held")
    if held is not None:
        said |= {"direction": "hold", "target": held}
    fields |= {name: value for name, value in said.items() if value is not None}
    if whose:
        fields["unit" if whose in world.units else "person"] = whose
    if due:
        fields["due"] = day(due).isoformat()
    yield Part(topic="kpi.defined", fields=fields, by=by)


@sentence(rf"{BY} measures {KPI} as (?P<value>\S+)")
def measured(world: World, by: str, kpi: str, value: str) -> Parts:
    yield Part(topic="kpi.measured", fields={"kpi": kpi, "value": value}, by=by)


@sentence(rf"{BY} retires the KPI {KPI}")
def retired(world: World, by: str, kpi: str) -> Parts:
    yield Part(topic="kpi.retired", fields={"kpi": kpi}, by=by)


@sentence(rf'{BY} states for {KPI}: success "(?P<success>[^"]+)", failure "(?P<failure>[^"]+)", by (?P<until>{DAY})')
def stated(world: World, by: str, kpi: str, success: str, failure: str, until: str) -> Parts:
    fields = {"kpi": kpi, "success": success, "failure": failure, "review_by": day(until).isoformat()}
    yield Part(topic="kpi.rewards_stated", fields=fields, by=by)


@sentence(rf"{BY} finds after a look that what follows for {KPI} is (?P<verdict>kept|to change)")
def looked(world: World, by: str, kpi: str, verdict: str) -> Parts:
    fields = {"kpi": kpi, "verdict": verdict.replace(" ", "_"), "reviewer": by}
    yield Part(topic="kpi.rewards_reviewed", fields=fields, by=by)


@sentence(r"the office agrees with the works council to do without KPIs of individuals")
def switched_off(world: World) -> Parts:
    fields = {"agreement": "no-scores", "parties": ["the office", "the works council"], "without": ["kpis"]}
    yield Part(topic="agreement.concluded", fields=fields)


@sentence(rf"{BY} measures (?P<outcome>[a-z_]+) of (?P<unit>{NAME}) by the KPI {KPI}")
def outcome_measured(world: World, by: str, outcome: str, unit: str, kpi: str) -> Parts:
    measure: Fields = {"strategy": world.strategy, "element": "vision", "measured_in": "%", "direction": "up"}
    yield Part(
        topic="kpi.defined", fields={**measure, "kpi": kpi, "title": kpi, "unit": unit, "outcome": outcome}, by=by
    )
