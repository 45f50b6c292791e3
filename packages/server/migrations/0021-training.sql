-- Trainings stand apart from everything that happened to callers: no stream, no ledger, no report reads these tables.
create table training_runs (
  run uuid primary key,
  agent text not null,
  script text not null,
  script_version int not null,
  -- the script as it was practised
  text text not null,
  seed bigint not null,
  mode text not null check (mode in ('text', 'ear')),
  started_at bigint not null,
  -- when the newest act was taken, on the server's clock
  seen_at bigint not null,
  -- acts in their order, each with its instant on the training's own clock
  acts jsonb not null,
  ended_at bigint,
  -- events, verdicts and what was missing, as they were when it ended
  replay jsonb
);
create index training_runs_of_agent on training_runs (agent, started_at desc);

-- The hotline's own scripts; a version is never changed.
create table training_scripts (
  script text not null,
  version int not null,
  text text not null,
  published_at bigint not null,
  published_by text not null,
  primary key (script, version)
);

-- Who has read which version of a lesson, or took part in talking it over.
create table lesson_readings (
  agent text not null,
  lesson text not null,
  version int not null,
  read_at bigint not null,
  -- 工号 of who led the discussion; null = read alone
  led_by text,
  primary key (agent, lesson, version)
);
