-- 紧急登记: what agents raised as an emergency, who took it in hand, what was done by which plan, and what came of it.
create table emergencies (
  emergency       text collate "C" primary key,
  interaction     text collate "C",
  about           text not null,
  state           text not null check (state in ('raised', 'acknowledged', 'registered', 'closed', 'reviewed')),
  raised_at       bigint not null,
  acknowledged_at bigint,
  acknowledged_by text collate "C",
  escalated_at    bigint,
  plan            text collate "C",
  steps           text[] not null default '{}',
  done            text[] not null default '{}',
  account_ref     text,
  told            text,
  outcome         text,
  closed_at       bigint,
  closed_by       text collate "C",
  finding         text,
  reviewed_by     text collate "C"
);
create index emergencies_newest on emergencies (raised_at desc, emergency);
create table emergency_plans (
  plan       text collate "C" primary key check (length(plan) between 1 and 64),
  title      text not null,
  steps      text[] not null,
  changed_at bigint not null,
  changed_by text collate "C" not null
);
-- 异常: what does not work as it should, from its report to the word that it works again.
create table anomalies (
  anomaly     text collate "C" primary key check (length(anomaly) between 1 and 64),
  kind        text not null check (kind in ('system', 'line', 'business', 'other')),
  what        text not null,
  interaction text collate "C",
  reporter    text collate "C" not null,
  at          bigint not null,
  state       text not null check (state in ('open', 'assigned', 'fixed', 'confirmed')),
  owner       text collate "C",
  note        text,
  changed_at  bigint not null
);
create index anomalies_newest on anomalies (at desc, anomaly);
