"""What stands behind the figures: the records of an opened figure, and the events of a history.

Private texts stay sealed in what these functions return; whoever presents a page opens them in one go.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from application.answers import Plain, plain, target
from application.ledger import Ledger
from application.questions import Asked, Questions
from domain.alignment import Alignment
from domain.catalogue import aggregate_of
from domain.chart import Chart
from domain.judgement import Judged
from domain.kernel import Party, Recorded, Refusal, RefusalKind, Word
from domain.situation import Situation
from domain.temporal import Timeline


@dataclass(eq=False)
class FigureUnknown(Refusal):
    """A figure was to be opened that the alignment state does not have."""

    figure: str
    kind = RefusalKind.UNKNOWN
    where = "figure"
    rule = "the alignment state has no figure {figure!r}"
    way_out = "use a name given under `figure` in the alignment state"


def behind(ledger: Ledger, asked: Asked, streams: Sequence[UUID]) -> dict[UUID, list[Plain]]:
    """The events that make up these records at the moment: of each fact that acts there, its newest known word."""
    found: dict[UUID, list[Plain]] = {}
    placed = ledger.ledger_recorder.select_streams(asked.organisation, streams, until=asked.position)
    for stream, events in placed.items():
        recorded = [ledger.recorded(each) for each in events]
        by_version = {each.event.version: each for each in recorded}
        aggregate = aggregate_of(recorded[0].event.topic)
        timeline: Timeline[Any] = Timeline.of(aggregate, (each.event for each in recorded))
        found[stream] = [event(by_version[fact.word], by_version) for fact in timeline.until(asked.valid_at)]
    return found


def event(recorded: Recorded, by_version: dict[int, Recorded] | None = None) -> Plain:
    """One event with its envelope, content, known time, and what it corrects."""
    said = recorded.event
    corrects = by_version.get(said.fact) if by_version is not None and said.word is not Word.FACT else None
    return {
        "position": recorded.position,
        "recorded_at": plain(recorded.recorded_at),
        "topic": said.topic,
        "word": str(said.word),
        "stream": str(said.stream),
        "version": said.version,
        "fact": said.fact,
        "corrects": corrects.position if corrects is not None else None,
        "effective_at": plain(said.effective_at),
        "actor": said.actor,
        "imported": said.actor.imported is not None,
        "on_behalf": said.actor.on_behalf_of is not None,
        "command": str(said.command),
        "index": said.index,
        "reason": said.reason,
        "labels": dict(said.labels),
        "content": said.content,
    }


def opened(questions: Questions, asked: Asked, found: Alignment, name: str, records: Sequence[UUID]) -> list[Plain]:
    """The given records of a figure, each with what it says at the moment, the events behind it, and what it rests on.

    A person or a unit rests on the statements that make it count: acknowledgements, commitments, or that they answered.
    """
    figure, rests_on = found.figures[name], _Rests(found, name)
    beside = {record: rests_on.on(record) for record in records}
    streams = {*records} if figure.of != "units" else set[UUID]()
    events = behind(questions.ledger, asked, sorted(streams.union(*(dict(each) for each in beside.values()))))
    if figure.of == "units":
        events |= _about_units(questions, asked, records)
    return [
        {
            "kind": KINDS[figure.of],
            "id": str(record),
            **_details(found, figure.of, record),
            "events": events.get(record, []),
            "rests_on": [
                {"kind": KINDS[of], "id": str(id), **_details(found, of, id), "events": _shown(of, events.get(id, []))}
                for id, of in beside[record]
            ],
        }
        for record in records
    ]


def _shown(of: str, events: list[Plain]) -> list[Plain]:
    """The events as a figure shows them: that somebody answered, and not what."""
    return [{**each, "content": None} for each in events] if of == "responses" else events


KINDS: Mapping[str, str] = {
    "people": "person", "units": "unit", "commitments": "commitment", "duties": "duty", "goals": "goal",
    "acknowledgements": "acknowledgement", "responses": "response",
}  # fmt: skip
"""What one record of a kind is called."""


class _Rests:
    """Which statements make a person or a unit count in a figure: their ids, and of which kind they are."""

    def __init__(self, found: Alignment, name: str) -> None:
        self.by_party = defaultdict[UUID, list[tuple[UUID, str]]](list)
        if name.startswith("parties/"):
            for each in found.commitments:
                self.by_party[each.party.id].append((each.id, "commitments"))
                for party in each.state.turned_down_by:
                    self.by_party[party.id].append((each.id, "commitments"))
        if name.startswith("acknowledgement/"):
            for id, said in found.situation.acknowledgements.items():
                if said.person is not None:
                    self.by_party[said.person].append((id, "acknowledgements"))
        review, _, last = name.removeprefix("reviews/").partition("/")
        if last == "answered":
            for id, response in found.situation.responses.items():
                if str(response.review) == review and response.person is not None:
                    self.by_party[response.person].append((id, "responses"))

    def on(self, record: UUID) -> list[tuple[UUID, str]]:
        return sorted(self.by_party.get(record, []))


def _about_units(questions: Questions, asked: Asked, units: Sequence[UUID]) -> dict[UUID, list[Plain]]:
    """What happened to these units, out of the stream that holds the whole chart."""
    chart = behind(questions.ledger, asked, [asked.organisation])[asked.organisation]

    def concerns(content: object, unit: UUID) -> bool:
        into = getattr(content, "into", ())
        return unit in (getattr(content, "unit", None), *(into if isinstance(into, tuple) else (into,)))

    return {unit: [each for each in chart if concerns(each["content"], unit)] for unit in units}


def records_of(found: Alignment, name: str) -> tuple[UUID, ...]:
    """The ids behind a figure, in a fixed order. Raises FigureUnknown."""
    if name not in found.figures:
        raise FigureUnknown(name)
    return tuple(sorted(found.figures[name].records))


def _details(found: Alignment, of: str, record: UUID) -> Plain:
    """What a record says as of the moment, under the labels of that moment."""
    situation = found.situation
    chart, at = situation.organisation.chart, situation.valid_at
    match of:
        case "commitments" if record in found.said:
            return commitment(situation, found.said[record])
        case "people" if record in situation.people:
            person = situation.people[record]
            known = person.known_as(at)
            units = sorted(found.population.seats.get(record, ()))
            return {
                "name": known.name if known else None,
                "units": [_unit(chart, unit, at) for unit in units],
                "rank": person.rank(at),
                "answers_for": [
                    {"element": each.element, "goal": plain(each.goal), "since": plain(each.since)}
                    for each in found.on_the_hook
                    if each.person == record
                ],
            }
        case "units":
            return {"name": chart.name(record, at)}
        case "duties" if record in situation.duties:
            return {"duty": situation.duties[record]}
        case "goals" if record in situation.goals:
            goal = situation.goals[record]
            return {"key": goal.key, "title": goal.title, "status": str(goal.status), "unit": plain(goal.unit)}
        case "acknowledgements" if record in situation.acknowledgements:
            return {"statements": situation.acknowledgements[record].statements}
        case _:
            return {}


def _unit(chart: Chart, unit: UUID, at: datetime) -> Plain:
    return {"kind": "unit", "id": str(unit), "name": chart.name(unit, at)}


def commitment(situation: Situation, judged: Judged) -> Plain:
    """A commitment as it stands: what was said, by whom from which unit then, and what is to be said of it now."""
    state, chart = judged.state, situation.organisation.chart
    return {
        "party": plain_party(judged.party),
        "said_in": _said_in(situation, judged),
        "target": target(situation, judged.target),
        "standing": str(state.standing),
        "flags": sorted(map(str, judged.flags)),
        "current": judged.current,
        "level": state.terms.level,
        "role": state.terms.role,
        "result": state.terms.result,
        "by_when": plain(state.terms.by_when),
        "champion": plain(state.terms.champion),
        "revision": state.seen.revision if state.seen else None,
        "content_hash": state.seen.content_hash if state.seen else None,
        "made_at": plain(state.made_at),
        "stated_at": plain(state.stated_at),
        "ended_at": plain(state.ended_at),
        "offered_to": plain_party(state.offered_to) if state.offered_to else None,
        "unit_name": chart.name(judged.party.id, situation.valid_at) if judged.party.kind == "unit" else None,
    }


def _said_in(situation: Situation, judged: Judged) -> list[Plain]:
    """The units its person sat in when the statement was last affirmed: what was said stays where it was said."""
    at, chart = judged.state.stated_at, situation.organisation.chart
    if judged.party.kind != "person" or at is None or judged.party.id not in situation.people:
        return []
    places = situation.people[judged.party.id].memberships(at)
    return [_unit(chart, unit, situation.valid_at) for unit in sorted({place.unit for place in places})]


def plain_party(party: Party) -> Plain:
    """A party as in the history format, by Avow's id."""
    return {party.kind: str(party.id)}


