-- What is out of order, for whom, and until when; its callers are promises of the ledger.
create table outages (
  outage       text collate "C" primary key,
  kind         text not null check (kind in ('failure', 'planned', 'service')),
  state        text not null check (state in ('open', 'restored')),
  title        text not null,
  areas        text[] not null default '{}',
  queues       text[] not null default '{}',
  numbers      text[] not null default '{}',
  announced    boolean not null default false,
  opened_at    bigint not null,
  opened_by    text collate "C" not null,
  due_at       bigint,
  first_due_at bigint,
  restored_at  bigint,
  restored_by  text collate "C",
  -- how callers are told of its end, until everybody was
  tell         text check (tell in ('sms', 'call')),
  owners       text[] not null default '{}'
);
create index outages_open on outages (opened_at desc) where state = 'open';
create index outages_newest on outages (opened_at desc, outage);
alter table promises add column outage text collate "C";
create index promises_of_outage on promises (outage, made_at) where outage is not null;
