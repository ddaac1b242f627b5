"""Webhooks over HTTP: subscribe, look how it goes, try, change the secret, resume, delete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
from flask import Response
from flask_smorest import Blueprint  # type: ignore[import-untyped]

from adapters.cloud_events import tested
from adapters.http.answers import Found
from adapters.http.asks import Ask, Inquiry
from adapters.http.bodies import read_body
from adapters.http.document import Document, problems
from adapters.http.feed import BehindNothing
from adapters.http.fields import LINE_PATTERN, Several, Text, WholeNumber
from adapters.http.noun import ROOT, Noun, path_parameters
from adapters.http.presenting import encode
from adapters.http.refusals import FieldsNotValid
from adapters.http.schemas import Body, read
from adapters.http.services import Services
from adapters.http.session import Session, open_session
from adapters.instants import written
from application import permissions
from application.permissions import Caller, Role
from application.webhooks import LONGEST_OVERLAP, OVERLAP, Subscription, WebhookUnknown
from domain.catalogue import CATALOGUE

PLACE = "webhooks/<webhook>"


class WebhookBody(Body):
    """Where events are to be sent, and which."""

    url = Text(
        required=True,
        longest=2_000,
        shortest=1,
        metadata={"description": "The receiver's https address.", "examples": ["https://hooks.example.org/avow"]},
    )
    topics = Several(
        Text(longest=100, pattern=LINE_PATTERN),
        load_default=list,
        metadata={"description": "Only these topics; all where none is named.", "examples": [["commitment.made"]]},
    )
    after = WholeNumber(
        load_default=None,
        allow_none=True,
        metadata={"description": "Begin behind this position; unstated, with what is recorded from now on."},
    )


class WebhookSecretBody(Body):
    """How long the old secret holds beside the new one."""

    overlap_hours = WholeNumber(
        load_default=int(OVERLAP.total_seconds() // 3600),
        metadata={"description": f"0 to {int(LONGEST_OVERLAP.total_seconds() // 3600)} hours.", "examples": [24]},
    )


class NothingBody(Body):
    """Nothing is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookAnswer:
    """A subscription: who is called, and how that goes.

    All up to `position` was sent or passed over, `behind` tells how much was recorded since; `attempts` were made in
    vain for what follows. A disabled one says why, and stands still until it is resumed.
    """

    id: UUID
    url: str
    topics: tuple[str, ...]
    created_at: datetime
    old_secret_until: datetime | None
    position: int
    behind: int
    attempts: int
    failing_since: datetime | None
    next_attempt_at: datetime | None
    last_success_at: datetime | None
    last_failure_at: datetime | None
    last_failure: str | None
    disabled_at: datetime | None
    disabled_because: str | None


def shaped(each: Subscription, newest: int) -> WebhookAnswer:
    """A subscription as it is answered."""
    return WebhookAnswer(
        id=each.id,
        url=each.url,
        topics=each.topics,
        created_at=each.created_at,
        old_secret_until=each.overlaps_until,
        position=each.position,
        behind=max(0, newest - each.position),
        attempts=each.attempts,
        failing_since=each.failing_since,
        next_attempt_at=each.next_attempt_at,
        last_success_at=each.last_success_at,
        last_failure_at=each.last_failure_at,
        last_failure=each.last_failure,
        disabled_at=each.disabled_at,
        disabled_because=each.disabled_because,
    )


def _looks_after(caller: Caller, token: UUID, subscription: Subscription) -> bool:
    """Administrators look after all of them, an integration after its own."""
    return Role.ADMINISTRATOR in caller.roles or subscription.token == token


def listed(inquiry: Inquiry) -> Found:
    """Who is called and how that goes, as it is at present; an integration sees its own."""
    inquiry.check()
    services, token = inquiry.services, inquiry.session.token.id
    newest = _newest(services, inquiry.organisation)
    found = services.webhooks.store.of(inquiry.organisation)
    mine = [each for each in found if _looks_after(inquiry.session.caller, token, each)]
    return Found(answer=[shaped(each, newest) for each in mine])


