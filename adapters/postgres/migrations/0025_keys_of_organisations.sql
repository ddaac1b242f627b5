-- Every organisation has a key-encryption key of its own, wrapped under the installation's, so that closing one destroys
-- that and no other; and every subject a data key for each kind of text, so that retention can destroy one of them.
set local role avow_keys_owner;

-- `changes` rises with every erasure and re-wrapping: what other processes hold unwrapped is then out of date. A closed
-- organisation keeps its row, without a key, for ever.
create table avow_keys.organisations (
    organisation uuid primary key,
    mark bytea,
    wrapped bytea,
    changes bigint not null default 0,
    closed_at timestamptz
);

alter table avow_keys.organisations enable row level security, force row level security;
create policy walled on avow_keys.organisations
    using (organisation = nullif(current_setting('app.organisation', true), '')::uuid)
    with check (organisation = nullif(current_setting('app.organisation', true), '')::uuid);
create policy archived on avow_keys.organisations for select to avow_keys_archivist using (true);
grant select, insert, update on avow_keys.organisations to avow_keeper;

-- Which key of the installation is in force since keys were re-wrapped: what is wrapped under another is not taken.
create table avow_keys.installation (
    single boolean primary key default true check (single),
    mark bytea not null,
    since timestamptz not null default clock_timestamp()
);

grant select, insert, update on avow_keys.installation to avow_keeper;

-- Keys of before are of both kinds of text; they are destroyed when both kinds are.
alter table avow_keys.data_keys add column kind text not null default 'both';
alter table avow_keys.data_keys alter column kind drop default;
alter table avow_keys.data_keys drop constraint data_keys_pkey;
alter table avow_keys.data_keys add primary key (organisation, subject, kind);
grant delete on avow_keys.data_keys, avow_keys.secrets to avow_keeper;
grant update on avow_keys.secrets to avow_keeper;
