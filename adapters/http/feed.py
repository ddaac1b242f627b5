"""The feed over HTTP: what was recorded, as CloudEvents 1.0, page by page or as a stream of server-sent events."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from flask import Response, copy_current_request_context, request
from flask_smorest import Blueprint  # type: ignore[import-untyped]

from adapters.cloud_events import event_of
from adapters.http.document import Document, problems
from adapters.http.noun import ROOT, path_parameters
from adapters.http.presenting import encode
from adapters.http.refusals import FieldsNotValid, HeaderMalformed, HttpRefusal
from adapters.http.services import Services
from adapters.http.session import Session, open_session
from adapters.http.streams import Stream, Streams
from application import permissions
from application.feed import Feed
from domain.catalogue import CATALOGUE
from domain.kernel import Recorded, RefusalKind
from domain.organisation import ClockKind

BATCH = "application/cloudevents-batch+json"
EVENTS = "text/event-stream"
PAGE, MOST = 100, 500
"""How many events a page has when unstated, and at most."""
POSITION = re.compile(r"\d{1,15}", re.ASCII)
ARGUMENTS = frozenset({"after", "limit", "topics"})


@dataclass(eq=False)
class BehindNothing(HttpRefusal):
    """A position to go on behind that the organisation has not come to."""

    position: int
    newest: int
    status = 422
    kind = RefusalKind.INVALID
    where = "after"
    rule = "nothing is recorded at position {position} yet, so there is nothing behind it"
    way_out = "go on behind the id of an event that you were given, {newest} at most; begin with 0"


@dataclass(frozen=True)
class Feeding:
    """Answers the two forms of the feed."""

    services: Services
    streams: Streams = field(default_factory=Streams)

    def answer(self, organisation: str) -> Response:
        """Answer one GET. Raises the refusal of the rule that is not met."""
        session = open_session(self.services, organisation)
        permissions.check(session.caller, "feed")
        streamed = request.accept_mimetypes.best_match([BATCH, "application/json", EVENTS], BATCH) == EVENTS
        after, limit, topics = self._asked(session, streamed=streamed)
        feed = Feed(self.services.ledger)
        if streamed:
            return self._stream(feed, session, organisation, after, topics)
        batch = feed.after(session.caller, after, limit, topics)
        headers = {
            "Cache-Control": "private, no-cache",
            "Vary": "Authorization, Accept",
            "Avow-Position": str(batch.reached),
        }
        if batch.more:
            kept = {name: value for name, value in request.args.items() if name != "after"}
            headers["Link"] = f'<{quote(request.path)}?{urlencode({**kept, "after": batch.reached})}>; rel="next"'
        events = [self._told(session, each) for each in batch.seen]
        return Response(encode(events), 200, headers, content_type=BATCH)

    def _told(self, session: Session, recorded: Recorded) -> dict[str, Any]:
        simulated = session.settings.clock is ClockKind.SIMULATED
        return event_of(self.services.ledger, recorded, simulated=simulated)

    def _stream(self, feed: Feed, session: Session, organisation: str, after: int, topics: tuple[str, ...]) -> Response:
        def authorise() -> Session:
            found = open_session(self.services, organisation)
            permissions.check(found.caller, "feed")
            return found

        again = copy_current_request_context(authorise)
        stream = Stream(self.streams, feed, session, after, topics, again, self._told)
        headers = {"Cache-Control": "no-store", "Vary": "Authorization, Accept", "X-Accel-Buffering": "no"}
        response = Response(stream, 200, headers, content_type=EVENTS)
        response.call_on_close(stream.close)
        return response

    def _asked(self, session: Session, *, streamed: bool) -> tuple[int, int, tuple[str, ...]]:
        """Position, limit and topics of the request. Raises FieldsNotValid, HeaderMalformed, BehindNothing."""
        wrong: dict[str, str] = {}
        for name, values in request.args.lists():
            if name not in ARGUMENTS:
                wrong[name[:80]] = "there is no such argument here"
            elif len(values) > 1:
                wrong[name] = "this is given more than once"
        after, limit = request.args.get("after", "0"), request.args.get("limit", str(PAGE))
        if not POSITION.fullmatch(after):
            wrong["after"] = "this has to be a position: a whole number"
        if not (POSITION.fullmatch(limit) and 1 <= int(limit) <= MOST):
            wrong["limit"] = f"this has to be a whole number from 1 to {MOST}"
        topics = tuple(each for each in request.args.get("topics", "").split(",") if each)
        if unknown := sorted(set(topics) - set(CATALOGUE)):
            wrong["topics"] = "this has to be topics, separated by commas; there is no topic " + unknown[0][:80]
        if wrong:
            first = min(wrong)
            raise FieldsNotValid(first, wrong[first], wrong)
        last = request.headers.get("Last-Event-ID") if streamed else None
        if last:
            if not POSITION.fullmatch(last):
                raise HeaderMalformed("Last-Event-ID", "has to be the id of an event: a whole number")
            after = last
        head = self.services.ledger.ledger_recorder.head(session.organisation)
        newest = head.position if head is not None else 0
        if int(after) > newest:
            raise BehindNothing(int(after), newest)
        return int(after), int(limit), topics


def feed_of(services: Services, streams: Streams) -> Blueprint:
    """The route of the feed."""
    blueprint = Blueprint("feed", __name__, url_prefix=ROOT, description="What was recorded, as it is recorded.")
    feeding = Feeding(services, streams)

    def get_feed(organisation: str) -> Response:
        return feeding.answer(organisation)

    view = blueprint.doc(**_document())(get_feed)
    blueprint.add_url_rule("/feed", "get_feed", view, methods=["GET"], parameters=path_parameters("feed"))
    return blueprint


def _document() -> Document:
    position = {"type": "integer", "minimum": 0, "maximum": 999_999_999_999_999}
    text = {"type": "string"}
    attributes = ("specversion", "id", "source", "type", "subject", "time", "datacontenttype", "effectiveat", "word")
    event = {
        "type": "object",
        "required": [*attributes, "position", "data"],
        "properties": {
            **dict.fromkeys(attributes, text),
            "specversion": {"const": "1.0"},
            "position": {"type": "integer"},
            "clock": {"const": "simulated"},
            "data": {
                "type": "object",
                "required": ["record", "event"],
                "properties": {"record": text, "event": text},
                "additionalProperties": False,
            },
        },
        "additionalProperties": False,
    }
    return {
        "operationId": "get_feed",
        "summary": "Follow what is recorded.",
        "description": "Events behind a position, in the order in which they were learned, as CloudEvents: what "
        "happened to which record, and where to read on; no names and no words. What you may not see is left out.\n\n"
        "Page by page as a batch: `Avow-Position` is where to go on, `Link` with rel=next is there while there is more "
        "at once. With `Accept: text/event-stream` as server-sent events without an end; who takes it up again sends "
        "`Last-Event-ID` and misses nothing. Each second it is asked whether the caller still may.",
        "parameters": [
            {
                "in": "query",
                "name": "after",
                "required": False,
                "description": "Go on behind this position; 0, or unstated, from the beginning.",
                "schema": position,
            },
            {
                "in": "query",
                "name": "limit",
                "required": False,
                "description": "How many events a page has at most.",
                "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": PAGE},
            },
            {
                "in": "query",
                "name": "topics",
                "required": False,
                "description": "Only these topics, separated by commas.",
                "schema": {"type": "string"},
            },
            {
                "in": "header",
                "name": "Last-Event-ID",
                "required": False,
                "description": "For a stream, in place of `after`: the id of the last event that came.",
                "schema": position,
            },
        ],
        "responses": {
            "200": {
                "description": "The events.",
                "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in ("Avow-Position", "Link")},
                "content": {BATCH: {"schema": {"type": "array", "items": event}}, EVENTS: {"schema": text}},
            },
            **problems((400, 401, 403, 404, 422, 503)),
        },
        "security": [{"token": []}],
    }
