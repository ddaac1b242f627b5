"""Units over HTTP: the chart, as of any instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from adapters.http.refusals import NotBegunThen
from domain.chart import Chart
from domain.organisation import ORGANISATION
from domain.unit import Ending, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAnswer:
    """One unit as of a moment. Without a parent it stands at the top, or is unplaced since its parent ended."""

    id: UUID
    key: str | None
    name: str
    kind: str
    parent: UUID | None
    unplaced: bool
    spokesperson: UUID | None
    since: datetime
    until: datetime | None
    ending: Ending | None
    successors: tuple[UUID, ...]
    predecessors: tuple[UUID, ...]


def shaped(id: UUID, unit: Unit, chart: Chart, at: datetime) -> UnitAnswer:
    """A unit as it is answered."""
    label, ended = unit.label(at), unit.until is not None and unit.until <= at
    parent = chart.parent(id, at)
    return UnitAnswer(
        id=id,
        key=unit.key,
        name=label.name,
        kind=label.kind,
        parent=parent,
        unplaced=not ended and parent is None and unit.stated_parent(at) is not None,
        spokesperson=chart.spokesperson(id, at),
        since=unit.since,
        until=unit.until if ended else None,
        ending=unit.ending if ended else None,
        successors=chart.successors(id, at),
        predecessors=chart.predecessors(id, at),
    )


def listed(inquiry: Inquiry) -> Found:
    """The units that there were at the moment; with `ended=true` those too that had ended by then."""
    inquiry.check()
    ended = inquiry.arguments.get("ended") == "true"
    above, at = inquiry.named("unit", "within"), inquiry.asked.valid_at
    state = inquiry.states(ORGANISATION, streams=[inquiry.organisation]).get(inquiry.organisation)
    chart = state.chart if state is not None else Chart()
    tree = chart.subtree(above, at) if above is not None else None

    def shape(_: str, entry: tuple[UUID, Unit]) -> UnitAnswer | None:
        id, unit = entry
        if unit.since > at or (tree is not None and id not in tree) or not (ended or chart.alive(id, at)):
            return None
        return shaped(id, unit, chart, at)

    entries = ((str(id), (id, unit)) for id, unit in sorted(chart.units()))
    return inquiry.page(entries, shape, {"within": above, "ended": ended})


def shown(inquiry: Inquiry) -> Found:
    """One unit. Without times its ETag, the organisation's, goes into If-Match of whatever changes the chart."""
    inquiry.check()
    id, at = inquiry.find("unit"), inquiry.asked.valid_at
    state, version = inquiry.own(ORGANISATION, inquiry.organisation)
    unit = state.chart.unit(id)
    if unit is None or unit.since > at:
        raise NotBegunThen("unit", inquiry.path["unit"])
    return Found(answer=shaped(id, unit, state.chart, at), asks={"unit": id}, version=version)


def _on(sub_resource: str, topic: str) -> Act:
    return Act(path=f"units/<path:unit>/{sub_resource}", topic=topic, leads_to="units/{id}", id="unit", changes=True)


UNITS = Noun(
    name="units",
    description="The organisation chart. All units are one record: its version is the organisation's.",
    acts=(
        Act(path="units", topic="unit.formed", leads_to="units/{id}", id="unit"),
        _on("names", "unit.renamed"),
        _on("moves", "unit.moved"),
        _on("mergers", "unit.merged"),
        _on("splits", "unit.split"),
        _on("dissolutions", "unit.dissolved"),
        _on("spokespersons", "spokesperson.named"),
    ),
    asks=(
        Ask(
            path="units",
            view="chart",
            find=listed,
            title="List units.",
            answers=list[UnitAnswer],
            pages=True,
            arguments=(
                Argument(name="within", meaning="Only this unit, by key or id, and those below it."),
                Argument(
                    name="ended",
                    meaning="Whether to list units too that had ended by then.",
                    schema={"type": "string", "enum": ["true", "false"]},
                ),
            ),
        ),
        Ask(path="units/<path:unit>", view="chart", find=shown, title="Show a unit.", answers=UnitAnswer),
    ),
)
