"""Events are for ever: what was stored in any version is read as what it said, and stored alike."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from adapters.mapper import EventMapper
from domain.accountability import AccountableNamed
from domain.agreement import AgreementConcluded
from domain.catalogue import CATALOGUE, UPCASTERS
from domain.draft import StrategyRevised
from domain.goal import GoalChanged, GoalProposed
from domain.kernel import Content
from domain.limit import LimitSet
from domain.organisation import ClockKind, OrganisationFounded
from domain.publication import StrategyPublished
from domain.review import ReviewOpened, ReviewPublished
from tests.golden.making import FOLDER, Golden, digest, filled, made, manifest, wanted

OPENED, PUBLISHED = (made(Golden(each.TOPIC, each.SCHEMA)).content for each in (ReviewOpened, ReviewPublished))
assert isinstance(OPENED, ReviewOpened)
assert isinstance(PUBLISHED, ReviewPublished)
REVISED, REVISION = (made(Golden(each.TOPIC, each.SCHEMA)).content for each in (StrategyRevised, StrategyPublished))
assert isinstance(REVISED, StrategyRevised)
assert isinstance(REVISION, StrategyPublished)
UNSAID: dict[str, Any] = {"edge": None, "apart_from": (), "profiles": (), "seen_as": None}
"""What elements could not say in their first schema."""

OPENED_BEFORE_SCHEDULES = replace(
    OPENED,
    groups=tuple(replace(each, unit=None) for each in OPENED.groups),
    trusted_units=(),
    schedule=None,
    occurrence=None,
)
"""A review as it could be opened in the second schema."""
OF_GOALS: dict[str, Any] = dict.fromkeys(("level", "substantiation", "approach", "start", "within_days"))
"""What goals could not say in theirs."""

LIFTED: dict[tuple[str, int], Content] = {
    ("organisation.founded", 1): OrganisationFounded(
        name=filled(str, "organisation.founded.name"),
        zone=filled(str, "organisation.founded.zone"),
        clock=ClockKind.SIMULATED,
        grace_days=31,
        key=filled(str, "organisation.founded.key"),
    ),
    ("accountable.named", 1): replace(filled(AccountableNamed, "accountable.named"), unit=None, condition=None),
    ("agreement.concluded", 1): replace(filled(AgreementConcluded, "agreement.concluded"), without=()),
    ("limit.set", 1): replace(filled(LimitSet, "limit.set"), person=None),
    ("review.opened", 2): OPENED_BEFORE_SCHEDULES,
    ("goal.proposed", 1): replace(filled(GoalProposed, "goal.proposed"), person=None, **OF_GOALS),
    ("goal.changed", 1): replace(filled(GoalChanged, "goal.changed"), **OF_GOALS),
    ("review.opened", 1): replace(
        OPENED_BEFORE_SCHEDULES,
        questionnaire=replace(
            OPENED.questionnaire,
            questions=tuple(replace(each, theme=None) for each in OPENED.questionnaire.questions),
            confidential_where_possible=False,
        ),
        terms=None,
        reported_back=None,
    ),
    ("review.published", 1): replace(PUBLISHED, confided=None),
    ("strategy.revised", 1): replace(REVISED, **UNSAID),
    ("strategy.published", 1): replace(REVISION, elements=tuple(replace(each, **UNSAID) for each in REVISION.elements)),
}
"""What events of older schemas say at present."""


def changed(folder: Path, kept: dict[str, str]) -> dict[str, str]:
    """What is not as it was kept: files gone, altered, or never entered."""
    there = {path.name: digest(path.read_bytes()) for path in folder.iterdir()}
    gone = dict.fromkeys(kept.keys() - there.keys(), "is gone")
    altered = {name: "was altered" for name, found in there.items() if name in kept and kept[name] != found}
    return gone | altered | dict.fromkeys(there.keys() - kept.keys(), "is not in the manifest")


def missing(folder: Path, goldens: list[Golden]) -> list[str]:
    """The events that nobody kept."""
    return [golden.file for golden in goldens if not (folder / golden.file).exists()]


def test_every_topic_is_kept_in_every_schema_that_it_ever_had() -> None:
    assert missing(FOLDER, wanted()) == [], "write them with: python -m tests.golden.making"


def test_what_is_kept_stays_as_it_is() -> None:
    assert changed(FOLDER, manifest()) == {}


@pytest.mark.parametrize("golden", wanted(), ids=lambda golden: golden.file)
def test_a_kept_event_says_what_it_said(golden: Golden) -> None:
    mapper, state = EventMapper(), (FOLDER / golden.file).read_bytes()
    read, expected = mapper.to_domain_event(golden.stored(state)), made(golden)
    if golden.schema == CATALOGUE[golden.topic].SCHEMA:
        assert read == expected
        assert mapper.to_stored_event(read).state == state
    else:
        assert read.content == LIFTED[golden.topic, golden.schema]
        assert (read.actor, read.labels, read.effective_at) == (expected.actor, expected.labels, expected.effective_at)


def test_every_kept_event_is_still_of_the_catalogue() -> None:
    names = [Golden.of(path.name) for path in FOLDER.iterdir()]
    assert {each.topic for each in names} == set(CATALOGUE)
    assert all(each.schema <= CATALOGUE[each.topic].SCHEMA for each in names)


def test_each_older_schema_has_an_upcaster_and_what_it_says_at_present() -> None:
    older = {(golden.topic, golden.schema) for golden in wanted() if golden.schema < CATALOGUE[golden.topic].SCHEMA}
    assert older == set(UPCASTERS) == set(LIFTED)


@pytest.mark.parametrize("golden", wanted(), ids=lambda golden: golden.file)
def test_a_kept_event_names_every_field(golden: Golden) -> None:
    """Nothing that a content can say is left out of its kept event."""
    document = json.loads((FOLDER / golden.file).read_bytes())
    assert "content" in document or golden.word == "retraction"
    if golden.schema == CATALOGUE[golden.topic].SCHEMA and "content" in document:
        assert set(document["content"]) == set(get_type_hints(CATALOGUE[golden.topic])) - {"TOPIC", "SCHEMA"}


class TestTheGuards:
    """Each of them has a case that makes it fail."""

    @pytest.fixture
    def copy(self, tmp_path: Path) -> Path:
        return shutil.copytree(FOLDER, tmp_path / "events")

    def test_a_changed_file_is_found(self, copy: Path) -> None:
        file = copy / "person.left.1.json"
        file.write_bytes(file.read_bytes() + b" ")
        assert changed(copy, manifest()) == {"person.left.1.json": "was altered"}

    def test_a_file_that_is_gone_or_new_is_found(self, copy: Path) -> None:
        (copy / "person.left.1.json").rename(copy / "person.gone.1.json")
        assert changed(copy, manifest()) == {
            "person.left.1.json": "is gone",
            "person.gone.1.json": "is not in the manifest",
        }

    def test_a_new_topic_or_schema_without_a_kept_event_is_found(self, copy: Path) -> None:
        new = [Golden("person.promoted", 1), Golden("person.left", 2)]
        assert missing(copy, [*wanted(), *new]) == ["person.promoted.1.json", "person.left.2.json"]
