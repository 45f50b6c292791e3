-- Deadlines that must outlive a restart. Written in the transaction of the event that sets them.
create table timers (
  key         text collate "C" primary key check (length(key) between 1 and 300),
  kind        text collate "C" not null,
  due_at      bigint not null,
  payload     jsonb not null,
  attempts    integer not null default 0,
  lease_until bigint,
  last_error  text
);
create index timers_due on timers (due_at);
