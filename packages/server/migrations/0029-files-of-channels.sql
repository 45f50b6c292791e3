-- Files that customers sent on other houses' channels, until they are kept or given up. What the vendor gives them out by stands in the vault.
create table chat_media (
  attachment  text collate "C" primary key,
  message     text collate "C" not null,
  interaction text collate "C" not null,
  media_ref   text not null,
  state       text not null default 'waiting' check (state in ('waiting', 'kept', 'missing')),
  made_at     bigint not null,
  next_at     bigint not null,
  attempts    integer not null default 0,
  fault       text
);
create index chat_media_waiting on chat_media (interaction, made_at, attachment) where state = 'waiting';
-- A part of a delivery that is a file of the house.
alter table chat_deliveries add column attachment text;
