"""What each role may do with each table, and what keeps the log from being changed: as migrations made it, no more.

Row-level security says which rows a role meets; this says what it may do with them.
"""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

GRANTED = (
    ("avow_appender", "insert select", "avow.events avow.idempotency avow.keys avow.lines"),
    ("avow_writer", "select", "avow.events avow.idempotency avow.keys avow.lines"),
    ("avow_writer", "insert", "avow.reads"),
    ("avow_writer", "insert select", "avow.checkpoints avow.cosignatures avow.nodes avow.sign_ins avow.tokens"),
    ("avow_writer", "delete insert select", "avow.staged_events avow.staged_keys avow.webhooks"),
    ("avow_writer", "update", "avow.sign_ins(ended_at) avow.sign_ins(ended_by)"),
    ("avow_writer", "update", "avow.tokens(name) avow.tokens(revoked_at) avow.tokens(revoked_by) avow.tokens(used_on)"),
    ("avow_writer", "update", "avow.webhooks(attempts) avow.webhooks(disabled_at) avow.webhooks(disabled_because)"),
    ("avow_writer", "update", "avow.webhooks(failing_since) avow.webhooks(generation) avow.webhooks(last_failure)"),
    ("avow_writer", "update", "avow.webhooks(last_failure_at) avow.webhooks(last_success_at) avow.webhooks(token)"),
    ("avow_writer", "update", "avow.webhooks(next_attempt_at) avow.webhooks(overlaps_until) avow.webhooks(position)"),
    ("avow_writer", "delete insert select", "avow.message_choices avow.messages"),
    ("avow_writer", "update", "avow.message_choices(hour) avow.message_choices(language) avow.message_choices(off)"),
    ("avow_writer", "update", "avow.message_choices(zone) avow.messages(attempts) avow.messages(ended_at)"),
    ("avow_writer", "update", "avow.messages(last_failure) avow.messages(next_attempt_at) avow.messages(outcome)"),
    ("avow_projector", "select", "avow.events avow.webhooks"),
    ("avow_projector", "insert select", "avow_read.concerns"),
    ("avow_projector", "insert select update", "avow_read.states avow_read.texts"),
    ("avow_projector", "delete insert select update", "avow_read.positions"),
    ("avow_projector", "select update", "avow_read.versions"),
    ("avow_projector", "truncate", "avow_read.concerns_1 avow_read.concerns_2 avow_read.states_1 avow_read.states_2"),
    ("avow_projector", "truncate", "avow_read.texts_1 avow_read.texts_2"),
    ("avow_reader", "select", "avow.checkpoints avow.cosignatures avow.events avow.idempotency avow.keys avow.lines"),
    ("avow_reader", "select", "avow.nodes avow.reads avow.tokens avow.webhooks"),
    ("avow_reader", "select", "avow_read.concerns avow_read.positions avow_read.states avow_read.versions"),
    ("avow_reader", "select", "avow_read.texts"),
    ("avow_keeper", "delete insert select update", "avow_keys.data_keys avow_keys.secrets"),
    ("avow_keeper", "insert select update", "avow_keys.installation avow_keys.organisations"),
    ("avow_teller", "delete insert select", "avow_box.ballots avow_box.boxes"),
    ("avow_teller", "update", "avow_box.ballots(sealed) avow_box.boxes(shut)"),
    ("avow_box_keeper", "insert select update", "avow_box_keys.box_keys"),
)
"""Role, rights, tables or single columns of them. A migration that grants something adds it here."""
ALLOWED = {
    (role, right, table) for role, rights, tables in GRANTED for right in rights.split() for table in tables.split()
}
GUARDS = ("avow.events", "avow.nodes", "avow.checkpoints", "avow.cosignatures", "avow.reads")
"""Tables that are only added to: a trigger of each says so, whatever the session's role in a replication."""

PRESENT = """
    with granted as (
        select c.oid as table, null::name as part, acl.grantee, acl.privilege_type
        from pg_class as c
        cross join lateral aclexplode(c.relacl) as acl
        where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S')
        union all
        select a.attrelid, a.attname, acl.grantee, acl.privilege_type
        from pg_attribute as a
        cross join lateral aclexplode(a.attacl) as acl
    )
    select
        coalesce(r.rolname, 'public')::text,
        lower(g.privilege_type),
        c.relnamespace::regnamespace::text || '.' || c.relname || coalesce('(' || g.part || ')', '')
    from granted as g
    join pg_class as c on c.oid = g.table
    left join pg_roles as r on r.oid = g.grantee
    where c.relnamespace::regnamespace::text = any(%(schemas)s)
        and g.grantee <> c.relowner
        and (r.rolname is null or r.rolname = any(%(roles)s))
    order by 3, 1, 2
"""
UNGUARDED = """
    select guarded
    from unnest(%s::text[]) as guarded
    where not exists (
        select from pg_trigger as t
        where t.tgrelid = to_regclass(guarded) and not t.tgisinternal and t.tgenabled = 'A'
            and t.tgname = split_part(guarded, '.', 2) || '_stay'
    )
    order by 1
"""


def excesses(
    connection: psycopg.Connection[tuple[object, ...]], schemas: list[str], roles: list[str], copyists: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """What a role, or everybody, may do beyond what was granted, each with the way out. Copyists read theirs."""
    for role, right, table in connection.execute(PRESENT, {"schemas": schemas, "roles": roles}):
        copied = right == "select" and copyists.get(str(table).partition(".")[0]) == role
        if (role, right, table) not in ALLOWED and not copied:
            name, _, column = str(table).rstrip(")").partition("(")
            part = f"{right} ({column})" if column else str(right)
            yield f"{role} may {right} {table}", f"revoke {part} on {name} from {role}"


def unguarded(connection: psycopg.Connection[tuple[object, ...]]) -> Iterator[tuple[str, str]]:
    """Tables that are only added to and whose trigger is off or gone, each with the way out."""
    for (table,) in connection.execute(UNGUARDED, (list(GUARDS),)):
        trigger = f"{str(table).partition('.')[2]}_stay"
        yield (
            f"rows of {table} could be changed: the trigger {trigger} is missing or not always on",
            f"alter table {table} enable always trigger {trigger}, or make it as its migration did",
        )
