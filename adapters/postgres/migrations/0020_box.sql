-- The ballot box (docs/decisions/0009-ballot-box.md): confided answers, apart from the log, in a schema, with an owner
-- and a role of their own; and the boxes' keys in another one. No column tells an instant, an order or a person.
-- A ballot is kept in its row whatever its size: what is kept beside it would be numbered in the order of answering.
reset role;
set local role avow_box_owner;

create table avow_box.boxes (
    organisation uuid not null,
    review uuid not null,
    shut boolean not null default false,
    primary key (organisation, review)
);

create table avow_box.ballots (
    organisation uuid not null,
    review uuid not null,
    id bytea not null,
    sealed bytea not null,
    primary key (organisation, review, id),
    constraint ballots_of_one_size check (octet_length(sealed) = 7708)
);

alter table avow_box.ballots alter column sealed set storage plain;

alter table avow_box.boxes enable row level security, force row level security;
alter table avow_box.ballots enable row level security, force row level security;

create policy walled on avow_box.boxes
    using (organisation = nullif(current_setting('app.organisation', true), '')::uuid)
    with check (organisation = nullif(current_setting('app.organisation', true), '')::uuid);
create policy walled on avow_box.ballots
    using (organisation = nullif(current_setting('app.organisation', true), '')::uuid)
    with check (organisation = nullif(current_setting('app.organisation', true), '')::uuid);
create policy archived on avow_box.boxes for select to avow_box_archivist using (true);
create policy archived on avow_box.ballots for select to avow_box_archivist using (true);

grant usage on schema avow_box to avow_teller, avow_box_archivist;
grant select, insert, update (shut), delete on avow_box.boxes to avow_teller;
grant select, insert, update (sealed), delete on avow_box.ballots to avow_teller;
grant select on all tables in schema avow_box to avow_box_archivist;

-- A key that was destroyed leaves its row, so that none is ever made anew for its box.
reset role;
set local role avow_box_keys_owner;

create table avow_box_keys.box_keys (
    organisation uuid not null,
    review uuid not null,
    wrapped bytea,
    primary key (organisation, review)
);

alter table avow_box_keys.box_keys enable row level security, force row level security;

create policy walled on avow_box_keys.box_keys
    using (organisation = nullif(current_setting('app.organisation', true), '')::uuid)
    with check (organisation = nullif(current_setting('app.organisation', true), '')::uuid);
create policy archived on avow_box_keys.box_keys for select to avow_box_keys_archivist using (true);

grant usage on schema avow_box_keys to avow_box_keeper, avow_box_keys_archivist;
grant select, insert, update on avow_box_keys.box_keys to avow_box_keeper;
grant select on all tables in schema avow_box_keys to avow_box_keys_archivist;
