-- Erasing a person is asked for by one and decided by another. The basis names no person; the customer's id says nothing once the key is gone.
create table erasures (
  erasure    text collate "C" primary key check (length(erasure) between 6 and 64),
  customer   text collate "C" not null,
  basis      text not null check (length(basis) between 3 and 200),
  asked_by   text collate "C" not null,
  asked_at   bigint not null,
  state      text not null check (state in ('asked', 'done', 'declined')),
  decided_by text collate "C",
  decided_at bigint,
  note       text,
  result     jsonb,
  check (decided_by is null or decided_by <> asked_by),
  check ((state = 'asked') = (decided_by is null))
);
create unique index erasures_asked on erasures (customer) where state = 'asked';
create index erasures_by_age on erasures (asked_at desc);
