create table units (
  unit     text collate "C" primary key,
  parent   text collate "C" references units,
  name     text not null,
  position integer not null default 0,
  check (parent <> unit)
);
create index units_of_parent on units (parent);

create table people (
  person        text collate "C" primary key check (length(person) between 1 and 64),
  login         text not null unique check (length(login) between 1 and 64),
  name          text not null,
  unit          text collate "C" not null references units,
  roles         text[] not null,
  password_hash text not null,
  active        boolean not null default true,
  created_at    bigint not null,
  changed_at    bigint not null
);
create index people_of_unit on people (unit);

-- The token itself is only in the browser's cookie.
create table sessions (
  token_hash bytea primary key check (length(token_hash) = 32),
  person     text collate "C" not null references people on delete cascade,
  created_at bigint not null,
  seen_at    bigint not null
);
create index sessions_of_person on sessions (person);
create index sessions_by_age on sessions (seen_at);

create table settings (
  key        text collate "C" primary key,
  value      jsonb not null,
  changed_at bigint not null,
  changed_by text
);

-- A repeated request gets the answer that the first one got.
create table answered_commands (
  command     text collate "C" primary key,
  person      text collate "C" not null,
  answer      jsonb not null,
  answered_at bigint not null
);
create index answered_commands_by_age on answered_commands (answered_at);
