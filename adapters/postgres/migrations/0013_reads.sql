-- The trail of reads: who opened what is sensitive. It holds ids and no text, and is only ever added to.
create table avow.reads (
    organisation uuid not null,
    at timestamptz not null,
    id uuid not null,
    person uuid,
    token uuid not null,
    roles text[] not null,
    view text not null,
    about uuid,
    asked jsonb not null,
    valid_at timestamptz not null,
    position bigint not null,
    primary key (organisation, at, id)
);

create index reads_about on avow.reads (organisation, about, at, id);

call avow.wall('avow.reads');

grant insert on avow.reads to avow_writer;
grant select on avow.reads to avow_reader;

create function avow.refuse_other_reads() returns trigger
language plpgsql
as $$
begin
    raise exception 'the trail of reads is only added to' using errcode = 'restrict_violation';
end
$$;

create trigger reads_stay
    before update or delete or truncate on avow.reads
    for each statement execute function avow.refuse_other_reads();

alter table avow.reads enable always trigger reads_stay;
