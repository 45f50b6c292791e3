-- 通讯录: whom callers are told of or put through to; imported as a whole or entry by entry.
create table directory (
  entry      text collate "C" primary key check (length(entry) between 1 and 64),
  name       text not null,
  department text,
  number     text not null,
  scope      text,
  hours      text,
  changed_at bigint not null
);
create index directory_by_department on directory (department, name);
