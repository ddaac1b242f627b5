-- The keys people's text is sealed under, apart from the events: a schema, an owner and a keeper of their own. A key
-- that was erased leaves its row without a key, so that nothing is ever sealed anew for an erased person.
set local role avow_keys_owner;

grant usage on schema avow_keys to avow_keeper;

create table avow_keys.data_keys (
    organisation uuid not null,
    subject uuid not null,
    wrapped bytea,
    primary key (organisation, subject)
);

create table avow_keys.secrets (
    organisation uuid primary key,
    wrapped bytea not null
);

grant select, insert, update on avow_keys.data_keys to avow_keeper;
grant select, insert on avow_keys.secrets to avow_keeper;
