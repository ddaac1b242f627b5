"""What a superuser of the database, who may hold the log's key too, can do: everything, but not unnoticed.

Two checkpoints are held outside, over 4 and over 8 of 10 events. `naive` edits rows; `thorough` also writes the leaves,
throws kept nodes and checkpoints away, and lets the product sign the new history with the genuine key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import psycopg
import pytest

from adapters.bootstrap import Installation, on_postgres
from adapters.crypto.keys import KeyEncryptionKey
from adapters.crypto.log_key import LogKey
from adapters.crypto.notes import VerifierKey
from adapters.evidence.making import Wanted, make_pack
from adapters.evidence.verifying import Report, verify
from adapters.witnesses import HttpWitness
from application.catalogue import commands
from application.deciding import Entry, Request
from application.desk import organisation_id
from application.witnessing import LogKeeper
from domain.kernel import Actor
from tests.support.witness import LocalWitness

KEY = LogKey("log.example", bytes(range(32)))
OTHER = LogKey("log.example", bytes(32))
ORGANISATION = organisation_id("acme")
Attack = Callable[[psycopg.Connection], object]

FLIP = "update avow.events set state = set_byte(state, 20, get_byte(state, 20) # 1) where position = 6"
MOVE = "update avow.events set topic = 'unit.renamed' where position = 6"
BACKDATE = "update avow.events set recorded_at = recorded_at - interval '1 microsecond' where position = 6"
DELETE = "delete from avow.events where position = 6"
CLOSE = """
    update avow.events set position = position + 1000 where position > 6;
    update avow.events set position = position - 1001 where position > 1000
"""
SWAP = """
    update avow.events set position = 1006 where position = 6;
    update avow.events set position = 6 where position = 7;
    update avow.events set position = 7 where position = 1006
"""
TRUNCATE = "delete from avow.events where position > 6"
COVER_UP = """
    update avow.events set leaf = avow.leaf(organisation, position, recorded_at, stream, version, topic, state);
    delete from avow.nodes;
    delete from avow.cosignatures;
    delete from avow.checkpoints
