"""Tokens in memory. They keep to the same contract as those in PostgreSQL: tests/contracts holds both to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from threading import Lock
from uuid import UUID

from application.tokens import FORGOTTEN, Token, TokenStore


class MemoryTokens(TokenStore):
    """Every token behind one lock."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._tokens: dict[UUID, Token] = {}

    def add(self, token: Token) -> None:
        """Keep a new token."""
        with self._lock:
            self._tokens[token.id] = token

    def find(self, digest: bytes) -> Token | None:
        """The token with this digest, whatever became of it."""
        with self._lock:
            return next((each for each in self._tokens.values() if each.digest == digest), None)

    def issued(self, organisation: UUID) -> Sequence[Token]:
        """Every token of an organisation, oldest first."""
        with self._lock:
            mine = [each for each in self._tokens.values() if each.organisation == organisation]
        return sorted(mine, key=lambda each: (each.issued_at, each.id))

    def revoke(self, organisation: UUID, token: UUID, at: datetime, by: UUID | None = None) -> bool:
        """Let it open nothing from now on; the first revocation counts."""
        with self._lock:
            found = self._tokens.get(token)
            if found is None or found.organisation != organisation:
                return False
            if found.revoked_at is None:
                self._tokens[token] = replace(found, revoked_at=at, revoked_by=by)
            return True

    def forget(self, organisation: UUID, person: UUID, at: datetime) -> None:
        """Revoke a person's tokens, and name them no more."""
        with self._lock:
            for found in list(self._tokens.values()):
                if (found.organisation, found.person) == (organisation, person):
                    self._tokens[found.id] = replace(found, revoked_at=found.revoked_at or at, name=FORGOTTEN)

    def used(self, organisation: UUID, token: UUID, on: date) -> None:
        """Remember the newest day on which it was used."""
        with self._lock:
            found = self._tokens[token]
            if found.organisation == organisation and (found.used_on is None or found.used_on < on):
                self._tokens[token] = replace(found, used_on=on)