def shown(inquiry: Inquiry) -> Found:
    """One subscription and how it goes, as it is at present."""
    inquiry.check()
    found = _find(inquiry.services, inquiry.session, inquiry.path["webhook"])
    return Found(answer=shaped(found, _newest(inquiry.services, inquiry.organisation)))


def _newest(services: Services, organisation: UUID) -> int:
    head = services.ledger.ledger_recorder.head(organisation)
    return head.position if head is not None else 0


def _find(services: Services, session: Session, text: str) -> Subscription:
    try:
        found = services.webhooks.store.find(session.organisation, UUID(text))
    except ValueError:
        found = None
    if found is None or not _looks_after(session.caller, session.token.id, found):
        raise WebhookUnknown(text[:80])
    return found


@dataclass(frozen=True)
class Subscribing:
    """Answers what changes subscriptions. Raises the refusal of the rule that is not met."""

    services: Services

    def _open(self, organisation: str) -> Session:
        session = open_session(self.services, organisation)
        permissions.check(session.caller, "webhooks")
        return session

    def subscribe(self, organisation: str) -> Response:
        """A new subscription."""
        session = self._open(organisation)
        said = read(WebhookBody, read_body()).own
        if unknown := sorted(set(said["topics"]) - set(CATALOGUE)):
            problem = "this has to be a list of topics; there is no topic " + unknown[0]
            raise FieldsNotValid("topics", problem, {"topics": problem})
        newest = _newest(self.services, session.organisation)
        after = newest if said["after"] is None else said["after"]
        if not 0 <= after <= newest:
            raise BehindNothing(after, newest)
        made, secret = self.services.webhooks.subscribe(session.token, said["url"], said["topics"], after)
        place = f"/v1/organisations/{organisation}/webhooks/{made.id}"
        return _reply({"id": str(made.id), "position": after, "secret": secret}, 201, Location=place)

    def delete(self, organisation: str, webhook: str) -> Response:
        """No more of it."""
        session = self._open(organisation)
        found = _find(self.services, session, webhook)
        self.services.webhooks.store.remove(session.organisation, found.id)
        return Response(status=204, headers={"Cache-Control": "no-store"})

    def test(self, organisation: str, webhook: str) -> Response:
        """One message of no event, sent now."""
        session = self._open(organisation)
        found = _find(self.services, session, webhook)
        read(NothingBody, read_body(required=False))
        id = f"test_{uuid4().hex}"
        body = msgspec.json.encode(tested(session.organisation, id, session.now))
        reply = self.services.webhooks.send(found, id, body)
        told = {
            "delivered": reply.delivered,
            "status": reply.status,
            "outcome": reply.way,
            "milliseconds": reply.milliseconds,
        }
        return _reply(told, 200)

    def rotate(self, organisation: str, webhook: str) -> Response:
        """A new secret."""
        session = self._open(organisation)
        found = _find(self.services, session, webhook)
        hours = read(WebhookSecretBody, read_body(required=False)).own["overlap_hours"]
        made, secret = self.services.webhooks.rotate(found, timedelta(hours=max(-1, min(hours, 10_000))))
        until = written(made.overlaps_until) if made.overlaps_until else None
        return _reply({"id": str(made.id), "secret": secret, "old_secret_until": until}, 201)

    def resume(self, organisation: str, webhook: str) -> Response:
        """On again."""
        session = self._open(organisation)
        found = _find(self.services, session, webhook)
        read(NothingBody, read_body(required=False))
        made = self.services.webhooks.resume(found, session.token)
        return _reply({"id": str(made.id), "position": made.position}, 200)


def _reply(body: dict[str, Any], status: int, **headers: str) -> Response:
    return Response(encode(body), status, {"Cache-Control": "no-store", **headers}, content_type="application/json")


