-- Messages: to whom there is a letter on which day, and what became of it; and what people chose about their letters.
-- What a letter says is kept nowhere: it is read from the record when it is sent.
create table avow.messages (
    organisation uuid not null,
    person uuid not null,
    day date not null,
    made_at timestamptz not null,
    next_attempt_at timestamptz,
    attempts integer not null,
    outcome text not null,
    ended_at timestamptz,
    last_failure text,
    primary key (organisation, person, day)
);

create index messages_waiting on avow.messages (organisation, next_attempt_at) where next_attempt_at is not null;

create table avow.message_choices (
    organisation uuid not null,
    person uuid not null,
    off text[] not null,
    language text,
    zone text,
    hour integer,
    primary key (organisation, person)
);

call avow.wall('avow.messages');
call avow.wall('avow.message_choices');

grant select, insert, delete on avow.messages, avow.message_choices to avow_writer;
grant update (next_attempt_at, attempts, outcome, ended_at, last_failure) on avow.messages to avow_writer;
grant update (off, language, zone, hour) on avow.message_choices to avow_writer;
