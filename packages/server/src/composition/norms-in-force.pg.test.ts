import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { testDatabase } from '@threerings/testkit/test-database';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { storedNormCommands } from '../cli/norm-commands-stored.ts';
import { runCli } from '../cli/run-cli.ts';
import { plainPlan } from '../hotline-plan/plan-read-model.ts';
import { addDraft, liveMark } from '../norm-packs/pack-versions-read-model.ts';
import { shippedFiles, shippedVersions, withVersion } from '../norm-packs/shipped-versions.ts';
import { auditInDatabase } from '../people/audit-read-model.ts';
import { settingsOf } from './hotline-parts.ts';
import { packsFolder, readNorms, readPackInForce, rememberVersions } from './norms-in-force.ts';

const { db } = await testDatabase();
const shipped = (await shippedVersions(packsFolder)).find(({ pack }) => pack === '12333');
if (shipped === undefined) throw new Error('12333 does not ship');
const files = await shippedFiles(shipped);
const folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-norms-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => db.deleteFrom('norm_packs').execute());

const store = (
  version: number,
  state: 'live' | 'superseded' | 'approved',
  change: (text: string) => string = (text) => text,
  pack = '12333',
) =>
  addDraft(db, {
    ...{ pack, version, state, title: undefined, revision: 1, author: 'ma', changedAt: 1 },
    files: files.map((file) => (file.path === '12333.norm' ? { ...file, text: change(withVersion(file.text, version)) } : file)),
  });
const unreadable = (text: string) => text.replace('依据 S1a-15', '依据 S1a-15 将来的词');

async function run(...args: string[]) {
  const lines: string[] = [];
  const terminal = {
    print: (line: string) => void lines.push(line),
    note: (line: string) => void lines.push(line),
    readAll: async () => '',
    input: () => Readable.from([]),
    askSecret: async () => undefined,
  };
  const commands = storedNormCommands((_, work) => work({ db, audit: auditInDatabase(db) }), packsFolder);
  return { code: await runCli(args, commands, terminal, {}), lines };
}

test('a live version that this release cannot read lets the last readable one judge, and says so', async () => {
  await store(2, 'superseded', (text) => text.replace('= 2 声', '= 4 声'));
  await store(3, 'superseded', unreadable);
  await store(4, 'live', unreadable);
  const norms = await readNorms(db);
  expect(norms.book.pack.version).toBe(2);
  expect(norms.unreadable).toMatchObject({ pack: '12333', version: 4, problem: expect.stringContaining('将来的词') });
  await db.deleteFrom('norm_packs').where('version', '=', 2).execute();
  const onDisk = await readNorms(db);
  expect([onDisk.book.pack.version, onDisk.unreadable?.version]).toEqual([shipped.version, 4]);
  expect((await readNorms()).unreadable).toBeUndefined();
});

test('a stored form that nobody knows any more is unreadable as well, not the end of the start', async () => {
  await store(2, 'live');
  await db
    .updateTable('norm_packs')
    .set({ files: JSON.stringify([{ name: 'x' }]) })
    .execute();
  expect((await readNorms(db)).unreadable?.version).toBe(2);
});

test('verdicts of versions that judged before a restart are explained by their own words', async () => {
  await store(2, 'superseded', (text) => text.replace('“铃响两声内接起”', '“旧名”'));
  await store(3, 'live');
  const norms = await readNorms(db);
  const titleIn = (packVersion: number) => norms.bookOf({ pack: '12333', packVersion }).card('answer-within-rings').title.zh;
  expect(titleIn(2)).toBe('铃响两声内接起');
  await rememberVersions(norms, db);
  expect([titleIn(2), titleIn(3)]).toEqual(['旧名', '铃响两声内接起']);
});

test('the figures of a version that goes live are those of the router from then on', async () => {
  const norms = await readNorms(db);
  const before = settingsOf(plainPlan, norms).holdLimitMs;
  await store(2, 'live', (text) => text.replace('max_hold “最长等待” = 60 秒', 'max_hold “最长等待” = 40 秒'));
  const read = await readPackInForce(db, new Set(norms.clauses.keys()));
  if (!read.ok) throw new Error(read.problems[0]);
  norms.put(read);
  expect([before, settingsOf(plainPlan, norms).holdLimitMs]).toEqual([60_000, 40_000]);
});

test('a base pack that was changed here is found by those who adopt from the version they name', async () => {
  await addDraft(db, {
    ...{ pack: '底本', version: 7, state: 'approved', title: undefined, revision: 1, author: 'ma', changedAt: 1 },
    files: [
      {
        path: 'base.norm',
        text: '规范包 「底本」 版本 7\n出处 S0 “甲”\n参数 max_rings = 9 声\n规范 ring “响{max_rings}内接起”\n  依据 S0-01\n  当 振铃 其 目标 为 “agent”\n  应 坐席 接听 于 max_rings 内\n',
      },
    ],
  });
  const adopting = (version: number) => (text: string) =>
    `${text.replace('出处 S0', `基于 「底本」 版本 ${version}\n出处 S0`)}\n采用 「底本」 ring 依据 S0-01\n`;
  await store(2, 'live', adopting(7));
  const norms = await readNorms(db);
  expect([norms.unreadable, norms.book.card('ring').title.zh]).toEqual([undefined, '响2声内接起']);
  await store(3, 'superseded');
  await db.deleteFrom('norm_packs').where('version', '=', 2).execute();
  await store(2, 'live', adopting(8));
  expect((await readNorms(db)).unreadable).toMatchObject({ version: 2 });
});

test('the command line puts a corrected pack in place of one that cannot be read, and of no other', async () => {
  const corrected = path.join(folder, '12333');
  cpSync(path.join(packsFolder, '12333'), corrected, { recursive: true });
  const put = (...more: string[]) => run('norms', 'put', corrected, ...more);
  expect((await put('--reason', '升级后读不出')).lines.join()).toContain('can be read');
  await store(2, 'live', unreadable);
  const listed = await run('norms', 'list');
  expect([listed.code, listed.lines[0]]).toEqual([1, expect.stringMatching(/^12333 version 2 live: cannot be read: .*将来的词/)]);
  expect((await put()).lines.join()).toContain('--reason');
  const before = await liveMark(db, '12333');
  expect(await put('--reason', '升级后读不出')).toEqual({ code: 0, lines: ['12333 version 3 judges what begins, in place of version 2'] });
  expect(await liveMark(db, '12333')).not.toBe(before);
  expect(await readNorms(db)).toMatchObject({ unreadable: undefined, book: { pack: { version: 3 } } });
  writeFileSync(path.join(corrected, '12333.norm'), unreadable(readFileSync(path.join(corrected, '12333.norm'), 'utf8')));
  await db.updateTable('norm_packs').set({ files: '[]' }).where('version', '=', 3).execute();
  expect((await put('--reason', '又一次')).code).toBe(1);
  expect(await liveMark(db, '12333')).toMatch(/^3@/);
});

test('the command line takes a live version out of force by its number alone', async () => {
  await store(2, 'live');
  const down = (...more: string[]) => run('norms', 'stand-down', '12333', ...more);
  expect((await down('--version', '5', '--reason', '判错')).lines.join()).toContain('expected 2, which is live, found 5');
  expect((await down('--version', '2', '--reason', '判错')).code).toBe(0);
  expect([(await readNorms(db)).book.pack.version, await liveMark(db, '12333')]).toEqual([shipped.version, undefined]);
  expect((await auditInDatabase(db).entries(0, 50)).map(({ action }) => action)).toContain('norm-pack.stood-down');
});
