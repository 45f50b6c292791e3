-- What reports count of a call that is over, derived from its events up to `n`. Emptied, it is made anew when somebody asks.
create table call_facts (
  interaction text collate "C" primary key,
  n           integer not null,
  origin      text not null,
  at          bigint not null,
  direction   text not null check (direction in ('in', 'out')),
  test        boolean not null,
  asked_at    bigint,
  queue       text,
  agent       text collate "C",
  outcome     text not null check (outcome in ('answered', 'abandoned', 'other')),
  wait_ms     bigint,
  talk_ms     bigint not null,
  hold_ms     bigint not null,
  wrap_up_ms  bigint not null,
  invited     boolean not null,
  score       integer
);
create index call_facts_by_time on call_facts (at);
create index promises_by_first_due on promises (first_due_at);
create index appeals_decided on appeals (decided_at) where decided_at is not null;

-- Reports that are made without anybody asking; the timer of each stands in `timers`.
create table report_schedules (
  schedule   text collate "C" primary key,
  kind       text not null check (kind in ('day', 'week', 'month')),
  unit       text collate "C",
  queue      text,
  minute     integer not null check (minute between 0 and 1439),
  language   text not null check (language in ('zh', 'en')),
  mail_ref   text,
  by         text collate "C" not null references people,
  next_at    bigint not null,
  last_at    bigint,
  last_file  text,
  last_fault text
);
