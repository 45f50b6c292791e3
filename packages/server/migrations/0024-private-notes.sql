-- 私人备注: sealed in the browser with a key that only its writer can make. Nobody else, and no server, can open what stands here.
create table private_keys (
  owner   text collate "C" primary key references people on delete cascade,
  salt    text not null check (length(salt) between 20 and 64),
  -- a known word, sealed: tells a wrong passphrase from a right one
  proof   text not null check (length(proof) <= 200),
  made_at bigint not null
);
create table private_notes (
  note   text collate "C" primary key check (length(note) between 1 and 64),
  owner  text collate "C" not null references private_keys on delete cascade,
  sealed text not null check (length(sealed) <= 20000),
  at     bigint not null
);
create index private_notes_of_owner on private_notes (owner, at desc);
create index private_notes_by_age on private_notes (at);

-- Audit entries are never changed; those that are older than the period of the hotline may go, and only by a transaction that says so.
drop trigger audit_append_only on audit;
create or replace function audit_is_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.at < coalesce(nullif(current_setting('threerings.audit_delete_before', true), ''), '0')::bigint then
    return old;
  end if;
  raise exception 'audit entries are never changed';
end $$;
create trigger audit_append_only before update or delete on audit for each row execute function audit_is_append_only();

-- What a suggestion is worth, and what its author was thanked with.
alter table tickets add column value text check (value in ('high', 'some', 'none')), add column award text;
