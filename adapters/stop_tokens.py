"""What an address that stops messages ends with: for whom, which kind, and the proof that Avow made it."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from uuid import UUID

from application.messages import MessageOffice
from domain.reminder import MessageKind

KINDS = tuple(MessageKind)
"""In the order in which tokens count them: new ones come at the end."""


def stop_token(office: MessageOffice, organisation: UUID, person: UUID, kind: MessageKind | None) -> str:
    """What an address that stops messages ends with: for whom and which kind, and the proof that Avow made it."""
    place = KINDS.index(kind) + 1 if kind is not None else 0
    seal = office.seal(organisation, person, kind)
    return urlsafe_b64encode(organisation.bytes + person.bytes + bytes([place]) + seal).decode().rstrip("=")


def read_token(
    office: MessageOffice, token: str, known: Callable[[UUID], bool]
) -> tuple[UUID, UUID, MessageKind | None] | None:
    """For whom and which kind a token is; None for one that was not made here, or for no organisation that is `known`.

    That is asked first: a seal is made with an organisation's secret, and one that there is not would be given one.
    """
    try:
        read = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (NotBase64, ValueError):
        return None
    if len(read) != 49 or read[32] > len(KINDS):
        return None
    organisation, person = UUID(bytes=read[:16]), UUID(bytes=read[16:32])
    kind = KINDS[read[32] - 1] if read[32] else None
    if not known(organisation) or not hmac.compare_digest(office.seal(organisation, person, kind), read[33:]):
        return None
    return organisation, person, kind
