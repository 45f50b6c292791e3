-- Who runs something that only one process may run. The lock itself is an advisory lock of the owner's connection; the
-- epoch grows with every owner and stands in what the owner reserves, so that a late word of an old owner is recognised.
create table leases (
  name  text collate "C" primary key check (length(name) between 1 and 100),
  epoch bigint not null check (epoch > 0)
);
