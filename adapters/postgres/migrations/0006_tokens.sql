-- Opaque bearer tokens: never the secret, only the SHA-256 of its 256 random bits. `used_on` is a day on purpose: from
-- an instant it could be read when somebody answered.
set local role avow_owner;

create table avow.tokens (
    organisation uuid not null,
    id uuid not null,
    name text not null,
    digest bytea not null,
    person uuid,
    roles text[] not null,
    scopes text[] not null,
    issued_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    used_on date,
    primary key (organisation, id),
    constraint tokens_by_digest unique (digest)
);

grant select, insert on avow.tokens to avow_writer;
grant update (revoked_at, used_on) on avow.tokens to avow_writer;
grant select on avow.tokens to avow_reader;
