"""Cursors: opaque, signed, and good for one caller's one question at one moment."""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass
from datetime import datetime

import msgspec

from adapters.http.refusals import CursorNotValid
from adapters.http.session import Session
from application.ports import Vault

PAGE, MOST = 50, 500
"""How many entries a page has when unstated, and at most."""
SIGNATURE = 16


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a walk through pages is: the moment that it keeps, and the entry that the last page ended with."""

    valid_at: datetime
    position: int
    after: str


def write_cursor(cursor: Cursor, question: str, session: Session, vault: Vault) -> str:
    """The cursor as text, bound to the question and to who asks it."""
    payload = msgspec.json.encode(cursor)
    return base64.urlsafe_b64encode(_signature(payload, question, session, vault) + payload).decode().rstrip("=")


def read_cursor(text: str, question: str, session: Session, vault: Vault) -> Cursor:
    """The cursor that the text is. Raises CursorNotValid."""
    try:
        signed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise CursorNotValid from None
    signature, payload = signed[:SIGNATURE], signed[SIGNATURE:]
    if not hmac.compare_digest(signature, _signature(payload, question, session, vault)):
        raise CursorNotValid
    return msgspec.json.decode(payload, type=Cursor)


def _signature(payload: bytes, question: str, session: Session, vault: Vault) -> bytes:
    bound = "\0".join(("cursor", session.known_as, question, payload.decode("utf-8", "replace")))
    return vault.digest(session.organisation, bound)[:SIGNATURE]
