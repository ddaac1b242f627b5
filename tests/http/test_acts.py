"""Acts over HTTP: recorded once, on the version their author saw, and told where they went."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from domain.organisation import ClockKind
from tests.support.api import Api

COMMITMENT = {"commitment": "anna/quick", "party": {"person": "anna"}, "strategy": "2026", "level": "committed"}


@pytest.fixture
def api(api: Api) -> Api:
    made = api
    made.post("units", {"unit": "sales", "name": "Sales", "kind": "team"})
    made.joins("anna", unit="sales")
    made.published()
    return made.as_("anna")


def test_what_was_recorded_is_found_at_its_location(api: Api) -> None:
    made = api.post("commitments", {**COMMITMENT, "result": "a quote a day"})
    assert made.status_code == 201
    body: Any = made.get_json()
    assert made.headers["ETag"] == f'"v{body["version"]}"' == '"v1"'
    assert made.headers["Avow-Position"] == str(body["position"])
    shown = api.get(made.headers["Location"])
    answer: Any = shown.get_json()
    assert answer["answer"]["id"] == body["id"]
    assert answer["answer"]["terms"]["result"] == "a quote a day"
    assert answer["position"] == body["position"]
    assert shown.headers["ETag"] == '"v1"'


def test_a_key_with_slashes_is_an_address_too(api: Api) -> None:
    api.post("commitments", COMMITMENT)
    assert api.get("commitments/anna/quick").status_code == 200
    assert api.change("commitments/anna/quick", "withdrawals").status_code == 201


def test_a_change_says_which_version_it_saw(api: Api) -> None:
    api.post("commitments", COMMITMENT)
    without: Any = api.post("commitments/anna/quick/withdrawals").get_json()
    assert (without["status"], without["rule"]) == (428, "version-not-stated")
    outdated: Any = api.post("commitments/anna/quick/withdrawals", If_Match='"v7"').get_json()
    assert (outdated["status"], outdated["data"]) == (412, {"expected": 7, "present": 1})
    assert api.post("commitments/anna/quick/withdrawals", If_Match='"v1"').status_code == 201


def test_a_repeated_request_is_answered_from_what_came_of_it(api: Api) -> None:
    first = api.post("commitments", COMMITMENT, Idempotency_Key="k-1")
    again = api.post("commitments", COMMITMENT, Idempotency_Key="k-1")
    assert first.get_json() == again.get_json()
    assert first.headers["Location"] == again.headers["Location"]
    assert (first.headers.get("Avow-Repeated"), again.headers["Avow-Repeated"]) == (None, "true")
    changed = api.post("commitments", {**COMMITMENT, "level": "not yet"}, Idempotency_Key="k-1")
    assert (changed.status_code, changed.get_json()["rule"]) == (422, "idempotency-key-reused")


def test_a_repeated_change_is_answered_too(api: Api) -> None:
    api.post("commitments", COMMITMENT)
    first = api.post("commitments/anna/quick/withdrawals", If_Match='"v1"', Idempotency_Key="w-1")
    again = api.post("commitments/anna/quick/withdrawals", If_Match='"v1"', Idempotency_Key="w-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.get_json() == again.get_json()


def test_a_refused_request_leaves_its_key_free(api: Api) -> None:
    wrong = api.post("commitments", {**COMMITMENT, "level": "gigantic"}, Idempotency_Key="k-2")
    assert (wrong.status_code, wrong.get_json()["rule"]) == (422, "level-not-on-scale")
    assert api.post("commitments", COMMITMENT, Idempotency_Key="k-2").status_code == 201


def test_two_callers_may_choose_the_same_key(api: Api) -> None:
    api.as_("administrator").joins("bob", unit="sales")
    api.as_("anna").post("commitments", COMMITMENT, Idempotency_Key="same")
    other = {"commitment": "bob/quick", "party": {"person": "bob"}, "strategy": "2026"}
    assert api.as_("bob").post("commitments", other, Idempotency_Key="same").status_code == 201


def test_two_people_revise_one_element(api: Api) -> None:
    tag = api.as_("strategist").get("strategies/2026/elements/vision").headers["ETag"]
    path = "strategies/2026/elements/vision/revisions"
    first = api.post(path, {"kind": "vision", "text": "To be quicker."}, If_Match=tag)
    second: Any = api.post(path, {"kind": "vision", "text": "To be careful."}, If_Match=tag).get_json()
    assert first.status_code == 201
    assert (second["status"], second["rule"]) == (412, "concurrent-edit")
    fresh = api.get("strategies/2026/elements/vision").headers["ETag"]
    assert api.post(path, {"kind": "vision", "text": "Quick with care."}, If_Match=fresh).status_code == 201


def test_an_element_is_not_added_over_another(api: Api) -> None:
    """What somebody wrote is lost to nobody who did not read it: adding asks for an id that is free."""
    body = {"element": "vision", "kind": "vision", "text": "To be loud."}
    refused: Any = api.as_("strategist").post("strategies/2026/elements", body).get_json()
    assert (refused["status"], refused["rule"], refused["field"]) == (
        409, "element-already-there", "element"
    )  # fmt: skip
    assert api.get("strategies/2026/elements/vision").get_json()["answer"]["element"]["text"] != "To be loud."
    tag = api.get("strategies/2026/elements/vision").headers["ETag"]
    removed = api.post("strategies/2026/elements/vision/revisions", {"removed": True}, If_Match=tag)
    assert (removed.status_code, api.post("strategies/2026/elements", body).status_code) == (201, 201)


def test_two_elements_are_revised_side_by_side(api: Api) -> None:
    api.as_("strategist").post("strategies/2026/elements", {"element": "m", "kind": "mission", "text": "To serve."})
    tags = {each: api.get(f"strategies/2026/elements/{each}").headers["ETag"] for each in ("vision", "m")}
    for element, kind in (("vision", "vision"), ("m", "mission")):
        body = {"kind": kind, "text": "Better."}
        done = api.post(f"strategies/2026/elements/{element}/revisions", body, If_Match=tags[element])
        assert done.status_code == 201
        assert done.headers["Location"] == f"{api.root}/strategies/2026/elements/{element}"


def test_a_commitment_can_be_declined_reassigned_and_taken_over(api: Api) -> None:
    api.as_("administrator").joins("bob", unit="sales")
    no = api.as_("bob").post("declined-commitments", {"party": {"person": "bob"}, "strategy": "2026", "reason": "no"})
    assert api.get(no.headers["Location"]).get_json()["answer"]["standing"] == "declined"
    api.as_("anna").post("commitments", COMMITMENT)
    assert api.change("commitments/anna/quick", "reassignments", {"party": {"person": "bob"}}).status_code == 201
    refused = api.change("commitments/anna/quick", "acceptances")
    assert (refused.status_code, refused.get_json()["rule"]) == (403, "not-permitted")
    assert api.as_("bob").change("commitments/anna/quick", "acceptances").status_code == 201
    owed: Any = api.get("commitments/anna/quick").get_json()
    assert owed["answer"]["party"]["id"] == api.get("me").get_json()["answer"]["person"]


def test_an_accountable_person_is_named_for_an_element_or_a_goal(api: Api) -> None:
    api.as_("strategist").post("goals", {"goal": "g", "strategy": "2026", "title": "Quotes"})
    for what in ({"strategy": "2026", "element": "vision"}, {"goal": "g"}):
        body = {"for": what, "person": "anna"}
        done = api.change("strategies/2026", "accountabilities", body)
        assert done.status_code == 201, done.get_json()


def test_null_clears_a_field_of_a_goal_and_absence_keeps_it(api: Api) -> None:
    api.as_("strategist").post(
        "goals", {"goal": "g", "strategy": "2026", "title": "Quotes", "target": "95 %", "due": "2030-06-30"}
    )
    assert api.change("goals/g", "changes", {"due": None}).status_code == 201
    answer: Any = api.get("goals/g").get_json()["answer"]
    assert (answer["due"], answer["target"], answer["title"]) == (None, "95 %", "Quotes")


def test_a_fact_is_replaced_and_retracted_with_a_reason(api: Api) -> None:
    made: Any = api.post("commitments", COMMITMENT).get_json()
    api.as_("administrator")
    address = f"history/{made['position']}"
    tag = api.get(address).headers["ETag"]
    body = {"party": {"person": "anna"}, "strategy": "2026", "level": "not yet", "commitment": "anna/quick"}
    bare: Any = api.post(f"{address}/replacements", body, If_Match=tag).get_json()
    assert (bare["status"], bare["rule"]) == (422, "correction-without-reason")
    done = api.post(f"{address}/replacements", {**body, "reason": "misheard"}, If_Match=tag)
    assert done.status_code == 201, done.get_json()
    assert api.get("commitments/anna/quick").get_json()["answer"]["terms"]["level"] == "not yet"
    words: Any = api.get(address).get_json()["answer"]["words"]
    assert [each["word"] for each in words] == ["fact", "replacement"]
    stale = api.post(f"{address}/retractions", {"reason": "never said"}, If_Match=tag)
    assert stale.status_code == 412
    fresh = api.get(address).headers["ETag"]
    gone = api.post(f"{address}/retractions", {"reason": "never said"}, If_Match=fresh)
    assert gone.status_code == 201
    assert api.get("commitments/anna/quick").status_code == 404
    earlier = api.get(f"commitments/anna/quick?known_at={made['position']}")
    assert earlier.get_json()["answer"]["terms"]["level"] == "committed"
    back = api.post(
        f"{address}/replacements", {**body, "reason": "said after all"}, If_Match=api.get(address).headers["ETag"]
    )
    assert back.status_code == 201, back.get_json()
    assert api.get("commitments/anna/quick").get_json()["answer"]["standing"] == "open"
    correction: Any = api.get(gone.headers["Location"]).get_json()["answer"]
    assert (correction["word"], correction["corrects"]) == ("retraction", made["position"])


def test_a_unit_is_corrected_without_naming_it_again(api: Api) -> None:
    api.as_("administrator")
    position = api.change("units/sales", "names", {"name": "Slaes"}).get_json()["position"]
    tag = api.get(f"history/{position}").headers["ETag"]
    body = {"name": "Sales & Service", "reason": "a slip"}
    assert api.post(f"history/{position}/replacements", body, If_Match=tag).status_code == 201
    assert api.get("units/sales").get_json()["answer"]["name"] == "Sales & Service"


def test_a_change_that_takes_the_ground_from_a_later_one_names_it(api: Api) -> None:
    api.post("commitments", COMMITMENT)
    body: Any = api.change("commitments/anna/quick", "changes", {"level": "not yet"}).get_json()
    api.as_("administrator")
    made: Any = api.get("history?topics=commitment.made").get_json()["answer"][0]
    tag = api.get(f"history/{made['position']}").headers["ETag"]
    no: Any = api.post(f"history/{made['position']}/retractions", {"reason": "no"}, If_Match=tag).get_json()
    assert (no["status"], no["rule"]) == (409, "conflicts-with-later-fact")
    assert no["data"]["topic"] == "commitment.changed"
    assert body["version"] == 2


def test_joining_and_a_first_membership_are_recorded_together_or_not_at_all(api: Api) -> None:
    api.as_("administrator")
    joins = {"type": "person.joined", "person": "carl", "name": "Carl"}
    sits = {"type": "membership.began", "person": "carl", "unit": "sales", "home": True}
    before: Any = api.get("").get_json()["position"]
    wrong: Any = api.post("requests", {"facts": [joins, {**sits, "unit": "nowhere"}]}).get_json()
    assert (wrong["status"], wrong["field"]) == (404, "unit")
    assert api.get("").get_json()["position"] == before
    done = api.post("requests", {"facts": [joins, sits]})
    assert done.status_code == 201, done.get_json()
    carl: Any = api.get("people/carl").get_json()["answer"]
    assert (carl["name"], len(carl["memberships"])) == ("Carl", 1)
    two = api.post("requests", {"facts": [joins | {"person": "dora"}, {**sits, "person": "anna"}]})
    assert two.get_json()["rule"] == "several-aggregates"


def test_corrections_that_only_hold_together_are_made_together(api: Api) -> None:
    api.post("commitments", COMMITMENT)
    api.change("commitments/anna/quick", "changes", {"level": "not yet"})
    made, changed = (
        api.as_("administrator").get(f"history?topics=commitment.{what}").get_json()["answer"][0]["position"]
        for what in ("made", "changed")
    )
    tag = api.get(f"history/{made}").headers["ETag"]
    gone = [{"retracts": each, "reason": "never said"} for each in (changed, made)]
    assert api.post("requests", {"facts": gone}).get_json()["rule"] == "version-not-stated"
    done = api.post("requests", {"facts": gone}, If_Match=tag)
    assert done.status_code == 201, done.get_json()
    assert api.get("commitments/anna/quick").status_code == 404


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ([], "facts"),
        ({}, "facts"),
        (["x"], "facts.0"),
        ([{}], "facts.0.type"),
        ([{"type": "organisation.founded"}], "facts.0.type"),
        ([{"type": "unit.formed", "name": 1, "kind": "team"}], "facts.0.name"),
        ([{"retracts": 1, "replaces": 1}], "facts.0.retracts"),
        ([{"retracts": "1"}], "facts.0.retracts"),
    ],
)
def test_a_fact_among_several_is_refused_by_its_place(api: Api, facts: object, field: str) -> None:
    body: Any = api.as_("administrator").post("requests", {"facts": facts}, If_Match='"v1"').get_json()
    assert (body["status"], body["field"]) == (422, field), body


def test_nobody_hands_their_statement_to_somebody_else_by_correcting_it(api: Api) -> None:
    api.as_("administrator").joins("bob", unit="sales")
    made: Any = api.as_("anna").post("commitments", COMMITMENT).get_json()
    body = {"party": {"person": "bob"}, "strategy": "2026", "level": "committed", "reason": "not me"}
    no = api.post(f"history/{made['position']}/replacements", body, If_Match='"v1"')
    assert (no.status_code, no.get_json()["rule"]) == (403, "not-permitted")


def test_a_review_is_opened_answered_and_published(api: Api) -> None:
    opened = api.as_("sponsor").post(
        "reviews",
        {
            "review": "spring",
            "kind": "clarity_check",
            "title": "Clear?",
            "strategy": "2026",
            "revision": 1,
            "questionnaire": "clear-believable-implementable",
            "participants": ["anna"],
            "closes": "2999-01-01",
            "readers": [],
        },
    )
    assert opened.status_code == 201, opened.get_json()
    owed: Any = api.as_("anna").get("me/owed").get_json()["answer"]
    assert [(each["call"], each["kind"], each["title"]) for each in owed] == [("answer", "review", "Clear?")]
    answers = {"clear": {"score": 4, "comment": "mostly"}, "believable": {"unknown": True}}
    said = api.post("reviews/spring/answers", {"person": "anna", "answers": answers})
    assert said.status_code == 201, said.get_json()
    mine: Any = api.get("reviews/spring/answers").get_json()["answer"]
    assert mine[0]["given"][-1]["answers"]["clear"]["comment"] == "mostly"
    assert api.as_("sponsor").get("reviews/spring/answers").get_json()["answer"] == []
    assert api.change("reviews/spring", "closings").status_code == 201
    late = api.as_("anna").post("reviews/spring/answers", {"person": "anna", "answers": {"clear": {"score": 1}}})
    assert late.get_json()["rule"] == "takes-no-answers"
    assert api.as_("sponsor").change("reviews/spring", "publications").status_code == 201
    shown: Any = api.as_("anna").get("reviews/spring").get_json()["answer"]
    assert (shown["participants"], shown["participant_count"]) == (None, 1)
    assert shown["editions"][0]["results"][0]["answered"] == 1


def test_a_duty_is_given_and_met(api: Api) -> None:
    duty = {"person": "anna", "kind": "acknowledge", "for": "2026", "due": "2030-01-31"}
    given = api.as_("sponsor").post("duties", duty)
    assert given.status_code == 201, given.get_json()
    assert [each["call"] for each in api.as_("anna").get("me/owed").get_json()["answer"]] == ["duty"]
    done = api.post("acknowledgements", {"person": "anna", "strategy": "2026", "method": "read"})
    assert done.status_code == 201
    assert api.get("me/owed").get_json()["answer"] == []
    assert api.get(done.headers["Location"]).get_json()["answer"]["statements"][0]["method"] == "read"


def test_a_simulated_organisation_takes_known_times_and_says_so(api: Api) -> None:
    api = Api.found(f"training-{uuid4()}", clock=ClockKind.SIMULATED, installation=api.installation, client=api.client)
    body = {"unit": "sales", "name": "Sales", "kind": "team"}
    done = api.post("units", {**body, "known": "2999-01-01T00:00:00Z", "at": "2998-12-31"})
    assert done.status_code == 201, done.get_json()
    assert done.get_json()["recorded_at"] == "2999-01-01T00:00:00.000000Z"
    assert api.get("units").get_json()["question"]["clock"] == "simulated"
    earlier = api.post("units", {**body, "unit": "north", "known": "2998-01-01T00:00:00Z"})
    assert earlier.get_json()["rule"] == "known-time-not-yours"
