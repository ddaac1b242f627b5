"""Webhooks against a real receiver on the loopback address: signed, in order, until taken, and within permissions."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID, uuid4

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from adapters.bootstrap import Installation, in_memory, on_postgres
from adapters.calling import HttpReceivers, networks_of
from adapters.crypto.keys import KeyEncryptionKey
from adapters.http.app import create_app
from application.delivering import Deliverer
from application.permissions import Role
from application.tokens import digest_of
from application.webhooks import Subscription
from tests.support.api import Api

Json = Any
LOOPBACK = networks_of("127.0.0.0/8")


@dataclass
class Receiver:
    """Keeps what it is sent, and answers the statuses that it is told to; 200 once they are used up."""

    port: int = 0
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list[tuple[dict[str, str], bytes]])
    answers: list[int] = field(default_factory=list[int])
    headers: dict[str, str] = field(default_factory=dict[str, str])
    slowness: float = 0
    trickle: bool = False
    body: bytes = b""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?a=b"

    @property
    def events(self) -> list[Json]:
        return [json.loads(body) for _, body in self.got]

    def verified(self, secret: str) -> list[Json]:
        return [Webhook(secret).verify(body, headers) for headers, body in self.got]


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            time.sleep(receiver.slowness)
            if receiver.trickle:
                for _ in range(100):
                    self.wfile.write(b"HTTP/1.1 200 OK\r\n"[:1])
                    self.wfile.flush()
                    time.sleep(0.1)
                return
            self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(receiver.body)))
            self.end_headers()
            self.wfile.write(receiver.body)

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except OSError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver.port = server.server_port
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        serving.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            serving.join()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@dataclass
class Clock:
    """What the office takes for now."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass
class Hooked:
    """An organisation with a deliverer whose clock is moved by hand."""

    api: Api
    deliverer: Deliverer
    clock: Clock

    @classmethod
    def of(cls, installation: Installation) -> Hooked:
        clock = Clock()
        office = replace(installation.webhooks, now=lambda: clock.now, receivers=HttpReceivers(LOOPBACK, patience=1.0))
        installation = replace(installation, webhooks=office)
        api = Api.found(f"hooked-{uuid4()}", installation=installation, client=create_app(installation).test_client())
        deliverer = installation.deliverer()
        deliverer.chance = lambda: 0.5
        return cls(api, deliverer, clock)

    def subscribe(self, url: str, who: str = "administrator", **said: Json) -> tuple[UUID, str]:
        made: Json = self.api.as_(who).post("webhooks", {"url": url, **said}).json
        assert "secret" in made, made
        return UUID(made["id"]), made["secret"]

    def unit(self, name: str) -> None:
        done = self.api.as_("administrator").post("units", {"unit": name, "name": name, "kind": "team"})
        assert done.status_code == 201, done.json

    def deliver(self, id: UUID) -> int:
        return self.deliverer.deliver(self.api.organisation, id)

    def shown(self, id: UUID) -> Json:
        position = str(self.api.position)
        found: Json = self.api.as_("administrator").get(f"webhooks/{id}", Avow_At_Least=position).json
        return found["answer"]

    def due(self) -> list[UUID]:
        return [id for of, id in self.deliverer.office.store.due(self.clock.now) if of == self.api.organisation]

    def kept(self, id: UUID) -> Subscription:
        found = self.deliverer.office.store.find(self.api.organisation, id)
        assert found is not None
        return found


@pytest.fixture(params=["memory", "postgres"])
def hooked(request: pytest.FixtureRequest) -> Iterator[Hooked]:
    if request.param == "memory":
        yield Hooked.of(in_memory())
        return
    dsn = request.getfixturevalue("followed_postgres_dsn")
    with on_postgres(dsn, KeyEncryptionKey(bytes(32))) as installation, projecting(installation):
        yield Hooked.of(installation)


@contextmanager
def projecting(installation: Installation) -> Iterator[None]:
    projector, stop = installation.projector(), threading.Event()
    assert projector is not None
    worker = threading.Thread(target=projector.run, args=(stop,))
    worker.start()
    try:
        yield
    finally:
        stop.set()
        worker.join()


