"""Whether the walls between organisations stand in a database as its migrations put them up.

The database itself is asked: roles, owners, policies, views, functions, rights and triggers. Whatever is not as it
should be, is more, or is missing is a breach, and Avow does not start. See docs/decisions/0007-walls.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from psycopg.rows import tuple_row

from adapters.postgres.rights import excesses, unguarded

OWNERS = {
    "avow": "avow_owner",
    "avow_read": "avow_owner",
    "avow_keys": "avow_keys_owner",
    "avow_box": "avow_box_owner",
    "avow_box_keys": "avow_box_keys_owner",
}
"""The schemas, and who owns all that is in them."""
COPYISTS = {
    "avow": "avow_archivist",
    "avow_keys": "avow_keys_archivist",
    "avow_box": "avow_box_archivist",
    "avow_box_keys": "avow_box_keys_archivist",
}
APPENDER = "avow_appender"
ROLES = (
    *sorted(set(OWNERS.values())), "avow_migrator", "avow_writer", "avow_projector", "avow_reader", "avow_keeper",
    "avow_teller", "avow_box_keeper", APPENDER, *COPYISTS.values(),
)  # fmt: skip
MEMBERS = {("avow_migrator", owner) for owner in OWNERS.values()}
"""Who may act as whom. A member of a role passes where that role passes."""

WITHIN = "(organisation = (NULLIF(current_setting('app.organisation'::text, true), ''::text))::uuid)"
SHOWN = "(digest = decode(NULLIF(current_setting('app.token'::text, true), ''::text), 'hex'::text))"
Policy = tuple[str, str, str, str | None, str | None]
"""Name, role, statement, what it shows, what it takes."""
WALLED: Policy = ("walled", "public", "ALL", WITHIN, WITHIN)
BESIDE: dict[str, set[Policy]] = {
    "avow.events": {
        ("following", "avow_projector", "SELECT", "true", None),
        ("numbering", APPENDER, "SELECT", "true", None),
    },
    "avow.tokens": {("presented", "avow_writer", "SELECT", SHOWN, None)},
    "avow.webhooks": {("following", "avow_projector", "SELECT", "true", None)},
    "avow_read.positions": {("projecting", "avow_projector", "ALL", "true", "true")},
    "avow_read.states": {("projecting", "avow_projector", "ALL", "true", "true")},
    "avow_read.concerns": {("projecting", "avow_projector", "ALL", "true", "true")},
    "avow_read.texts": {("projecting", "avow_projector", "ALL", "true", "true")},
}
"""Who looks across organisations, at which table. Copyists do at every logged table of theirs."""

REACH = {"avow_keys": {"avow_keeper"}, "avow_box": {"avow_teller"}, "avow_box_keys": {"avow_box_keeper"}}
"""Who alone works in these schemas, beside owner, migrator and copyist."""

POWERS = """
    select role, r.rolname is not null,
        coalesce(r.rolsuper or r.rolbypassrls or r.rolcanlogin or r.rolcreaterole or r.rolreplication, false)
    from unnest(%s::text[]) as role
    left join pg_roles as r on r.rolname = role
    order by role
"""
MEMBERSHIPS = """
    select member.rolname, held.rolname
    from pg_auth_members as m
    join pg_roles as member on member.oid = m.member
    join pg_roles as held on held.oid = m.roleid
    where member.rolname = any(%s)
    order by 1, 2
"""
TABLES = """
    select
        c.relnamespace::regnamespace::text || '.' || c.relname,
        c.relnamespace::regnamespace::text,
        pg_get_userbyid(c.relowner)::text,
        c.relpersistence::text,
        exists (
            select from pg_attribute as a where a.attrelid = c.oid and a.attname = 'organisation' and not a.attisdropped
        ),
        c.relrowsecurity and c.relforcerowsecurity
    from pg_class as c
    where c.relnamespace::regnamespace::text = any(%s) and c.relkind in ('r', 'p', 'f')
    order by 1
"""
REACHING = """
    select role, n.nspname::text
    from unnest(%s::text[]) as role
    join pg_roles as r on r.rolname = role
    join pg_namespace as n on n.nspname = any(%s)
    where has_schema_privilege(r.oid, n.oid, 'usage')
    order by 1, 2
"""
POLICIES = """
    select
        schemaname || '.' || tablename, policyname::text, array_to_string(roles, ','), cmd, qual, with_check, permissive
    from pg_policies
    where schemaname = any(%s)
    order by 1, 2
"""
VIEWS = """
    select c.oid::regclass::text
    from pg_class as c
    where c.relnamespace::regnamespace::text = any(%s)
        and (c.relkind = 'm' or c.relkind = 'v' and not coalesce(c.reloptions, '{}') && array[
            'security_invoker=true', 'security_invoker=on', 'security_invoker=1', 'security_invoker=yes'
        ])
    order by 1
