"""What was reported can be asked again for ever, and proven to somebody who trusts neither server nor sponsor."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from adapters.bootstrap import Installation, in_memory
from adapters.crypto.notes import VerifierKey
from adapters.evidence.making import Wanted, make_pack
from adapters.evidence.verifying import verify
from adapters.http.app import create_app
from adapters.instants import written
from adapters.interchange.exporting import Export
from application.permissions import Role
from domain.alignment import RULES
from domain.scope import Scope
from tests.http.test_answers_for_ever import furnish, running
from tests.interchange.conftest import Place
from tests.support.api import Api

Json = Any


def published(api: Api, **said: Json) -> str:
    """A report that the sponsor publishes; tells its address."""
    made = api.as_("sponsor").post("reports", {"title": "Where we stand", "strategy": "2026", **said})
    assert made.status_code == 201, made.json
    return f"reports/{made.get_json()['id']}"


def asked(api: Api, path: str, who: str = "auditor") -> Json:
    response = api.as_(who).get(path, Avow_At_Least=str(api.position))
    assert response.status_code == 200, response.json
    return response.get_json()


@pytest.fixture
def furnished(api: Api) -> Api:
    furnish(api)
    return api


def commits_late(api: Api, at: str) -> None:
    body = {"party": {"person": "bob"}, "strategy": "2026", "level": "committed", "at": at, "reason": "in a drawer"}
    done = api.as_("bob").post("commitments", body)
    assert done.status_code == 201, done.json


def canonical(answer: Json) -> bytes:
    """The bytes that the digest is of, as docs/time.md says how to make them of an answer of the API."""
    for each in answer["reviews"]:
        for withdrawable in {"editions", "results"} & set(each):
            each[withdrawable] = None
    return json.dumps(answer, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def test_a_report_outlives_restarts_and_what_is_learned_later(empty_postgres_dsn: str) -> None:
    with running(empty_postgres_dsn) as installation:
        api = Api.found("acme", installation=installation, client=create_app(installation).test_client())
        furnish(api)
        at, before = written(datetime.now(UTC)), api.position
        path = published(api, valid_at=at, unit="north", audience="Ms Weber of the bank")
        first = asked(api, path)
        told = first["answer"]
        assert told["position"] == before
        assert told["rules"] == first["rules"]
        assert (told["title"], told["audience"]) == ("Where we stand", "Ms Weber of the bank")
        assert told["question"]["valid_at"] == at
        assert told["checkpoint"]["size"] >= before
        assert first["present"]["again"]["outcome"] == "same"
        assert first["present"]["restated"] == {"since": False, "figures": [], "explanation": None}
        answer = api.get(f"{path}/answer").data
        assert hashlib.sha256(answer).hexdigest() == told["digest"]
        state = asked(api, f"alignment?strategy=2026&unit=north&valid_at={at}&known_at={before}")["answer"]
        assert canonical(state) == answer
        commits_late(api, at)
        projector = installation.projector()
        assert projector is not None
        assert projector.rebuild()

    with running(empty_postgres_dsn) as installation:
        again = Api(installation, create_app(installation).test_client(), api.key, api.tokens, position=api.position)
        found = asked(again, path)
        assert found["answer"] == told
        assert found["present"]["again"] == first["present"]["again"]
        assert again.get(f"{path}/answer").data == answer
        restated = found["present"]["restated"]
        assert restated["since"]
        assert "commitments/current" in restated["figures"]
        because: Json = again.get(restated["explanation"]).get_json()["answer"]["because"]
        assert [each["reason"] for each in because] == ["in a drawer"]


def test_raised_rules_are_told(furnished: Api) -> None:
    path = published(furnished)
    avow = furnished.installation
    later = replace(avow, reports=replace(avow.reports, rules=RULES + 1))
    api = Api(later, create_app(later).test_client(), furnished.key, furnished.tokens, position=furnished.position)
    again = asked(api, path)["present"]["again"]
    assert (again["outcome"], again["same"], again["rules"]) == ("same_under_other_rules", True, RULES + 1)
    assert "definitions changed" in again["says"]
    assert asked(furnished, path)["present"]["again"]["outcome"] == "same"


def test_an_auditor_verifies_it_against_the_history_itself(furnished: Api) -> None:
    path = published(furnished)
    report = asked(furnished, path)["answer"]
    commits_late(furnished, report["question"]["valid_at"])
    avow, organisation = furnished.installation, furnished.organisation
    at = datetime.fromisoformat(report["question"]["valid_at"])
    question = avow.questions.ask(organisation, at, report["position"])
    strategy = UUID(report["question"]["strategy"])
    pack = make_pack(avow, organisation, Wanted(asked=question, strategy=strategy, scope=Scope()))
    key = VerifierKey.read(furnished.as_("auditor").get("log/key").text.strip())
    found = verify(pack, key, [report["checkpoint"]["note"]])
    assert found.holds, found.plain()
    assert any("checkpoint" in each.says and each.holds for each in found.findings)
    assert found.state is not None
    answer = json.loads(furnished.as_("auditor").get(f"{path}/answer").data)
    assert len(found.state["commitments/all"]) == answer["commitments"]["all"]["count"] == 1
    forged = report["checkpoint"]["note"].replace(report["checkpoint"]["root"], "A" * 43 + "=")
    assert not verify(pack, key, [forged]).holds, "the control arm: a checkpoint of another history"


def test_it_is_withdrawn_with_a_reason_and_corrected_by_nobody(furnished: Api) -> None:
    path = published(furnished)
    position = furnished.position
    assert furnished.change(path, "withdrawals").get_json()["rule"] == "reason-required"
    tag = furnished.get(path).headers["ETag"]
    for word, body in (("retractions", {}), ("replacements", {"title": "Better", "strategy": "2026"})):
        done = furnished.post(f"history/{position}/{word}", {"reason": "nicer", **body}, If_Match=tag)
        assert (done.status_code, done.get_json()["rule"]) == (409, "report-is-for-good")
    done = furnished.as_("administrator").change(path, "withdrawals", {"reason": "the wrong unit"})
    assert done.status_code == 201, done.json
    shown = asked(furnished, path)
    assert shown["answer"]["withdrawn_at"]
    assert shown["present"]["again"]["same"]
    assert [each["withdrawn_at"] for each in asked(furnished, "reports")["answer"]] == [shown["answer"]["withdrawn_at"]]


def test_reports_are_listed_page_by_page(furnished: Api) -> None:
    made = sorted(published(furnished, title=f"Report {number}").partition("/")[2] for number in range(3))
    first = furnished.as_("auditor").get("reports?page_size=2&strategy=2026", Avow_At_Least=str(furnished.position))
    rest = furnished.get(first.headers["Link"].partition(">")[0].strip("<"))
    pages: list[Json] = [first.get_json()["answer"], rest.get_json()["answer"]]
    assert [each["id"] for page in pages for each in page] == made
    furnished.published("2027")
    assert asked(furnished, "reports?strategy=2027")["answer"] == []


@pytest.mark.parametrize(
    ("body", "field", "rule"),
    [
        ({"strategy": "1999"}, "strategy", "unknown-reference"),
        ({"unit": "nowhere"}, "unit", "unknown-reference"),
        ({"valid_at": "2999-01-01"}, "valid_at", "report-of-the-future"),
        ({"valid_at": "2001-01-01"}, "valid_at", "nothing-to-report"),
        ({"known_at": "2999-01-01"}, "known_at", "known-time-in-future"),
        ({"valid_at": "now"}, "valid_at", "instant-malformed"),
        ({"digest": "0" * 64}, "digest", "avow-tells-it"),
        ({"title": ""}, "title", "fields-not-valid"),
    ],
)
def test_a_no_names_the_field_and_the_rule(furnished: Api, body: Json, field: str, rule: str) -> None:
    said = {"title": "Where we stand", "strategy": "2026", **body}
    done: Json = furnished.as_("sponsor").post("reports", said).get_json()
    assert (done["rule"], done["field"]) == (rule, field), done
    assert done["way_out"]


def test_a_bare_date_is_the_end_of_its_day(furnished: Api) -> None:
    today = datetime.now(UTC).date()
    said = {"title": "t", "strategy": "2026"}
    rules = [
        furnished.as_("sponsor").post("reports", {**said, "valid_at": each.isoformat()}).get_json()["rule"]
        for each in (today + timedelta(days=1), today - timedelta(days=2))
    ]
    assert rules == ["report-of-the-future", "nothing-to-report"]


def test_the_same_request_reports_once(furnished: Api) -> None:
    furnished.as_("sponsor")
    body = {"title": "Where we stand", "strategy": "2026"}
    first, second = (furnished.post("reports", body, Idempotency_Key="q1") for _ in range(2))
    assert first.get_json() == second.get_json()
    assert len(asked(furnished, "reports")["answer"]) == 1


def test_it_is_told_in_the_feed_to_those_who_may_see_it(furnished: Api) -> None:
    path = published(furnished)
    seen: Json = furnished.as_("auditor").get(f"feed?after={furnished.position - 1}").get_json(force=True)
    assert [(each["type"], each["subject"].endswith(path)) for each in seen] == [("report.published", True)]
    assert furnished.as_("anna").get(f"feed?after={furnished.position - 1}").get_json(force=True) == []
    assert furnished.get(path).status_code == 403


def test_it_leaves_and_comes_in_as_it_was_told(furnished: Api, tmp_path: Path) -> None:
    path = published(furnished, audience="the bank", unit="sales", report="q1")
    published(furnished)
    furnished.change("reports/q1", "withdrawals", {"reason": "the wrong unit"})
    told = asked(furnished, path)["answer"]
    file = tmp_path / "history.jsonl"
    file.write_bytes(b"".join(Export(furnished.installation.ledger, furnished.organisation).lines()))
    copy = Place(in_memory(), tmp_path, furnished.key)
    report = copy.bring_in(file)
    assert not report.refused, [str(each) for each in copy.refused]
    taken = copy.taken_out()
    assert [json.loads(each) for each in taken[1:]] == [json.loads(each) for each in file.read_bytes().splitlines()[1:]]
    api = _reader(copy.avow, furnished.key)
    shown = asked(api, "reports/q1")
    found = shown["answer"]
    for field in ("title", "audience", "digest", "position", "rules", "checkpoint", "withdrawn_at", "published_at"):
        assert found[field] == told[field], field
    assert found["told_elsewhere"]
    again = shown["present"]["again"]
    assert (again["outcome"], again["same"], again["digest"]) == ("told_elsewhere", False, None)
    assert api.get("reports/q1/answer").get_json()["rule"] == "told-elsewhere"


def _reader(avow: Installation, key: str) -> Api:
    api = Api(avow, create_app(avow).test_client(), key)
    api.tokens["auditor"] = api.issue("auditor", roles=(Role.AUDITOR,))
    return api
