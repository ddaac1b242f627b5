"""The schema that is shipped is the one that the commands make, and it validates what the reader takes."""

from __future__ import annotations

import json

import jsonschema_rs
import pytest

from adapters.interchange.reference import PAGE, page_with_reference
from adapters.interchange.schema import SCHEMA_FILE, command_properties, history_schema, written
from adapters.interchange.words import FIELDS
from application.catalogue import commands
from domain.catalogue import CATALOGUE
from tests.interchange.conftest import small_history


def test_the_shipped_schema_is_the_generated_one() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == written(), "run: python -m adapters.interchange.schema"


def test_every_event_has_a_line_and_every_line_an_event() -> None:
    assert set(commands()) == set(CATALOGUE)


def test_the_schema_is_a_schema() -> None:
    jsonschema_rs.meta.validate(history_schema())


def test_a_whole_history_is_valid() -> None:
    shipped = jsonschema_rs.validator_for(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))
    for each in small_history():
        shipped.validate(each)


@pytest.mark.parametrize("topic", sorted(commands()))
def test_every_type_says_what_it_is_for(topic: str) -> None:
    described = history_schema()["$defs"][topic]
    assert len(described["description"]) > 10
    assert not described["additionalProperties"]
    assert all(each.get("description") or name == "type" for name, each in described["properties"].items())


def test_no_words_are_left_over() -> None:
    known = {name for asked in commands().values() for name in command_properties(asked)}
    own = {f"{topic}.{name}" for topic, asked in commands().items() for name in command_properties(asked)}
    assert set(FIELDS) <= known | own


def test_the_page_has_the_reference_of_all_types() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == page_with_reference(page), "run: python -m adapters.interchange.reference"