"""
FUNCTIONS = """
    select p.pronamespace::regnamespace::text || '.' || p.proname, pg_get_userbyid(p.proowner)::text, p.prosecdef
    from pg_proc as p
    where p.pronamespace::regnamespace::text = any(%s)
    order by 1
"""


class WallsBroken(Exception):  # noqa: N818 — an answer with a way out
    """An organisation could see another's rows; the message says where and what to do. Nothing was started."""

    def __init__(self, breaches: list[Breach]) -> None:
        first, more = breaches[0], len(breaches) - 1
        super().__init__(
            f"the walls between organisations do not stand: {first.what}; {first.way_out}"
            + (f" ({more} more: `avow doctor` tells all)" if more else "")
        )
        self.breaches = breaches


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that is not as it should be, and how to mend it."""

    what: str
    way_out: str


def be_walled(dsn: str) -> None:
    """Raise WallsBroken unless every wall of a migrated database stands."""
    with psycopg.connect(dsn, autocommit=True, connect_timeout=5, row_factory=tuple_row) as connection:
        found = breaches(connection)
    if found:
        raise WallsBroken(found)


def breaches(connection: psycopg.Connection[tuple[object, ...]]) -> list[Breach]:
    """All that is not as it should be in a migrated database."""
    return [*_roles(connection), *_tables(connection), *_doors(connection), *_rights(connection)]


def _roles(connection: psycopg.Connection[tuple[object, ...]]) -> Iterator[Breach]:
    for role, there, strong in connection.execute(POWERS, (list(ROLES),)):
        if not there:
            yield Breach(f"there is no role {role}", "run `avow migrate`")
        if strong:
            yield Breach(
                f"{role} may do more than it should",
                f"alter role {role} nosuperuser nobypassrls nologin nocreaterole noreplication",
            )
    for member, held in connection.execute(MEMBERSHIPS, (list(ROLES),)):
        if (member, held) not in MEMBERS:
            yield Breach(f"{member} passes where {held} passes", f"revoke {held} from {member}")
    for role, reached in connection.execute(REACHING, (list(ROLES), list(REACH))):
        schema = str(reached)
        if role not in {"avow_migrator", OWNERS[schema], COPYISTS[schema]} | REACH[schema]:
            yield Breach(f"{role} reaches into {schema}", f"revoke usage on schema {schema} from {role}")


def _tables(connection: psycopg.Connection[tuple[object, ...]]) -> Iterator[Breach]:
    expected: dict[str, set[Policy]] = {}
    for table, schema, owner, persistence, keyed, walled in connection.execute(TABLES, (list(OWNERS),)):
        if owner != OWNERS[str(schema)]:
            yield Breach(f"{table} belongs to {owner}", f"alter table {table} owner to {OWNERS[str(schema)]}")
        if keyed:
            expected[str(table)] = {WALLED} | BESIDE.get(str(table), set())
            if persistence == "p" and schema in COPYISTS:
                expected[str(table)].add(("archived", COPYISTS[str(schema)], "SELECT", "true", None))
            if not walled:
                yield Breach(
                    f"row-level security of {table} is off, or does not bind its owner",
                    f"alter table {table} enable row level security, force row level security",
                )
    present: dict[str, set[Policy]] = {table: set() for table in expected}
    for table, name, roles, command, shows, takes, permissive in connection.execute(POLICIES, (list(OWNERS),)):
        if permissive == "PERMISSIVE":
            policy = str(name), str(roles), str(command), _text(shows), _text(takes)
            present.setdefault(str(table), set()).add(policy)
    for table, policies in present.items():
        wanted = expected.get(table, set())
        for name, *_ in sorted(wanted - policies, key=str):
            yield Breach(f"the policy {name} of {table} is missing or altered", "restore it as its migration made it")
        for name, role, *_ in sorted(policies - wanted, key=str):
            yield Breach(f"{table} has the policy {name} for {role}", f"drop policy {name} on {table}")


def _doors(connection: psycopg.Connection[tuple[object, ...]]) -> Iterator[Breach]:
    """What acts with another's rights than its caller's."""
    for (view,) in connection.execute(VIEWS, (list(OWNERS),)):
        yield Breach(f"{view} shows what its owner may see", f"drop {view}, or set (security_invoker = true)")
    for function, owner, definer in connection.execute(FUNCTIONS, (list(OWNERS),)):
        if function == "avow.append":
            if (owner, definer) != (APPENDER, True):
                yield Breach(f"{function} does not run as {APPENDER}", "do what migration 0012 does to it")
        elif definer:
            yield Breach(f"{function} acts as {owner}", f"alter function {function} security invoker")


def _rights(connection: psycopg.Connection[tuple[object, ...]]) -> Iterator[Breach]:
    """What may be done with rows by whom, and with rows of the log by nobody."""
    for what, way_out in excesses(connection, list(OWNERS), list(ROLES), COPYISTS):
        yield Breach(what, way_out)
    for what, way_out in unguarded(connection):
        yield Breach(what, way_out)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
