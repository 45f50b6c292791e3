import type { Permission } from '@threerings/core/people/permissions';
import type { ImportKind } from '@threerings/core/wire/imports';
import { agentsTable } from './agents.ts';
import { blocklistTable } from './blocklist-table.ts';
import type { ImportHouse } from './import-house.ts';
import { type AnyTableKind, tableKind } from './import-table.ts';
import { knowledgeTable } from './knowledge-table.ts';
import { promisesTable, ticketsTable } from './matter-tables.ts';
import { directoryTable, holidaysTable, numbersTable } from './small-tables.ts';

/** Every kind of table, in the order in which a new hotline brings them in. */
export const tableKinds: readonly AnyTableKind<ImportHouse>[] = [
  tableKind(agentsTable),
  tableKind(numbersTable),
  tableKind(holidaysTable),
  tableKind(directoryTable),
  tableKind(knowledgeTable),
  tableKind(ticketsTable),
  tableKind(promisesTable),
  tableKind(blocklistTable),
];

/** Who may import what: whoever may change it by hand. */
export const permissionOf: Readonly<Record<ImportKind, Permission>> = {
  agents: 'users.manage',
  numbers: 'settings.change',
  holidays: 'settings.change',
  directory: 'settings.change',
  knowledge: 'knowledge.edit',
  tickets: 'calls.import',
  promises: 'calls.import',
  blocklist: 'blocklist.keep',
};
