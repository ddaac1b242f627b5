"""The other commands: state, tokens, worker, rebuild, backup and restore, doctor, run."""

from __future__ import annotations

import json
import signal
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.cli.conftest import Shell
from tests.interchange.conftest import small_history

COMMANDS = (
    "run", "serve", "worker", "migrate", "rebuild", "import", "export", "state", "explain", "token", "sign-in",
    "backup", "restore", "upgrade", "doctor", "evidence", "verify", "verifier",
)  # fmt: skip


@pytest.fixture
def acme(shell: Shell) -> Shell:
    shell.avow("import", shell.write(small_history()), "-o", "acme")
    return shell


def test_the_state_is_shown_as_of_any_instant(acme: Shell) -> None:
    shown = acme.avow("state", "-o", "acme", "-s", "2020", "--valid-at", "2020-04-30")
    assert "Service first" in shown
    assert "revision 1 in force since 2020-03-10T08:00:00" in shown
    assert "1 of 2 people committed (50.0 %)" in shown

    before = acme.json("state", "-o", "acme", "-s", "2020", "--valid-at", "2020-03-31")
    assert before["answer"]["people_committed"]["count"] == 0
    assert before["question"]["organisation"] == "acme"
    assert set(before) == {"question", "position", "rules", "answer", "present"}

    acme.avow("state", "-o", "acme", "-s", "2020", "--known-at", "3", exit=1)
    assert "had not been drafted" in acme.err
    acme.avow("state", "-o", "acme", "-s", "2020", "--unit", "nowhere", exit=1)
    acme.avow("state", "-o", "acme", "-s", "2020", "--valid-at", "soon", exit=1)
    assert "'soon' is not an instant" in acme.err


def test_what_was_restated_is_explained(acme: Shell) -> None:
    asked = ("explain", "-o", "acme", "-s", "2020", "--valid-at", "2020-04-30")
    head = acme.json("state", "-o", "acme", "-s", "2020")["position"]
    found = acme.json(*asked, "--from-known-at", str(head - 1))
    assert (found["position"], found["answer"]["complete"]) == (head, True)
    before = acme.json("state", "-o", "acme", "-s", "2020", "--valid-at", "2020-04-30", "--known-at", str(head - 1))
    after = acme.json("state", "-o", "acme", "-s", "2020", "--valid-at", "2020-04-30", "--known-at", str(head))
    same = before["answer"] == after["answer"]
    assert (found["answer"]["figures"] == []) is same
    shown = acme.avow(*asked, "--from-known-at", str(head))
    assert "No figure was restated." in shown
    acme.avow(*asked, "--from-known-at", "1", exit=1)
    assert "had not been drafted" in acme.err
    acme.avow(*asked, "--from-known-at", str(head), "-f", "nonsense", exit=1)
    assert "no figure" in acme.err


def test_the_stored_state_is_the_one_that_is_worked_out(acme: Shell) -> None:
    asked = ("state", "-o", "acme", "-s", "2020", "--unit", "service", "--valid-at", "2020-05-10")
    worked_out = acme.json(*asked)
    assert "No worker" in acme.err
    worker = acme.start("worker")
    try:
        deadline = time.monotonic() + 30
        while "up to date" not in acme.avow("doctor", exit=4):  # the tests' server does without fsync
            assert time.monotonic() < deadline
        assert acme.json(*asked) == worked_out
        assert not acme.err
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.communicate(timeout=30)
    assert worker.returncode == 0
    assert "made anew" in acme.avow("rebuild")
    assert acme.json(*asked) == worked_out


