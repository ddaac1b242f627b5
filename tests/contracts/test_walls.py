"""Walls between organisations, at the level of SQL: the application's own roles and pools against every table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID, uuid4

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import errors, sql

from adapters.postgres import read_model, statements
from adapters.postgres.connections import Database
from adapters.postgres.recorder import PostgresRecorder
from adapters.postgres.walls import OWNERS, WallsBroken, be_walled, breaches
from tests.support.postgres import database

HERE, THERE = uuid4(), uuid4()
ROLES = ("avow_writer", "avow_reader", "avow_keeper", "avow_teller", "avow_box_keeper")
PARTITIONS = {f"avow_read.{table}_{slot}" for table in ("states", "concerns", "texts") for slot in (1, 2)}
FITTING = {
    "slot": "1",
    "valid_to": "'infinity'",
    "known_from": "1",
    "known_to": "2",
    "sealed": "convert_to(repeat('x', 7708), 'UTF8')",
}
OF_TYPE = {
    "uuid": "gen_random_uuid()",
    "text": "gen_random_uuid()::text",
    "bytea": "sha256(gen_random_uuid()::text::bytea)",
    "bigint": "(random() * 1e15)::bigint",
    "integer": "(random() * 1e9)::integer",
    "smallint": "(random() * 1e4)::smallint",
    "timestamp with time zone": "now() + random() * interval '1 year'",
    "date": "current_date",
    "boolean": "false",
    "jsonb": "'{}'",
    "text[]": "array['one']",
    "tsvector": "to_tsvector('one')",
    "uuid[]": "array[gen_random_uuid()]",
    "bytea[]": "array['\\x00'::bytea]",
}
"""What fills a column; a table that a later migration makes is filled, and so tested, without a word here."""


@dataclass(frozen=True)
class Place:
    """A database in which two organisations have rows in every table."""

    dsn: str
    tables: dict[str, list[tuple[str, str]]]
    pools: dict[str, Database]

    def may(self, role: str, right: str) -> list[str]:
        with psycopg.connect(self.dsn) as connection:
            asked = "select t from unnest(%s::text[]) as t where has_any_column_privilege(%s, t, %s)"
            if right == "delete":
                asked = "select t from unnest(%s::text[]) as t where has_table_privilege(%s, t, %s)"
            return [str(row[0]) for row in connection.execute(asked, (list(self.tables), role, right))]


@pytest.fixture(scope="module")
def place(postgres_server: str) -> Iterator[Place]:
    with ExitStack() as opened:
        dsn = opened.enter_context(database(postgres_server))
        with psycopg.connect(dsn, autocommit=True) as administrator:
            tables = _tables(administrator)
            for name, columns in tables.items():
                for organisation in (HERE, THERE, HERE, THERE)[: 2 if name in ONE_ROW else 4]:
                    administrator.execute(_fill(name, columns, organisation))
        # One connection each: what one user leaves on it, the next one finds.
        pools = {role: opened.enter_context(Database(dsn, role, size=1)) for role in ROLES}
        yield Place(dsn, tables, pools)


ONE_ROW = {"avow_keys.secrets", "avow_keys.organisations", "avow_read.positions"}


def _tables(connection: psycopg.Connection) -> dict[str, list[tuple[str, str]]]:
    rows = connection.execute(
        """
        select c.oid::regclass::text, array_agg(a.attname::text order by a.attnum),
            array_agg(format_type(a.atttypid, null) order by a.attnum)
        from pg_class as c
        join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.relnamespace::regnamespace::text in ('avow', 'avow_read', 'avow_keys', 'avow_box', 'avow_box_keys')
            and c.relkind in ('r', 'p')
        group by c.oid
        having bool_or(a.attname = 'organisation')
        """
    ).fetchall()
    return {
        name: list(zip(columns, types, strict=True)) for name, columns, types in rows if str(name) not in PARTITIONS
    }


def _fill(table: str, columns: list[tuple[str, str]], organisation: UUID) -> bytes:
    values = (f"'{organisation}'" if n == "organisation" else FITTING.get(n) or OF_TYPE[t] for n, t in columns)
    names = ", ".join(name for name, _ in columns)
    return f"insert into {table} ({names}) values ({', '.join(values)})".encode()  # noqa: S608 — names of the catalogue


def _seen(rows: list[tuple[Any, ...]]) -> set[UUID]:
    return {row[0] for row in rows}


def _look(table: str) -> Any:
    return sql.SQL("select organisation from {}").format(sql.Identifier(*table.split(".")))


def test_every_table_is_reached_by_somebody_who_is_walled_in(place: Place) -> None:
    reached = {table for role in ROLES for table in place.may(role, "select")}
    assert reached == set(place.tables)
    assert {"avow.events", "avow.tokens", "avow_keys.data_keys", "avow_read.states"} <= reached


@pytest.mark.parametrize("role", ROLES)
def test_a_role_sees_rows_of_the_organisation_it_works_for_and_of_no_other(place: Place, role: str) -> None:
    pool = place.pools[role]
    for table in place.may(role, "select"):
        assert _seen(pool.ask(HERE, _look(table))) == {HERE}, table
        assert _seen(pool.ask(THERE, _look(table))) == {THERE}, table
        assert pool.ask(uuid4(), _look(table)) == [], table
        with pool.connection() as connection:
            assert connection.execute(_look(table)).fetchall() == [], table


@pytest.mark.parametrize("role", ROLES)
def test_a_role_adds_changes_and_deletes_nothing_of_another_organisation(place: Place, role: str) -> None:
    pool = place.pools[role]
    for table in place.may(role, "insert"):
        with pytest.raises(errors.InsufficientPrivilege, match="row-level security"), pool.within(HERE) as connection:
            connection.execute(_fill(table, place.tables[table], THERE))
    for table in place.may(role, "delete"):
        with pool.within(HERE) as connection:
            gone = sql.SQL("delete from {} where organisation = %s").format(sql.Identifier(*table.split(".")))
            assert connection.execute(gone, (THERE,)).rowcount == 0, table
        assert _seen(pool.ask(THERE, _look(table))) == {THERE}
    for table in place.may(role, "update"):
        column = {
            "avow.tokens": "used_on",
            "avow.sign_ins": "ended_by",
            "avow.webhooks": "last_failure",
            "avow.messages": "last_failure",
            "avow.message_choices": "language",
            "avow_box.boxes": "shut",
            "avow_box.ballots": "sealed",
        }.get(table, "wrapped")
        with pool.within(HERE) as connection:
            changed = sql.SQL("update {} set {} = null where organisation = %s").format(
                sql.Identifier(*table.split(".")), sql.Identifier(column)
            )
            assert connection.execute(changed, (THERE,)).rowcount == 0, table


def test_the_log_is_added_to_by_its_function_alone(place: Place) -> None:
    for table in ("avow.events", "avow.idempotency", "avow.keys", "avow.lines"):
        assert table not in place.may("avow_writer", "insert")


LOOKED_AT = {
    "avow_keeper": "avow_keys.data_keys",
    "avow_teller": "avow_box.ballots",
    "avow_box_keeper": "avow_box_keys.box_keys",
}
"""What a role reads, where it is not the log."""
STEPS = st.lists(
    st.tuples(
        st.sampled_from(ROLES),
        st.sampled_from([HERE, THERE]),
        st.sampled_from(["ask", "within", "rolled back", "failed", "broken off", "appended"]),
    ),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_a_pooled_connection_passes_nothing_on(place: Place, steps: list[tuple[str, UUID, str]]) -> None:
    for role, organisation, use in steps:
        pool = place.pools[role]
        table = LOOKED_AT.get(role, "avow.events")
        match use:
            case "ask":
                assert _seen(pool.ask(organisation, _look(table))) <= {organisation}
            case "within":
                with pool.within(organisation) as connection:
                    assert _seen(connection.execute(_look(table)).fetchall()) <= {organisation}
            case "rolled back":
                with suppress(KeyError), pool.within(organisation):
                    raise KeyError
            case "failed":
                with suppress(errors.DivisionByZero):
                    pool.ask(organisation, "select 1 / 0")
            case "broken off":
                with suppress(errors.DivisionByZero), pool.within(organisation) as connection:
                    connection.execute("select 1 / 0")
            case _ if role == "avow_writer":
                recorder = PostgresRecorder(pool)
                assert recorder.insert_events([StoredEvent(uuid4(), 1, "told", b"{}")], organisation=organisation)
        with pool.connection() as connection:
            assert connection.execute(_look(table)).fetchall() == []
            assert connection.execute("select current_setting('app.organisation', true)").fetchone() in {("",), (None,)}


def test_a_setting_for_the_session_would_be_passed_on(place: Place) -> None:
    """The control arm: what `set_config(…, false)` does."""
    with Database(place.dsn, "avow_reader", size=1) as pool:
        with pool.connection() as connection:
            connection.execute("select set_config('app.organisation', %s, false)", (str(HERE),))
        with pool.connection() as connection:
            assert _seen(connection.execute(_look("avow.events")).fetchall()) == {HERE}


def test_the_owner_is_bound_too_and_was_not_without_force(place: Place) -> None:
    for table in place.tables:
        owner = OWNERS[table.partition(".")[0]]
        with psycopg.connect(place.dsn) as connection:
            connection.execute(sql.SQL("set local role {}").format(sql.Identifier(owner)))
            assert connection.execute(_look(table)).fetchall() == [], table
            # The control arm.
            connection.execute(f"alter table {table} no force row level security".encode())
            assert _seen(connection.execute(_look(table)).fetchall()) == {HERE, THERE}, table
            connection.rollback()


def test_a_view_of_the_owner_shows_one_organisation_and_all_of_them_without_force(place: Place) -> None:
    with psycopg.connect(place.dsn) as connection:
        connection.execute("set local role avow_owner")
        connection.execute("create view avow.overview as select organisation from avow.events")
        connection.execute("grant select on avow.overview to avow_reader")
        connection.execute("set local role avow_reader")
        connection.execute("select set_config('app.organisation', %s, true)", (str(HERE),))
        assert _seen(connection.execute("table avow.overview").fetchall()) == {HERE}
        connection.execute("set local role avow_owner")
        found = [each.what for each in breaches(connection)]
        assert found == ["avow.overview shows what its owner may see", "avow_reader may select avow.overview"]
        # The control arm.
        connection.execute("alter table avow.events no force row level security")
        connection.execute("set local role avow_reader")
        assert _seen(connection.execute("table avow.overview").fetchall()) == {HERE, THERE}
        connection.rollback()


def test_a_token_is_seen_by_whoever_shows_its_digest_and_alone(place: Place) -> None:
    with psycopg.connect(place.dsn) as administrator:
        (digest,) = administrator.execute("select digest from avow.tokens limit 1").fetchone() or (b"",)
    with place.pools["avow_writer"].connection() as connection, connection.transaction():
        connection.execute("select set_config('app.token', %s, true)", (digest.hex(),))
        assert connection.execute("select digest from avow.tokens").fetchall() == [(digest,)]
    with place.pools["avow_writer"].connection() as connection:
        assert connection.execute("select digest from avow.tokens").fetchall() == []


def test_those_who_look_across_see_what_they_need_and_no_more(place: Place) -> None:
    across = {
        "avow_projector": {
            "avow.events",
            "avow.webhooks",
            "avow_read.positions",
            "avow_read.states",
            "avow_read.concerns",
            "avow_read.texts",
        },
        "avow_appender": {"avow.events"},
        "avow_archivist": {
            name for name in place.tables if name.startswith("avow.") and not name.startswith("avow.staged")
        },
        "avow_keys_archivist": {"avow_keys.data_keys", "avow_keys.organisations", "avow_keys.secrets"},
        "avow_box_archivist": {"avow_box.boxes", "avow_box.ballots"},
        "avow_box_keys_archivist": {"avow_box_keys.box_keys"},
    }
    for role, expected in across.items():
        seen = set()
        for table in place.may(role, "select"):
            with psycopg.connect(place.dsn) as connection:
                connection.execute(sql.SQL("set local role {}").format(sql.Identifier(role)))
                if _seen(connection.execute(_look(table)).fetchall()) >= {HERE, THERE}:
                    seen.add(table)
        assert seen == expected, role


SABOTAGE = {
    "alter role avow_reader bypassrls": "avow_reader may do more than it should",
    "alter role avow_writer superuser": "avow_writer may do more than it should",
    "grant usage on schema avow_box to avow_reader": "avow_reader reaches into avow_box",
    "grant usage on schema avow_box_keys to avow_teller": "avow_teller reaches into avow_box_keys",
    "grant avow_teller to avow_writer": "avow_writer passes where avow_teller passes",
    "alter table avow_box.ballots no force row level security": "row-level security of avow_box.ballots is off",
    "drop policy walled on avow_box_keys.box_keys": "the policy walled of avow_box_keys.box_keys is missing or altered",
    "alter role avow_keeper login": "avow_keeper may do more than it should",
    "grant avow_projector to avow_reader": "avow_reader passes where avow_projector passes",
    "alter table avow.events no force row level security": "row-level security of avow.events is off",
    "alter table avow_keys.secrets disable row level security": "row-level security of avow_keys.secrets is off",
    "alter table avow.tokens owner to postgres": "avow.tokens belongs to postgres",
    "drop policy walled on avow.keys": "the policy walled of avow.keys is missing or altered",
    "alter policy walled on avow.lines using (true)": "the policy walled of avow.lines is missing or altered",
    "create policy open on avow.events to avow_reader using (true)": "avow.events has the policy open for avow_reader",
    "create materialized view avow.copy as table avow.events": "avow.copy shows what its owner may see",
    "create table avow.added (organisation uuid)": "avow.added belongs to postgres",
    "create function avow.peek() returns bigint security definer return (select count(*) from avow.events)": (
        "avow.peek acts as postgres"
    ),
    "grant update on avow.events to avow_writer": "avow_writer may update avow.events",
    "grant insert on avow.events to avow_writer": "avow_writer may insert avow.events",
    "grant select on avow.sign_ins to avow_reader": "avow_reader may select avow.sign_ins",
    "grant update (digest) on avow.tokens to avow_writer": "avow_writer may update avow.tokens(digest)",
    "grant update (url) on avow.webhooks to avow_projector": "avow_projector may update avow.webhooks(url)",
    "grant select on avow_box.ballots to public": "public may select avow_box.ballots",
    "grant delete on avow_box_keys.box_keys to avow_box_keeper": "avow_box_keeper may delete avow_box_keys.box_keys",
    "grant select on avow.migrations to avow_reader": "avow_reader may select avow.migrations",
    "alter table avow.events disable trigger events_stay": "rows of avow.events could be changed",
    "alter table avow.reads enable trigger reads_stay": "rows of avow.reads could be changed",
    "drop trigger nodes_stay on avow.nodes": "rows of avow.nodes could be changed",
    "alter table avow.webhooks no force row level security": "row-level security of avow.webhooks is off",
    "drop policy walled on avow.sign_ins": "the policy walled of avow.sign_ins is missing or altered",
    "alter policy following on avow.webhooks to avow_reader": "avow.webhooks has the policy following for avow_reader",
    "alter table avow_read.concerns_2 disable row level security": "row-level security of avow_read.concerns_2 is off",
    "alter table avow_box.boxes disable row level security": "row-level security of avow_box.boxes is off",
    "alter function avow.append security invoker": "avow.append does not run as avow_appender",
}


@pytest.mark.parametrize("change", SABOTAGE)
def test_a_breach_is_found(place: Place, change: str) -> None:
    with psycopg.connect(place.dsn) as connection:
        assert breaches(connection) == []
        connection.execute(change.encode())
        found = breaches(connection)
        connection.rollback()
    assert any(each.what.startswith(SABOTAGE[change]) for each in found), found
    assert all(each.way_out for each in found)


def test_nothing_starts_while_a_wall_is_down(empty_postgres_dsn: str) -> None:
    be_walled(empty_postgres_dsn)
    with psycopg.connect(empty_postgres_dsn, autocommit=True) as administrator:
        administrator.execute("alter table avow.events no force row level security")
    with pytest.raises(WallsBroken, match=r"do not stand: row-level security of avow\.events .*; alter table"):
        be_walled(empty_postgres_dsn)


TABLES_LED_BY_ORGANISATION = """
    select i.indrelid::regclass::text
    from pg_index as i
    join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where a.attname = 'organisation' and i.indisvalid and i.indpred is null
