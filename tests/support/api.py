"""An organisation behind the HTTP API: a real Flask client, real tokens, everything in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from adapters.bootstrap import Installation, in_memory
from adapters.http.app import create_app
from application.catalogue import commands
from application.deciding import Entry, Request
from application.desk import organisation_id
from application.permissions import Role
from domain.kernel import Actor
from domain.organisation import ClockKind

Json = Any  # JSON is of any shape


@dataclass
class Api:
    """One organisation, spoken to over HTTP. `as_` changes who speaks; `get` and `post` take paths below it."""

    installation: Installation
    client: FlaskClient
    key: str = "acme"
    tokens: dict[str, str] = field(default_factory=dict[str, str])
    token: str = ""
    position: int = 0
    """Where its newest statement was recorded: what it reads in order to change something is as of then or later."""

    @classmethod
    def found(
        cls,
        key: str = "acme",
        *,
        clock: ClockKind = ClockKind.REAL,
        zone: str = "Europe/Berlin",
        installation: Installation | None = None,
        client: FlaskClient | None = None,
        known: datetime | None = None,
    ) -> Self:
        """A new organisation with an administrator, a strategist, a sponsor and an auditor, who are no people in it.

        A simulated one may be founded at an instant of its own.
        """
        installation = installation or in_memory()
        found: Any = commands()["organisation.founded"]
        installation.ledger.execute(
            Request(
                organisation=organisation_id(key),
                id=installation.ledger.fresh_id(),
                actor=Actor(service="test"),
                entries=(
                    Entry(command=found(organisation=key, name=key.title(), zone=zone, clock=clock), known=known),
                ),
            )
        )
        made = cls(installation, client or create_app(installation).test_client(), key)
        for role in (Role.ADMINISTRATOR, Role.STRATEGIST, Role.SPONSOR, Role.AUDITOR):
            made.tokens[role.value] = made.issue(role.value, roles=(role,))
        return made.as_("administrator")

    @property
    def organisation(self) -> UUID:
        """The organisation's id."""
        return organisation_id(self.key)

    @property
    def root(self) -> str:
        """The address of the organisation."""
        return f"/v1/organisations/{self.key}"

    def issue(
        self, name: str, *, person: str | None = None, roles: tuple[Role, ...] = (), scopes: tuple[str, ...] = ()
    ) -> str:
        """A token's secret."""
        id = UUID(person) if person else None
        return self.installation.tokens.issue(self.organisation, name, person=id, roles=roles, scopes=scopes)[1]

    def as_(self, who: str) -> Self:
        """Let this one speak from now on."""
        self.token = self.tokens[who]
        return self

    def headers(self, **more: str) -> dict[str, str]:
        """What a request carries: the token, and more with underscores for hyphens."""
        own = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return {**own, **{name.replace("_", "-"): value for name, value in more.items()}}

    def get(self, path: str = "", **more: str) -> TestResponse:
        """Ask."""
        return self.client.get(self._at(path), headers=self.headers(**more))

    def post(self, path: str, body: Json = None, **more: str) -> TestResponse:
        """Act."""
        done = self.client.post(self._at(path), json={} if body is None else body, headers=self.headers(**more))
        self.position = max(self.position, int(done.headers.get("Avow-Position", 0)))
        return done

    def change(self, record: str, sub_resource: str, body: Json = None, **more: str) -> TestResponse:
        """Act on a record as it is at present: read its tag, and send it along."""
        tag = self.get(record, Avow_At_Least=str(self.position)).headers["ETag"]
        return self.post(f"{record}/{sub_resource}", body, If_Match=tag, **more)

    def joins(self, key: str, *, unit: str | None = None, **more: Json) -> str:
        """Somebody joins, gets a token under their key, and perhaps a home; tells their id."""
        joined: Json = self.post("people", {"person": key, "name": key.title(), **more}).json
        id = str(joined["id"])
        if unit is not None:
            at = {"at": more["at"], "reason": more.get("reason")} if "at" in more else {}
            done = self.change(f"people/{key}", "memberships", {"unit": unit, "role": "member", "home": True, **at})
            assert done.status_code == 201, done.json
        self.tokens[key] = self.issue(key, person=id)
        return id

    def published(self, key: str = "2026") -> None:
        """A strategy with one element, published."""
        for who, path, body in (
            ("strategist", "strategies", {"strategy": key, "title": "Quotes within a day"}),
            (
                "strategist",
                f"strategies/{key}/elements",
                {"element": "vision", "kind": "vision", "text": "To be quick."},
            ),
        ):
            done = self.as_(who).post(path, body)
            assert done.status_code == 201, done.json
        for who, what, said in (("strategist", "submissions", {}), ("sponsor", "publications", {"material": True})):
            done = self.as_(who).change(f"strategies/{key}", what, said)
            assert done.status_code == 201, done.json

    def _at(self, path: str) -> str:
        if path.startswith("/"):
            return path
        return f"{self.root}/{path}" if path and not path.startswith("?") else self.root + path
