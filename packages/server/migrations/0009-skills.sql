-- Level of each skill, 1 to 9: {"dialect": 5}
alter table people add column skills jsonb not null default '{}';
