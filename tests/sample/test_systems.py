"""docs/systems.md, held against what there is: features, addresses, events, and the answers of the sample."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from adapters.http.app import NOUNS, create_app
from application.permissions import Role
from domain.catalogue import CATALOGUE
from tests.sample.imported import Imported

ROOT = Path(__file__).parents[2]
SECTIONS = re.split(r"^## ", (ROOT / "docs" / "systems.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
SYSTEMS = {section.split()[0]: section for section in SECTIONS if re.match(r"S\d+ ", section)}
CALL = re.compile(r"`(GET|POST) …/([^`?]+)[^`]*`")
ANSWER = re.compile(r"^ {4}(GET \S+)\n {4}(\S+) = (.+)$", re.MULTILINE)
ANSWERS = [(name, *found) for name, section in SYSTEMS.items() for found in ANSWER.findall(section)]

Json = Any  # answers are of any shape


def line(section: str, title: str) -> str:
    """What a section's line of that title says."""
    found = re.search(rf"^- {title}: (.*?)(?=^- |\n\n|\Z)", section, re.MULTILINE | re.DOTALL)
    assert found is not None, f"{section.split(maxsplit=1)[0]} has no line {title!r}"
    return found[1]


def test_the_systems_of_the_documents_are_all_there() -> None:
    assert list(SYSTEMS) == [f"S{number}" for number in range(1, 28)]


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_system_is_described_by_features_that_exist(system: str) -> None:
    named = re.findall(r"`(\w+\.feature)`", line(SYSTEMS[system], "Feature"))
    assert named
    assert [each for each in named if not (ROOT / "features" / each).is_file()] == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_system_is_recorded_in_events_that_exist(system: str) -> None:
    named = re.findall(r"`([a-z_]+\.[a-z_]+)`", line(SYSTEMS[system], "Events"))
    assert named
    assert [each for each in named if each not in CATALOGUE] == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_system_is_worked_with_at_addresses_that_exist(system: str) -> None:
    paths = [path for noun in NOUNS for path in [act.path for act in noun.acts] + [deed.path for deed in noun.deeds]]
    acts = {("POST", _bare(path)) for path in paths}
    asks = {("GET", _bare(ask.path)) for noun in NOUNS for ask in noun.asks}
    named = [(method, _bare(path)) for method, path in CALL.findall(line(SYSTEMS[system], "Calls"))]
    assert named
    assert [each for each in named if each not in acts | asks] == []


def _bare(path: str) -> str:
    return re.sub(r"<(?:path:)?[a-z]+>|\{[a-z]+\}", "*", path)


@pytest.fixture(scope="module")
def auditor(sample: Imported) -> Any:
    """Asks the sample as its auditor, who also sees what sponsors see."""
    client = create_app(sample.installation).test_client()
    token = sample.installation.tokens.issue(sample.organisation, "auditor", roles=(Role.AUDITOR,))[1]

    def ask(address: str) -> Json:
        reply = client.get(f"/v1/organisations/sample/{address}", headers={"Authorization": f"Bearer {token}"})
        assert reply.status_code == 200, reply.get_data(as_text=True)
        return reply.get_json()["answer"]

    return ask


def test_every_system_has_an_answer_of_the_sample() -> None:
    assert {name for name, *_ in ANSWERS} == set(SYSTEMS)


@pytest.mark.parametrize(("system", "request_", "place", "expected"), ANSWERS)
def test_an_answer_comes_as_it_is_told(auditor: Any, system: str, request_: str, place: str, expected: str) -> None:
    """`place` leads into the answer: names, numbers of list entries, `name=value` for the entry that says so."""
    found: Json = auditor(request_.removeprefix("GET …/"))
    for step in place.split("/"):
        found = _step(found, step)
    assert found is not None
    assert _told(found) == expected


def _step(found: Json, step: str) -> Json:
    if isinstance(found, dict):
        return found[step]
    name, _, value = step.partition("=")
    if not value:
        return found[int(step)]
    return next(each for each in found if _told(each[name]) == value.replace("_", " "))


def _told(found: Json) -> str:
    match found:
        case bool():
            return "yes" if found else "no"
        case list():
            return ", ".join(map(_told, found))
        case _:
            return str(found)
