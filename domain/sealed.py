"""Sealed text: what is personal in an event, encrypted under somebody's key and bound by a salted commitment.

Three kinds of text (trust.md §5): *organisational* text stands in clear; *identity* (names, e-mail, a person's key in
its source) is sealed under that person's key; *own words* (results, reasons, comments) under their author's. No rule
and no figure reads a sealed value. The application seals it on its way to the store, so that no plaintext is ever
stored; whoever may read it has it opened on the way out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class TextKind(StrEnum):
    """The kinds of sealed text. Each person has a key for each, so that one can be destroyed and the other stay."""

    IDENTITY = "identity"
    """Names, e-mail, and a person's key and line in a source."""
    WORDS = "words"
    """Results, reasons, comments."""


@dataclass(frozen=True, slots=True, repr=False)
class Private:
    """Text that only the holder of `subject`'s key can read; `subject` is a person's id or the organisation's.

    On its way to the store it carries `text`. Once sealed it carries instead a `commitment`, SHA-256(salt ‖ UTF-8 text)
    in hexadecimal, so that who is shown salt and text can prove what was sealed; and `ciphertext`, base64 of
    nonce ‖ AES-256-GCM(salt ‖ text), which opens only at the `place` it was sealed for: the stream, command, index,
    type and field of its event, filled in when the event is read.
    """

    subject: UUID
    text: str | None = None
    commitment: str = ""
    ciphertext: str = ""
    place: str = ""

    def __repr__(self) -> str:
        # A log or a traceback must not carry what is about to be sealed.
        return f"Private({self.subject}, {self.commitment[:12] or 'not sealed yet'})"

    @property
    def kind(self) -> TextKind:
        """Which of its subject's keys seals it: its place tells."""
        *_, topic, field = ("", *self.place.rsplit("/", 2))
        identifies = topic in ARRIVALS and field != "reason"
        return TextKind.IDENTITY if identifies or field == "actor.imported.id" else TextKind.WORDS


ARRIVALS = frozenset({"person.joined", "guest.invited"})
"""The topics whose content says who somebody is."""