def history(
    ledger: Ledger,
    asked: Asked,
    *,
    after: int = 0,
    limit: int = 100,
    topics: Sequence[str] = (),
    stream: UUID | None = None,
    actor: UUID | None = None,
    command: UUID | None = None,
) -> Iterable[Recorded]:
    """The events up to the moment's position, in the order they were learned, that pass the filters."""
    recorder = ledger.ledger_recorder
    if stream is not None:
        placed = recorder.select_stream(asked.organisation, stream, until=asked.position)
        chosen: Iterable[Recorded] = (ledger.recorded(each) for each in placed if each.position > after)
    else:
        chosen = _pages(ledger, asked, after, topics)
    given = 0
    for each in chosen:
        if topics and each.event.topic not in topics:
            continue
        if actor is not None and each.event.actor.person != actor:
            continue
        if command is not None and each.event.command != command:
            continue
        yield each
        given += 1
        if given == limit:
            return


def _pages(ledger: Ledger, asked: Asked, after: int, topics: Sequence[str]) -> Iterable[Recorded]:
    while True:
        page = ledger.ledger_recorder.select_positions(
            asked.organisation, after=after, until=asked.position, limit=500, topics=topics
        )
        if not page:
            return
        for placed in page:
            yield ledger.recorded(placed)
        after = page[-1].position
