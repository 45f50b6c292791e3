-- What must not be deleted, and why: the periods and erasure pass over it until somebody releases it.
create table legal_holds (
  hold         text collate "C" primary key,
  interaction  text collate "C",
  customer     text collate "C",
  reason       text not null check (length(reason) between 3 and 200),
  by           text collate "C" not null,
  at           bigint not null,
  released_at  bigint,
  released_by  text collate "C",
  release_note text,
  check ((interaction is null) <> (customer is null))
);
create index legal_holds_of_interaction on legal_holds (interaction) where released_at is null;
create index legal_holds_of_customer on legal_holds (customer) where released_at is null;
-- Calls whose words have been deleted by their period, so that they are not looked at again.
create table words_expired (
  interaction text collate "C" primary key,
  at          bigint not null,
  words       integer not null
);
create index recordings_by_age on recordings (started_at);
create index tickets_of_interaction on tickets (interaction) where interaction is not null;
create index promises_of_interaction on promises (interaction) where interaction is not null;
