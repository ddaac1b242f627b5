-- Roles and schemas, made before the first migration and looked after before every other. Roles belong to the whole
-- cluster: another database of it may have made them already, or be making them at this moment.
do $$
declare
    role text;
begin
    foreach role in array array[
        'avow_owner', 'avow_keys_owner', 'avow_migrator', 'avow_writer', 'avow_projector', 'avow_reader', 'avow_keeper',
        'avow_appender', 'avow_archivist', 'avow_keys_archivist', 'avow_box_owner', 'avow_box_keys_owner',
        'avow_teller', 'avow_box_keeper', 'avow_box_archivist', 'avow_box_keys_archivist'
    ] loop
        begin
            if not exists (select from pg_roles where rolname = role) then
                execute format('create role %I nologin', role);
            end if;
        exception when duplicate_object or unique_violation then
            null;
        end;
        -- A superuser may take on any role; another login must be a member.
        if not (select rolsuper from pg_roles where rolname = current_user)
            and not pg_has_role(current_user, role, 'usage') then
            execute format('grant %I to %I', role, current_user);
        end if;
    end loop;
    if not pg_has_role('avow_migrator', 'avow_owner', 'member') then
        grant avow_owner, avow_keys_owner to avow_migrator;
    end if;
    if not pg_has_role('avow_migrator', 'avow_box_owner', 'member') then
        grant avow_box_owner, avow_box_keys_owner to avow_migrator;
    end if;
end
$$;

create schema if not exists avow authorization avow_owner;
create schema if not exists avow_read authorization avow_owner;
create schema if not exists avow_keys authorization avow_keys_owner;
create schema if not exists avow_box authorization avow_box_owner;
create schema if not exists avow_box_keys authorization avow_box_keys_owner;

set local role avow_owner;

create table if not exists avow.migrations (
    number integer primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null default clock_timestamp()
);
