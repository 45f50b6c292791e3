import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { testDatabase } from '@threerings/testkit/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPack } from '../norm-packs/judging-pack.ts';
import { judgePage } from '../rejudging/judge-page.ts';
import { verifyDatabase } from '../store/verify.ts';
import type { Terminal } from './command.ts';
import { importCommands } from './import-commands.ts';
import { rejudgeCommand } from './rejudge-command.ts';
import { runCli } from './run-cli.ts';

const packs = fileURLToPath(new URL('../../../../packs/', import.meta.url));
const { db, url } = await testDatabase();
const masterKey = Buffer.alloc(32, 7);
const folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-rejudge-'));
const milder = path.join(folder, 'milder');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let pagesUntilStop = Number.POSITIVE_INFINITY;
const withStore: Parameters<typeof rejudgeCommand>[0] = (_, work) => {
  let asked = 0;
  return work({ db, url, masterKey, stopped: () => ++asked > pagesUntilStop });
};
/** Judges in this process: what a process of its own adds is shown once, below. */
const startHere: Parameters<typeof rejudgeCommand>[2] = async ({ pack, packsFolder }) => {
  const opened = await openPack('folder' in pack ? pack.folder : '', packsFolder);
  if (!opened.ok) throw new Error(opened.problems.join('\n'));
  return { judge: (page) => judgePage({ db, masterKey, ...opened.judging }, page), stop() {} };
};
const commands = [...importCommands(withStore, packs), rejudgeCommand(withStore, packs, startHere)];
const inProcesses = [rejudgeCommand(withStore, packs)];

async function run(...args: string[]) {
  return runWith(commands, ...args);
}

async function runWith(of: typeof commands, ...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    print: (line) => void out.push(line),
    note: (line) => void err.push(line),
    readAll: async () => '',
    input: () => Readable.from([]),
    askSecret: async () => undefined,
  };
  return { code: await runCli(args, of, terminal, { THREERINGS_DATA: path.join(folder, 'data') }), out, err };
}

/** Calls a minute apart from 2026-03-02 08:00 on; every third rang for 14 s: too long for two rings, not for four. */
const calls = 130;
const late = Math.ceil(calls / 3);

beforeAll(async () => {
  const at = (n: number, second: number) => new Date(Date.UTC(2026, 2, 2, 8, n, second)).toISOString().slice(0, 19).replace('T', ' ');
  const rows = Array.from(
    { length: calls },
    (_, n) => `c${n},${at(n, 0)},${at(n, 2)},${at(n, n % 3 === 0 ? 16 : 6)},${at(n, 50)},0217,1380013${8000 + n}`,
  );
  const list = path.join(folder, 'calls.csv');
  writeFileSync(list, `id,start,ringing,answer,end,agent,caller\n${rows.join('\n')}\n`);
  expect(await run('import', 'calls', list)).toMatchObject({ code: 0 });
  cpSync(path.join(packs, '12333'), milder, { recursive: true });
  rmSync(path.join(milder, 'cases'), { recursive: true });
  const file = path.join(milder, '12333.norm');
  writeFileSync(file, readFileSync(file, 'utf8').replace('= 2 声', '= 4 声').replace('版本 1', '版本 2'));
});

const stored = async () => ({
  verdicts: await db.selectFrom('verdicts').selectAll().orderBy('interaction').orderBy('norm').orderBy('key').execute(),
  events: (await db.selectFrom('events').select('pos').execute()).length,
  audit: (await db.selectFrom('audit').selectAll().execute()).length,
});

const judgedAnew = async (...args: string[]) => {
  const { code, out, err } = await run('rejudge', '--pack', milder, '--json', '--workers', '2', ...args);
  return { code, err, report: out[0] === undefined ? undefined : JSON.parse(out[0]) };
};

test('another pack over stored calls shows what would change, with calls to open, and writes nothing', async () => {
  const before = await stored();
  const { code, report } = await judgedAnew();
  expect(code).toBe(0);
  expect(report).toMatchObject({ pack: '12333', version: 2, calls, changedCalls: late });
  // Whether it rang again after the answer is not known of an imported call: one unknown each.
  expect(report.norms['answer-within-rings']).toEqual({
    before: { kept: calls - late, broken: late, unknown: calls, moot: 0 },
    after: { kept: calls, broken: 0, unknown: calls, moot: 0 },
  });
  expect(report.changes).toEqual([
    { norm: 'answer-within-rings', unit: '', from: 'broken', to: 'kept', count: late, examples: expect.any(Array) },
  ]);
  const [example] = report.changes[0].examples;
  const found = before.verdicts.find(({ interaction, norm }) => interaction === example && norm === 'answer-within-rings');
  expect(found).toMatchObject({ value: 'broken' });
  expect(await stored()).toEqual(before);
  expect(await verifyDatabase(db)).toMatchObject({ sound: true });
});

test('processes of their own come to the same', async () => {
  const { out } = await runWith(inProcesses, 'rejudge', '--pack', milder, '--json', '--workers', '2');
  expect(JSON.parse(out[0] ?? '')).toEqual((await judgedAnew()).report);
  // They read the product from its sources, and stand back behind everything else that this machine does.
}, 240_000);

test('the pack in force changes nothing', async () => {
  const { code, out } = await run('rejudge', '--workers', '1');
  expect(code).toBe(0);
  expect(out[0]).toBe(`${calls} calls judged, 0 would be judged otherwise; nothing was written`);
});

test('only the calls of a span are judged', async () => {
  const { report } = await judgedAnew('--since', '2026-03-02T08:10', '--until', '2026-03-02T08:40');
  expect(report).toMatchObject({ calls: 30, changedCalls: 10 });
  expect((await judgedAnew('--since', '2026-03-03', '--until', '2026-03-02')).err.join()).toContain(
    '--until: expected a time after --since',
  );
});

test('an interrupted run goes on where it stopped and comes to the same', async () => {
  const whole = await judgedAnew();
  const state = path.join(folder, 'data/rejudging.json');
  pagesUntilStop = 1;
  const stopped = await judgedAnew();
  pagesUntilStop = Number.POSITIVE_INFINITY;
  expect(stopped).toMatchObject({ code: 3, report: undefined });
  expect(stopped.err.join()).toContain(`stopped after 100 of ${calls} calls: go on with --resume`);
  expect(existsSync(state)).toBe(true);
  const other = await run('rejudge', '--pack', path.join(packs, '12333'), '--resume');
  expect(other).toMatchObject({ code: 2 });
  expect(other.err.join()).toContain('belongs to 12333 version 2');
  expect((await judgedAnew('--resume')).report).toEqual(whole.report);
  expect(existsSync(state)).toBe(false);
  expect((await judgedAnew('--resume')).err.join()).toContain('expected the state of an interrupted run');
});

test('a pack with a mistake, or a state that is none, is refused before anything is judged', async () => {
  const wrong = path.join(folder, 'wrong');
  cpSync(milder, wrong, { recursive: true });
  writeFileSync(path.join(wrong, 'more.norm'), '规范 extra “多余”\n  依据 S9-99\n');
  const refused = await run('rejudge', '--pack', wrong);
  expect(refused.code).toBe(2);
  expect(refused.err.join()).toContain('more.norm:1');
  const state = path.join(folder, 'broken.json');
  writeFileSync(state, '{"format":1');
  expect((await judgedAnew('--resume', '--state', state)).err.join()).toContain('is not the state of a run');
});
