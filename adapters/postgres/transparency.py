"""Checkpoints, nodes and cosignatures in PostgreSQL: tables that are only ever added to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, LiteralString
from uuid import UUID

from psycopg.rows import TupleRow

from adapters.postgres.connections import Database
from application.transparency import Checkpoint, Cosignature, LogStore
from domain.transparency import Node

LAST = 2**63 - 1
CHECKPOINTS = """
    select organisation, key, size, root, frontier, note, made_at
    from avow.checkpoints
    where organisation = %s and key = %s and size > %s and size <= %s
    order by size
    limit %s
"""
NEWEST = """
    select organisation, key, size, root, frontier, note, made_at
    from avow.checkpoints
    where organisation = %s and key = %s
    order by size desc
    limit 1
"""
KEYS = "select distinct key from avow.checkpoints where organisation = %s"
ADD = """
    insert into avow.checkpoints (organisation, key, size, root, frontier, note, made_at)
    values (%s, %s, %s, %s, %s, %s, %s)
    on conflict do nothing
"""
ADD_NODES = """
    insert into avow.nodes (organisation, level, index, hash)
    select %s, level, index, hash
    from unnest(%s::smallint[], %s::bigint[], %s::bytea[]) as g (level, index, hash)
    on conflict do nothing
"""
NODES = """
    select hash
    from avow.nodes
    where organisation = %s and level = %s and index >= %s and index < %s
    order by index
"""
ADD_COSIGNATURE = """
    insert into avow.cosignatures (organisation, key, size, witness, signed_at, line)
    values (%s, %s, %s, %s, %s, %s)
    on conflict do nothing
"""
COSIGNATURES = """
    select size, witness, signed_at, line
    from avow.cosignatures
    where organisation = %s and key = %s and size = any(%s)
    order by size, witness
"""
NEWEST_COSIGNATURES = """
    select distinct on (witness) size, witness, signed_at, line
    from avow.cosignatures
    where organisation = %s and key = %s
    order by witness, size desc
"""


class PostgresLog(LogStore):
    """In the writer's role, which may read and add, and nothing else."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def checkpoints(
        self, organisation: UUID, key: str, *, after: int = 0, until: int | None = None, limit: int = 100
    ) -> list[Checkpoint]:
        """Those signed by this key over more than `after` leaves, the smallest first."""
        bounds = after, LAST if until is None else until, limit
        return [_checkpoint(row) for row in self._rows(organisation, CHECKPOINTS, (organisation, key, *bounds))]

    def newest(self, organisation: UUID, key: str) -> Checkpoint | None:
        """The one over the most leaves."""
        return next((_checkpoint(row) for row in self._rows(organisation, NEWEST, (organisation, key))), None)

    def keys(self, organisation: UUID) -> frozenset[str]:
        """The keys that signed checkpoints."""
        return frozenset(key for (key,) in self._rows(organisation, KEYS, (organisation,)))

    def add(self, checkpoint: Checkpoint, nodes: Mapping[Node, bytes]) -> None:
        """Keep a checkpoint and the nodes completed since the one before, both or neither."""
        placed = sorted(nodes)
        columns = [each.level for each in placed], [each.index for each in placed], [nodes[each] for each in placed]
        signed = (
            checkpoint.organisation,
            checkpoint.key,
            checkpoint.size,
            checkpoint.root,
            list(checkpoint.frontier),
            checkpoint.note,
            checkpoint.made_at,
        )
        with self._database.within(checkpoint.organisation) as connection:
            connection.execute(ADD_NODES, (checkpoint.organisation, *columns))
            connection.execute(ADD, signed)

    def nodes(self, organisation: UUID, level: int, start: int, end: int) -> list[bytes]:
        """The hashes of the nodes from `start` up to before `end` of a level."""
        return [hash for (hash,) in self._rows(organisation, NODES, (organisation, level, start, end))]

    def add_cosignatures(self, organisation: UUID, key: str, given: Sequence[Cosignature]) -> None:
        """Keep what witnesses signed."""
        with self._database.within(organisation) as connection:
            for each in given:
                connection.execute(
                    ADD_COSIGNATURE, (organisation, key, each.size, each.witness, each.signed_at, each.line)
                )

    def cosignatures(self, organisation: UUID, key: str, sizes: Sequence[int]) -> list[Cosignature]:
        """What witnesses signed of the checkpoints of these sizes."""
        return [_cosignature(row) for row in self._rows(organisation, COSIGNATURES, (organisation, key, list(sizes)))]

    def newest_cosignatures(self, organisation: UUID, key: str) -> list[Cosignature]:
        """Of each witness what it signed over the most leaves."""
        return [_cosignature(row) for row in self._rows(organisation, NEWEST_COSIGNATURES, (organisation, key))]

    def _rows(self, organisation: UUID, statement: LiteralString, parameters: Any) -> list[TupleRow]:  # noqa: ANN401 — what psycopg takes
        return self._database.ask(organisation, statement, parameters)


def _checkpoint(row: TupleRow) -> Checkpoint:
    organisation, key, size, root, frontier, note, made_at = row
    return Checkpoint(
        organisation=organisation, key=key, size=size, root=root, frontier=tuple(frontier), note=note, made_at=made_at
    )


def _cosignature(row: TupleRow) -> Cosignature:
    size, witness, signed_at, line = row
    return Cosignature(size=size, witness=witness, signed_at=signed_at, line=line)
