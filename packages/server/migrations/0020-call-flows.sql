-- Versions of call flows; of each at most one takes calls. Text is kept whole: a call names its version.
create table call_flows (
  flow         text collate "C" not null check (length(flow) between 1 and 40),
  version      integer not null check (version > 0),
  state        text not null check (state in ('draft', 'live', 'superseded', 'withdrawn')),
  body         text not null check (length(body) <= 20000),
  revision     integer not null,
  author       text collate "C" not null,
  changed_at   bigint not null,
  publisher    text collate "C",
  published_at bigint,
  primary key (flow, version)
);
create unique index call_flows_live on call_flows (flow) where state = 'live';
-- What people of the hotline recorded for its callers to hear; older recordings are kept. Sound stands here, so that a backup has it.
create table prompt_recordings (
  prompt      text collate "C" not null check (length(prompt) between 1 and 64),
  version     integer not null check (version > 0),
  in_use      boolean not null,
  sound       bytea not null,
  duration_ms integer not null,
  peak_db     integer not null,
  made_at     bigint not null,
  made_by     text collate "C" not null,
  primary key (prompt, version)
);
create unique index prompt_recordings_in_use on prompt_recordings (prompt) where in_use;
