"""Signed notes, checkpoints and cosignatures, as C2SP's signed-note, tlog-checkpoint and tlog-cosignature write them.

Needs the standard library and `cryptography` alone: the stand-alone verifier brings this very module along.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519, COSIGNATURE = 1, 4
"""Types of signature: a note's own, and a witness's with its time."""
DASH = "\N{EM DASH} "
MOST_LINES = 64
"""More signatures than this are no note of ours."""


class NoteMalformed(ValueError):  # noqa: N818 — what is the matter, in words
    """A text is no signed note, no checkpoint, no key."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What the text of a checkpoint says."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class Signature:
    """One line below a note: whose it is said to be, and the bytes."""

    name: str
    key: bytes
    made: bytes

    @property
    def line(self) -> str:
        """As it stands in a note."""
        return f"{DASH}{self.name} {b64encode(self.key + self.made).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and the signatures below it, none of them verified."""

    text: str
    signatures: tuple[Signature, ...]

    @classmethod
    def read(cls, written: str) -> Note:
        """A note as it is written. Raises NoteMalformed."""
        text, found, below = written.rpartition("\n\n")
        lines = below.splitlines(keepends=True)
        if (
            not found
            or not lines
            or len(lines) > MOST_LINES
            or any(ord(each) < 32 and each != "\n" for each in written)
        ):
            raise NoteMalformed("this is no signed note: a text, an empty line, and lines of signatures")
        return cls(text + "\n", tuple(map(read_signature, lines)))

    @property
    def checkpoint(self) -> Checkpoint:
        """The checkpoint that the text is. Raises NoteMalformed."""
        lines = self.text.split("\n")
        if len(lines) != 4 or lines[3] or not lines[0] or not _is_number(lines[1]):
            raise NoteMalformed("this is no checkpoint: an origin, a size and a root, and nothing else")
        root = _bytes(lines[2])
        if len(root) != 32:
            raise NoteMalformed("the root of a checkpoint has 32 bytes")
        return Checkpoint(lines[0], int(lines[1]), root)


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with its name and the type of signature that it verifies."""

    name: str
    type: int
    public: bytes

    @classmethod
    def read(cls, written: str) -> VerifierKey:
        """A key as `name+id+base64`. Raises NoteMalformed, also where the id is not that of the key."""
        parts = written.strip().split("+", 2)
        if len(parts) != 3 or not parts[0] or " " in parts[0]:
            raise NoteMalformed("this is no key: a name, its id and its bytes, joined by +")
        encoded = _bytes(parts[2])
        if len(encoded) != 33 or encoded[0] not in (ED25519, COSIGNATURE):
            raise NoteMalformed("this is no Ed25519 key of a log or a witness")
        key = cls(parts[0], encoded[0], encoded[1:])
        if key.id.hex() != parts[1]:
            raise NoteMalformed(f"the id of the key {parts[0]} does not belong to its bytes")
        return key

    @property
    def id(self) -> bytes:
        """Tells the key apart from others of its name: four bytes."""
        return sha256(self.name.encode() + b"\n" + bytes([self.type]) + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(bytes([self.type]) + self.public).decode()}"

    def verifies(self, note: Note) -> bool:
        """Whether a line below the note is this key's and holds; one of its lines that does not hold spoils all."""
        mine = [each.made for each in note.signatures if (each.name, each.key) == (self.name, self.id)]
        return bool(mine) and all(self._holds(made, note.text) for made in mine)

    def cosigned_at(self, signature: Signature, text: str) -> int | None:
        """The time (seconds since 1970) at which this witness signed the text; None for any other line."""
        if (signature.name, signature.key) != (self.name, self.id) or len(signature.made) != 72:
            return None
        time = int.from_bytes(signature.made[:8], "big")
        return time if self._holds(signature.made[8:], cosigned_text(time, text)) else None

    def _holds(self, made: bytes, text: str) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(made, text.encode())
        except InvalidSignature:
            return False
        return True


def read_signature(line: str) -> Signature:
    """One line of signatures. Raises NoteMalformed."""
    name, found, encoded = line.removeprefix(DASH).removesuffix("\n").partition(" ")
    signed = _bytes(encoded)
    if not (line.startswith(DASH) and line.endswith("\n") and name and found) or len(signed) <= 4:
        raise NoteMalformed("this is no line of a signature")
    return Signature(name, signed[:4], signed[4:])


def signed_note(text: str, name: str, private: Ed25519PrivateKey) -> str:
    """The text with one signature below it."""
    key = VerifierKey(name, ED25519, private.public_key().public_bytes_raw())
    return f"{text}\n{Signature(name, key.id, private.sign(text.encode())).line}"


def cosignature(text: str, name: str, private: Ed25519PrivateKey, time: int) -> str:
    """A witness's line for a checkpoint's text, at a time in seconds since 1970."""
    key = VerifierKey(name, COSIGNATURE, private.public_key().public_bytes_raw())
    made = time.to_bytes(8, "big") + private.sign(cosigned_text(time, text).encode())
    return Signature(name, key.id, made).line


def witness_lines(policy: str) -> list[tuple[VerifierKey, str]]:
    """Keys and addresses, empty where none is given, of a policy's lines `witness NAME KEY ADDRESS` (C2SP tlog-policy).

    Other lines are passed over. Raises NoteMalformed.
    """
    found = list[tuple[VerifierKey, str]]()
    for number, line in enumerate(policy.splitlines(), start=1):
        words = line.split()
        if not words or words[0] != "witness":
            continue
        key = VerifierKey.read(words[2]) if len(words) > 2 else None
        if key is None or key.type != COSIGNATURE:
            raise NoteMalformed(f"line {number} names no witness: `witness NAME KEY ADDRESS`")
        found.append((key, words[3] if len(words) > 3 else ""))
    return found


def cosigned_text(time: int, text: str) -> str:
    """What a witness signs."""
    return f"cosignature/v1\ntime {time}\n{text}"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19 and (text == "0" or text[0] != "0")


def _bytes(encoded: str) -> bytes:
    try:
        return b64decode(encoded, validate=True)
    except (Base64Error, ValueError) as error:
        raise NoteMalformed("this is no base64") from error
