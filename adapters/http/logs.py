"""The log: one JSON object a line, with ids and figures and never a personal text."""

from __future__ import annotations

import logging
import re
import time
from datetime import UTC, datetime
from uuid import uuid4

import msgspec
from flask import Flask, Response, g, request

from adapters.http.silence import leaves_no_trace

LOG = logging.getLogger("avow.http")
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class Lines(logging.Formatter):
    """Each record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. An exception is told by its type and place: its message may hold what somebody wrote."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "log": record.name,
            "event": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["fault"] = record.exc_info[0].__name__
        return msgspec.json.encode(line).decode()


def log_requests(app: Flask) -> None:
    """Give each request an id, and write one line when it is answered: the route's pattern, never its values.

    What a participant of a confidential review does leaves none: see `adapters.http.silence`.
    """

    def begin() -> None:
        asked = request.headers.get("X-Request-Id", "")
        g.request_id = asked if REQUEST_ID.fullmatch(asked) else uuid4().hex
        g.began = time.perf_counter()

    def end(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.request_id
        rule = request.url_rule.rule if request.url_rule is not None else None
        if rule is None or not (rule.startswith("/health/") or leaves_no_trace()):
            session = g.get("session")
            LOG.info(
                "request",
                extra={
                    "facts": {
                        "request": g.request_id,
                        "method": request.method,
                        "route": rule,
                        "status": response.status_code,
                        "problem": g.get("problem"),
                        "ms": round((time.perf_counter() - g.began) * 1000, 1),
                        "organisation": str(session.organisation) if session is not None else None,
                    }
                },
            )
        return response

    app.before_request(begin)
    app.after_request(end)
