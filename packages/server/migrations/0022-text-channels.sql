-- Conversations on other houses' channels. A customer's address there stands in the vault under the key of the conversation; `thread` is a keyed hash of it.
create table chat_threads (
  interaction text collate "C" primary key,
  channel     text not null,
  thread      text collate "C" not null,
  address_ref text not null,
  reply_to    text not null,
  reply_at    bigint not null,
  numbered    integer not null default 0,
  opened_at   bigint not null
);
create index chat_threads_newest on chat_threads (thread, opened_at desc);
-- Messages that were taken, so that the same is not taken twice. Written in the commit that takes them.
create table chat_taken (
  message     text collate "C" primary key,
  at          bigint not null
);
create index chat_taken_oldest on chat_taken (at);
-- What a channel is still to bring, part by part. Written in the commit of the message; the text stays in the vault.
create table chat_deliveries (
  part        text collate "C" primary key,
  message     text collate "C" not null,
  place       integer not null,
  parts       integer not null,
  interaction text collate "C" not null,
  text_ref    text not null,
  state       text not null default 'queued' check (state in ('queued', 'sent', 'dead')),
  made_at     bigint not null,
  next_at     bigint not null,
  attempts    integer not null default 0,
  reply_to    text,
  number      integer,
  fault       text,
  ord         bigint not null
);
create index chat_deliveries_queued on chat_deliveries (interaction, ord) where state = 'queued';
-- Where the reading of a channel's inbox stands. `since`: what was written before is not ours to answer.
create table chat_cursors (
  channel     text not null,
  source      text not null,
  cursor      text,
  since       bigint not null,
  primary key (channel, source)
);
