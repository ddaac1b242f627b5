"""Where nobody signs in Avow is a demonstration: for this machine alone, and everything it sends says so."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from adapters.bootstrap import Installation, in_memory
from adapters.http.app import create_app
from adapters.http.demonstration import NOTICE
from adapters.http.server import NoIssuer, NotOnLoopback, serve
from adapters.settings import Oidc, Settings
from tests.support.api import Api

ADDRESSES = ["/docs", "/openapi.json", "/problems", "/nothing", "/health/live", "/v1/organisations/x/units"]


@pytest.fixture(scope="module")
def demonstration() -> FlaskClient:
    return create_app(in_memory(), demonstration=True).test_client()


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_response_says_so(demonstration: FlaskClient, installation: Installation, address: str) -> None:
    assert demonstration.get(address).headers["Avow-Demo"] == NOTICE
    assert "Avow-Demo" not in create_app(installation).test_client().get(address).headers


def test_the_page_and_the_document_say_so_first(demonstration: FlaskClient, first: Api) -> None:
    page, document = demonstration.get("/docs").get_data(as_text=True), demonstration.get("/openapi.json").get_json()
    assert page.index(escape(NOTICE)) < page.index("<nav")
    assert document["info"]["description"].startswith(NOTICE)
    assert escape(NOTICE) not in first.client.get("/docs").get_data(as_text=True)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000"])
def test_this_machine_is_answered(demonstration: FlaskClient, host: str) -> None:
    assert demonstration.get("/docs", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "avow.example.org"},
        {"Host": "192.0.2.7:8000"},
        {"Host": "localhost.example.org"},
        {"X-Forwarded-For": "192.0.2.7"},
        {"Forwarded": "for=192.0.2.7"},
    ],
)
def test_nobody_else_is(demonstration: FlaskClient, headers: dict[str, str]) -> None:
    for address in ("/docs", "/v1/organisations/x/units"):
        refused = demonstration.get(address, headers=headers)
        assert (refused.status_code, refused.get_json()["rule"]) == (421, "demonstration-is-local")
    assert demonstration.get("/health/live", headers=headers).status_code == 200


@pytest.mark.parametrize(("host", "behind_proxy"), [("0.0.0.0", False), ("0.0.0.0", True), ("127.0.0.1", True)])  # noqa: S104
def test_without_an_issuer_no_server_starts_that_others_reach(tmp_path: Path, host: str, behind_proxy: bool) -> None:
    with pytest.raises(NoIssuer, match="set AVOW_OIDC_ISSUER and AVOW_OIDC_AUDIENCE"):
        serve(Settings(data=tmp_path, host=host), "", behind_proxy=behind_proxy)


def test_with_an_issuer_tokens_do_not_travel_in_clear_either(tmp_path: Path) -> None:
    oidc = Oidc(issuers=("https://login.example.org",), audience="avow")
    with pytest.raises(NotOnLoopback, match="a proxy that speaks TLS"):
        serve(Settings(data=tmp_path, host="192.0.2.7", oidc=oidc), "")
