"""Proofs as texts that hold all that verifying takes but the key, as C2SP's tlog-proof writes them."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Sequence

from adapters.crypto.notes import Note, NoteMalformed, VerifierKey
from domain.transparency import includes

FIRST = "c2sp.org/tlog-proof@v1"


def written_proof(index: int, path: Sequence[bytes], note: str) -> str:
    """The proof that leaf `index` is in the tree of the checkpoint in the note."""
    lines = [FIRST, f"index {index}", *(b64encode(each).decode() for each in path)]
    return "\n".join(lines) + f"\n\n{note}"


def proof_holds(written: str, leaf: bytes, key: VerifierKey) -> int | None:
    """The position that the proof shows this leaf hash at, in a log with this key; None if it does not hold."""
    above, _, rest = written.partition("\n\n")
    lines = [line for line in above.split("\n") if not line.startswith("extra ")]
    try:
        note = Note.read(rest)
        tree, path = note.checkpoint, [b64decode(each, validate=True) for each in lines[2:]]
        index = int(lines[1].removeprefix("index "))
    except (NoteMalformed, Base64Error, ValueError, IndexError):
        return None
    if lines[0] != FIRST or tree.origin != key.name or not key.verifies(note):
        return None
    return index + 1 if includes(tree.root, tree.size, index, leaf, path) else None
