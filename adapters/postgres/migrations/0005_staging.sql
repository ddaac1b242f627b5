-- Where imports are decided before any of it is recorded. What stands here is worthless once its import has ended, so
-- the tables are not logged: a crash empties them, and the import begins again. Texts are sealed here as in the log.
create unlogged table avow.staged_events (
    organisation uuid not null,
    request bigint not null,
    place integer not null,
    line integer not null,
    digest bytea not null,
    fingerprint bytea not null,
    stream uuid not null,
    version integer not null,
    fact integer not null,
    topic text not null,
    known timestamptz,
    state bytea not null,
    primary key (organisation, request, place)
);

create unique index staged_events_by_digest on avow.staged_events (organisation, digest);
create unique index staged_events_by_stream on avow.staged_events (organisation, stream, version);

create unlogged table avow.staged_keys (
    organisation uuid not null,
    kind text not null,
    digest bytea not null,
    id uuid not null,
    request bigint not null,
    primary key (organisation, kind, digest)
);

create index staged_keys_by_request on avow.staged_keys (organisation, request);

grant select, insert, delete on avow.staged_events, avow.staged_keys to avow_writer;
