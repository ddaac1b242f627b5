"""Fixtures that every folder of tests may ask for."""

from tests.support.postgres import (
    bare_postgres_dsn,
    empty_postgres_dsn,
    followed_postgres_dsn,
    postgres_dsn,
    postgres_server,
)

__all__ = ["bare_postgres_dsn", "empty_postgres_dsn", "followed_postgres_dsn", "postgres_dsn", "postgres_server"]
