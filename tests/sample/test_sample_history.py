"""The sample's file: the same bytes for the same seed, every line a fact of the format, a story with all its turns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.sample import HIGHLIGHTS, sample_history
from adapters.sample.__main__ import main
from adapters.sample.history import Line
from adapters.sample.story import tell
from application.catalogue import commands
from tests.sample.imported import Imported

GRACE = 7
Documents = list[dict[str, Any]]


@pytest.fixture(scope="module")
def documents() -> Documents:
    return [json.loads(line) for line in sample_history()]


def lines(**wanted: str) -> Iterator[Line]:
    for line in tell().lines():
        if all(line.fields.get(name) == value for name, value in wanted.items()):
            yield line


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_the_same_seed_gives_the_same_bytes_in_any_process(hash_seed: str, tmp_path: Path) -> None:
    out = tmp_path / "sample.jsonl"
    subprocess.run(
        [sys.executable, "-m", "adapters.sample", str(out)], check=True, env={**os.environ, "PYTHONHASHSEED": hash_seed}
    )
    assert out.read_bytes() == "".join(sample_history()).encode()


def test_another_seed_tells_another_story_by_the_same_script(tmp_path: Path) -> None:
    assert main([str(tmp_path / "other.jsonl"), "--seed", "7"]) == 0
    other = (tmp_path / "other.jsonl").read_text(encoding="utf-8").splitlines()
    assert [*sample_history(7)] == [line + "\n" for line in other]
    assert other != [line.rstrip() for line in sample_history()]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_seed_tells_known_times_in_order(seed: int) -> None:
    known = [line.known for line in tell(seed).lines()]
    assert known == sorted(known)


def test_the_sample_is_imported_without_a_refused_line(sample: Imported, documents: Documents) -> None:
    assert sample.refused == []
    assert sample.report.recorded == sample.report.lines == len(documents) - 1


def test_every_type_but_a_few_has_its_place_in_the_story(documents: Documents) -> None:
    told = {each.get("type") for each in documents}
    left_out = {
        "access.revoked", "action.reopened", "benchmark.withdrawn", "capability.released",
        "concern.withdrawn",
        "constituency.released", "conversation.restated", "evidence.withdrawn", "exception.ended",
        "goal.replaced", "knowledge.need_ended", "knowledge.retired", "kpi.changed", "kpi.retired",
        "organisation.closed", "person.erased",
        "person.held", "person.released", "programme.changed", "programme.completed", "programme.dropped",
        "proposal.withdrawn", "report.published", "report.withdrawn", "representative.ended",
        "request.move_refused", "request.revoked", "request.withdrawn", "retention.set", "review.cancelled",
        "review.discharged", "review.withdrawn", "scale.defined", "schedule.ended", "schedule.refused",
        "shaping.closed", "tactic.changed", "unit.dissolved",
    }  # fmt: skip
    assert set(commands()) - told == left_out


def test_late_entries_say_why() -> None:
    late = [line for line in lines() if line.days_late > GRACE and not line.replaces and not line.retracts]
    assert len(late) >= 12
    assert all(line.fields.get("reason") for line in late)


def test_corrections_are_made_undone_and_taken_back() -> None:
    corrections = [line for line in lines() if line.replaces or line.retracts]
    assert any(line.replaces and line.replaces.replaces for line in corrections), "none undoes another"
    assert any(line.retracts for line in corrections)
    assert all(line.fields.get("reason") for line in corrections)


def test_people_are_of_four_ranks_and_of_every_access_role() -> None:
    ranks = Counter(str(line.fields["rank"]) for line in lines() if line.type == "rank.held")
    assert sorted(ranks) == ["associate", "director", "manager", "specialist"]
    roles = {line.fields["role"] for line in lines() if line.type == "access.granted"}
    assert roles == {"administrator", "sponsor", "strategist", "auditor", "lead", "member"}


def test_commitments_are_at_every_level_and_come_to_every_end(documents: Documents) -> None:
    made = [each for each in documents if each.get("type") in {"commitment.made", "commitment.changed"}]
    assert {each["level"] for each in made} == {"not yet", "on condition", "committed"}
    assert {kind for each in made for kind in each.get("party", {})} == {"person", "unit"}


def test_no_name_is_borne_twice(documents: Documents) -> None:
    names = [each["name"] for each in documents if each.get("type") == "person.joined" and "replaces" not in each]
    twice = [name for name, count in Counter(names).items() if count > 1]
    assert twice == ["Orla Stand"], "only the one who came back"
    assert 390 <= len(set(names)) <= 420


def test_three_requests_are_offered_to_try() -> None:
    assert len(HIGHLIGHTS) == 3
    assert all(each.request.startswith("/v1/organisations/sample/") and each.shows for each in HIGHLIGHTS)
