import path from 'node:path';
import { isRefusal } from '@threerings/core/errors/refusal';
import { decidePublishing } from '@threerings/core/norm-publishing/lifecycle';
import { integer, text } from '../config/kinds.ts';
import { option } from '../config/option.ts';
import type { Config } from '../config.ts';
import { readCatalogue } from '../norm-packs/catalogue.ts';
import {
  addDraft,
  changeVersion,
  findVersion,
  judgingVersions,
  listVersions,
  type StoredVersion,
  storedBases,
} from '../norm-packs/pack-versions-read-model.ts';
import { readPackTexts } from '../norm-packs/read-pack.ts';
import { headerIn, shippedFiles, withVersion } from '../norm-packs/shipped-versions.ts';
import type { Audit } from '../people/people-store.ts';
import type { Database } from '../store/database.ts';
import { command, type Ended, exit, type RegisteredCommand } from './command.ts';

export interface NormHouse {
  readonly db: Database;
  readonly audit: Audit;
}

/** Opens the database beside a running server, or alone, and closes it when `work` has settled. */
export type WithNormHouse = (config: Config, work: (house: NormHouse) => Promise<Ended>) => Promise<Ended>;

const byCommandLine = 'command line';
const reason = option(text(500), { help: 'why, for the record', fallback: undefined });

/**
 * Versions of norm packs in the database, for the day on which a release cannot read the one that judges. In ordinary times norms go live
 * through two people in the editor; here somebody with the machine puts back what was there, and the audit says so.
 */
export function storedNormCommands(withHouse: WithNormHouse, packsFolder: string): readonly RegisteredCommand[] {
  return [listCommand(withHouse, packsFolder), standDownCommand(withHouse), putCommand(withHouse, packsFolder)];
}

function listCommand(withHouse: WithNormHouse, packsFolder: string): RegisteredCommand {
  return command({
    name: 'norms list',
    summary: 'lists the versions of norm packs in the database, where they stand, and what keeps those that judge from being read',
    options: {},
    takesSettings: true,
    run: ({ config, terminal }) =>
      withHouse(config, async ({ db }) => {
        const versions = await listVersions(db);
        if (versions.length === 0) terminal.print('no version was written here: the packs that ship judge');
        let faulty = 0;
        for (const version of versions) {
          const problem = await problemOf(db, version, packsFolder);
          if (problem !== undefined && version.state === 'live') faulty += 1;
          const read = problem === undefined ? '' : `: cannot be read: ${problem}`;
          terminal.print(`${version.pack} version ${version.version} ${version.state}${read}`);
        }
        return { exit: faulty === 0 ? exit.done : exit.no };
      }),
  });
}

function standDownCommand(withHouse: WithNormHouse): RegisteredCommand {
  return command({
    name: 'norms stand-down',
    summary: 'takes the live version of a pack out of force: the pack that ships judges what begins, in a running server within seconds',
    options: {
      version: option(integer(1, 1_000_000), { help: 'the live version, so that no other is meant', fallback: undefined }),
      reason,
    },
    operands: [{ name: 'PACK', help: 'name of the pack', required: true }],
    takesSettings: true,
    run: ({ options, operands: [pack = ''], config, terminal }) =>
      withHouse(config, async ({ db, audit }) => {
        const live = (await judgingVersions(db, pack)).find(({ state }) => state === 'live');
        if (live === undefined) return usage(`${pack}: no version that was written here is live`);
        if (options.version !== live.version)
          return usage(`--version: expected ${live.version}, which is live, found ${options.version ?? 'none'}`);
        if (options.reason === undefined) return usage('--reason: expected why, for the record');
        if (!(await stoodDown(db, live, options.reason))) return usage(`${pack}: somebody else has just changed it`);
        await recorded(audit, 'norm-pack.stood-down', live);
        terminal.print(`${pack} version ${live.version} stands down; the pack that ships judges what begins`);
        return { exit: exit.done };
      }),
  });
}

function putCommand(withHouse: WithNormHouse, packsFolder: string): RegisteredCommand {
  return command({
    name: 'norms put',
    summary: 'puts the pack in a folder in force, in place of a live version that this release cannot read; any other goes through review',
    options: { reason },
    operands: [{ name: 'DIR', help: 'folder of the corrected pack', required: true }],
    takesSettings: true,
    run: ({ options, operands: [folder = ''], config, terminal }) =>
      withHouse(config, async ({ db, audit }) => {
        const given = await shippedFiles({ pack: '', version: 0, title: undefined, folder: path.normalize(folder) });
        const header = given.map(({ text: one }) => headerIn(one)).find((one) => one !== undefined);
        if (header === undefined) return usage(`${folder}: expected a pack with name and version, found none`);
        if (options.reason === undefined) return usage('--reason: expected why, for the record');
        const versions = (await listVersions(db)).filter(({ pack }) => pack === header.pack);
        const live = versions.find(({ state }) => state === 'live');
        if (live === undefined || (await problemOf(db, live, packsFolder)) === undefined)
          return usage(`${header.pack}: the version in force can be read: change it in the editor, where somebody else reviews it`);
        const version = Math.max(header.version, ...versions.map((one) => one.version + 1));
        const files = given.map((file) => ({ ...file, text: file.path.endsWith('.norm') ? withVersion(file.text, version) : file.text }));
        const read = await readPackTexts(files, packsFolder, await clausesIn(packsFolder), 'zh', storedBases(db));
        if (!read.ok) return { exit: exit.no, message: read.problems.join('\n') };
        if (!(await stoodDown(db, live, options.reason))) return usage(`${header.pack}: somebody else has just changed it`);
        const at = Date.now();
        const placed = { pack: header.pack, version, title: read.pack.title, revision: 1, state: 'live', author: byCommandLine } as const;
        await addDraft(db, { ...placed, changedAt: at, effectiveAt: at, note: options.reason, files });
        await recorded(audit, 'norm-pack.put', placed);
        terminal.print(`${header.pack} version ${version} judges what begins, in place of version ${live.version}`);
        return { exit: exit.done };
      }),
  });
}

const usage = (message: string): Ended => ({ exit: exit.usage, message });

/** False when somebody else was faster. */
async function stoodDown(db: Database, live: StoredVersion, given: string): Promise<boolean> {
  const to = decidePublishing(live, { kind: 'stand-down', at: Date.now(), reason: given });
  return !isRefusal(to) && changeVersion(db, live, to);
}

function recorded(audit: Audit, action: string, { pack, version }: Pick<StoredVersion, 'pack' | 'version'>): Promise<void> {
  return audit.record({ at: Date.now(), action, actor: undefined, about: `${pack}@${version}`, facts: { by: byCommandLine } });
}

/** The first of what keeps a version from being read; undefined when it can be. */
async function problemOf(db: Database, { pack, version }: StoredVersion, packsFolder: string): Promise<string | undefined> {
  try {
    const stored = await findVersion(db, pack, version);
    const read = await readPackTexts(stored?.files ?? [], packsFolder, await clausesIn(packsFolder), 'zh', storedBases(db));
    return read.ok ? undefined : (read.problems[0] ?? 'no text');
  } catch (error) {
    return String(error).split('\n')[0];
  }
}

const clausesIn = async (packsFolder: string) => new Set((await readCatalogue(path.join(packsFolder, 'catalogue'))).keys());
