"""Answers of plain values are what the document says of them: every field is described, every description is met."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest

from adapters.http.record_shapes import RecordAnswer
from adapters.http.shapes import AlignmentAnswer, ChangesAnswer, EventAnswer, FigureAnswer, WholeEventAnswer
from tests.http.test_fields import declared, scene, seen
from tests.http.test_permissions import NOW
from tests.support.api import Api

FIGURES = (
    "population/people", "population/units", "commitments/all", "parties/people/all", "acknowledgement/current",
    "acknowledgement/none", "duties/met", "accountable/goals_vacant",
)  # fmt: skip
QUESTIONS: dict[str, tuple[str, Any]] = {
    "alignment?strategy=2026": ("alignment", AlignmentAnswer),
    f"alignment/changes?strategy=2026&from={NOW}&to={NOW}": ("alignment/changes", ChangesAnswer),
    **{f"alignment/figures/{each}?strategy=2026": ("alignment/figures/{figure}", FigureAnswer) for each in FIGURES},
    "people/anna/record": ("people/{person}/record", RecordAnswer),
    "history": ("history", list[EventAnswer]),
    "history/3": ("history/{position}", WholeEventAnswer),
}
"""The address that is asked, the one that the document describes, and the shape of its answer."""


@pytest.fixture(scope="module")
def furnished() -> Api:
    return scene()


def described(api: Api, address: str) -> Any:
    """What the document says of an address's answers, with all that it refers to."""
    document: Any = api.client.get("/openapi.json").get_json()
    operation = document["paths"]["/v1/organisations/{organisation}/" + address]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return {**schema, "components": document["components"]}


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_what_the_document_says(furnished: Api, question: str) -> None:
    address, kind = QUESTIONS[question]
    # One who may see all of it, without being in it.
    body: Any = furnished.as_("auditor").get(question).get_json()
    jsonschema_rs.validate(described(furnished, address), body)
    fields = set(declared(kind))
    undescribed = {path for path, says in seen(body["answer"]) if says and not _covered(path, fields)}
    assert undescribed == set()


def test_a_field_that_is_not_described_or_not_as_described_is_found(furnished: Api) -> None:
    """The control arm."""
    body: Any = furnished.as_("auditor").get("alignment?strategy=2026").get_json()
    fields, schema = set(declared(AlignmentAnswer)), described(furnished, "alignment")
    assert not _covered(".people_missing[].id", fields)
    del body["answer"]["people_committed"]["of"]
    with pytest.raises(jsonschema_rs.ValidationError):
        jsonschema_rs.validate(schema, body)


def _covered(path: str, fields: set[str]) -> bool:
    """Whether a path is a field of the shape, or lies within one that holds whatever it holds."""
    return any(path == field or path.startswith((f"{field}.", f"{field}[")) for field in fields)
