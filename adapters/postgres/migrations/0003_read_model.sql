-- The stored read model: what each stream was, as rectangles of valid and known time (application/projections).
-- Two slots stand beside each other; one is live and read, the other idle or being built.

create table avow_read.versions (
    slot smallint primary key check (slot in (1, 2)),
    status text not null check (status in ('live', 'building', 'idle')),
    fingerprint text not null default '',
    cursor bigint not null default 0,
    events bigint not null default 0,
    projected_at timestamptz,
    alarm_cursor bigint,
    alarm_reason text,
    alarm_since timestamptz
);

create unique index versions_one_live on avow_read.versions (status) where status = 'live';

insert into avow_read.versions (slot, status) values (1, 'live'), (2, 'idle');

create table avow_read.positions (
    organisation uuid not null,
    slot smallint not null references avow_read.versions,
    position bigint not null,
    primary key (organisation, slot)
);

-- A row that is known to this day has the greatest bigint as known_to; one that is valid for ever has infinity.
-- A row without a state is of a heavy kind, whose events the reader folds.
create table avow_read.states (
    organisation uuid not null,
    stream uuid not null,
    slot smallint not null,
    kind text not null,
    strategy uuid,
    subject uuid,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    known_from bigint not null,
    known_to bigint not null,
    state bytea,
    primary key (organisation, stream, valid_from, known_from, slot),
    check (valid_from < valid_to),
    check (known_from < known_to)
) partition by list (slot);

-- Closing a row changes known_to alone, which no index holds: with room on its page it is rewritten in place.
create table avow_read.states_1 partition of avow_read.states for values in (1) with (fillfactor = 80);
create table avow_read.states_2 partition of avow_read.states for values in (2) with (fillfactor = 80);

create index states_by_strategy on avow_read.states (organisation, kind, strategy);
create index states_by_subject on avow_read.states (organisation, kind, subject) where subject is not null;

grant select, update on avow_read.versions to avow_projector;
grant select, insert, update, delete on avow_read.positions to avow_projector;
grant select, insert, update on avow_read.states to avow_projector;
grant truncate on avow_read.states_1, avow_read.states_2 to avow_projector;
grant select on avow_read.versions, avow_read.positions, avow_read.states to avow_reader;
