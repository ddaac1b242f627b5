-- Whom a stored state concerns beside its subject: the units of a person's places, the parties that spoke for a
-- commitment. Said of the stream once and for good: a row here leads to a stream, and its states tell whether and when.
create table avow_read.concerns (
    organisation uuid not null,
    kind text not null,
    concern uuid not null,
    stream uuid not null,
    slot smallint not null,
    primary key (organisation, kind, concern, stream, slot)
) partition by list (slot);

create table avow_read.concerns_1 partition of avow_read.concerns for values in (1);
create table avow_read.concerns_2 partition of avow_read.concerns for values in (2);

call avow.wall('avow_read.concerns');
call avow.wall('avow_read.concerns_1');
call avow.wall('avow_read.concerns_2');
create policy projecting on avow_read.concerns to avow_projector using (true) with check (true);

grant select, insert on avow_read.concerns to avow_projector;
grant truncate on avow_read.concerns_1, avow_read.concerns_2 to avow_projector;
grant select on avow_read.concerns to avow_reader;
