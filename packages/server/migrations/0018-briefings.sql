-- 外单位: bodies that callers are sent to whose matter is not the hotline's.
alter table directory add column outside boolean not null default false;

-- 要情与早会: what everybody must know today; who has read which version is a fact of the presence streams, kept here as rows.
create table bulletins (
  bulletin     text collate "C" primary key check (length(bulletin) between 1 and 64),
  kind         text not null check (kind in ('briefing', 'news')),
  version      integer not null default 1,
  state        text not null check (state in ('draft', 'published', 'withdrawn')),
  title        text not null,
  body         text not null,
  units        text[] not null default '{}',
  must_read    boolean not null default true,
  valid_from   bigint not null,
  valid_until  bigint not null check (valid_until > valid_from),
  author       text collate "C" not null,
  published_at bigint,
  changed_at   bigint not null
);
create index bulletins_newest on bulletins (valid_from desc, bulletin);
create table bulletin_reads (
  bulletin text collate "C" not null,
  version  integer not null,
  agent    text collate "C" not null,
  at       bigint not null,
  primary key (bulletin, version, agent)
);
