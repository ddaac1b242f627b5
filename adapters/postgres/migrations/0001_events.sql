-- The log. Every table's key starts with the organisation. Read models live in the schema avow_read: they can be made
-- anew from the log at any time and are in no backup.
grant usage on schema avow to avow_writer, avow_projector, avow_reader;
grant usage on schema avow_read to avow_projector, avow_reader;

create table avow.events (
    organisation uuid not null,
    position bigint not null,
    recorded_at timestamptz not null,
    stream uuid not null,
    version integer not null,
    topic text not null,
    state bytea not null,
    -- The store's cursor: 1, 2, 3 … over all organisations in the order of commit. Not drawn from a sequence: the
    -- unique key makes it impossible to commit n + 1 before n, so no reader can pass over an event.
    id bigint not null,
    primary key (organisation, position),
    constraint events_version_taken unique (organisation, stream, version),
    constraint events_known_in_order unique (organisation, recorded_at),
    constraint events_cursor unique (id)
);

create table avow.idempotency (
    organisation uuid not null,
    actor text not null,
    key text not null,
    fingerprint bytea not null,
    status smallint not null,
    position bigint not null,
    streams uuid[] not null,
    version integer not null,
    recorded_at timestamptz not null default clock_timestamp(),
    primary key (organisation, actor, key)
);

create table avow.keys (
    organisation uuid not null,
    kind text not null,
    digest bytea not null,
    id uuid not null,
    primary key (organisation, kind, digest)
);

create table avow.lines (
    organisation uuid not null,
    source text not null,
    digest bytea not null,
    fingerprint bytea not null,
    stream uuid not null,
    version integer not null,
    primary key (organisation, source, digest)
);

grant select, insert on avow.events, avow.idempotency, avow.keys, avow.lines to avow_writer;
grant select on avow.events to avow_projector;
grant select on avow.events, avow.idempotency, avow.keys, avow.lines to avow_reader;

create function avow.refuse_change() returns trigger
language plpgsql
as $$
begin
    raise exception 'events are neither updated nor deleted; correct a fact by a newer word on it'
        using errcode = 'restrict_violation';
end
$$;

create trigger events_stay
    before update or delete or truncate on avow.events
    for each statement execute function avow.refuse_change();

-- Not even a session that replays replicated changes switches it off.
alter table avow.events enable always trigger events_stay;

-- Appends one command, or tells why not, in one statement and so one transaction.
--
-- The lock is one for all organisations and is held until the commit is visible: appends follow one another, so that
-- positions, known times and cursors are those of the order of commit. What is decided under the lock is returned as
-- `result` and not raised, so that several commands can share a transaction and one that is refused costs the others
-- nothing.
create function avow.append(
    organisation uuid,
    streams uuid[],
    versions integer[],
    topics text[],
    states bytea[],
    known timestamptz[],
    actor text,
    request text,
    fingerprint bytea,
    status smallint,
    key_kinds text[],
    key_digests bytea[],
    key_ids uuid[],
    line_sources text[],
    line_digests bytea[],
    line_fingerprints bytea[],
    line_events integer[]
) returns table (
    result text,
    first_id bigint,
    first_position bigint,
    known_from timestamptz[],
    taken integer,
    earlier_fingerprint bytea,
    earlier_status smallint,
    earlier_position bigint,
    earlier_streams uuid[],
    earlier_version integer
)
language plpgsql
-- Plans are made once a session, maybe while the tables are still empty: every look-up goes by an index, one for each
-- thing given, whatever the statistics say at that moment. That halves the time under the lock, and keeps it so.
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
    last_position bigint := 0;
    last_known timestamptz := '-infinity';
    last_id bigint := 0;
    instant timestamptz;
