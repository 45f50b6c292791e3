-- Handed-over calls, spoken messages and repeated callers. `caller` is a keyed hash of the number; erasing the caller takes it away. Rows
-- that an earlier way of counting made (`way`) are made anew when somebody asks.
alter table call_facts
  add column transfers integer not null default 0,
  add column message   boolean not null default false,
  add column caller    bytea,
  add column way       smallint not null default 1;
create index call_facts_of_caller on call_facts (caller, at) where caller is not null;

-- The same of chats.
create table chat_facts (
  interaction    text collate "C" primary key,
  n              integer not null,
  origin         text not null,
  at             bigint not null,
  queue          text,
  agent          text collate "C",
  outcome        text not null check (outcome in ('answered', 'abandoned')),
  first_reply_ms bigint,
  silence_ms     bigint not null,
  transfers      integer not null,
  invited        boolean not null,
  score          integer
);
create index chat_facts_by_time on chat_facts (at);

-- How long everybody was signed in, rested and had callers, by local day; folded from the presence streams up to `n`.
create table shift_days (
  agent        text collate "C" not null,
  day          integer not null,
  signed_in_ms bigint not null,
  rest_ms      bigint not null,
  handling_ms  bigint not null,
  primary key (day, agent)
);
create table shift_folds (
  stream text collate "C" primary key,
  n      integer not null,
  state  text,
  since  bigint not null
);