def test_sign_ins_are_bound_listed_and_ended(acme: Shell) -> None:
    bind = ("sign-in", "bind", "-o", "acme", "--person", "anna", "--subject", "a1b2@example.org")
    acme.avow(*bind, exit=1)
    assert "AVOW_OIDC_ISSUER" in acme.err
    trusting: Any = {"AVOW_OIDC_ISSUER": "https://login.example.org", "AVOW_OIDC_AUDIENCE": "avow"}
    assert "Bound" in acme.avow(*bind, **trusting)
    acme.avow(*bind, exit=1, **trusting)
    assert "somebody's sign-in already" in acme.err
    acme.avow(*bind, "--issuer", "https://login.example.org/", exit=1, **trusting)
    (listed,) = acme.json("sign-in", "list", "-o", "acme")
    assert (listed["issuer"], listed["ended_at"], listed["bound_by"]) == ("https://login.example.org", None, None)
    assert "a1b2" not in json.dumps(listed)
    acme.avow("sign-in", "end", "-o", "acme", listed["id"])
    (listed,) = acme.json("sign-in", "list", "-o", "acme")
    assert listed["ended_at"]
    table = acme.avow("sign-in", "list", "-o", "acme")
    assert listed["id"] in table
    assert "ended" in table
    acme.avow("sign-in", "end", "-o", "acme", "a1b2", exit=1)
    acme.avow("sign-in", "end", "-o", "acme", "00000000-0000-0000-0000-000000000000", exit=1)


def test_tokens_are_made_listed_and_revoked(acme: Shell) -> None:
    made = acme.json("token", "create", "-o", "acme", "--name", "board", "--role", "auditor")
    assert made["secret"].startswith("avow_")
    (listed,) = acme.json("token", "list", "-o", "acme")
    assert (listed["name"], listed["status"]) == ("board", "holds")
    assert "secret" not in listed
    acme.avow("token", "revoke", "-o", "acme", made["id"])
    (listed,) = acme.json("token", "list", "-o", "acme")
    assert listed["status"] == "revoked"
    acme.avow("token", "create", "-o", "acme", "--name", "board", "--person", "nobody", exit=1)
    acme.avow("token", "create", "-o", "acme", "--name", "board", "--days", "1000", exit=1)
    acme.avow("token", "revoke", "-o", "acme", "board", exit=1)


def test_a_backup_is_restored_into_an_empty_database(acme: Shell, bare_postgres_dsn: str) -> None:
    exported = acme.avow("export", "-o", "acme")
    events, keys = str(acme.folder / "events"), str(acme.folder / "keys")
    acme.avow("backup", events, keys)
    acme.avow("backup", events, keys, exit=4)
    restored = Shell(acme.folder, bare_postgres_dsn)
    restored.avow("restore", events, keys)
    assert restored.avow("export", "-o", "acme") == exported


