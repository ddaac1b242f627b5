"""Witnesses over HTTP, as C2SP's tlog-witness has it: a checkpoint goes out, their signature comes back."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

from adapters.crypto.notes import Note, NoteMalformed, VerifierKey, read_signature, witness_lines
from adapters.settings import SettingsWrong
from application.transparency import Cosignature
from application.witnessing import WitnessHolds, WitnessRefused, WitnessUnavailable

PATIENCE = 5.0
"""Seconds that a witness has to answer."""
MOST_BYTES = 64 * 1024
WHY = {403: "it does not accept the log's key", 404: "it does not know this log"}


class HttpWitness:
    """One witness: its key, and the address that its submission interface stands under."""

    def __init__(self, key: VerifierKey, address: str) -> None:
        self._key, self._address = key, urlsplit(address)
        if self._address.scheme not in {"http", "https"} or not self._address.hostname:
            raise SettingsWrong(f"a witness is reached by http or https, not at {address!r}")

    @property
    def name(self) -> str:
        """Under which it signs."""
        return self._key.name

    def cosign(self, old: int, proof: Sequence[bytes], note: str, size: int) -> Cosignature:
        """Its signature of the checkpoint. Raises WitnessHolds, WitnessRefused, WitnessUnavailable."""
        lines = "".join(f"{b64encode(each).decode()}\n" for each in proof)
        status, answer = self._post(f"old {old}\n{lines}\n{note}")
        match status:
            case 200:
                return self._cosignature(answer, note, size)
            case 409 if (held := answer.strip()).isascii() and held.isdigit() and len(held) < 19:
                raise WitnessHolds(int(held))
            case 409 | 422:
                raise WitnessRefused("the checkpoint did not grow out of the one that it holds")
            case 403 | 404:
                raise WitnessRefused(WHY[status])
            case _:
                raise WitnessUnavailable(f"it answered with {status}")

    def _post(self, body: str) -> tuple[int, str]:
        kind = HTTPSConnection if self._address.scheme == "https" else HTTPConnection
        connection = kind(self._address.hostname or "", self._address.port, timeout=PATIENCE)
        try:
            path = f"{self._address.path.rstrip('/')}/add-checkpoint"
            connection.request("POST", path, body.encode(), {"Content-Type": "text/plain; charset=utf-8"})
            response = connection.getresponse()
            return response.status, response.read(MOST_BYTES).decode()
        except (OSError, HTTPException, UnicodeDecodeError) as error:
            raise WitnessUnavailable(str(error) or type(error).__name__) from error
        finally:
            connection.close()

    def _cosignature(self, answer: str, note: str, size: int) -> Cosignature:
        text = Note.read(note).text
        for line in answer.splitlines(keepends=True):
            try:
                signed_at = self._key.cosigned_at(read_signature(line), text)
            except NoteMalformed:
                continue
            if signed_at is not None:
                return Cosignature(
                    size=size, witness=self.name, signed_at=datetime.fromtimestamp(signed_at, UTC), line=line
                )
        raise WitnessUnavailable("its answer holds no signature by its key")


def read_witnesses(path: Path) -> tuple[HttpWitness, ...]:
    """The witnesses with an address in a policy file (C2SP's tlog-policy). Raises SettingsWrong."""
    try:
        named = witness_lines(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsWrong(f"the witnesses in {path} cannot be read: {error}") from error
    return tuple(HttpWitness(key, address) for key, address in named if address)
