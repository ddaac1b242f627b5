-- Webhooks: who is called, how far, and how it went. No secret is kept: it is worked out from the organisation's own,
-- which lies apart with the keys. What is sent is read from the log when it is sent.
create table avow.webhooks (
    organisation uuid not null,
    id uuid not null,
    url text not null,
    topics text[] not null,
    token uuid not null,
    created_at timestamptz not null,
    generation integer not null,
    overlaps_until timestamptz,
    position bigint not null,
    attempts integer not null,
    failing_since timestamptz,
    next_attempt_at timestamptz,
    last_success_at timestamptz,
    last_failure_at timestamptz,
    last_failure text,
    disabled_at timestamptz,
    disabled_because text,
    primary key (organisation, id)
);

call avow.wall('avow.webhooks');

-- Whoever delivers has to find what is due in every organisation.
create policy following on avow.webhooks for select to avow_projector using (true);

grant select, insert, delete on avow.webhooks to avow_writer;
grant update (
    token, generation, overlaps_until, position, attempts, failing_since, next_attempt_at, last_success_at,
    last_failure_at, last_failure, disabled_at, disabled_because
) on avow.webhooks to avow_writer;
grant select on avow.webhooks to avow_reader, avow_projector;
