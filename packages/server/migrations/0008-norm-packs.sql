-- Versions of norm packs that were written here; those that ship lie in files. Text is kept whole: a verdict names its version.
create table norm_packs (
  pack         text collate "C" not null check (length(pack) between 1 and 64),
  version      integer not null check (version > 0),
  state        text not null check (state in ('draft', 'in-review', 'reviewed', 'approved', 'live', 'superseded', 'withdrawn')),
  title        text,
  files        jsonb not null,
  revision     integer not null,
  author       text collate "C" not null,
  changed_at   bigint not null,
  reviewer     text collate "C",
  approver     text collate "C",
  effective_at bigint,
  note         text,
  primary key (pack, version),
  check (reviewer is null or reviewer <> author),
  check (approver is null or approver <> reviewer)
);
create unique index norm_packs_live on norm_packs (pack) where state = 'live';
