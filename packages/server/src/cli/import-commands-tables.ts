import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ImportReport } from '@threerings/core/wire/imports';
import { yesNo } from '../config/kinds.ts';
import { option } from '../config/option.ts';
import { plainPlan, readStoredPlan } from '../hotline-plan/plan-read-model.ts';
import { mostFaults } from '../imports/fault.ts';
import { readBytes } from '../imports/input-files.ts';
import type { ImportHouse } from '../imports/tables/import-house.ts';
import { type AnyTableKind, endingsOf } from '../imports/tables/import-table.ts';
import { tableKinds } from '../imports/tables/table-kinds.ts';
import { auditInDatabase } from '../people/audit-read-model.ts';
import { peopleInDatabase } from '../people/people-read-model.ts';
import { projectCases } from '../store/case-rows.ts';
import { EventStore } from '../store/event-store.ts';
import { projectPromises } from '../store/promise-rows.ts';
import { projectTickets } from '../store/ticket-rows.ts';
import { Vault } from '../store/vault.ts';
import { command, exit, finding, type RegisteredCommand, type Terminal } from './command.ts';
import type { StoreForImports, WithStore } from './import-commands-calls.ts';
import { zoneOption } from './import-commands-options.ts';
import { show } from './norm-commands-judge.ts';

/** `threerings import agents|numbers|holidays|directory|knowledge|tickets|promises FILE`: looked at as a whole, written as a whole or not at all. */
export function importTableCommands(withStore: WithStore, packsFolder: string): readonly RegisteredCommand[] {
  return tableKinds.map((kind) => tableCommand(kind, withStore, packsFolder));
}

function tableCommand(kind: AnyTableKind<ImportHouse>, withStore: WithStore, packsFolder: string): RegisteredCommand {
  const heads = Object.values(kind.form.columns).map(({ heads: [zh, en], required }) => `${zh} (${en})${required === true ? '*' : ''}`);
  return command({
    name: `import ${kind.kind}`,
    summary: `imports ${kind.form.title.en.toLowerCase()} from a table; columns ${heads.join(', ')} – * must be there`,
    options: {
      zone: zoneOption,
      dryRun: option(yesNo, { help: 'only says what would happen', fallback: false }),
    },
    operands: [{ name: 'FILE', help: `table (${endingsOf(kind).join(', ')}; UTF-8 or GB18030), heads in the first row`, required: true }],
    takesSettings: true,
    async run({ options, operands: [file = ''], config, terminal }) {
      const bytes = await readBytes(file);
      if (!bytes.ok) {
        show(bytes.faults, terminal);
        return { exit: exit.usage };
      }
      return withStore(config, async (store) => {
        const house = houseOf(store, options.zone, packsFolder);
        const report = await kind.read({ file, bytes: bytes.value, apply: !options.dryRun }, house);
        tell(report, terminal);
        if (report.applied) {
          const facts = { by: 'command line', kind: kind.kind, digest: report.digest, ...report.counts };
          await auditInDatabase(store.db).record({ at: Date.now(), action: 'table.imported', facts });
        }
        return { exit: report.faults.length > 0 ? exit.usage : exit.done };
      });
    },
  });
}

function houseOf({ db, masterKey }: StoreForImports, zoneMinutes: number, packsFolder: string): ImportHouse {
  const projectors = [projectPromises, projectTickets, projectCases];
  return {
    db,
    people: peopleInDatabase(db),
    events: new EventStore({ db, vault: new Vault(masterKey), now: Date.now, projectors }),
    plan: async () => (await readStoredPlan(db)) ?? plainPlan,
    by: undefined,
    shippedDays: shippedDays(packsFolder),
    zoneMinutes,
    now: Date.now,
  };
}

function shippedDays(packsFolder: string): ImportHouse['shippedDays'] {
  const { holidays, workdays } = JSON.parse(readFileSync(path.join(packsFolder, 'calendar/cn.json'), 'utf8')) as Record<string, string[]>;
  const as = <Kind extends string>(days: readonly string[] | undefined, kind: Kind) =>
    (days ?? []).map((day): [string, Kind] => [day, kind]);
  return Object.fromEntries([...as(holidays, 'holiday'), ...as(workdays, 'workday')]);
}

function tell({ file, faults, rows, notes, counts, applied }: ImportReport, terminal: Terminal): void {
  for (const { line, column, expected, found, remedy } of faults.slice(0, mostFaults))
    terminal.note(`${finding({ file, line, column }, expected.en, found)}; ${remedy.en}`);
  if (faults.length > mostFaults) terminal.note(`${faults.length - mostFaults} further findings are not shown`);
  if (!applied) for (const { line, change, shown } of rows) terminal.print(`line ${line}: ${change}: ${shown.join(' | ')}`);
  for (const note of notes) terminal.note(note.en);
  const verb = applied ? 'written' : faults.length > 0 ? 'nothing written' : 'would be written';
  terminal.print(`${counts.fresh} new, ${counts.changed} changed, ${counts.same} as they were, ${counts.faulty} faulty rows: ${verb}`);
}
