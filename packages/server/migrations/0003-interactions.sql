-- Views that are written in the transaction of the events they come from.
create table interactions (
  interaction text collate "C" primary key,
  origin      text not null check (origin in ('live', 'replay', 'import')),
  channel     text not null,
  started_at  bigint not null,
  answered_at bigint,
  ended_at    bigint,
  closed_at   bigint,
  queue       text,
  agent       text collate "C",
  outcome     text,
  talk_ms     bigint not null default 0,
  kept        integer not null default 0,
  broken      integer not null default 0,
  unknown     integer not null default 0,
  moot        integer not null default 0
);
create index interactions_newest on interactions (started_at desc, interaction desc);
create index interactions_of_agent on interactions (agent, started_at desc) where agent is not null;
create index interactions_running on interactions (interaction) where closed_at is null;

create table verdicts (
  interaction  text collate "C" not null,
  norm         text collate "C" not null,
  key          text collate "C" not null,
  pack         text collate "C" not null,
  pack_version integer not null,
  value        text not null check (value in ('kept', 'broken', 'moot', 'unknown')),
  nature       text not null check (nature in ('finding', 'hint')),
  who          text collate "C",
  anchor       bigint not null,
  at           bigint not null,
  body         jsonb not null,
  primary key (interaction, norm, key)
);
create index verdicts_of_norm on verdicts (norm, at desc);

create table promises (
  promise     text collate "C" primary key,
  kind        text not null,
  state       text not null check (state in ('open', 'kept', 'missed', 'withdrawn')),
  interaction text collate "C",
  "case"      text collate "C",
  owner       text collate "C" not null,
  made_at     bigint not null,
  due_at      bigint not null,
  settled_at  bigint,
  attempts    integer not null default 0,
  channel     text,
  number_ref  text,
  about_ref   text
);
create index promises_due on promises (due_at) where state in ('open', 'missed');

-- The files themselves lie in the data directory.
create table recordings (
  recording   text collate "C" primary key,
  interaction text collate "C" not null,
  file        text not null,
  started_at  bigint not null,
  duration_ms bigint,
  bytes       bigint,
  sha256      bytea
);
create index recordings_of_interaction on recordings (interaction);