def test_what_is_recorded_is_sent_signed_and_in_order(hooked: Hooked, receiver: Receiver) -> None:
    id, secret = hooked.subscribe(receiver.url)
    assert secret.startswith("whsec_")
    for name in ("a", "b", "c"):
        hooked.unit(name)
    assert hooked.shown(id)["behind"] == 3
    assert hooked.deliver(id) == 3
    events = receiver.verified(secret)
    assert [each["position"] for each in events] == [2, 3, 4]
    assert {each["type"] for each in events} == {"unit.formed"}
    assert {headers["content-type"] for headers, _ in receiver.got} == {"application/cloudevents+json; charset=utf-8"}
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 3
    assert hooked.deliver(id) == 0
    shown = hooked.shown(id)
    assert (shown["behind"], shown["attempts"], shown["last_failure"]) == (0, 0, None)
    assert shown["last_success_at"] is not None
    with pytest.raises(WebhookVerificationError):
        receiver.verified("whsec_" + "A" * 44)


def test_the_secret_is_shown_once_and_kept_nowhere(hooked: Hooked, receiver: Receiver) -> None:
    id, secret = hooked.subscribe(receiver.url)
    hooked.unit("a")
    hooked.deliver(id)
    told = hooked.api.get("webhooks").text + hooked.api.get(f"webhooks/{id}").text + repr(hooked.kept(id))
    assert secret.removeprefix("whsec_") not in told


def test_an_event_is_sent_again_under_its_id_until_it_is_taken_and_none_overtakes_it(
    hooked: Hooked, receiver: Receiver
) -> None:
    id, secret = hooked.subscribe(receiver.url)
    hooked.unit("a")
    hooked.unit("b")
    receiver.answers = [500, 503, 302]
    receiver.headers = {"Location": receiver.url}
    pauses, shown = list[float](), dict[str, Any]()
    for _ in range(3):
        assert hooked.deliver(id) == 0
        assert hooked.due() == []
        shown = hooked.shown(id)
        wait = datetime.fromisoformat(shown["next_attempt_at"]) - hooked.clock.now
        pauses.append(wait.total_seconds())
        hooked.clock.now += wait
        assert hooked.due() == [id]
    assert pauses == [5, 20, 80]
    assert shown["last_failure"] == "it answered 302 (redirects are not followed)"
    assert shown["attempts"] == 3
    receiver.headers = {}
    assert hooked.deliver(id) == 2
    assert [each["position"] for each in receiver.events] == [2, 2, 2, 2, 3]
    ids = [headers["webhook-id"] for headers, _ in receiver.got]
    assert len(set(ids)) == 2
    moments = [int(headers["webhook-timestamp"]) for headers, _ in receiver.got]
    assert moments == sorted(moments)
    assert moments[3] - moments[0] >= 104
    assert len(receiver.verified(secret)) == 5


def test_a_receiver_says_when_to_come_again(hooked: Hooked, receiver: Receiver) -> None:
    id, _ = hooked.subscribe(receiver.url)
    hooked.unit("a")
    receiver.answers, receiver.headers = [429], {"Retry-After": "600"}
    hooked.deliver(id)
    assert hooked.kept(id).next_attempt_at == hooked.clock.now + timedelta(seconds=600)


def test_who_fails_for_days_is_disabled_with_the_reason_and_goes_on_where_it_stopped(
    hooked: Hooked, receiver: Receiver
) -> None:
    id, _ = hooked.subscribe(receiver.url)
    hooked.unit("a")
    receiver.answers = [500] * 3
    hooked.deliver(id)
    hooked.clock.now += timedelta(days=4, hours=23)
    hooked.deliver(id)
    assert hooked.shown(id)["disabled_at"] is None
    hooked.clock.now += timedelta(hours=1)
    hooked.deliver(id)
    shown = hooked.shown(id)
    assert shown["disabled_because"] == "it failed for 5 days: it answered 500"
    assert (shown["attempts"], shown["last_failure"], shown["next_attempt_at"]) == (3, "it answered 500", None)
    hooked.unit("b")
    assert hooked.due() == []
    assert hooked.deliver(id) == 0
    assert len(receiver.got) == 3
    assert hooked.api.post(f"webhooks/{id}/resumptions").status_code == 200
    assert hooked.due() == [id]
    assert hooked.deliver(id) == 2
    assert [each["position"] for each in receiver.events] == [2, 2, 2, 2, 3]
    again = hooked.api.post(f"webhooks/{id}/resumptions")
    assert (again.status_code, again.json and again.json["rule"]) == (409, "webhook-runs")


