-- Reports that are mailed without anybody asking. Addresses stand in the vault under a key of each mailing.
create table report_mailings (
  mailing    text collate "C" primary key check (length(mailing) between 6 and 40),
  kind       text not null check (kind in ('day', 'week', 'month')),
  unit       text collate "C",
  queue      text,
  grouping   text not null check (grouping in ('unit', 'agent', 'queue')),
  language   text not null check (language in ('zh', 'en')),
  to_ref     text not null,
  maker      text collate "C" not null,
  at         bigint not null,
  last_day   text not null,
  last_fault text
);
