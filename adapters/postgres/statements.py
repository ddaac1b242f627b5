"""What the log is asked, as statements. No value of a request is ever part of their text."""

from __future__ import annotations

PLACED = "stream, version, topic, state, organisation, position, recorded_at, id"
EVENTS = f"select {PLACED} from avow.events"  # noqa: S608 — made of constants alone
HEAD = """
    select position, recorded_at
    from avow.events
    where organisation = %s
    order by position desc
    limit 1
"""
NOW = """
    select greatest(clock_timestamp(), (
        select recorded_at
        from avow.events
        where organisation = %s
        order by position desc
        limit 1
    ))
"""
PRESENT = """
    select clock_timestamp(), newest.position, newest.recorded_at
    from (select) as always
    left join lateral (
        select position, recorded_at
        from avow.events
        where organisation = %s
        order by position desc
        limit 1
    ) as newest on true
"""
POSITION_AT = """
    select position
    from avow.events
    where organisation = %s and recorded_at <= %s
    order by recorded_at desc
    limit 1
"""
RECORDED_AT = "select recorded_at from avow.events where organisation = %s and position = %s"
STREAM = f"""
    {EVENTS}
    where organisation = %s and stream = %s and version > %s and position <= %s
    order by version
"""
STREAMS = f"""
    {EVENTS}
    where organisation = %s and stream = any(%b) and position <= %s
    order by stream, version
"""
BEHIND = f"{EVENTS} where organisation = %s and position > %s order by position limit %s"
STREAMS_AND_KEYS = f"""
    {EVENTS}
    where organisation = %(organisation)s and stream in (
        select unnest(%(streams)b::uuid[])
        union
        select k.id
        from unnest(%(kinds)b::text[], %(digests)b::bytea[]) as wanted (kind, digest)
        join avow.keys as k
            on k.organisation = %(organisation)s and k.kind = wanted.kind and k.digest = wanted.digest
    )
    order by stream, version
"""  # noqa: S608
POSITIONS = f"""
    {EVENTS}
    where organisation = %(organisation)s and position > %(after)s and position <= %(until)s
        and (cardinality(%(topics)s::text[]) = 0 or topic = any(%(topics)s::text[]))
    order by position
"""
OLDEST_FIRST = f"{POSITIONS} asc limit %(limit)s"
NEWEST_FIRST = f"{POSITIONS} desc limit %(limit)s"
AFTER = f"{EVENTS} where id > %s order by id limit %s"
LEAVES = """
    select leaf
    from avow.events
    where organisation = %s and position > %s and position <= %s
    order by position
"""
ORGANISATIONS = "select organisation from avow.events where position = 1 order by organisation"
OUTCOME = """
    select fingerprint, status, position, streams, version
    from avow.idempotency
    where organisation = %s and actor = %s and key = %s
"""
KEYS = """
    select k.kind, k.digest, k.id
    from unnest(%(kinds)b::text[], %(digests)b::bytea[]) as wanted (kind, digest)
    join avow.keys as k
        on k.organisation = %(organisation)s and k.kind = wanted.kind and k.digest = wanted.digest
"""
LINES = """
    select digest, fingerprint, stream, version
    from avow.lines
    where organisation = %s and source = %s and digest = any(%b)
"""
LAST = 2**63 - 1
"""No position is greater."""
