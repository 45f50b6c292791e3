-- Numbers whose callers are told that nobody answers them. The number stands in the vault under a key of its own entry.
create table blocklist (
  entry        text collate "C" primary key check (length(entry) between 6 and 64),
  number_ref   text not null,
  reason       text not null,
  offer        text not null check (offer in ('message', 'end')),
  by           text collate "C" not null,
  at           bigint not null,
  until        bigint not null,
  calls        integer not null default 0,
  last_at      bigint,
  released_at  bigint,
  released_by  text collate "C",
  release_note text
);
create index blocklist_in_force on blocklist (until) where released_at is null;
-- Counted apart from calls that asked for a person.
alter table call_facts add column blocked boolean not null default false;
