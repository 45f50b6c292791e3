-- Articles and quick replies, their versions, who was told them, and what was missing. Written in full by editors: nothing personal.
create table knowledge_entries (
  entry      text collate "C" primary key check (length(entry) between 1 and 64),
  kind       text not null check (kind in ('article', 'reply')),
  queues     text[] not null default '{}',
  created_at bigint not null,
  created_by text collate "C" not null
);

create table knowledge_versions (
  entry       text collate "C" not null references knowledge_entries,
  version     integer not null check (version > 0),
  state       text not null check (state in ('draft', 'in-review', 'live', 'superseded', 'withdrawn')),
  title       text not null,
  keywords    text[] not null default '{}',
  body        text not null,
  items       text[] not null default '{}',
  valid_from  bigint,
  valid_until bigint,
  review_due  bigint,
  author      text collate "C" not null,
  reviewer    text collate "C",
  corrects    boolean not null default false,
  changed_at  bigint not null,
  note        text,
  primary key (entry, version),
  check (reviewer is null or reviewer <> author)
);
create unique index knowledge_versions_live on knowledge_versions (entry) where state = 'live';
create index knowledge_versions_changed on knowledge_versions (changed_at);

-- Written in the transaction of the event: who was told which version.
create table knowledge_uses (
  entry       text collate "C" not null,
  version     integer not null,
  interaction text collate "C" not null,
  at          bigint not null,
  promise     text collate "C",
  primary key (entry, version, interaction)
);

create table knowledge_gaps (
  gap         text collate "C" primary key check (length(gap) between 1 and 64),
  kind        text not null check (kind in ('not-found', 'wrong')),
  words       text,
  entry       text collate "C",
  version     integer,
  interaction text collate "C",
  note        text,
  agent       text collate "C" not null,
  at          bigint not null,
  state       text not null check (state in ('open', 'closed')),
  outcome     text,
  closed_by   text collate "C",
  closed_at   bigint
);
create index knowledge_gaps_open on knowledge_gaps (at desc) where state = 'open';
