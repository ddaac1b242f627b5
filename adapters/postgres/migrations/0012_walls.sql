-- Walls between organisations: every table with a column `organisation` shows and takes rows of one organisation only,
-- the one that the transaction named by set_config('app.organisation', …, true). None named: no rows. The owner is held
-- to it too. Who has to look across organisations is named here, one policy each; see docs/decisions/0007-walls.md.

-- What a later migration calls for each table that it makes.
create procedure avow.wall(walled regclass)
language plpgsql
as $$
begin
    execute format('alter table %s enable row level security, force row level security', walled);
    -- After a transaction the setting is not unset but empty.
    execute format(
        'create policy walled on %s'
        ' using (organisation = nullif(current_setting(''app.organisation'', true), '''')::uuid)'
        ' with check (organisation = nullif(current_setting(''app.organisation'', true), '''')::uuid)',
        walled
    );
    -- What is logged is copied by `avow backup`.
    if exists (
        select from pg_class
        where oid = walled and relpersistence = 'p' and relnamespace = 'avow'::regnamespace
    ) then
        execute format('create policy archived on %s for select to avow_archivist using (true)', walled);
    end if;
end
$$;

revoke execute on procedure avow.wall from public;

do $$
declare
    walled regclass;
begin
    for walled in
        select c.oid::regclass
        from pg_class as c
        join pg_attribute as a on a.attrelid = c.oid and a.attname = 'organisation' and not a.attisdropped
        where c.relnamespace in ('avow'::regnamespace, 'avow_read'::regnamespace) and c.relkind in ('r', 'p')
        order by c.oid
    loop
        call avow.wall(walled);
    end loop;
end
$$;

-- Across organisations, 1: following the log and keeping read models.
create policy following on avow.events for select to avow_projector using (true);
create policy projecting on avow_read.positions to avow_projector using (true) with check (true);
create policy projecting on avow_read.states to avow_projector using (true) with check (true);

-- 2: copies of everything, taken by `avow backup`. Tables made later are readable to it too.
grant usage on schema avow to avow_archivist;
grant select on all tables in schema avow to avow_archivist;
alter default privileges in schema avow grant select on tables to avow_archivist;

-- 3: whoever shows a token's digest sees that one token, and so learns its organisation.
create policy presented on avow.tokens for select to avow_writer
    using (digest = decode(nullif(current_setting('app.token', true), ''), 'hex'));

-- 4: the cursor. `avow.append` numbers events over all organisations, so it runs as a role that reads all events and
-- that nobody works as; what it inserts is walled in to the organisation that it is called for. The writer itself adds
-- nothing to the log in any other way. To replace the function, drop it first and do this again.
grant usage on schema avow to avow_appender;
grant select, insert on avow.events, avow.idempotency, avow.keys, avow.lines to avow_appender;
create policy numbering on avow.events for select to avow_appender using (true);
revoke insert on avow.events, avow.idempotency, avow.keys, avow.lines from avow_writer;
grant create on schema avow to avow_appender;
reset role;
alter function avow.append security definer set search_path = pg_catalog, pg_temp;
alter function avow.append owner to avow_appender;
set local role avow_owner;
revoke create on schema avow from avow_appender;

-- The keys: walled alike, with a copyist of their own.
reset role;
set local role avow_keys_owner;

alter table avow_keys.data_keys enable row level security, force row level security;
alter table avow_keys.secrets enable row level security, force row level security;

create policy walled on avow_keys.data_keys
    using (organisation = nullif(current_setting('app.organisation', true), '')::uuid)
    with check (organisation = nullif(current_setting('app.organisation', true), '')::uuid);
create policy walled on avow_keys.secrets
    using (organisation = nullif(current_setting('app.organisation', true), '')::uuid)
    with check (organisation = nullif(current_setting('app.organisation', true), '')::uuid);

grant usage on schema avow_keys to avow_keys_archivist;
grant select on all tables in schema avow_keys to avow_keys_archivist;
alter default privileges in schema avow_keys grant select on tables to avow_keys_archivist;
create policy archived on avow_keys.data_keys for select to avow_keys_archivist using (true);
create policy archived on avow_keys.secrets for select to avow_keys_archivist using (true);