begin
    -- For row policies: what this transaction writes belongs to one organisation.
    perform set_config('app.organisation', append.organisation::text, true);
    perform pg_advisory_xact_lock(1635151735);
    instant := clock_timestamp();

    if append.request is not null then
        select i.fingerprint, i.status, i.position, i.streams, i.version
        into earlier_fingerprint, earlier_status, earlier_position, earlier_streams, earlier_version
        from avow.idempotency as i
        where i.organisation = append.organisation and i.actor = append.actor and i.key = append.request;
        if found then
            result := 'repeated';
            return next;
            return;
        end if;
    end if;

    if cardinality(append.key_kinds) > 0 then
        select given.number into taken
        from unnest(append.key_kinds, append.key_digests, append.key_ids)
            with ordinality as given (kind, digest, id, number)
        cross join lateral (
            select k.id
            from avow.keys as k
            where k.organisation = append.organisation and k.kind = given.kind and k.digest = given.digest
            limit 1
        ) as kept
        where kept.id <> given.id
        order by given.number
        limit 1;
        if found then
            result := 'key taken';
            return next;
            return;
        end if;
    end if;

    if exists (
        select
        from unnest(append.streams, append.versions) as given (stream, version)
        cross join lateral (
            select
            from avow.events as e
            where e.organisation = append.organisation and e.stream = given.stream and e.version = given.version
            limit 1
        ) as taken
    ) or (cardinality(append.line_sources) > 0 and exists (
        select
        from unnest(append.line_sources, append.line_digests) as given (source, digest)
        cross join lateral (
            select
            from avow.lines as l
            where l.organisation = append.organisation and l.source = given.source and l.digest = given.digest
            limit 1
        ) as taken
    )) then
        result := 'conflict';
        return next;
        return;
    end if;

    select e.position, e.recorded_at into last_position, last_known
    from avow.events as e
    where e.organisation = append.organisation
    order by e.position desc
    limit 1;
    last_position := coalesce(last_position, 0);
    last_known := coalesce(last_known, '-infinity');
    select coalesce(max(e.id), 0) into last_id from avow.events as e;

    -- Known times rise by a microsecond at least: event n is known at the latest of all the instants told up to n,
    -- each pushed on by as many microseconds as there are events between.
    with given as (
        select
            number,
            stream,
            version,
            topic,
            state,
            max(coalesce(told, instant) - number * interval '1 microsecond') over (order by number) as base
        from unnest(append.streams, append.versions, append.topics, append.states, append.known)
            with ordinality as g (stream, version, topic, state, told, number)
    ), recorded as (
        insert into avow.events (organisation, position, recorded_at, stream, version, topic, state, id)
        select
            append.organisation,
            last_position + number,
            greatest(base, last_known) + number * interval '1 microsecond',
            stream,
            version,
            topic,
            state,
            last_id + number
        from given
        returning events.position, events.recorded_at
    )
    select coalesce(array_agg(recorded.recorded_at order by recorded.position), '{}') into known_from from recorded;

    if append.request is not null then
        insert into avow.idempotency (organisation, actor, key, fingerprint, status, position, streams, version)
        select
            append.organisation,
            append.actor,
            append.request,
            append.fingerprint,
            append.status,
            last_position + cardinality(append.streams),
            array(
                select stream
                from unnest(append.streams) with ordinality as g (stream, number)
                group by stream
                order by min(number)
            ),
            coalesce(append.versions[cardinality(append.versions)], 0);
    end if;

    if cardinality(append.key_kinds) > 0 then
        insert into avow.keys (organisation, kind, digest, id)
        select append.organisation, kind, digest, id
        from unnest(append.key_kinds, append.key_digests, append.key_ids) as g (kind, digest, id)
        on conflict do nothing;
    end if;

    if cardinality(append.line_sources) > 0 then
        insert into avow.lines (organisation, source, digest, fingerprint, stream, version)
        select
            append.organisation, source, digest, g.fingerprint, append.streams[event + 1], append.versions[event + 1]
        from unnest(append.line_sources, append.line_digests, append.line_fingerprints, append.line_events)
            as g (source, digest, fingerprint, event);
    end if;

    perform pg_notify('avow_events', (last_id + cardinality(append.streams))::text);
    result := 'recorded';
    first_id := last_id + 1;
    first_position := last_position + 1;
    return next;
end
$$;

revoke execute on function avow.append from public;
grant execute on function avow.append to avow_writer;
