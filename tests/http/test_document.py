"""The OpenAPI document says what the API does: generated requests, valid and not, are answered as it describes."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import given, settings
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi import checks
from schemathesis.specs.openapi.schemas import OpenApiSchema

from adapters.http import problems
from adapters.http.schemas import fields_of, spelt
from adapters.http.vocabulary import WORDS
from application.catalogue import commands
from domain.organisation import ClockKind
from tests.http.test_permissions import PLACES, routes, stage
from tests.support.api import Api

CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.missing_required_header,
    checks.unsupported_method,
]


def _written(path: str) -> str:
    return path.replace("<path:", "{").replace("<", "{").replace(">", "}")


@pytest.fixture(scope="module")
def furnished() -> Api:
    return stage()


@pytest.fixture(scope="module")
def document(furnished: Api) -> OpenApiSchema:
    return schemathesis.openapi.from_wsgi("/openapi.json", furnished.client.application)


ROUTES = sorted((method, "/v1/organisations/{organisation}/" + _written(path)) for method, path, _, _ in routes())


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_a_route_answers_as_it_is_described(
    method: str, path: str, mode: GenerationMode, document: OpenApiSchema, furnished: Api
) -> None:
    operation = document[path.rstrip("/")][method]

    @settings(max_examples=6)
    @given(operation.as_strategy(generation_mode=mode))
    def answers(case: Case[Any]) -> None:
        office = any(noun in case.path for noun in ("/people", "/units", "/tokens", "/sign-ins"))
        who = "administrator" if office else "sponsor"
        case.path_parameters["organisation"] = furnished.key
        for name, place in PLACES.items():
            # Half of the time a record that is there: else most requests would end at the address.
            if name in case.path_parameters and len(str(case.path_parameters[name])) % 2:
                case.path_parameters[name] = place
        # What was made up for the header that this test fills in itself is no reason for a refusal.
        made_up = "Authorization" in (case.headers or {})
        asked = [each for each in CHECKS if not (made_up and each is checks.negative_data_rejection)]
        case.call_and_validate(headers={"Authorization": f"Bearer {furnished.tokens[who]}"}, checks=asked)

    answers()


def test_the_document_is_of_openapi_3_1_and_has_no_loose_ends(furnished: Api) -> None:
    document: Any = furnished.client.get("/openapi.json").get_json()
    assert document["openapi"] == "3.1.0"
    for reference in _references(document):
        found: Any = document
        for part in reference.removeprefix("#/").split("/"):
            assert part in found, reference
            found = found[part]
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method in ("get", "post"):
                assert operation["summary"].endswith("."), (method, path)
                assert operation["operationId"]
                assert operation["security"] == [{"token": []}]


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for each in value.values():
            yield from _references(each)
    elif isinstance(value, list):
        for each in value:
            yield from _references(each)


def test_every_field_of_every_command_is_explained() -> None:
    silent = {
        (command.__name__, name)
        for command in commands().values()
        for name in map(spelt, fields_of(command))
        if name not in WORDS
    }
    assert silent == set()


def test_every_rule_is_explained_once() -> None:
    kinds = list(problems.kinds_of_refusal())
    codes = [kind.__new__(kind).code for kind in kinds]
    assert sorted(codes) == sorted(set(codes))
    for code, kind in problems.every_refusal().items():
        page = problems.explained(kind, code)
        assert page["meaning"], code
        assert page["meaning"] != inspect.getdoc(Exception)
        assert page["detail"]
        assert page["way_out"]
        assert 400 <= page["status"] < 600


def test_a_simulated_organisation_is_described_too(furnished: Api) -> None:
    body: Any = furnished.as_("administrator").get("").get_json()
    assert body["answer"]["clock"] == ClockKind.SIMULATED
    assert body["question"]["clock"] == "simulated"
