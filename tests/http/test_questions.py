"""Questions over HTTP: as of two times, page by page, with tags, and waiting for a position."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.support.api import Api


@pytest.fixture
def api(api: Api) -> Api:
    made = api
    for number in range(7):
        made.post("units", {"unit": f"u{number}", "name": f"Unit {number}", "kind": "team"})
    return made


def following(response: Any) -> str:
    """The address of the next page."""
    return re.fullmatch(r'<(.*)>; rel="next"', response.headers["Link"]).group(1)  # type: ignore[union-attr]


def test_an_answer_has_one_shape(api: Api) -> None:
    body: Any = api.get("units?valid_at=2999-01-01&known_at=3").get_json()
    assert list(body) == ["question", "position", "rules", "answer", "present"]
    assert body["position"] == 3
    assert body["question"]["valid_at"] == "2999-01-01T22:59:59.999999Z"
    assert [each["key"] for each in body["answer"]] == sorted(
        ["u0", "u1"], key=lambda key: api.get(f"units/{key}").get_json()["answer"]["id"]
    )


def test_the_same_question_about_the_past_has_the_same_bytes(api: Api) -> None:
    path = "units?valid_at=2999-01-01T00:00:00Z&known_at=4"
    before = api.get(path)
    api.post("units", {"unit": "later", "name": "Later", "kind": "team"})
    after = api.get(path)
    assert before.data == after.data
    assert before.headers["ETag"] == after.headers["ETag"]


def test_before_the_first_event_the_answer_says_so(api: Api) -> None:
    for path in ("units?valid_at=1999-01-01", "units?known_at=0", "alignment?strategy=x&valid_at=1999-01-01"):
        if path.startswith("alignment"):
            api.published("x")
            api.as_("auditor")
        assert api.get(path).get_json()["answer"] == {"nothing_recorded": "the organisation had no event by then"}


def test_a_walk_through_pages_keeps_its_first_position(api: Api) -> None:
    first = api.get("units?page_size=3")
    api.post("units", {"unit": "later", "name": "Later", "kind": "team"})
    second = api.get(following(first))
    third = api.get(following(second))
    assert "Link" not in third.headers
    pages: list[Any] = [each.get_json() for each in (first, second, third)]
    assert [len(each["answer"]) for each in pages] == [3, 3, 1]
    assert {each["position"] for each in pages} == {8}
    assert {each["question"]["valid_at"] for each in pages} == {pages[0]["question"]["valid_at"]}
    keys = [unit["key"] for page in pages for unit in page["answer"]]
    assert sorted(keys) == [f"u{number}" for number in range(7)]


def test_a_cursor_is_good_for_its_question_and_its_caller(api: Api) -> None:
    address = following(api.get("units?page_size=3"))
    for other in (
        address.replace("page_size=3", "page_size=4"),
        address.replace("/units", "/people"),
        address + "&ended=true",
        re.sub("cursor=.", "cursor=_", address),
    ):
        refused: Any = api.get(other).get_json()
        assert refused["rule"] == "cursor-not-valid", other
    assert api.as_("auditor").get(address).get_json()["rule"] == "cursor-not-valid"
    assert api.as_("administrator").get(address).status_code == 200


def test_a_cursor_of_another_organisation_is_none(api: Api) -> None:
    other = Api.found(f"other-{uuid4()}", installation=api.installation, client=api.client)
    for number in range(2):
        other.post("units", {"unit": f"u{number}", "name": "x", "kind": "team"})
    address = following(other.get("units?page_size=1"))
    assert api.get(address.replace(other.key, api.key)).get_json()["rule"] == "cursor-not-valid"


def test_an_answer_that_did_not_change_is_not_sent_again(api: Api) -> None:
    first = api.get("units")
    assert first.headers["ETag"].startswith('W/"')
    again = api.get("units", If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    api.post("units", {"unit": "later", "name": "Later", "kind": "team"})
    assert api.get("units", If_None_Match=first.headers["ETag"]).status_code == 200


def test_tags_differ_from_caller_to_caller(api: Api) -> None:
    tags = {api.as_(who).get("units").headers["ETag"] for who in ("administrator", "auditor")}
    assert len(tags) == 2


def test_a_read_waits_for_a_position_that_was_recorded(api: Api) -> None:
    assert api.get("units?at_least=8").status_code == 200
    assert api.get("units", Avow_At_Least="8").status_code == 200
    body: Any = api.get("units?at_least=9").get_json()
    assert (body["status"], body["rule"]) == (422, "nothing-there-yet")
    assert body["data"] == {"wanted": 9, "newest": 8}


def test_how_far_the_answers_are_is_told(api: Api) -> None:
    response = api.get("units")
    assert (response.headers["Avow-Position"], response.headers["Avow-Lag"]) == ("8", "0")


def test_today_is_no_known_time_and_the_present_is_offered(api: Api) -> None:
    today = api.get("").get_json()["question"]["valid_at"][:10]
    body: Any = api.get(f"units?known_at={today}").get_json()
    assert body["rule"] == "known-time-in-future"
    assert re.search(r"known_at=\d{4}-\d\d-\d\dT", body["way_out"])


def test_the_history_is_filtered_and_paged(api: Api) -> None:
    first = api.as_("auditor").get("history?topics=unit.formed&page_size=4")
    second = api.get(following(first))
    positions = [each["position"] for page in (first, second) for each in page.get_json()["answer"]]
    assert positions == list(range(2, 9))
    api.as_("administrator").post("units", {"unit": "x", "name": "X", "kind": "team", "labels": {"minutes": "7"}})
    found: Any = []
    for label in ("minutes", "minutes=7"):
        found = api.as_("auditor").get(f"history?label={label}").get_json()["answer"]
        assert [each["labels"] for each in found] == [{"minutes": "7"}]
    assert api.get("history?label=minutes=8").get_json()["answer"] == []
    command = found[0]["command"]
    assert [each["position"] for each in api.get(f"history?command={command}").get_json()["answer"]] == [9]


def test_a_figure_opens_to_its_records_and_events(api: Api) -> None:
    api.joins("anna", unit="u1")
    api.published()
    made: Any = (
        api.as_("anna")
        .post("commitments", {"party": {"person": "anna"}, "strategy": "2026", "level": "committed", "result": "soon"})
        .get_json()
    )
    state: Any = api.as_("auditor").get("alignment?strategy=2026").get_json()["answer"]
    figure = state["commitments"]["current"]
    assert figure["count"] == 1
    opened: Any = api.get(f"alignment/figures/{figure['figure']}?strategy=2026").get_json()["answer"]
    assert opened["count"] == 1
    assert [each["position"] for each in opened["records"][0]["events"]] == [made["position"]]
    assert opened["records"][0]["result"] == "soon"
    unknown: Any = api.get("alignment/figures/nothing?strategy=2026").get_json()
    assert (unknown["status"], unknown["field"]) == (404, "figure")


def test_two_instants_are_compared_by_bridges_that_add_up(api: Api) -> None:
    api.joins("anna", unit="u1")
    api.published()
    start: Any = api.get("").get_json()["question"]["valid_at"]
    api.as_("anna").post("commitments", {"party": {"person": "anna"}, "strategy": "2026", "level": "committed"})
    end: Any = api.get("").get_json()["question"]["valid_at"]
    changes: Any = api.as_("auditor").get(f"alignment/changes?strategy=2026&from={start}&to={end}").get_json()
    assert changes["answer"]["commitments"]["added"]
    for each in changes["answer"]["figures"]:
        entered, left = (sum(step["count"] for step in each[way].values()) for way in ("entered", "left"))
        assert each["before"] + entered - left == each["after"]
    committed = next(each for each in changes["answer"]["figures"] if each["figure"] == "parties/people/committed")
    assert (committed["before"], committed["after"]) == (0, 1)


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("alignment?strategy=2026&valid_at={before}", "valid_at"),
        ("alignment/changes?strategy=2026&from={before}&to={now}", "from"),
        ("alignment/changes?strategy=2026&from={now}&to={before}", "to"),
    ],
)
def test_a_strategy_that_was_not_there_yet_is_told_from_one_that_is_nowhere(api: Api, path: str, field: str) -> None:
    before: Any = api.get("").get_json()["question"]["valid_at"]
    api.published()
    now: Any = api.get("").get_json()["question"]["valid_at"]
    told: Any = api.as_("auditor").get(path.format(before=before, now=now)).get_json()
    assert (told["status"], told["rule"], told["field"]) == (404, "not-on-record-then", field)
    assert f"was not on record at `{field}`" in told["detail"]


def test_a_record_of_one_person_and_what_they_owe(api: Api) -> None:
    api.joins("anna", unit="u1")
    record: Any = api.as_("anna").get("people/anna/record").get_json()["answer"]
    assert record["person"]["state"]["presences"][0]["name"] == "Anna"
    api.as_("administrator").joins("bob", unit="u2")
    assert api.as_("bob").get("people/anna/record").get_json()["rule"] == "not-permitted"
    assert api.as_("auditor").get("me/owed").get_json()["rule"] == "nobody-behind-token"


def test_names_are_what_they_were(api: Api) -> None:
    before: Any = api.get("").get_json()["question"]["valid_at"]
    api.change("units/u1", "names", {"name": "Renamed"})
    assert api.get(f"units/u1?valid_at={before}").get_json()["answer"]["name"] == "Unit 1"
    assert api.get("units/u1").get_json()["answer"]["name"] == "Renamed"


def test_an_erased_text_shows_as_erased(api: Api) -> None:
    anna = api.joins("anna", unit="u1")
    vault: Any = api.installation.vault
    vault.erase(api.organisation, UUID(anna))
    assert api.get(f"people/{anna}").get_json()["answer"]["name"] == {"erased": True}
    refused: Any = api.change(f"people/{anna}", "departures", {"reason": "moved away"}).get_json()
    assert refused is not None


def test_health_is_told_without_a_token(api: Api) -> None:
    api.token = ""
    assert api.get("/health/live").get_json() == {"status": "live"}
    assert api.get("/health/ready").get_json() == {"status": "ready"}


@pytest.mark.parametrize("path", ["/problems", "/problems/version-moved", "/openapi.json", "/docs"])
def test_what_is_no_secret_needs_no_token(api: Api, path: str) -> None:
    api.token = ""
    assert api.get(path).status_code == 200


def test_the_front_leads_to_the_document(api: Api) -> None:
    api.token = ""
    found = api.get("/")
    assert (found.status_code, found.headers["Location"]) == (303, "/docs")


def test_a_rule_that_there_is_not(api: Api) -> None:
    assert api.get(f"/problems/{uuid4()}").status_code == 404
