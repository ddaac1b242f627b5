-- A history that proves itself: each event's leaf in its organisation's Merkle tree, written with the event; the inner
-- nodes worth keeping; the signed checkpoints and what witnesses signed beside them. All of it is only ever added to.

-- SHA-256(0x00 || the bytes that domain/transparency.py describes). Stable and not immutable, for it is then written
-- into the statement that calls it and costs no call.
create function avow.leaf(
    organisation uuid, place bigint, recorded_at timestamptz, stream uuid, version integer, topic text, state bytea
) returns bytea
language sql stable parallel safe
return sha256(
    '\x00'::bytea
    || uuid_send(organisation)
    || int8send(place)
    || int8send((extract(epoch from recorded_at) * 1000000)::bigint)
    || uuid_send(stream)
    || int4send(version)
    || int4send(octet_length(convert_to(topic, 'UTF8')))
    || convert_to(topic, 'UTF8')
    || state
);

alter table avow.events add column leaf bytea;

-- Rewrites the table and not its rows: the trigger that keeps events as they are stays on.
alter table avow.events
    alter column leaf type bytea using avow.leaf(organisation, position, recorded_at, stream, version, topic, state),
    alter column leaf set not null;

create table avow.nodes (
    organisation uuid not null,
    level smallint not null,
    index bigint not null,
    hash bytea not null,
    primary key (organisation, level, index)
);

create table avow.checkpoints (
    organisation uuid not null,
    key text not null,
    size bigint not null,
    root bytea not null,
    frontier bytea[] not null,
    note text not null,
    made_at timestamptz not null default clock_timestamp(),
    primary key (organisation, key, size)
);

create table avow.cosignatures (
    organisation uuid not null,
    key text not null,
    size bigint not null,
    witness text not null,
    signed_at timestamptz not null,
    line text not null,
    primary key (organisation, key, size, witness)
);

grant select, insert on avow.nodes, avow.checkpoints, avow.cosignatures to avow_writer;
grant select on avow.nodes, avow.checkpoints, avow.cosignatures to avow_reader;

create trigger nodes_stay
    before update or delete or truncate on avow.nodes
    for each statement execute function avow.refuse_change();
create trigger checkpoints_stay
    before update or delete or truncate on avow.checkpoints
    for each statement execute function avow.refuse_change();
create trigger cosignatures_stay
    before update or delete or truncate on avow.cosignatures
    for each statement execute function avow.refuse_change();

alter table avow.nodes enable always trigger nodes_stay;
alter table avow.checkpoints enable always trigger checkpoints_stay;
alter table avow.cosignatures enable always trigger cosignatures_stay;

-- As before, and the leaf beside the event.
create or replace function avow.append(
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
    ), placed as (
        select
            number,
            last_position + number as position,
            greatest(base, last_known) + number * interval '1 microsecond' as recorded_at,
            stream,
            version,
            topic,
            state
        from given
    ), recorded as (
        insert into avow.events (organisation, position, recorded_at, stream, version, topic, state, id, leaf)
        select
            append.organisation,
            position,
            recorded_at,
            stream,
            version,
            topic,
            state,
            last_id + number,
            avow.leaf(append.organisation, position, recorded_at, stream, version, topic, state)
        from placed
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
