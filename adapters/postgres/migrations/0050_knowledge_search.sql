-- What is searched of knowledge: the text of an item that stands, as rectangles of valid and known time like its state.
-- `document` holds the words of title and text under the rules of the text's language (`configuration`).
create table avow_read.texts (
    organisation uuid not null,
    stream uuid not null,
    slot smallint not null,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    known_from bigint not null,
    known_to bigint not null,
    language text not null,
    configuration text not null,
    title text not null,
    body text not null,
    document tsvector not null,
    primary key (organisation, stream, valid_from, known_from, slot),
    check (valid_from < valid_to),
    check (known_from < known_to)
) partition by list (slot);

create table avow_read.texts_1 partition of avow_read.texts for values in (1);
create table avow_read.texts_2 partition of avow_read.texts for values in (2);

call avow.wall('avow_read.texts');
call avow.wall('avow_read.texts_1');
call avow.wall('avow_read.texts_2');
create policy projecting on avow_read.texts to avow_projector using (true) with check (true);

grant select, insert, update on avow_read.texts to avow_projector;
grant truncate on avow_read.texts_1, avow_read.texts_2 to avow_projector;
grant select on avow_read.texts to avow_reader;