"""


@dataclass
class Scene:
    """An organisation of ten events, and the checkpoints of it that somebody holds outside."""

    dsn: str
    avow: Installation
    held: list[str] = field(default_factory=list[str])

    def record(self, *units: str) -> None:
        for unit in units:
            self.say("unit.formed", unit=unit, name=unit, kind="team")

    def say(self, topic: str, **said: object) -> None:
        entry = Entry(command=commands()[topic](**said))
        self.avow.ledger.execute(
            Request(organisation=ORGANISATION, id=uuid4(), actor=Actor(service="test"), entries=(entry,))
        )

    def checkpoint(self) -> str:
        found = self.avow.log.checkpoint(ORGANISATION)
        assert found is not None
        return found.note

    def attack(self, *statements: str, thorough: bool) -> None:
        with psycopg.connect(self.dsn) as connection:
            for table in ("events", "nodes", "checkpoints", "cosignatures"):
                connection.execute(f"alter table avow.{table} disable trigger user".encode())
            for statement in [*statements, *([COVER_UP] if thorough else [])]:
                connection.execute(statement.encode())

    def verified(self, held: list[str] | None = None) -> Report:
        pack = make_pack(self.avow, ORGANISATION, Wanted())
        return verify(pack, pinned(), self.held if held is None else held)


def pinned() -> VerifierKey:
    return VerifierKey.read(KEY.public(ORGANISATION))


@pytest.fixture
def scene(empty_postgres_dsn: str) -> Iterator[Scene]:
    with on_postgres(empty_postgres_dsn, KeyEncryptionKey(bytes(32)), log_key=KEY) as avow:
        made = Scene(empty_postgres_dsn, avow)
        made.say("organisation.founded", organisation="acme", name="Acme", zone="Europe/Berlin")
        made.record("a", "b", "c")
        made.held.append(made.checkpoint())
        made.record("d", "e", "f", "g")
        made.held.append(made.checkpoint())
        made.record("h", "i")
        made.checkpoint()
        yield made


def test_what_nobody_touched_holds(scene: Scene) -> None:
    report = scene.verified()
    assert report.holds
    assert report.altered_from is None
    assert (report.events, report.size) == (10, 10)


@pytest.mark.parametrize(
    ("attack", "bounds"),
    [
        pytest.param([FLIP], (6, 6), id="one bit"),
        pytest.param([MOVE], (6, 6), id="another topic"),
        pytest.param([BACKDATE], (6, 6), id="another known time"),
        pytest.param([DELETE], (6, 6), id="deleted"),
        pytest.param([SWAP], (5, 8), id="reordered"),  # the leaves moved along
        pytest.param([TRUNCATE], (7, 7), id="truncated"),
    ],
)
def test_rows_changed_are_found_to_the_position(scene: Scene, attack: list[str], bounds: tuple[int, int]) -> None:
    scene.attack(*attack, thorough=False)
    report = scene.verified()
    assert not report.holds
    assert report.altered_from == bounds


THOROUGH = [
    pytest.param([FLIP], (5, 8), id="one bit"),
    pytest.param([MOVE], (5, 8), id="another topic"),
    pytest.param([BACKDATE], (5, 8), id="another known time"),
    pytest.param([DELETE, CLOSE], (5, 8), id="deleted and closed up"),
    pytest.param([SWAP], (5, 8), id="reordered"),
    pytest.param([TRUNCATE], (7, 7), id="truncated"),
    pytest.param([FLIP.replace("= 6", "= 2")], (1, 4), id="before the first held"),
]


@pytest.mark.parametrize(("attack", "bounds"), THOROUGH)
def test_a_history_signed_anew_is_found_by_what_is_held_outside(
    scene: Scene, attack: list[str], bounds: tuple[int, int]
) -> None:
    scene.attack(*attack, thorough=True)
    report = scene.verified()
    assert not report.holds
    assert report.altered_from == bounds
    first, last = bounds
    where = f"after {first - 1}" if first == last else f"from {first} to {last}"
    assert any(where in each.says for each in report.findings if each.holds is False)


@pytest.mark.parametrize(("attack", "bounds"), THOROUGH)
def test_nothing_is_found_where_nothing_is_held_outside(
    scene: Scene, attack: list[str], bounds: tuple[int, int]
) -> None:
    """The control arm."""
    scene.attack(*attack, thorough=True)
    report = scene.verified(held=[])
    assert report.holds
    assert report.altered_from is None
    assert [each.holds for each in report.findings if each.about == "held"] == [None]


def test_what_came_after_the_newest_held_checkpoint_is_not_covered_by_it(scene: Scene) -> None:
    """The other control arm."""
    scene.attack(FLIP.replace("= 6", "= 10"), thorough=True)
    assert scene.verified().holds


def test_another_key_does_not_pass_for_the_pinned_one(scene: Scene, empty_postgres_dsn: str) -> None:
    scene.attack(FLIP, thorough=True)
    with on_postgres(empty_postgres_dsn, KeyEncryptionKey(bytes(32)), log_key=OTHER) as avow:
        pack = make_pack(avow, ORGANISATION, Wanted())
    report = verify(pack, pinned(), scene.held)
    assert not report.holds
    assert [each.holds for each in report.findings if each.about == "signature"] == [False]
    assert report.altered_from == (5, 8)
    assert not verify(pack, pinned()).holds
    theirs = VerifierKey.read(OTHER.public(ORGANISATION))
    assert verify(pack, theirs).holds
    assert not verify(pack, theirs, scene.held).holds


def test_a_fork_is_found(scene: Scene) -> None:
    scene.attack("delete from avow.events where position > 5", thorough=True)
    scene.record("x", "y", "z")
    report = scene.verified()
    assert not report.holds
    assert report.altered_from == (5, 8)
    assert [each.holds for each in report.findings if each.about == "fork"] == [False]
    scene.record("v", "w")
    report = scene.verified()
    assert report.altered_from == (5, 8)


def test_an_extract_shows_that_its_history_is_another_one(scene: Scene) -> None:
    extract = Wanted(extract=True, span=(1, 3))
    genuine = make_pack(scene.avow, ORGANISATION, extract)
    assert verify(genuine, pinned(), scene.held).holds
    scene.attack(FLIP, thorough=True)
    scene.checkpoint()
    scene.record("x")
    report = verify(make_pack(scene.avow, ORGANISATION, extract), pinned(), [scene.held[1], *scene.held[:1]])
    assert [each.holds for each in report.findings if each.about == "growth"] == [None, None]
    scene.attack("delete from avow.events where position > 8", thorough=True)
    report = verify(make_pack(scene.avow, ORGANISATION, extract), pinned(), scene.held)
    assert [each.holds for each in report.findings if each.about == "growth"] == [None, False]
    assert not report.holds


def test_witnesses_sign_a_genuine_history_only(scene: Scene) -> None:
    with LocalWitness("one.example") as first, LocalWitness("two.example") as second:
        local = [each.knows(KEY.public(ORGANISATION)) for each in (first, second)]
        keeper = LogKeeper(scene.avow.log, [HttpWitness(each.key, each.address) for each in local])
        keeper.tend(ORGANISATION)
        pack = make_pack(scene.avow, ORGANISATION, Wanted())
        keys = [each.key for each in local]
        report = verify(pack, pinned(), [], keys)
        assert report.holds
        assert [each.holds for each in report.findings if each.about == "witness"] == [True, True]
        scene.attack(FLIP, thorough=True)
        scene.record("x")
        keeper.tend(ORGANISATION)
        altered = make_pack(scene.avow, ORGANISATION, Wanted())
        assert not verify(altered, pinned(), [], keys).holds
        assert verify(altered, pinned(), []).holds
        assert not verify(altered, pinned(), first.notes).holds
        stranger = LocalWitness("three.example").key
        assert not verify(pack, pinned(), [], [stranger]).holds


def test_a_checkpoint_of_another_log_proves_nothing(scene: Scene) -> None:
    foreign = KEY.sign(UUID(int=3), 4, bytes(32))
    report = scene.verified(held=[foreign, "nothing"])
    assert [each.holds for each in report.findings if each.about == "held"] == [False, False, None]
