"""The history over HTTP: events with filters, what caused and corrected them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.attributed import opens
from adapters.http.noun import Noun
from adapters.http.refusals import EventUnknown, FieldsNotValid
from adapters.http.shapes import EventAnswer, WholeEventAnswer
from application import records
from domain.catalogue import CATALOGUE
from domain.kernel import Event, Recorded, Word

UUID_SCHEMA = {"type": "string", "format": "uuid"}


def listed(inquiry: Inquiry) -> Found:
    """The events in the order in which they were learned: with envelope, content, cause, and what they correct."""
    inquiry.check()
    topics = [each for each in inquiry.arguments.get("topics", "").split(",") if each]
    if unknown := sorted(set(topics) - set(CATALOGUE)):
        problem = "this has to be topics, separated by commas; there is no topic " + unknown[0][:80]
        raise FieldsNotValid("topics", problem, {"topics": problem})
    stream, command = _uuid(inquiry, "stream"), _uuid(inquiry, "command")
    actor, label = inquiry.named("person", "actor"), inquiry.arguments.get("label")
    after = int(inquiry.cursor.after) if inquiry.cursor else 0
    ledger = inquiry.services.ledger
    found = list[Recorded]()
    for each in records.history(
        ledger, inquiry.asked, after=after, limit=10**9, topics=topics, stream=stream, actor=actor, command=command
    ):
        if label is not None and not _labelled(each.event, label):
            continue
        found.append(each)
        if len(found) > inquiry.page_size:
            break
    shown_now = found[: inquiry.page_size]
    asks = {
        "topics": topics,
        "stream": stream,
        "actor": actor,
        "command": command,
        "label": label,
        "after": after,
        "page_size": inquiry.page_size,
    }
    link = inquiry.link(str(shown_now[-1].position)) if len(found) > inquiry.page_size else None
    return Found(answer=[_told(inquiry, each) for each in shown_now], asks=asks, next=link)


def _labelled(event: Event, wanted: str) -> bool:
    name, _, value = wanted.partition("=")
    return name in event.labels and (not value or event.labels[name] == value)


def _uuid(inquiry: Inquiry, name: str) -> UUID | None:
    text = inquiry.arguments.get(name)
    try:
        return UUID(text) if text is not None else None
    except ValueError:
        problem = "this has to be an id of Avow's, such as 5f0c7a52-0d3b-4f6e-9f57-3a1f5f0c7a52"
        raise FieldsNotValid(name, problem, {name: problem}) from None


def _told(inquiry: Inquiry, each: Recorded) -> dict[str, Any]:
    by_version = None
    if each.event.word is not Word.FACT:
        ledger = inquiry.services.ledger
        placed = ledger.ledger_recorder.select_stream(inquiry.organisation, each.event.stream, until=each.position)
        by_version = {one.event.version: one for one in map(ledger.recorded, placed)}
    told = records.event(each, by_version)
    return told if opens(inquiry, each) else {**told, "content": None, "reason": None}


def shown(inquiry: Inquiry) -> Found:
    """One event, with every word on its fact; its ETag is that of the record it belongs to, for a correction."""
    inquiry.check()
    recorded = _at(inquiry, inquiry.path["position"])
    ledger = inquiry.services.ledger
    placed = ledger.ledger_recorder.select_stream(
        inquiry.organisation, recorded.event.stream, until=inquiry.asked.position
    )
    words = [ledger.recorded(each) for each in placed]
    same = [each for each in words if each.event.fact == recorded.event.fact]
    answer = {
        **_told(inquiry, recorded),
        "words": [
            {"position": each.position, "word": each.event.word, "recorded_at": each.recorded_at} for each in same
        ],
    }
    version = words[-1].event.version if inquiry.moments.at_present else None
    return Found(answer=answer, asks={"event": recorded.position}, version=version)


def _at(inquiry: Inquiry, text: str) -> Recorded:
    position = int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
    if position > inquiry.asked.position:
        raise EventUnknown(text[:80], inquiry.asked.position)
    ledger = inquiry.services.ledger
    placed = ledger.ledger_recorder.select_positions(inquiry.organisation, after=max(0, position - 1), limit=1)
    if position < 1 or not placed:
        raise EventUnknown(text[:80], inquiry.asked.position)
    return ledger.recorded(placed[0])


HISTORY = Noun(
    name="history",
    description="Every event, in the order in which it was learned; nothing is ever overwritten, only corrected.",
    asks=(
        Ask(
            path="history",
            view="history",
            find=listed,
            title="List events.",
            answers=list[EventAnswer],
            pages=True,
            arguments=(
                Argument(name="topics", meaning="Only these topics, separated by commas."),
                Argument(name="stream", meaning="Only events of this record, by its id.", schema=UUID_SCHEMA),
                Argument(name="actor", meaning="Only events by this person, by key or id."),
                Argument(name="command", meaning="Only events of this request, by its id.", schema=UUID_SCHEMA),
                Argument(name="label", meaning="Only events with this label: name, or name=value."),
            ),
        ),
        Ask(path="history/<position>", view="history", find=shown, title="Show an event.", answers=WholeEventAnswer),
    ),
)
