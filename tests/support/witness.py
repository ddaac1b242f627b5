"""A witness on this machine: a real HTTP server that keeps to C2SP's tlog-witness and signs only what it verified."""

from __future__ import annotations

import time
from base64 import b64decode
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from adapters.crypto.notes import COSIGNATURE, Checkpoint, Note, VerifierKey, cosignature
from domain.transparency import consistent


@dataclass
class LocalWitness:
    """Knows the logs that it is told of, and remembers of each the newest checkpoint that it signed."""

    name: str
    logs: dict[str, VerifierKey] = field(default_factory=dict[str, VerifierKey])
    held: dict[str, Checkpoint] = field(default_factory=dict[str, Checkpoint])
    notes: list[str] = field(default_factory=list[str])
    """Every checkpoint that it signed, as it came in: what is held outside."""

    def __post_init__(self) -> None:
        self._private, self._lock = Ed25519PrivateKey.generate(), Lock()
        self.key = VerifierKey(self.name, COSIGNATURE, self._private.public_key().public_bytes_raw())

    def __enter__(self) -> Self:
        witness = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                status, kind, answer = witness.add_checkpoint(body)
                if self.path != "/w/add-checkpoint":
                    status, kind, answer = 405, "text/plain", ""
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(answer.encode())))
                self.end_headers()
                self.wfile.write(answer.encode())

            def log_message(self, format: str, *args: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def knows(self, key: str) -> Self:
        """Let it accept a log's key."""
        read = VerifierKey.read(key)
        self.logs[read.name] = read
        return self

    @property
    def address(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/w"

    @property
    def policy(self) -> str:
        """Its line in a policy file."""
        return f"witness {self.name} {self.key} {self.address}\n"

    def add_checkpoint(self, body: str) -> tuple[int, str, str]:
        """What it answers to a submission."""
        lines, _, written = body.partition("\n\n")
        first, *encoded = lines.split("\n")
        note = Note.read(written)
        new, old = note.checkpoint, int(first.removeprefix("old "))
        proof = [b64decode(each) for each in encoded]
        with self._lock:
            key, held = self.logs.get(new.origin), self.held.get(new.origin)
            if key is None:
                return 404, "text/plain", ""
            if not key.verifies(note):
                return 403, "text/plain", ""
            if old > new.size:
                return 400, "text/plain", ""
            if old != (held.size if held else 0):
                return 409, "text/x.tlog.size", f"{held.size if held else 0}\n"
            if held and held.size == new.size and held.root != new.root:
                return 409, "text/plain", ""
            if held and not consistent(held.size, held.root, new.size, new.root, proof):
                return 422, "text/plain", ""
            self.held[new.origin] = new
            self.notes.append(written)
            return 200, "text/plain", cosignature(note.text, self.name, self._private, int(time.time()))