def test_a_receiver_that_is_gone_is_not_called_again(hooked: Hooked, receiver: Receiver) -> None:
    id, _ = hooked.subscribe(receiver.url)
    hooked.unit("a")
    receiver.answers = [410]
    hooked.deliver(id)
    assert "gone" in hooked.shown(id)["disabled_because"]


@pytest.mark.parametrize("how", ["slow", "trickling", "absent"])
def test_a_receiver_that_does_not_answer_in_time_costs_no_more_than_that(hooked: Hooked, how: str) -> None:
    with receiving() as receiver:
        id, _ = hooked.subscribe(receiver.url)
        hooked.unit("a")
        receiver.slowness, receiver.trickle = (2.0 if how == "slow" else 0), how == "trickling"
        if how != "absent":
            began = time.monotonic()
            hooked.deliver(id)
            assert time.monotonic() - began < 2
            assert hooked.shown(id)["last_failure"] == "it took too long"
    if how == "absent":
        hooked.deliver(id)
        assert hooked.shown(id)["last_failure"].startswith("it cannot be reached")


def test_a_slow_receiver_that_takes_everything_lets_others_have_their_turn(hooked: Hooked, receiver: Receiver) -> None:
    id, secret = hooked.subscribe(receiver.url)
    for name in ("a", "b", "c"):
        hooked.unit(name)
    receiver.slowness, hooked.deliverer.turn = 0.3, 0.2
    assert [hooked.deliver(id) for _ in range(4)] == [1, 1, 1, 0]
    assert [each["position"] for each in receiver.verified(secret)] == [2, 3, 4]


def test_what_a_receiver_says_is_not_read(hooked: Hooked, receiver: Receiver) -> None:
    id, _ = hooked.subscribe(receiver.url)
    hooked.unit("a")
    receiver.body = b"x" * 10_000_000
    assert hooked.deliver(id) == 1


def test_a_new_secret_signs_beside_the_old_one_for_a_while(hooked: Hooked, receiver: Receiver) -> None:
    id, old = hooked.subscribe(receiver.url)
    made: Json = hooked.api.post(f"webhooks/{id}/secrets", {"overlap_hours": 2}).json
    new = made["secret"]
    assert new != old
    hooked.unit("a")
    hooked.deliver(id)
    assert receiver.verified(old) == receiver.verified(new)
    receiver.got.clear()
    hooked.clock.now += timedelta(hours=2)
    hooked.unit("b")
    hooked.deliver(id)
    ((headers, _),) = receiver.got
    assert len(headers["webhook-signature"].split(" ")) == 1


def test_a_test_message_is_sent_at_once_and_its_outcome_told(hooked: Hooked, receiver: Receiver) -> None:
    id, secret = hooked.subscribe(receiver.url)
    told: Json = hooked.api.post(f"webhooks/{id}/tests").json
    assert (told["delivered"], told["status"]) == (True, 200)
    assert [each["type"] for each in receiver.verified(secret)] == ["webhook.tested"]
    receiver.answers = [404]
    told = hooked.api.post(f"webhooks/{id}/tests").json
    assert (told["delivered"], told["outcome"]) == (False, "it answered 404")
    assert hooked.shown(id)["attempts"] == 0


def test_it_is_sent_what_its_maker_may_see_and_nothing_once_they_may_not_subscribe(
    hooked: Hooked, receiver: Receiver
) -> None:
    api = hooked.api
    api.joins("anna")
    api.published()
    api.tokens["crm"] = api.issue("crm", roles=(Role.INTEGRATION,), scopes=("webhooks", "commitment.*"))
    id, _ = hooked.subscribe(receiver.url, "crm", after=0)
    assert api.as_("anna").post("commitments", {"party": {"person": "anna"}, "strategy": "2026"}).status_code == 201
    hooked.deliver(id)
    assert {each["type"] for each in receiver.events} == {"organisation.founded", "commitment.made"}
    token = api.installation.tokens.store.find(digest_of(api.tokens["crm"]))
    assert token is not None
    api.installation.tokens.revoke(api.organisation, token.id)
    hooked.unit("after")
    receiver.got.clear()
    assert hooked.deliver(id) == 0
    assert receiver.got == []
    assert "may not subscribe any more" in hooked.shown(id)["disabled_because"]
    assert api.as_("administrator").post(f"webhooks/{id}/resumptions").status_code == 200
    hooked.deliver(id)
    assert [each["type"] for each in receiver.events] == ["unit.formed"]


