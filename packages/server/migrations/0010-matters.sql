-- What is owed to customers: promises in full, proposals, tickets, cases, customers, and appeals.
alter table promises
  add column first           text collate "C",
  add column first_due_at    bigint,
  add column moved           integer not null default 0,
  add column escalated       integer not null default 0,
  add column seen_at         bigint,
  add column last_attempt_at bigint,
  add column last_outcome    text,
  add column ticket          text collate "C",
  add column customer        text collate "C",
  drop constraint promises_state_check,
  add constraint promises_state_check check (state in ('open', 'kept', 'missed', 'unreached', 'withdrawn'));
update promises set first = owner, first_due_at = due_at;
alter table promises alter column first set not null, alter column first_due_at set not null;
create index promises_of_owner on promises (owner, due_at) where state in ('open', 'missed');
create index promises_settled on promises (settled_at desc) where settled_at is not null;
create index promises_of_customer on promises (customer) where customer is not null;

create table proposals (
  proposal    text collate "C" primary key,
  what        text not null,
  origin      text not null,
  agent       text collate "C" not null,
  state       text not null check (state in ('open', 'confirmed', 'declined')),
  interaction text collate "C",
  norm        text collate "C",
  key         text,
  message     text,
  at          bigint not null,
  settled_at  bigint,
  settled_by  text collate "C"
);
create index proposals_open on proposals (agent, at) where state = 'open';

create table tickets (
  ticket       text collate "C" primary key,
  kind         text not null,
  stage        text not null check (stage in ('draft', 'dispatched', 'in-work', 'returned', 'resolved', 'told', 'closed')),
  owner        text collate "C" not null,
  first        text collate "C" not null,
  department   text collate "C",
  customer     text collate "C",
  "case"       text collate "C",
  interaction  text collate "C",
  secret       boolean not null default false,
  made_at      bigint not null,
  due_at       bigint,
  first_due_at bigint,
  paused_at    bigint,
  pause_reason text,
  returns      integer not null default 0,
  urged        integer not null default 0,
  supervised   boolean not null default false,
  exception    text,
  result       text,
  score        integer,
  reopened     integer not null default 0,
  closed_at    bigint,
  title_ref    text,
  about_ref    text,
  answer_ref   text
);
create index tickets_open on tickets (due_at, ticket) where stage <> 'closed';
create index tickets_newest on tickets (made_at desc, ticket desc);
create index tickets_of_customer on tickets (customer) where customer is not null;

-- Values stand in the vault under the key of the customer; here are references and what is not personal.
create table customers (
  customer    text collate "C" primary key,
  subject     text collate "C" not null,
  name_ref    text,
  number_refs text[] not null default '{}',
  unsafe      boolean not null default false,
  merged_into text collate "C",
  created_at  bigint not null,
  created_by  text collate "C" not null,
  changed_at  bigint not null
);
create index customers_merged on customers (merged_into) where merged_into is not null;
-- Keyed hashes of what customers are searched by. Erasing a subject deletes its rows.
create table customer_index (
  token    bytea not null check (length(token) = 32),
  customer text collate "C" not null,
  subject  text collate "C" not null,
  primary key (token, customer)
);
create index customer_index_of_subject on customer_index (subject);
create table customer_contacts (
  interaction text collate "C" primary key,
  customer    text collate "C" not null,
  result      text not null,
  agent       text collate "C" not null,
  at          bigint not null
);
create index customer_contacts_of on customer_contacts (customer, at desc);

create table cases (
  "case"    text collate "C" primary key,
  customer  text collate "C",
  first     text collate "C" not null,
  state     text not null check (state in ('open', 'closed')),
  opened_at bigint not null,
  closed_at bigint
);
create index cases_of_customer on cases (customer, opened_at desc);

create table appeals (
  appeal      text collate "C" primary key,
  interaction text collate "C" not null,
  norm        text collate "C" not null,
  verdict     text not null,
  form        text not null,
  ground      text not null,
  agent       text collate "C" not null,
  state       text not null check (state in ('open', 'upheld', 'rejected')),
  filed_at    bigint not null,
  decided_at  bigint,
  decided_by  text collate "C",
  reason      text,
  words_ref   text
);
create index appeals_of_interaction on appeals (interaction);
create index appeals_open on appeals (filed_at) where state = 'open';
