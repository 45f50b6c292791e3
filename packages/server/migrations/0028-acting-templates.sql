-- Every saved state of what agents may do for customers; the newest one stands in the hotline plan as well.
create table acting_template_versions (
  version int primary key,
  templates jsonb not null,
  -- why it was changed
  note text not null,
  made_at bigint not null,
  made_by text not null
);