WEBHOOKS = Noun(
    name="webhooks",
    description="Who is called when something is recorded: signed by the Standard Webhooks rules.",
    asks=(
        Ask(
            path="webhooks",
            view="webhooks",
            find=listed,
            title="List webhooks.",
            answers=list[WebhookAnswer],
            times=False,
        ),
        Ask(path=PLACE, view="webhooks", find=shown, title="Show a webhook.", answers=WebhookAnswer, times=False),
    ),
)

CHANGES = (
    ("POST", "webhooks"), ("DELETE", PLACE), ("POST", f"{PLACE}/tests"), ("POST", f"{PLACE}/secrets"),
    ("POST", f"{PLACE}/resumptions"),
)  # fmt: skip
"""The routes that change subscriptions."""


def webhooks_of(services: Services) -> Blueprint:
    """The routes that change subscriptions."""
    subscribing = Subscribing(services)
    blueprint = Blueprint("subscriptions", __name__, url_prefix=ROOT, description="Changing webhooks.")
    text: Document = {"type": "string"}
    moment: Document = {"type": ["string", "null"], "format": "date-time"}
    id: Document = {"type": "string", "format": "uuid"}
    position: Document = {"type": "integer"}
    reply: dict[str, Document] = {
        "delivered": {"type": "boolean"},
        "status": {"type": ["integer", "null"]},
        "outcome": text,
        "milliseconds": position,
    }
    views: tuple[tuple[Callable[..., Response], Document], ...] = (
        (
            subscribing.subscribe,
            _document(
                "Subscribe to what is recorded.",
                "Events are sent as CloudEvents, one a request, in order, until the receiver answers with 2xx. The "
                "secret that they are signed with is told this once.",
                WebhookBody,
                201,
                {"id": id, "position": position, "secret": text},
            ),
        ),
        (subscribing.delete, _document("Delete a webhook.", "Nothing is sent to it any more.", None, 204, {})),
        (
            subscribing.test,
            _document(
                "Send a test message.",
                "One message of the type `webhook.tested`, signed like any other, is sent while you wait.",
                NothingBody,
                200,
                reply,
            ),
        ),
        (
            subscribing.rotate,
            _document(
                "Change the secret.",
                "Until the overlap ends, messages bear a signature by the old secret too.",
                WebhookSecretBody,
                201,
                {"id": id, "secret": text, "old_secret_until": moment},
            ),
        ),
        (
            subscribing.resume,
            _document(
                "Resume a webhook.",
                "One that was disabled, or waits for another attempt, goes on at once where it stopped. From then on "
                "it acts for you: it is sent what you may see.",
                NothingBody,
                200,
                {"id": id, "position": position},
            ),
        ),
    )
    for (method, path), (view, document) in zip(CHANGES, views, strict=True):
        name = f"{method.lower()}_webhooks_{view.__name__}"

        def answer(organisation: str, *, view: Callable[..., Response] = view, **place: str) -> Response:
            return view(organisation, **place)

        answer.__name__ = name
        blueprint.add_url_rule(
            f"/{path}",
            name,
            blueprint.doc(**document, operationId=name)(answer),
            methods=[method],
            parameters=path_parameters(path),
        )
    return blueprint


def _document(
    summary: str, description: str, body: type[Body] | None, status: int, answer: dict[str, Document]
) -> Document:
    content = {"application/json": {"schema": {"type": "object", "required": [*answer], "properties": answer}}}
    found: Document = {
        "summary": summary,
        "description": description,
        "responses": {
            str(status): {"description": "Done.", **({"content": content} if answer else {})},
            **problems((400, 401, 403, 404, 409, 413, 415, 422, 503)),
        },
        "security": [{"token": []}],
    }
    if body is not None:
        required = body is WebhookBody
        found["requestBody"] = {"required": required, "content": {"application/json": {"schema": body}}}
    return found