"""
STORED = {"events", "states_1", "concerns_1"}
LED_BY_ORGANISATION = """
    select c.relname::text
    from pg_index as i
    join pg_class as c on c.oid = i.indexrelid
    join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where a.attname = 'organisation'
"""


def test_every_table_has_an_index_that_begins_with_the_organisation(place: Place) -> None:
    with psycopg.connect(place.dsn) as administrator:
        led = {str(table) for (table,) in administrator.execute(TABLES_LED_BY_ORGANISATION)}
    assert set(place.tables) - led == set()


def test_plans_within_the_walls_go_by_the_index_that_begins_with_the_organisation(empty_postgres_dsn: str) -> None:
    organisations = [uuid4() for _ in range(20)]
    stream = uuid4()
    with PostgresRecorder.of(empty_postgres_dsn) as recorder:
        for organisation in organisations:
            events = [StoredEvent(stream, version, "told", b"{}") for version in range(1, 501)]
            recorder.insert_events(events, organisation=organisation)
    with psycopg.connect(empty_postgres_dsn, autocommit=True) as administrator:
        for organisation in organisations:
            administrator.execute(
                """
                insert into avow_read.states
                select %s, gen_random_uuid(), 1, 'commitment', null, null, now(), 'infinity', n, n + 1
                from generate_series(1, 500) as n
                """,
                (organisation,),
            )
            administrator.execute(
                """
                insert into avow_read.concerns
                select %s, 'commitment', gen_random_uuid(), gen_random_uuid(), 1
                from generate_series(1, 500)
                """,
                (organisation,),
            )
        administrator.execute("analyze avow.events, avow_read.states, avow_read.concerns")
    one = organisations[3]
    asked = {"organisation": one, "kind": "commitment", "valid_at": "2030-01-01", "position": 7}
    asked |= {"concerning": [stream]}
    questions: list[tuple[str, LiteralString, Any]] = [
        ("avow_writer", statements.HEAD, (one,)),
        ("avow_writer", statements.STREAM, (one, stream, 0, statements.LAST)),
        ("avow_writer", statements.STREAMS, (one, [stream], statements.LAST)),
        ("avow_writer", statements.POSITION_AT, (one, "2030-01-01")),
        ("avow_writer", statements.RECORDED_AT, (one, 7)),
        ("avow_reader", read_model.ROWS, asked),
        ("avow_reader", read_model.ROWS + read_model.NARROWED["concerning"], asked),
    ]
    with psycopg.connect(empty_postgres_dsn) as administrator:
        led = {str(name) for (name,) in administrator.execute(LED_BY_ORGANISATION)}
    for role, statement, parameters in questions:
        with Database(empty_postgres_dsn, role) as pool:
            ((plan,),) = pool.ask(one, "explain (format json) " + statement, parameters)
        looks = [node for node in _nodes(plan[0]["Plan"]) if node.get("Relation Name") in STORED]
        assert looks, plan
        assert all(node["Node Type"] != "Seq Scan" for node in looks), looks
        by_index = [node for node in _nodes(plan[0]["Plan"]) if node.get("Index Name") in led]
        assert by_index, plan
        assert all("(organisation = " in node["Index Cond"] for node in by_index), by_index


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", []):
        yield from _nodes(below)
