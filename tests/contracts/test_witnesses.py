"""Two witnesses on this machine sign what grew, and nothing else."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event as Signal
from threading import Thread
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import StoredEvent

from adapters.crypto.log_key import LogKey
from adapters.crypto.notes import Note, VerifierKey, read_signature, witness_lines
from adapters.memory.recorder import MemoryRecorder
from adapters.memory.transparency import MemoryLog
from adapters.settings import SettingsWrong
from adapters.witnesses import HttpWitness, read_witnesses
from application.ports import StoreUnavailable
from application.transparency import TransparencyLog
from application.witnessing import LogKeeper, WitnessRefused, WitnessUnavailable
from tests.support.witness import LocalWitness

KEY = LogKey("log.example", bytes(32))


def new_log() -> TransparencyLog:
    return TransparencyLog(MemoryRecorder(), MemoryLog(), KEY, lambda: datetime.now(UTC))


@pytest.fixture
def organisation() -> UUID:
    return uuid4()


@pytest.fixture
def witnesses(organisation: UUID) -> Iterator[list[LocalWitness]]:
    with LocalWitness("one.example/w") as first, LocalWitness("two.example") as second:
        yield [each.knows(KEY.public(organisation)) for each in (first, second)]


@pytest.fixture
def policy(witnesses: list[LocalWitness], tmp_path: Path) -> Path:
    path = tmp_path / "policy"
    path.write_text("# who signs\n\nquorum none\n" + "".join(each.policy for each in witnesses))
    return path


def append(log: TransparencyLog, organisation: UUID, count: int = 1) -> None:
    events = [StoredEvent(uuid4(), 1, "told", b"{}") for _ in range(count)]
    log.recorder.insert_events(events, organisation=organisation)


def test_both_sign_each_checkpoint_as_it_grows(organisation: UUID, witnesses: list[LocalWitness], policy: Path) -> None:
    log = new_log()
    keeper = LogKeeper(log, read_witnesses(policy))
    for count in (1, 4, 300):
        append(log, organisation, count)
        checkpoint = keeper.tend(organisation)
        assert checkpoint is not None
        note = Note.read(log.note(checkpoint))
        signed = [[each.key.cosigned_at(line, note.text) for line in note.signatures] for each in witnesses]
        assert [sum(at is not None for at in lines) for lines in signed] == [1, 1]
        assert VerifierKey.read(KEY.public(organisation)).verifies(note)
    keeper.tend(organisation)
    assert [[Note.read(each).checkpoint.size for each in one.notes] for one in witnesses] == [[1, 5, 305]] * 2
    held = log.held(organisation)
    assert held is not None
    assert held.size == 305
    assert log.age(held).total_seconds() < 60


def test_what_a_witness_holds_is_asked_of_it_when_it_was_forgotten(
    organisation: UUID, witnesses: list[LocalWitness], policy: Path
) -> None:
    log = new_log()
    append(log, organisation, 7)
    LogKeeper(log, read_witnesses(policy)).tend(organisation)
    restored = TransparencyLog(log.recorder, MemoryLog(), KEY, lambda: datetime.now(UTC))
    append(log, organisation, 7)
    LogKeeper(restored, read_witnesses(policy)).tend(organisation)
    assert [each.held[f"log.example/{organisation}"].size for each in witnesses] == [14, 14]


@pytest.mark.parametrize(("events", "why"), [(9, "did not grow"), (5, "did not grow"), (3, "cut off")])
def test_a_history_written_anew_is_not_signed(
    organisation: UUID,
    witnesses: list[LocalWitness],
    policy: Path,
    events: int,
    why: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    log = new_log()
    append(log, organisation, 5)
    LogKeeper(log, read_witnesses(policy)).tend(organisation)
    fork = new_log()
    append(fork, organisation, events)
    with caplog.at_level(logging.CRITICAL, "avow.log"):
        LogKeeper(fork, read_witnesses(policy)).tend(organisation)
    assert [each.held[f"log.example/{organisation}"].size for each in witnesses] == [5, 5]
    assert fork.held(organisation) is None
    assert [why in each.getMessage() for each in caplog.records] == [True, True]


def test_a_log_or_a_key_that_it_does_not_know_is_not_signed(organisation: UUID) -> None:
    with LocalWitness("one.example") as witness:
        asked = HttpWitness(witness.key, witness.address)
        note = KEY.sign(organisation, 1, bytes(32))
        with pytest.raises(WitnessRefused, match="does not know this log"):
            asked.cosign(0, [], note, 1)
        witness.knows(LogKey("log.example", bytes(31) + b"x").public(organisation))
        with pytest.raises(WitnessRefused, match="key"):
            asked.cosign(0, [], note, 1)


def test_a_signature_by_another_key_is_not_taken(organisation: UUID) -> None:
    with LocalWitness("one.example") as witness, LocalWitness("one.example") as another:
        witness.knows(KEY.public(organisation))
        with pytest.raises(WitnessUnavailable, match="no signature by its key"):
            HttpWitness(another.key, witness.address).cosign(0, [], KEY.sign(organisation, 1, bytes(32)), 1)


def test_a_witness_that_is_away_holds_nothing_up(
    organisation: UUID, witnesses: list[LocalWitness], caplog: pytest.LogCaptureFixture
) -> None:
    log = new_log()
    append(log, organisation)
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    away = HttpWitness(LocalWitness("away.example").key, f"http://127.0.0.1:{port}")
    wrong = HttpWitness(witnesses[1].key, witnesses[1].address + "/elsewhere")
    here = HttpWitness(witnesses[0].key, witnesses[0].address)
    with caplog.at_level(logging.WARNING, "avow.log"):
        LogKeeper(log, [away, wrong, here]).tend(organisation)
    assert [each.witness for each in log.store.newest_cosignatures(organisation, KEY.key)] == ["one.example/w"]
    assert ["away.example" in each.getMessage() for each in caplog.records] == [True, False]


def test_the_keeper_looks_after_every_log_and_outlives_a_store_that_is_away() -> None:
    class Away(MemoryRecorder):
        times = 0

        def organisations(self) -> list[UUID]:
            self.times += 1
            stop.set()
            raise StoreUnavailable("away")

    stop, recorder = Signal(), Away()
    LogKeeper(TransparencyLog(recorder, MemoryLog(), KEY, lambda: datetime.now(UTC))).run(stop)
    assert recorder.times == 1

    log, again = new_log(), Signal()
    for each in (uuid4(), uuid4()):
        append(log, each)
    beside = Thread(target=LogKeeper(log).run, args=(again,))
    beside.start()
    while any(log.store.newest(each, KEY.key) is None for each in log.recorder.organisations()):
        again.wait(0.01)
    again.set()
    beside.join()


@pytest.mark.parametrize(
    "line", ["witness a", "witness a not-a-key http://a", f"witness a {KEY.public(UUID(int=1))} http://a"]
)
def test_a_policy_that_cannot_be_read_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "policy"
    path.write_text(f"\n{line}\n")
    with pytest.raises(SettingsWrong, match="cannot be read"):
        read_witnesses(path)
    with pytest.raises(SettingsWrong, match="cannot be read"):
        read_witnesses(tmp_path / "none")


def test_a_witness_is_reached_over_http_only(tmp_path: Path) -> None:
    key = LocalWitness("a").key
    path = tmp_path / "policy"
    path.write_text(f"witness a {key} ftp://a\nwitness a {key}\n")
    with pytest.raises(SettingsWrong, match="ftp"):
        read_witnesses(path)
    assert len(witness_lines(path.read_text())) == 2


def test_a_published_cosignature_is_verified() -> None:
    """The example of C2SP's tlog-cosignature is a line of the very length and form."""
    line = (
        "— witness.example.com/w1 "
        "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
    )
    read = read_signature(line)
    assert (read.name, len(read.made), read.line) == ("witness.example.com/w1", 72, line)
    assert int.from_bytes(read.made[:8], "big") == 1679315147