def test_the_doctor_finds_what_is_wrong(acme: Shell, bare_postgres_dsn: str) -> None:
    found = {each["what"]: each for each in json.loads(acme.avow("doctor", "--json", exit=4))}
    assert found["migrations"]["finding"] == "fine"
    assert found["fsync"]["finding"] == "wrong", "the tests' server does without"
    assert found["stored answers"]["finding"] == "look"

    acme.avow("doctor", exit=4, AVOW_PORT="many")
    bare = acme.avow("doctor", exit=4, AVOW_DATABASE_URL=bare_postgres_dsn)
    assert "avow migrate" in bare
    away = acme.avow("doctor", exit=4, AVOW_DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert "start the server" in away

    key = acme.folder / "data" / "key-encryption-key"
    key.chmod(0o644)
    assert "chmod 600" in acme.avow("doctor", exit=4)
    key.write_text("x")
    assert "(base64 of 32 bytes)" in acme.avow("doctor", exit=4)


def test_the_doctor_looks_at_the_key_of_the_log(acme: Shell) -> None:
    def found() -> tuple[str, str]:
        checks = {each["what"]: each for each in json.loads(acme.avow("doctor", "--json", exit=4))}
        return checks["log's key"]["finding"], checks["log's key"]["found"]

    key = acme.folder / "data" / "log-key"
    assert found()[0] == "fine"
    key.unlink()
    assert found() == ("look", f"{key} is not there")
    assert not key.exists(), "the doctor changes nothing"
    acme.avow("log", "checkpoint", "-o", "acme")
    kept = key.read_text()
    assert found()[0] == "fine"
    key.unlink()
    assert found() == ("wrong", f"{key} is not there, and checkpoints were signed with it")
    key.write_text(kept.split()[0] + " " + "A" * 43 + "=")
    key.chmod(0o600)
    assert found() == ("look", f"{key} is not the key that signed so far")
    key.write_text("nothing")
    assert found()[0] == "wrong"
    key.write_text(kept)
    key.chmod(0o644)
    assert found()[0] == "wrong"


def test_no_other_key_is_made_beside_the_keys_of_a_history(acme: Shell) -> None:
    key = acme.folder / "data" / "key-encryption-key"
    kept = key.read_bytes()
    exported = acme.avow("export", "-o", "acme")

    key.unlink()
    acme.avow("export", "-o", "acme", exit=4)
    assert "put it back" in acme.err
    assert not key.exists()
    found = {each["what"]: each for each in json.loads(acme.avow("doctor", "--json", exit=4))}
    assert found["key-encryption key"]["finding"] == "wrong"

    key.write_bytes(bytes(range(200, 232)))
    acme.avow("export", "-o", "acme", exit=4)
    assert "holds no key-encryption key" in acme.err

    key.write_bytes(kept)
    assert acme.avow("export", "-o", "acme") == exported


def test_a_database_that_lacks_migrations_is_migrated(shell: Shell, bare_postgres_dsn: str) -> None:
    bare = Shell(shell.folder, bare_postgres_dsn)
    bare.avow("export", "-o", "acme", exit=4)
    assert "avow migrate" in bare.err
    assert "migrations applied" in bare.avow("migrate")
    assert "up to date" in bare.avow("migrate")


def test_every_command_explains_itself(shell: Shell) -> None:
    listed = shell.avow("--help")
    for command in COMMANDS:
        assert f"\n  {command} " in listed
        assert "Usage:" in shell.avow(command, "--help")
    assert "Exit codes" in listed
    assert "avow import acme.jsonl.gz --organisation acme" in shell.avow("import", "--help")


def test_what_goes_wrong_can_be_read_by_a_program(acme: Shell) -> None:
    acme.avow("state", "-o", "nobody", "-s", "2020", "--json", exit=1)
    problem = json.loads(acme.err)["problem"]
    assert (problem["exit"], problem["code"], problem["field"]) == (1, "no-organisation-here", "organisation")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.parametrize("command", [("run",), ("serve",), ("serve", "--behind-proxy")])
def test_without_an_issuer_nothing_starts_that_others_reach(shell: Shell, command: tuple[str, ...]) -> None:
    shell.avow(*command, exit=4, AVOW_HOST="192.0.2.7")  # before it looks for the database
    assert "set AVOW_OIDC_ISSUER" in shell.err
    assert not (shell.folder / "data").exists()


def test_no_server_shares_a_port_with_another(acme: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = str(other.getsockname()[1])
        for command in ("serve", "run"):
            acme.avow(command, exit=4, AVOW_PORT=taken)
            assert f"port {taken} of 127.0.0.1 cannot be listened on" in acme.err
            assert "AVOW_PORT" in acme.err


@pytest.mark.slow
def test_run_starts_everything_and_prints_requests_that_work(tmp_path: Path, bare_postgres_dsn: str) -> None:
    shell, port = Shell(tmp_path, bare_postgres_dsn), free_port()
    process = shell.start("run", AVOW_PORT=str(port), AVOW_WORKERS="1")
    try:
        requests = printed_requests(process.stdout)
        assert len(requests) == 3
        for authorisation, url in requests:
            answer = get(url, authorisation)
            assert answer["question"]["clock"] == "simulated"
        with psycopg.connect(bare_postgres_dsn) as connection:
            assert connection.execute("select count(*) > 1000 from avow.events").fetchone() == (True,)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    tokens = json.loads((tmp_path / "data" / "sample-tokens.json").read_text())
    assert set(tokens) == {"auditor", "administrator"}
    assert (tmp_path / "data" / "sample-tokens.json").stat().st_mode & 0o077 == 0


def printed_requests(out: object) -> list[tuple[str, str]]:
    found = []
    for line in out:  # type: ignore[attr-defined]  # a process's output
        if line.strip().startswith("curl"):
            _, bearer, _, url, _ = line.strip().split("'")
            found.append((bearer.removeprefix("Authorization: "), url))
        if "Control-C" in line:
            break
    return found


def get(url: str, authorisation: str) -> dict[str, dict[str, str]]:
    request = urllib.request.Request(url, headers={"Authorization": authorisation})  # noqa: S310 — our own server
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
                found: dict[str, dict[str, str]] = json.load(answer)
                return found
        except (urllib.error.HTTPError, urllib.error.URLError, ConnectionError):
            # Not yet listening, or not yet projected.
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
