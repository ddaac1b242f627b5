-- Which subject of an identity provider acts for which person. Of the subject, which may be an e-mail address, there is
-- only an HMAC under the organisation's secret. A row is ended, never deleted: who acted for whom stays known.
set local role avow_owner;

create table avow.sign_ins (
    organisation uuid not null,
    id uuid not null,
    person uuid not null,
    issuer text not null,
    digest bytea not null,
    bound_at timestamptz not null,
    bound_by uuid,
    ended_at timestamptz,
    ended_by uuid,
    primary key (organisation, id)
);

-- At any time a subject is one person.
create unique index sign_ins_by_digest on avow.sign_ins (organisation, digest) where ended_at is null;

call avow.wall('avow.sign_ins');

grant select, insert on avow.sign_ins to avow_writer;
grant update (ended_at, ended_by) on avow.sign_ins to avow_writer;