def test_an_integration_looks_after_its_own_webhooks_alone(hooked: Hooked, receiver: Receiver) -> None:
    api = hooked.api
    for name in ("one", "two"):
        api.tokens[name] = api.issue(name, roles=(Role.INTEGRATION,), scopes=("webhooks",))
    id, _ = hooked.subscribe(receiver.url, "one")
    seen = {who: api.as_(who).get("webhooks").json for who in ("one", "two", "administrator")}
    assert [len(each["answer"]) for each in seen.values() if each is not None] == [1, 0, 1]
    assert api.as_("two").get(f"webhooks/{id}").status_code == 404
    gone = f"{api.root}/webhooks/{id}"
    assert api.client.delete(gone, headers=api.headers()).status_code == 404
    assert api.as_("auditor").post("webhooks", {"url": receiver.url}).status_code == 403
    assert api.client.delete(gone, headers=api.as_("one").headers()).status_code == 204
    assert api.as_("one").get(f"webhooks/{id}").status_code == 404
    hooked.unit("a")
    assert hooked.deliver(id) == 0


def test_only_the_topics_that_were_asked_for_are_sent(hooked: Hooked, receiver: Receiver) -> None:
    id, _ = hooked.subscribe(receiver.url, topics=["person.joined"])
    hooked.unit("a")
    hooked.api.joins("anna")
    hooked.unit("b")
    hooked.deliver(id)
    assert [each["type"] for each in receiver.events] == ["person.joined"]
    assert hooked.shown(id)["behind"] == 0


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"url": "https://example.org", "topics": ["paint.dried"]}, "topics"),
        ({"url": "https://example.org", "after": 99}, "after"),
        ({"url": "https://example.org", "colour": "red"}, "colour"),
        ({"url": ""}, "url"),
        ({}, "url"),
        ({"url": "ftp://example.org"}, "url"),
        ({"url": "https://user:word@example.org"}, "url"),
        ({"url": "https://example.org/#top"}, "url"),
        ({"url": "https://example.org:99999"}, "url"),
        ({"url": "https://10.1.2.3/"}, "url"),
        ({"url": "http://8.8.8.8/"}, "url"),
    ],
)
def test_what_cannot_be_subscribed_to_is_said(said: Json, field: str) -> None:
    response = Hooked.of(in_memory()).api.post("webhooks", said)
    assert response.status_code == 422, response.json
    assert response.json is not None
    assert response.json["field"] == field


def test_workers_share_the_work_and_one_takes_over(empty_postgres_dsn: str, receiver: Receiver) -> None:
    with (
        on_postgres(empty_postgres_dsn, KeyEncryptionKey(bytes(32)), networks=LOOPBACK) as installation,
        projecting(installation),
    ):
        hooked = Hooked.of(installation)
        id, secret = hooked.subscribe(receiver.url)
        stops = [threading.Event(), threading.Event()]
        workers = [threading.Thread(target=installation.deliverer().run, args=(stop,)) for stop in stops]
        try:
            for worker in workers:
                worker.start()
                time.sleep(0.3)
            for number in range(5):
                hooked.unit(f"first-{number}")
            waited(lambda: len(receiver.got) == 5)
            stops[0].set()
            workers[0].join()
            for number in range(5):
                hooked.unit(f"second-{number}")
            waited(lambda: len(receiver.got) == 10)
        finally:
            for stop in stops:
                stop.set()
            for worker in workers:
                worker.join()
        assert [each["position"] for each in receiver.verified(secret)] == list(range(2, 12))
        assert hooked.shown(id)["behind"] == 0


def waited(done: Any) -> None:
    until = time.monotonic() + 20
    while not done():
        assert time.monotonic() < until
        time.sleep(0.05)
