"""What a pack proves: everything, or chosen events; the state recomputed is the product's own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import cffi  # type: ignore[import-untyped]
import cryptography
import pytest

from adapters.crypto.notes import VerifierKey
from adapters.evidence.bundle import bundle
from adapters.evidence.making import NothingRecorded, Wanted, make_pack
from adapters.evidence.packs import COMPLETE, EXTRACT, Pack, PackUnreadable, read_pack, write_pack
from adapters.evidence.reading import EventUnreadable, read_event
from adapters.evidence.standalone import main
from adapters.evidence.stating import Folded, figures
from adapters.evidence.verifying import Report, verify
from adapters.mapper import EventMapper
from application.desk import Desk
from application.questions import Asked
from domain.kernel import Actor
from domain.scope import Scope
from domain.transparency import Leaf
from tests.golden.making import FOLDER
from tests.sample.imported import Imported

INSTANTS = ["2025-10-09", "2026-03-31", "2026-04-01", "2026-09-30"]


def day(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T21:59:59.999999").replace(tzinfo=UTC)


def asked(sample: Imported, valid: str = "2026-04-01", known: str | None = None) -> Asked:
    return sample.installation.questions.ask(sample.organisation, day(valid), day(known) if known else None)


def find(sample: Imported, kind: str, key: str) -> UUID:
    avow = sample.installation
    book = avow.ledger.book(sample.organisation)
    return Desk(book, Actor(), avow.ledger.now(sample.organisation)).find(kind, key, kind)


def make(sample: Imported, **wanted: Any) -> Pack:
    return make_pack(sample.installation, sample.organisation, Wanted(**wanted))


def key(sample: Imported) -> VerifierKey:
    return VerifierKey.read(sample.installation.log.signer.public(sample.organisation))


def says(report: Report, about: str) -> list[bool | None]:
    return [each.holds for each in report.findings if each.about == about]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_every_stored_event_is_read_as_the_product_reads_it(path: Path) -> None:
    topic = ".".join(path.name.split(".")[:2])
    mapper, leaf = EventMapper(), Leaf(
        organisation=UUID(int=1), position=1, recorded_at=day("2026-01-01"), stream=UUID(int=2), version=7, topic=topic,
        stored=path.read_bytes(),
    )  # fmt: skip
    mine = mapper.to_stored_event(read_event(leaf))
    theirs = mapper.to_domain_event(replace(mine, state=leaf.stored))
    assert mine == mapper.to_stored_event(theirs)


@pytest.mark.parametrize("stored", [b"", b"[]", b"{}", b"\xff", b'{"organisation": 1}'])
def test_an_event_that_cannot_be_read_is_refused(stored: bytes) -> None:
    leaf = Leaf(
        organisation=UUID(int=1), position=4, recorded_at=day("2026-01-01"), stream=UUID(int=2), version=7,
        topic="unit.formed", stored=stored,
    )  # fmt: skip
    with pytest.raises(EventUnreadable, match="position 4"):
        read_event(leaf)


@pytest.mark.parametrize("valid", INSTANTS)
@pytest.mark.parametrize("unit", [None, "service-desk"])
def test_the_state_recomputed_is_the_product_s(sample: Imported, valid: str, unit: str | None) -> None:
    strategy = find(sample, "strategy", "clear-signal")
    scope = Scope(unit=find(sample, "unit", unit) if unit else None)
    moment = asked(sample, valid, known="2026-05-01")
    pack = make(sample, asked=moment, strategy=strategy, scope=scope)
    report = verify(pack, key(sample))
    product = sample.installation.questions.alignment(moment, strategy, scope)
    assert report.holds
    assert report.state == figures(product)
    assert len(report.state) > 40
    assert sum(map(bool, report.state.values())) > 10


def test_every_state_behind_it_is_the_product_s_too(sample: Imported) -> None:
    strategy, moment, mapper = find(sample, "strategy", "clear-signal"), asked(sample), sample.installation.ledger
    product = sample.installation.questions.situation(moment, strategy)
    placed = mapper.ledger_recorder.select_positions(sample.organisation, until=moment.position, limit=10**6)
    folded = Folded((mapper.recorded(each).event for each in placed), moment.valid_at)
    assert folded.situation(sample.organisation, strategy) == product


def test_a_state_that_the_maker_embellished_is_found(sample: Imported) -> None:
    pack = make(sample, asked=asked(sample), strategy=find(sample, "strategy", "clear-signal"))
    assert pack.claimed is not None
    better = {**pack.claimed, "parties/people/committed": pack.claimed["population/people"]}
    report = verify(replace(pack, claimed=better), key(sample))
    assert says(report, "state") == [False]
    assert not report.holds


def test_an_extract_of_a_state_makes_the_same_state(sample: Imported) -> None:
    wanted = {"asked": asked(sample, "2026-03-31"), "strategy": find(sample, "strategy", "clear-signal")}
    pack = make(sample, extract=True, **wanted)
    report = verify(pack, key(sample))
    assert report.holds
    assert report.state == make(sample, **wanted).claimed
    assert says(report, "omissions") == [None]


def test_an_extract_of_a_span_or_a_figure_is_proven_event_by_event(sample: Imported) -> None:
    strategy = find(sample, "strategy", "clear-signal")
    span = make(sample, extract=True, span=(3, 60))
    assert len(span.items) == 58
    report = verify(span, key(sample))
    assert report.holds
    assert says(report, "omissions") == [None]
    assert not any(each.about == "root" for each in report.findings)
    figure = make(sample, extract=True, asked=asked(sample), strategy=strategy, figure="commitments/stale")
    assert figure.kind == EXTRACT
    assert 0 < len(figure.items) < sample.report.recorded
    assert verify(figure, key(sample)).holds


def test_a_person_s_record_is_disclosed_by_salt_and_text_and_no_key(sample: Imported) -> None:
    moment = asked(sample)
    person = min(sample.installation.questions.people(moment))
    pack = make(sample, extract=True, asked=moment, person=person, disclose=True)
    assert pack.disclosed
    report = verify(pack, key(sample))
    assert report.holds
    assert set(says(report, "disclosure")) == {True}
    first = pack.disclosed[0]
    for bad in (
        replace(first, text=first.text + "!"),
        replace(first, salt=bytes(32)),
        replace(first, position=pack.items[-1].leaf.position + 1),
    ):
        assert says(verify(replace(pack, disclosed=(bad,)), key(sample)), "disclosure") == [False]
    assert make(sample, extract=True, asked=moment, person=person).disclosed == ()


def test_an_extract_with_another_event_in_it_does_not_hold(sample: Imported) -> None:
    pack = make(sample, extract=True, span=(5, 9))
    changed = replace(pack.items[2], leaf=replace(pack.items[2].leaf, stored=b"{}"))
    report = verify(replace(pack, items=(*pack.items[:2], changed, *pack.items[3:])), key(sample))
    assert says(report, "inclusion") == [False]
    assert "position 7" in "".join(each.says for each in report.findings if each.holds is False)
    unproven = replace(pack.items[0], proof=None)
    assert not verify(replace(pack, items=(unproven,)), key(sample)).holds


def test_nothing_makes_no_pack(sample: Imported) -> None:
    for wanted in ({"span": (10**6, 10**6 + 1)}, {"asked": asked(sample), "person": UUID(int=5)}):
        with pytest.raises(NothingRecorded):
            make(sample, extract=True, **wanted)
    with pytest.raises(NothingRecorded):
        make_pack(sample.installation, UUID(int=9), Wanted())


def test_a_pack_is_read_as_it_was_written(sample: Imported, tmp_path: Path) -> None:
    pack = make(sample, extract=True, span=(1, 5), disclose=True)
    odd = replace(pack.items[0], leaf=replace(pack.items[0].leaf, stored=b'\xff\x00"\n'))
    for number, each in enumerate((pack, replace(pack, items=(odd,)), make(sample))):
        path = tmp_path / f"{number}"
        write_pack(path, each)
        assert read_pack(path) == each
    with pytest.raises(FileExistsError):
        write_pack(tmp_path / "0", pack)


def test_a_file_that_is_no_pack_is_refused(sample: Imported, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    write_pack(whole, make(sample, extract=True, span=(1, 2)))
    bad = tmp_path / "bad"
    bad.write_bytes(whole.read_bytes()[:-40])
    other = tmp_path / "other"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("pack.json", '{"format": "avow-evidence/2", "kind": "complete"}')
    for path in (bad, other):
        with pytest.raises(PackUnreadable):
            read_pack(path)


@pytest.fixture
def files(sample: Imported, tmp_path: Path) -> tuple[Path, Path]:
    pack, pinned = tmp_path / "p.avow-evidence", tmp_path / "log.key"
    write_pack(pack, make(sample, asked=asked(sample), strategy=find(sample, "strategy", "clear-signal")))
    pinned.write_text(str(key(sample)) + "\n")
    return pack, pinned


def test_the_command_line_tells_people_and_programs(
    sample: Imported, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    pack, pinned = files
    held = tmp_path / "held.txt"
    checkpoint = sample.installation.log.checkpoint(sample.organisation)
    assert checkpoint is not None
    held.write_text(checkpoint.note)
    assert main([str(pack), "--key", str(pinned), "--checkpoint", str(held)]) == 0
    assert "Nothing was disproved." in capsys.readouterr().out
    pinned.write_text(str(replace(key(sample), public=bytes(31) + b"\x01")))
    assert main([str(pack), "--key", str(pinned)]) == 1
    assert "DOES NOT HOLD" in capsys.readouterr().out
    pinned.write_text("nothing")
    assert main([str(pack), "--key", str(pinned)]) == 2
    assert "no key" in capsys.readouterr().err


def test_the_stand_alone_file_needs_python_and_cryptography_only(files: tuple[Path, Path], tmp_path: Path) -> None:
    """Run apart: no site-packages but cryptography (with cffi, which it is built on), and a network that is shut."""
    pack, pinned = files
    alone, libraries = tmp_path / "avow-verify.pyz", tmp_path / "libraries"
    bundle(alone)
    libraries.mkdir()
    for package in (cryptography, cffi):
        folder = Path(str(package.__file__)).parent
        (libraries / folder.name).symlink_to(folder)
        for native in folder.parent.glob("_cffi_backend*.so"):
            if not (libraries / native.name).exists():
                (libraries / native.name).symlink_to(native)
    starter = tmp_path / "start.py"
    command = [sys.executable, "-I", "-S", str(starter), str(alone), str(pack), "--key", str(pinned), "--json"]
    starter.write_text(
        "import sys, runpy\n"
        "def hook(event, arguments):\n"
        "    if event.startswith('socket.'):\n"
        "        raise SystemExit('the network was used: ' + event)\n"
        "sys.addaudithook(hook)\n"
        f"sys.path.append({str(libraries)!r})\n"
        "sys.argv.pop(0)\n"
        "runpy.run_path(sys.argv[0], run_name='__main__')\n"
    )
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=tmp_path, env={"PATH": os.environ["PATH"]}
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    product = read_pack(pack)
    assert report["state"] == product.claimed
    assert report["holds"] is True
    assert (report["kind"], report["events"]) == (COMPLETE, len(product.items))
