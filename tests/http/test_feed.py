"""The feed over HTTP: CloudEvents within permissions, without gaps or doubles, for as long as the caller may."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from itertools import islice
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from cloudevents.core.bindings.http import HTTPMessage, from_structured
from cloudevents.core.formats.json import JSONFormat

from adapters.bootstrap import in_memory, on_postgres
from adapters.crypto.keys import KeyEncryptionKey
from adapters.http.app import create_app
from adapters.http.streams import Streams
from application.feed import SEEN_AS
from application.permissions import VIEWS, Role
from application.tokens import digest_of
from domain.catalogue import CATALOGUE
from domain.organisation import ClockKind
from tests.support.api import Api

Json = Any


def pages(api: Api, **asked: object) -> list[Json]:
    """The whole feed, followed by its links."""
    found = list[Json]()
    path = "feed?" + "&".join(f"{name}={value}" for name, value in asked.items())
    while True:
        response = api.get(path)
        assert response.status_code == 200, response.json
        assert response.mimetype == "application/cloudevents-batch+json"
        found += json.loads(response.data)
        if "Link" not in response.headers:
            return found
        path = response.headers["Link"].split(">")[0].removeprefix("<")


def events(chunks: Iterator[bytes]) -> Iterator[tuple[str, str, Json]]:
    """What a stream says, as (id, event, data); a comment is (…, "", None)."""
    for chunk in chunks:
        for block in chunk.decode().split("\n\n"):
            fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
            if block:
                data = json.loads(fields["data"]) if "data" in fields else None
                yield fields.get("id", ""), fields.get("event", ""), data


def stream(api: Api, path: str = "feed", **more: str) -> Any:
    return api.client.get(f"{api.root}/{path}", headers=api.headers(Accept="text/event-stream", **more), buffered=False)


def said(api: Api, count: int, after: int = 0) -> list[tuple[int, str]]:
    """The first events of a stream that have data."""
    with closing(stream(api, f"feed?after={after}")) as response:
        found = list[tuple[int, str]]()
        for id, _, data in events(response.response):
            if data is not None:
                found.append((int(id), data["type"]))
            if len(found) == count:
                return found
    raise AssertionError(found)


def furnish(api: Api) -> None:
    for unit in ("sales", "north"):
        assert api.as_("administrator").post("units", {"unit": unit, "name": unit, "kind": "team"}).status_code == 201
    api.joins("anna", unit="sales")
    api.joins("bob", unit="north")
    api.published()
    for who in ("anna", "bob"):
        body = {"commitment": f"{who}/2026", "party": {"person": who}, "strategy": "2026", "result": "private words"}
        assert api.as_(who).post("commitments", body).status_code == 201


def test_every_event_is_a_cloud_event(api: Api) -> None:
    furnish(api)
    head = api.installation.ledger.ledger_recorder.head(api.organisation)
    assert head is not None
    found = pages(api.as_("auditor"), limit=3)
    assert [each["position"] for each in found] == list(range(1, head.position + 1))
    for each in found:
        body = json.dumps(each).encode()
        message = HTTPMessage(headers={"content-type": "application/cloudevents+json"}, body=body)
        read = from_structured(message, JSONFormat())
        assert read.get_id() == str(each["position"])
        assert read.get_source() == f"/v1/organisations/{api.organisation}"
        assert read.get_type() in CATALOGUE
        assert read.get_time() is not None
        assert read.get_extension("position") == each["position"]
        assert set(each["data"]) == {"record", "event"}
        assert each["data"]["record"] == each["subject"]
        assert api.get(each["subject"]).status_code == 200 or each["type"].startswith("strategy.")
        recorded: Json = api.get(each["data"]["event"]).json
        assert recorded["answer"]["topic"] == each["type"]


def test_no_name_and_no_words_are_in_it(api: Api) -> None:
    furnish(api)
    told = api.as_("auditor").get("feed?limit=500").text
    for private in ("anna", "Anna", "bob", "private words", "vision", "To be quick"):
        assert private not in told


def test_callers_see_what_they_may_see_and_no_more(api: Api) -> None:
    furnish(api)
    api.tokens["integration"] = api.issue("i", roles=(Role.INTEGRATION,), scopes=("commitment.*",))
    api.tokens["deaf"] = api.issue("d", roles=(Role.INTEGRATION,), scopes=("duty.given",))
    seen = {
        who: {(each["type"], each["subject"].rpartition("/")[2]) for each in pages(api.as_(who))}
        for who in ("auditor", "administrator", "strategist", "anna", "bob", "integration", "deaf")
    }
    assert seen["auditor"] == seen["administrator"] > seen["anna"]
    kinds = {who: {topic for topic, _ in found} for who, found in seen.items()}
    assert kinds["deaf"] == {"organisation.founded", "unit.formed"}  # the chart is open to every caller
    assert kinds["integration"] == kinds["deaf"] | {"commitment.made"}
    assert kinds["anna"] >= {"unit.formed", "strategy.published", "commitment.made", "person.joined"}
    assert not kinds["anna"] & {"strategy.drafted", "strategy.revised", "strategy.submitted"}
    assert {"strategy.drafted", "strategy.revised"} <= kinds["strategist"]
    mine = {who: [id for topic, id in seen[who] if topic == "commitment.made"] for who in ("anna", "bob")}
    assert len(mine["anna"]) == len(mine["bob"]) == 1
    assert mine["anna"] != mine["bob"]


def test_a_word_on_a_fact_is_seen_by_those_who_see_the_fact(api: Api) -> None:
    furnish(api)
    given = api.as_("anna").post("acknowledgements", {"person": "anna", "strategy": "2026"})
    assert given.status_code == 201, given.json
    position = given.headers["Avow-Position"]
    done = api.as_("anna").post(
        f"history/{position}/retractions", {"reason": "by mistake"}, If_Match=given.headers["ETag"]
    )
    assert done.status_code == 201, done.json
    words = {
        who: [each["word"] for each in pages(api.as_(who)) if each["type"] == "acknowledgement.given"]
        for who in ("anna", "bob", "sponsor", "strategist")
    }
    assert words == {
        "anna": ["fact", "retraction"], "bob": [], "sponsor": ["fact", "retraction"], "strategist": [],
    }  # fmt: skip


def test_every_row_of_who_sees_what_is_of_a_topic_and_a_view_that_there_are() -> None:
    families = {topic.partition(".")[0] for topic in CATALOGUE}
    assert set(SEEN_AS) <= families | set(CATALOGUE)
    assert set(SEEN_AS.values()) <= set(VIEWS)


def test_a_simulated_organisation_says_so_in_every_event(api: Api) -> None:
    other = Api.found(f"{api.key}-sim", clock=ClockKind.SIMULATED, installation=api.installation, client=api.client)
    assert {each["clock"] for each in pages(other)} == {"simulated"}
    assert all("clock" not in each for each in pages(api))


def test_one_topic_is_asked_for_and_the_walk_goes_on_behind_what_was_passed_over(api: Api) -> None:
    furnish(api)
    found = pages(api.as_("auditor"), topics="commitment.made", limit=1)
    assert [each["type"] for each in found] == ["commitment.made"] * 2
    last = api.get("feed?topics=commitment.made")
    assert int(last.headers["Avow-Position"]) >= found[-1]["position"]
    assert json.loads(api.get(f"feed?after={last.headers['Avow-Position']}").data) == []


@pytest.mark.parametrize(
    ("path", "headers", "status", "field"),
    [
        ("feed?after=x", {}, 422, "after"),
        ("feed?after=-1", {}, 422, "after"),
        ("feed?after=999", {}, 422, "after"),
        ("feed?limit=0", {}, 422, "limit"),
        ("feed?limit=501", {}, 422, "limit"),
        ("feed?topics=paint.dried", {}, 422, "topics"),
        ("feed?colour=red", {}, 422, "colour"),
        ("feed?after=0&after=1", {}, 422, "after"),
        ("feed", {"Accept": "text/event-stream", "Last_Event_ID": "x"}, 400, "Last-Event-ID"),
        ("feed", {"Accept": "text/event-stream", "Last_Event_ID": "999"}, 422, "after"),
    ],
)
def test_what_cannot_be_followed_is_said(api: Api, path: str, headers: dict[str, str], status: int, field: str) -> None:
    response = api.get(path, **headers)
    assert response.status_code == status
    assert response.json is not None
    assert response.json["field"] == field
    assert response.json["way_out"]


def test_a_stream_tells_what_was_recorded_and_then_what_is_recorded(api: Api) -> None:
    api.post("units", {"unit": "a", "name": "A", "kind": "team"})
    with closing(stream(api.as_("auditor"))) as response:
        assert response.mimetype == "text/event-stream"
        chunks = events(response.response)
        assert next(chunks) == ("", "", None)  # when to come back
        assert [next(chunks)[2]["type"] for _ in range(2)] == ["organisation.founded", "unit.formed"]
        api.as_("administrator").post("units", {"unit": "b", "name": "B", "kind": "team"})
        id, _, data = next(chunks)
        assert (id, data["type"]) == ("3", "unit.formed")
    with closing(stream(api.as_("auditor"), Last_Event_ID="2")) as response:
        chunks = events(response.response)
        next(chunks)
        assert next(chunks)[0] == "3"


def test_a_quiet_stream_gives_a_sign_of_life_and_ends_in_time() -> None:
    installation = in_memory()
    client = create_app(installation, streams=Streams(heartbeat=0, lifetime=2.5)).test_client()
    api = Api.found("quiet", installation=installation, client=client)
    with closing(stream(api, "feed?after=1")) as response:
        assert [each for each in response.response if each.startswith(b":")] == [b":\n\n"] * 3


def test_a_stream_ends_within_seconds_when_its_token_is_revoked(api: Api) -> None:
    secret = api.tokens["reader"] = api.issue("reader", roles=(Role.AUDITOR,))
    office = api.installation.tokens
    with closing(stream(api.as_("reader"))) as response:
        chunks = events(response.response)
        next(chunks), next(chunks)
        token = office.store.find(digest_of(secret))
        assert token is not None
        office.revoke(api.organisation, token.id)
        ((_, kind, data),) = list(chunks)
    assert (kind, data["rule"]) == ("ended", "token-not-valid")
    assert stream(api.as_("reader")).status_code == 401


def test_a_stream_shows_no_more_than_a_role_that_ended_leaves(api: Api) -> None:
    furnish(api)
    assert api.as_("administrator").change("people/anna", "access-roles", {"role": "auditor"}).status_code == 201
    head = api.installation.ledger.ledger_recorder.head(api.organisation)
    assert head is not None
    with closing(stream(api.as_("anna"), f"feed?after={head.position}")) as response:
        chunks = events(response.response)
        next(chunks)
        api.as_("strategist").post("strategies", {"strategy": "seen", "title": "A draft"})
        assert next(chunks)[2]["type"] == "strategy.drafted"
        done = api.as_("administrator").change("people/anna", "access-role-endings", {"role": "auditor"})
        assert done.status_code == 201, done.json
        api.as_("strategist").post("strategies", {"strategy": "next", "title": "A secret draft"})
        api.as_("administrator").post("units", {"unit": "last", "name": "last", "kind": "team"})
        topics = list[str]()
        while topics[-1:] != ["unit.formed"]:
            data = next(chunks)[2]
            topics += [data["type"]] if data is not None else []
    assert topics == ["access.revoked", "unit.formed"]


def test_a_stream_ends_when_its_person_leaves(api: Api) -> None:
    furnish(api)
    with closing(stream(api.as_("anna"), "feed?after=1")) as response:
        chunks = events(response.response)
        next(chunks), next(chunks)
        assert api.as_("administrator").change("people/anna", "departures").status_code == 201
        *_, (_, kind, data) = chunks
    assert (kind, data["rule"]) == ("ended", "token-not-valid")


def test_no_more_streams_are_held_open_than_fit() -> None:
    installation, stopping = in_memory(), Event()
    streams = Streams(2, stopping.is_set)
    client = create_app(installation, streams=streams).test_client()
    api = Api.found("many", installation=installation, client=client)
    with ExitStack() as opened:
        opened.enter_context(closing(stream(api)))
        full = stream(api)
        assert (full.status_code, full.json["rule"], full.headers["Retry-After"]) == (429, "too-many-streams", "10")
        other = opened.enter_context(closing(stream(api.as_("auditor"))))
        assert other.status_code == 200
        assert stream(api.as_("sponsor")).json["data"]["whose"] == "all callers together"
        assert api.get("feed").status_code == 200
        assert streams.open == 2
        stopping.set()
        assert list(other.response) == [b"retry: 2000\n\n"]
        assert streams.open == 1
    assert streams.open == 0


def test_nothing_is_missed_or_told_twice_while_many_write(empty_postgres_dsn: str) -> None:
    """Readers lose their connection again and again; what each of them was told together is the history."""
    writers, each_writes = 6, 25
    with on_postgres(empty_postgres_dsn, KeyEncryptionKey(bytes(32))) as installation:
        client = create_app(installation, streams=Streams(8)).test_client()
        api = Api.found("busy", installation=installation, client=client)
        total = 1 + writers * each_writes
        tokens = [api.issue(f"reader {number}", roles=(Role.AUDITOR,)) for number in range(2)]
        writing = api.headers()

        # Made one by one: CPython 3.11 may fail to build syntax trees, as routing does, in several threads at once.
        apps = [create_app(installation, streams=Streams(8)) for _ in range(writers + len(tokens))]

        def write(number: int) -> None:
            mine = apps[number].test_client()
            for count in range(each_writes):
                unit = f"u{number}-{count}"
                body = {"unit": unit, "name": unit, "kind": "team"}
                assert mine.post(f"{api.root}/units", json=body, headers=writing).status_code == 201

        def read(number: int) -> list[int]:
            mine = Api(installation, apps[writers + number].test_client(), api.key, token=tokens[number])
            found = list[int]()
            while len(found) < total:
                last = {"Last_Event_ID": str(found[-1])} if found else {}
                with closing(stream(mine, **last)) as response:
                    ids = (int(id) for id, _, data in events(response.response) if data is not None)
                    found += islice(ids, min(7, total - len(found)))
            return found

        with ThreadPoolExecutor(writers + 2) as threads:
            reading = [threads.submit(read, number) for number in range(len(tokens))]
            written = [threads.submit(write, number) for number in range(writers)]
            for each in written:
                each.result()
            for reader in reading:
                assert reader.result(timeout=60) == list(range(1, total + 1))


def test_the_feed_of_one_organisation_tells_nothing_of_another(api: Api) -> None:
    other = Api.found(f"{api.key}-other", installation=api.installation, client=api.client)
    furnish(other)
    assert {UUID(each["source"].rpartition("/")[2]) for each in pages(api)} == {api.organisation}
    api.tokens["foreign"] = other.tokens["auditor"]
    assert api.as_("foreign").get("feed").status_code == 404
