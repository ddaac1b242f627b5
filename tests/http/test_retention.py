"""The schedule of retention over HTTP: set by administrators, shown to all, as of any instant."""

from __future__ import annotations

from typing import Any

import pytest

from application.retention import look
from domain.organisation import ClockKind
from tests.support.api import Api

WHY = {"reason": "agreed with the works council"}


def shown(api: Api, times: str = "") -> Any:
    return api.get("retention" + times).get_json()["answer"]


def put(api: Api, **said: Any) -> Any:
    """Set it, having read the present version."""
    tag = api.get("retention").headers["ETag"]
    return api.post("retention", {**WHY, **said}, If_Match=tag)


def test_without_a_schedule_all_is_kept(api: Api) -> None:
    assert shown(api) == []


def test_the_newest_word_on_each_kind_is_shown_to_everybody(api: Api) -> None:
    for said in ({"kind": "words", "days": 365}, {"kind": "identity", "days": 730}, {"kind": "words", "days": 30}):
        done = put(api, **said)
        assert done.status_code == 201, done.json
        assert done.headers["Location"] == f"{api.root}/retention"
    api.joins("anna")
    assert [(each["kind"], each["days"]) for each in shown(api.as_("anna"))] == [("identity", 730), ("words", 30)]


def test_it_is_shown_as_of_any_instant() -> None:
    api = Api.found("retained", clock=ClockKind.SIMULATED)
    for at, days in (("2030-01-01T00:00:00Z", 100), ("2030-06-01T00:00:00Z", None)):
        said = {"kind": "words", "at": at, "known": at, **({} if days is None else {"days": days})}
        assert put(api, **said).status_code == 201
    assert [each["days"] for each in shown(api, "?valid_at=2030-03-01")] == [100]
    assert [each["days"] for each in shown(api, "?valid_at=2030-06-02&known_at=2030-05-31")] == [100]
    assert [each["days"] for each in shown(api)] == [None]


@pytest.mark.parametrize("who", ["auditor", "sponsor", "strategist", "anna"])
def test_only_administrators_set_it(api: Api, who: str) -> None:
    api.joins("anna")
    assert api.as_(who).post("retention", {**WHY, "kind": "words", "days": 1}, If_Match='"v1"').status_code == 403


@pytest.mark.parametrize(
    ("said", "status", "field"),
    [
        ({"kind": "words", "days": -1}, 422, "days"),
        ({"kind": "words", "days": 36_501}, 422, "days"),
        ({"kind": "words", "days": "a year"}, 422, "days"),
        ({"kind": "ballots", "days": 1}, 422, "kind"),
        ({"days": 1}, 422, "kind"),
        ({"kind": "words", "days": 1, "reason": None}, 422, "reason"),
        ({"kind": "words", "days": 1, "at": "2999-01-01"}, 422, "at"),
    ],
)
def test_what_is_refused_names_the_field_and_the_way_out(
    api: Api, said: dict[str, Any], status: int, field: str
) -> None:
    problem: Any = put(api, **said).get_json()
    assert (problem["status"], problem["field"]) == (status, field), problem
    assert problem["way_out"]


def test_whoever_has_not_seen_the_newest_version_changes_nothing(api: Api) -> None:
    assert api.post("retention", {**WHY, "kind": "words"}).status_code == 428
    tag = api.get("retention").headers["ETag"]
    assert api.post("retention", {**WHY, "kind": "words", "days": 9}, If_Match=tag).status_code == 201
    assert api.post("retention", {**WHY, "kind": "words", "days": 1}, If_Match=tag).status_code == 412
    assert shown(api)[0]["days"] == 9


def test_what_it_erases_shows_as_erased_and_so_says_the_receipt(api: Api) -> None:
    anna = api.joins("anna", email="anna@example.org")
    put(api, kind="identity", days=0)
    assert api.change("people/anna", "departures").status_code == 201
    assert [each.person for each in look(api.installation.ledger, api.organisation).people if each.position]
    assert api.get(f"people/{anna}").get_json()["answer"]["name"] == {"erased": True}
    (made,) = api.get(f"people/{anna}/erasure").get_json()["answer"]["erasures"]
    assert (made["kinds"], made["reason"], made["actor"]) == (["identity"], "retention", None)
    assert "person.left" in {each["topic"] for each in api.as_("auditor").get("history").get_json()["answer"]}
