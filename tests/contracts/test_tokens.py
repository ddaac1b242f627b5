"""Tokens: one contract for both stores, and what the office makes of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from adapters.memory.tokens import MemoryTokens
from adapters.postgres.tokens import PostgresTokens
from application.permissions import Role
from application.tokens import (
    ScopesAreForIntegrations,
    ScopeUnknown,
    TokenLivesTooLong,
    TokenOffice,
    TokenStore,
    TokenUnknown,
    digest_of,
)

START = datetime(2026, 4, 1, 9, tzinfo=UTC)


@dataclass
class Day:
    """A clock that stands still until it is moved."""

    now: datetime = START


@pytest.fixture(params=["memory", "postgres"])
def store(request: pytest.FixtureRequest) -> Iterator[TokenStore]:
    if request.param == "memory":
        yield MemoryTokens()
        return
    tokens = PostgresTokens.of(request.getfixturevalue("postgres_dsn"))
    yield tokens
    tokens.close()


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def office(store: TokenStore, day: Day) -> TokenOffice:
    return TokenOffice(store, _secrets(), uuid4, lambda: day.now)


def _secrets() -> Callable[[], str]:
    numbers = itertools.count()
    return lambda: f"{uuid4().hex}{next(numbers)}"


def test_a_token_is_recognised_by_its_secret_which_is_not_kept(store: TokenStore, office: TokenOffice) -> None:
    organisation, person = uuid4(), uuid4()
    issued, secret = office.issue(organisation, "laptop", person=person, roles=(Role.MEMBER, Role.LEAD))
    assert secret.startswith("avow_")
    found = office.recognise(secret)
    assert found is not None
    assert (found.id, found.organisation, found.person) == (issued.id, organisation, person)
    assert found.roles == {Role.MEMBER, Role.LEAD}
    assert found.digest == digest_of(secret)
    assert secret not in repr(store.issued(organisation))
    assert office.recognise(secret + "x") is None


def test_a_token_expires(office: TokenOffice, day: Day) -> None:
    _, secret = office.issue(uuid4(), "short", days=2)
    day.now = START + timedelta(days=2) - timedelta(microseconds=1)
    assert office.recognise(secret)
    day.now = START + timedelta(days=2)
    assert office.recognise(secret) is None


def test_a_revoked_token_opens_nothing_and_the_first_revocation_counts(
    store: TokenStore, office: TokenOffice, day: Day
) -> None:
    organisation = uuid4()
    token, secret = office.issue(organisation, "lost")
    office.revoke(organisation, token.id)
    day.now = START + timedelta(hours=1)
    office.revoke(organisation, token.id)
    assert office.recognise(secret) is None
    assert [each.revoked_at for each in store.issued(organisation)] == [START]


def test_who_issued_and_who_first_revoked_it_is_kept(store: TokenStore, office: TokenOffice, day: Day) -> None:
    organisation, issuer, revoker = uuid4(), uuid4(), uuid4()
    token, _ = office.issue(organisation, "tool", by=issuer)
    office.revoke(organisation, token.id, revoker)
    day.now = START + timedelta(hours=1)
    office.revoke(organisation, token.id, uuid4())
    (kept,) = store.issued(organisation)
    assert (kept.issued_by, kept.revoked_by, kept.revoked_at) == (issuer, revoker, START)
    assert kept.status(START) == "revoked"


@pytest.mark.parametrize(
    "scope", ["goal.propose", "goals", "*.*", " alignment", "commitment.accepted", "sign-in.bound"]
)
def test_a_scope_names_what_there_is(office: TokenOffice, scope: str) -> None:
    with pytest.raises(ScopeUnknown):
        office.issue(uuid4(), "odd", roles=(Role.INTEGRATION,), scopes=("alignment", scope))


def test_another_organisation_cannot_revoke_it(office: TokenOffice) -> None:
    token, secret = office.issue(uuid4(), "theirs")
    with pytest.raises(TokenUnknown):
        office.revoke(uuid4(), token.id)
    assert office.recognise(secret)


def test_its_use_is_known_by_the_day_and_no_finer(store: TokenStore, office: TokenOffice, day: Day) -> None:
    organisation = uuid4()
    _, secret = office.issue(organisation, "daily")
    assert [each.used_on for each in store.issued(organisation)] == [None]
    office.recognise(secret)
    day.now = START + timedelta(days=3, hours=5)
    office.recognise(secret)
    assert [each.used_on for each in store.issued(organisation)] == [date(2026, 4, 4)]


def test_tokens_are_listed_oldest_first_whatever_became_of_them(
    store: TokenStore, office: TokenOffice, day: Day
) -> None:
    organisation = uuid4()
    for number, name in enumerate(("first", "second", "third")):
        day.now = START + timedelta(minutes=number)
        office.issue(organisation, name)
    office.issue(uuid4(), "elsewhere")
    assert [each.name for each in store.issued(organisation)] == ["first", "second", "third"]


@pytest.mark.parametrize("days", [0, -1, 367])
def test_no_token_lives_for_ever(office: TokenOffice, days: int) -> None:
    with pytest.raises(TokenLivesTooLong):
        office.issue(uuid4(), "eternal", days=days)


@pytest.mark.parametrize(("roles", "scopes"), [((Role.INTEGRATION,), ()), ((Role.MEMBER,), ("commitment.*",))])
def test_scopes_are_an_integrations(office: TokenOffice, roles: tuple[Role, ...], scopes: tuple[str, ...]) -> None:
    with pytest.raises(ScopesAreForIntegrations):
        office.issue(uuid4(), "odd", roles=roles, scopes=scopes)


def test_an_integration_keeps_its_scopes(store: TokenStore, office: TokenOffice) -> None:
    organisation: UUID = uuid4()
    office.issue(organisation, "importer", roles=(Role.INTEGRATION,), scopes=("commitment.*", "alignment"))
    assert store.issued(organisation)[0].scopes == {"commitment.*", "alignment"}
