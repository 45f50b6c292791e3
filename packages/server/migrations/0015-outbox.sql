-- Reports are written at their hour without being asked for; nobody schedules them one by one.
drop table report_schedules;
-- What is sent to callers in writing. Address and text stand in the vault under the key of the customer; a timer for each sends it.
create table outbox (
  message     text collate "C" primary key check (length(message) between 6 and 64),
  channel     text not null check (channel in ('mail', 'sms')),
  state       text not null check (state in ('queued', 'sent', 'dead')),
  address_ref text not null,
  body_ref    text not null,
  interaction text collate "C",
  customer    text collate "C",
  by          text collate "C" not null,
  made_at     bigint not null,
  attempts    integer not null default 0,
  last_fault  text,
  settled_at  bigint
);
create index outbox_newest on outbox (made_at desc, message);
create index outbox_of_interaction on outbox (interaction) where interaction is not null;
