"""The strategy map over HTTP: what it is called, of which type, when it is sent again, and what is asked wrongly."""

from __future__ import annotations

import pytest

from tests.http.test_permissions import NOW, stage
from tests.printing.pages import pages
from tests.support.api import Api

MAP = "strategies/2026/revisions/1/map"


@pytest.fixture(scope="module")
def api() -> Api:
    return stage()


@pytest.mark.parametrize(("form", "media"), [("html", "text/html"), ("pdf", "application/pdf")])
def test_it_is_sent_once(api: Api, form: str, media: str) -> None:
    first = api.as_("anna").get(f"{MAP}/{form}?paper=letter")
    assert (first.status_code, first.mimetype) == (200, media)
    assert first.headers["Content-Disposition"] == f'inline; filename="strategy-map-1.{form}"'
    again = api.get(f"{MAP}/{form}?paper=letter", If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.get_data()) == (304, b"")
    other = api.get(f"{MAP}/{form}?paper=a4", If_None_Match=first.headers["ETag"])
    assert other.status_code == 200


def test_the_page_allows_its_own_style_and_nothing_else(api: Api) -> None:
    page = api.as_("anna").get(f"{MAP}/html")
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "style-src 'sha256-" in policy
    assert "script" not in policy
    assert "Quotes within a day" in page.get_data(as_text=True)


def test_the_pdf_is_one_page_and_the_same_as_of_the_same_moment(api: Api) -> None:
    asked = f"{MAP}/pdf?valid_at={NOW}&known_at={api.position}"
    first, second = (api.as_("auditor").get(asked).get_data() for _ in range(2))
    assert first == second
    assert pages(first) == 1


def test_what_is_asked_wrongly_is_told(api: Api) -> None:
    wrong = api.as_("anna").get(f"{MAP}/pdf?paper=a3").get_json()
    assert (wrong["status"], wrong["field"]) == (422, "paper")
    assert wrong["detail"] == "paper: this has to be one of: a4, letter"
    for address in (MAP.replace("/1/", "/9/"), f"{MAP.replace('/1/', '/x/')}/pdf"):
        assert api.get(address).status_code == 404


def test_a_moment_before_anything_was_recorded_prints_nothing(api: Api) -> None:
    early = api.as_("anna").get(f"{MAP}/pdf?known_at=0")
    assert (early.status_code, early.mimetype) == (200, "application/json")
    assert "nothing_recorded" in early.get_json()["answer"]
