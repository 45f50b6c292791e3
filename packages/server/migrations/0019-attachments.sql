-- Files that belong to a chat, a ticket or a piece of knowledge. The bytes lie sealed in the data folder, under the key of the person
-- whom they concern; name and bytes can be read only as long as that key is there. A row stays when its file has gone, and says why.
create table attachments (
  attachment text collate "C" primary key check (length(attachment) between 8 and 64),
  owner_kind text not null check (owner_kind in ('chat', 'ticket', 'knowledge')),
  owner      text collate "C" not null,
  subject    text collate "C" not null,
  name_ref   text not null,
  type       text not null,
  bytes      integer not null check (bytes > 0),
  sha256     bytea not null,
  file       text not null,
  by         text collate "C" not null,
  made_at    bigint not null,
  scanned    boolean not null,
  gone_at    bigint,
  gone_why   text check (gone_why in ('expired', 'erased', 'removed')),
  check ((gone_at is null) = (gone_why is null))
);
create index attachments_of_owner on attachments (owner_kind, owner, made_at);
create index attachments_by_age on attachments (made_at) where gone_at is null;
