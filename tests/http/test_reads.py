"""Who opened what: sensitive views leave a trace that auditors read, and one's own record leaves none."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.bootstrap import Installation
from adapters.http.app import NOUNS, create_app
from adapters.http.trail import TRAILED, TRAILED_WHERE_OTHERS_ARE_NAMED
from application.ports import StoreUnavailable
from application.reads import Read, Trail
from tests.http.test_permissions import stage
from tests.support.api import Api


@pytest.fixture
def api() -> Api:
    return stage()


def traces(api: Api, query: str = "") -> list[Any]:
    """The newest first, without those of whoever set the stage."""
    found: list[Any] = api.as_("auditor").get(f"reads{query}").get_json()["answer"]
    return [each for each in found if each["roles"] != ["administrator"]]


LOOKS = {
    "people/anna": "people/<person>",
    "people/anna/record": "people/<person>/record",
    "people/anna/erasure": "people/<person>/erasure",
    "reviews/spring/answers": "reviews/<review>/answers",
    "alignment/figures/commitments/all?strategy=2026": "alignment/figures/<figure>",
    "alignment/explanation?strategy=2026&valid_at=2100-01-01&from_known_at=20": "alignment/explanation",
    "register?why=correction": "register",
    "history?topics=commitment.made": "history",
    "history/2": "history/<position>",
}


BY_THE_OFFICE = {
    "people/anna/subject-access": "people/<person>/subject-access",
    "people/anna/subject-access/text": "people/<person>/subject-access/text",
}


@pytest.mark.parametrize("look", BY_THE_OFFICE)
def test_what_administrators_open_leaves_a_trace_too(api: Api, look: str) -> None:
    assert api.as_("administrator").get(look).status_code == 200
    newest: Any = api.as_("auditor").get("reads").get_json()["answer"][0]
    assert (newest["view"], newest["roles"]) == (BY_THE_OFFICE[look], ["administrator"])


@pytest.mark.parametrize("look", LOOKS)
def test_a_sensitive_view_leaves_a_trace(api: Api, look: str) -> None:
    assert traces(api) == []
    assert api.as_("auditor").get(look).status_code == 200
    (trace,) = traces(api)
    assert trace["view"] == LOOKS[look]
    assert trace["roles"] == ["auditor"]
    assert trace["person"] is None
    assert trace["token"]
    assert "anna" not in str(trace)


OF_PEOPLE = {
    "alignment/enrolment?strategy=2026": "alignment/enrolment",
    "concerns": "concerns",
    "concerns/anna/courage": "concerns/<concern>",
    "conversations": "conversations",
    "conversations/first": "conversations/<conversation>",
    "knowledge-uses": "knowledge-uses",
}
"""What tells of people by name; to anna of herself alone."""


def test_what_names_people_leaves_a_trace_unless_it_is_the_reader(api: Api) -> None:
    for look, view in OF_PEOPLE.items():
        before = len(traces(api))
        own = f"{look}&unit=sales" if view == "alignment/enrolment" else look
        assert api.as_("anna").get(own).status_code == 200, look
        assert len(traces(api)) == before, look
        assert api.as_("auditor").get(look).status_code == 200, look
        assert traces(api)[0]["view"] == view
        assert len(traces(api)) == before + 1


def test_every_sensitive_view_is_tried_here_and_has_an_address() -> None:
    assert {view.replace("<path:", "<") for view in TRAILED} == {*LOOKS.values(), *BY_THE_OFFICE.values()}
    assert {view.replace("<path:", "<") for view in TRAILED_WHERE_OTHERS_ARE_NAMED} == set(OF_PEOPLE.values())
    assert {*TRAILED, *TRAILED_WHERE_OTHERS_ARE_NAMED} <= {ask.path for noun in NOUNS for ask in noun.asks}


def test_the_trace_names_whom_it_is_about_and_who_looked(api: Api) -> None:
    anna = api.as_("auditor").get("people/anna").get_json()["answer"]["id"]
    lead = api.get("people/lead").get_json()["answer"]["id"]
    assert api.as_("lead").get("people/anna/record").status_code == 200
    assert [each["person"] for each in traces(api, "?about=anna")] == [lead, None]
    (by_lead,) = traces(api, "?by=lead")
    assert by_lead["about"] == anna
    assert by_lead["asked"] == {"person": anna}


def test_what_one_reads_of_oneself_and_what_was_refused_leave_no_trace(api: Api) -> None:
    assert api.as_("anna").get("people/anna/record").status_code == 200
    assert api.as_("bob").get("people/anna/record").status_code == 403
    assert api.as_("foreign").get("people/anna").status_code == 404
    assert traces(api) == []


def test_the_trail_is_read_page_by_page_by_auditors_alone(api: Api) -> None:
    for position in (1, 2, 3):
        assert api.as_("auditor").get(f"history/{position}").status_code == 200
    first = api.get("reads?page_size=2")
    shown = first.get_json()["answer"]
    link = first.headers["Link"].partition("<")[2].partition(">")[0]
    rest = api.client.get(link, headers=api.headers()).get_json()["answer"]
    assert len(shown) == 2
    assert [each["asked"].get("event") for each in [*shown, *rest]][:3] == ["3", "2", "1"]
    for who in ("administrator", "sponsor", "lead", "anna", "integration"):
        assert api.as_(who).get("reads").status_code == 403, who


class Full(Trail):
    """A trail that takes nothing."""

    def add(self, read: Read) -> None:
        raise StoreUnavailable("full")

    def reads(self, *_: object, **__: object) -> list[Read]:
        return []


def test_what_leaves_no_trace_is_not_shown(api: Api) -> None:
    parts = {name: value for name, value in vars(api.installation).items() if name != "trail"}
    app = create_app(Installation(**parts, trail=Full()))
    shown = app.test_client().get(f"{api.root}/people/anna", headers=api.as_("auditor").headers())
    assert shown.status_code == 503
    assert "anna" not in shown.get_data(as_text=True)
