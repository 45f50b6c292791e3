import fs from 'node:fs';
import path from 'node:path';
import { folder, yesNo } from '../config/kinds.ts';
import { option } from '../config/option.ts';
import type { Config } from '../config.ts';
import { backup } from '../store/backup.ts';
import type { Database } from '../store/database.ts';
import { restore } from '../store/restore.ts';
import { exportSeals, readSealFile, sealChanges } from '../store/seals.ts';
import { StartRefused } from '../store/start-refused.ts';
import { type Verification, verifyDatabase } from '../store/verify.ts';
import { command, type Ended, exit, type RegisteredCommand } from './command.ts';

export interface OpenedDatabase {
  readonly db: Database;
  readonly url: string;
}

export interface Openers {
  /** Opens the database of the settings, beside a running server or alone, and closes it afterwards. */
  readonly withDatabase: (config: Config, work: (opened: OpenedDatabase) => Promise<Ended>) => Promise<Ended>;
  /** Only starts the database server: no table is made. Refused while a server runs on the same data. */
  readonly withEmptyServer: (config: Config, work: (url: string) => Promise<Ended>) => Promise<Ended>;
}

/** Seals, backups and whether history is whole. */
export function storeCommands(openers: Openers): readonly RegisteredCommand[] {
  return [verifyCommand(openers), sealExportCommand(openers), backupCommand(openers), restoreCommand(openers)];
}

function verifyCommand({ withDatabase }: Openers): RegisteredCommand {
  return command({
    name: 'verify',
    summary: 'recomputes every stream and holds it against its seals; finds edits, deletions and cut tails',
    options: {},
    operands: [
      { name: 'SEAL', help: 'an exported seal kept elsewhere: only it shows a history that was rewritten as a whole', required: false },
    ],
    takesSettings: true,
    async run({ operands: [file], config, terminal }) {
      const seal = file === undefined ? undefined : readSealFile(path.resolve(file));
      if (seal !== undefined && 'fault' in seal) return { exit: exit.usage, message: seal.fault };
      return withDatabase(config, async ({ db }) => {
        const found = await verifyDatabase(db, seal);
        terminal.print(`${found.streams} streams, ${found.events} events, ${found.seals} seals: ${found.sound ? 'whole' : 'NOT WHOLE'}`);
        return found.sound ? { exit: exit.done } : { exit: exit.no, message: findings(found) };
      });
    },
  });
}

function findings({ damages, sealFaults }: Verification): string {
  const streams = damages.map(({ stream, n, kind, expected, found }) => `${stream}:${n}: ${kind}: expected ${expected}, found ${found}`);
  const seals = sealFaults.map(({ number, kind }) => `${number === 0 ? 'the given seal' : `seal ${number}`}: ${kind}`);
  return [...streams, ...seals].join('\n');
}

function sealExportCommand({ withDatabase }: Openers): RegisteredCommand {
  return command({
    name: 'seal export',
    summary: 'seals what has changed and writes the seals that have no file yet; keep copies elsewhere',
    options: { to: option(folder, { help: 'folder for the files', fallback: undefined, shown: 'seals in --data' }) },
    takesSettings: true,
    run: ({ options, config, terminal }) =>
      withDatabase(config, async ({ db }) => {
        let more = true;
        while (more) more = (await sealChanges(db, Date.now())) !== undefined;
        const written = await exportSeals(db, options.to ?? sealFolder(config));
        for (const file of written) terminal.print(file);
        if (written.length === 0) terminal.note('nothing has changed since the last seal');
        return { exit: exit.done };
      }),
  });
}

/** Where a running server writes its hourly seals too. */
export function sealFolder(config: Config): string {
  return path.join(config.data, 'seals');
}

function backupCommand({ withDatabase }: Openers): RegisteredCommand {
  return command({
    name: 'backup',
    summary: 'writes the database and the recordings as of one instant into one checked file, while the hotline goes on',
    options: {
      recordings: option(yesNo, { help: 'with the recordings', fallback: true, shown: 'yes; --no-recordings leaves them out' }),
      vault: option(yesNo, { help: 'with names, numbers and transcripts', fallback: true, shown: 'yes; --no-vault leaves them out' }),
    },
    operands: [{ name: 'FILE', help: 'the file to write; must not exist', required: true }],
    takesSettings: true,
    run: ({ options, operands, config, terminal }) =>
      withDatabase(config, async ({ url }) => {
        const file = path.resolve(operands[0] ?? '');
        const dataDirectory = options.recordings ? config.data : undefined;
        const made = await readable(file, () => backup({ url, file, dataDirectory, vault: options.vault, now: Date.now() }));
        const rows = Object.values(made.tables).reduce((sum, count) => sum + count, 0);
        for (const missing of made.missing) terminal.note(`recording not found: ${missing}`);
        terminal.print(`${file}: ${rows} rows, ${made.files} recordings; the master key is not in it: keep a copy of it elsewhere`);
        return { exit: exit.done };
      }),
  });
}

function restoreCommand({ withEmptyServer }: Openers): RegisteredCommand {
  return command({
    name: 'restore',
    summary: 'puts a backup into an empty database, all of it or nothing',
    options: {},
    operands: [{ name: 'FILE', help: 'a file made by threerings backup', required: true }],
    takesSettings: true,
    async run({ operands, config, terminal }) {
      const file = path.resolve(operands[0] ?? '');
      if (!fs.statSync(file, { throwIfNoEntry: false })?.isFile()) return { exit: exit.usage, message: `FILE: there is no file ${file}` };
      return withEmptyServer(config, async (url) => {
        const answer = await readable(file, () => restore({ url, file, dataDirectory: config.data }));
        if ('fault' in answer) return { exit: exit.no, message: answer.message };
        const rows = Object.values(answer.tables).reduce((sum, count) => sum + count, 0);
        terminal.print(`restored ${rows} rows and ${answer.files} recordings of ${new Date(answer.madeAt).toISOString()}`);
        terminal.note('before the next start put back the master key that belongs to it (--master-key-file)');
        return { exit: exit.done };
      });
    },
  });
}

/** A file that is not there or may not be written is the operator's matter, one line; anything else is a fault of ours. */
async function readable<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const outside = error instanceof Error && ('code' in error || error.message.startsWith(file));
    if (!outside) throw error;
    throw new StartRefused('file.refused', error.message.startsWith(file) ? error.message : `${file}: ${error.message}`);
  }
}
