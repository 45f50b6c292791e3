-- One data key per person, wrapped by the master key. Destroying the row makes everything sealed with it unreadable.
create table vault_keys (
  subject    text collate "C" primary key check (length(subject) between 1 and 200),
  wrapped    bytea not null,
  created_at bigint not null
);
create table vault (
  ref        text collate "C" primary key check (length(ref) between 1 and 250),
  subject    text collate "C" not null references vault_keys on delete cascade,
  kind       text collate "C" not null,
  nonce      bytea not null check (length(nonce) = 12),
  ciphertext bytea not null,
  created_at bigint not null,
  expires_at bigint
);
create index vault_of_subject on vault (subject);
create index vault_by_expiry on vault (expires_at) where expires_at is not null;
