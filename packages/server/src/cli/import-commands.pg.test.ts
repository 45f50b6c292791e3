import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { spokenCallWav } from '@threerings/testkit/spoken';
import { testDatabase } from '@threerings/testkit/test-database';
import { toneWav } from '@threerings/testkit/tone';
import { afterAll, expect, test } from 'vitest';
import { recordingOf } from '../interactions/recordings-read-model.ts';
import { readVerdicts } from '../observance/verdicts-read-model.ts';
import { listInteractions } from '../store/interaction-rows.ts';
import { verifyDatabase } from '../store/verify.ts';
import type { Terminal } from './command.ts';
import { importCommands } from './import-commands.ts';
import { normCommands } from './norm-commands.ts';
import { runCli } from './run-cli.ts';

const packs = fileURLToPath(new URL('../../../../packs/', import.meta.url));
const { db, url } = await testDatabase();
const masterKey = Buffer.alloc(32, 7);
const folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-import-'));
const data = path.join(folder, 'data');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let stopAfter = Number.POSITIVE_INFINITY;
const commands = [
  ...normCommands(packs),
  ...importCommands((_, work) => {
    let asked = 0;
    return work({ db, url, masterKey, stopped: () => ++asked > stopAfter });
  }, packs),
];

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    print: (line) => void out.push(line),
    note: (line) => void err.push(line),
    readAll: async () => '',
    input: () => Readable.from([]),
    askSecret: async () => undefined,
  };
  return { code: await runCli(args, commands, terminal, { THREERINGS_DATA: data }), out, err };
}

function write(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

const head = 'id,start,ringing,answer,end,agent,caller,recording';
const two = (n: number) => String(n).padStart(2, '0');
/** A call at its own minute: rung after 2 s, answered `late` s after the ring, two minutes long. */
const row = (n: number, late = 4) => {
  const at = (seconds: number) =>
    `2026-03-${two(2 + Math.floor(n / 600))} ${two(8 + Math.floor((n % 600) / 60))}:${two(n % 60)}:${two(seconds)}`;
  return `c${n},${at(0)},${at(2)},${at(2 + late)},${at(59)},0${200 + (n % 20)},1380013${8000 + n},c${n}.wav`;
};
const transcript = 'start_ms\tend_ms\trole\ttext\n0\t2000\tagent\t您好，我是0217号\n2500\t4000\tcustomer\t我想问社保卡\n';
const counts = async () => ({
  calls: (await db.selectFrom('interactions').selectAll().execute()).length,
  events: (await db.selectFrom('events').select('pos').execute()).length,
  verdicts: (await db.selectFrom('verdicts').select('norm').execute()).length,
});

test('two hundred rows with duplicates become calls once, however often they are imported', async () => {
  const rows = Array.from({ length: 210 }, (_, n) => row(n, n % 3 === 0 ? 14 : 4));
  const list = write('calls.csv', `${[head, ...rows, ...rows.slice(100, 120)].join('\n')}\n`);
  write('wav/c0.wav', toneWav(440, 1));
  write('wav/c1.wav', toneWav(440, 1));
  write('said/c0.tsv', transcript);
  const folders = ['--recordings', path.join(folder, 'wav'), '--transcripts', path.join(folder, 'said')];

  const dry = await run('import', 'calls', list, ...folders, '--dry-run');
  expect(dry.out.at(-1)).toBe('210 would be imported, 20 already there, 0 faulty, 208 without recording, 209 without transcript');
  expect(dry.out[0]).toBe('line 2: 2026-03-02T00:00:00.000Z, agent 0200, recording c0.wav, transcript c0.tsv');
  expect(await counts()).toEqual({ calls: 0, events: 0, verdicts: 0 });
  expect(existsSync(path.join(data, 'recordings'))).toBe(false);

  const first = await run('import', 'calls', list, ...folders);
  expect([first.code, first.out]).toEqual([0, ['210 imported, 20 already there, 0 faulty, 208 without recording, 209 without transcript']]);
  expect(first.err).toContain('200 of 210 calls');
  const after = await counts();
  expect(after.calls).toBe(210);
  const again = await run('import', 'calls', list, ...folders);
  expect(again.out).toEqual(['0 imported, 230 already there, 0 faulty, 0 without recording, 0 without transcript']);
  expect(await counts()).toEqual(after);
  expect(await verifyDatabase(db)).toMatchObject({ sound: true });
  expect(readdirSync(path.join(data, 'recordings/import'))).toHaveLength(2);
}, 120_000);

test('what the old system tells is judged, and what it cannot tell is unknown', async () => {
  const all = await listInteractions(db, { limit: 500, origin: 'import' });
  expect(all).toHaveLength(210);
  const late = await db
    .selectFrom('verdicts')
    .select(['value', 'who'])
    .where('norm', '=', 'answer-within-rings')
    .where('key', '<>', 'trigger')
    .execute();
  expect(late.filter(({ value }) => value === 'broken')).toHaveLength(70);
  expect(late.filter(({ value }) => value === 'kept')).toHaveLength(140);
  const holds = await db.selectFrom('verdicts').select('value').where('norm', 'like', 'hold-%').execute();
  expect(holds.length).toBeGreaterThanOrEqual(210);
  expect(new Set(holds.map(({ value }) => value))).toEqual(new Set(['unknown']));
  const opening = await db
    .selectFrom('verdicts')
    .select('value')
    .where('norm', '=', 'opening-number')
    .where('value', '=', 'kept')
    .execute();
  expect(opening).toHaveLength(1);
  const numbers = await db.selectFrom('events').select('fields').where('type', '=', 'call.offered').execute();
  expect(JSON.stringify(numbers)).not.toContain('1380013');
});

test('a recording lies in the data folder and begins with the talk that it fits into', async () => {
  const [first] = await listInteractions(db, { limit: 1, to: Date.UTC(2026, 2, 2, 0, 0, 30) });
  const recording = await recordingOf(db, first?.interaction ?? '');
  expect(recording).toMatchObject({ startedAt: Date.UTC(2026, 2, 2, 0, 0, 16), durationMs: 1000 });
  expect(readFileSync(path.join(data, recording?.file ?? ''))).toEqual(toneWav(440, 1));
});

test('the sound of a stereo recording is measured when it is told who is on which channel; what it does not cover is a gap', async () => {
  const talks = spokenCallWav(40, [{ from: 2, to: 4 }], [{ from: 10, to: 13 }]);
  write('stereo/s1.wav', talks);
  write('stereo/s2.wav', talks);
  const listed = (id: string) =>
    `${id},2026-02-02 09:00:00,2026-02-02 09:00:02,2026-02-02 09:00:06,2026-02-02 09:00:59,0201,13900000000,${id}.wav`;
  const audioOf = async (id: string, ...options: string[]) => {
    const list = write(`${id}.csv`, `${[head, listed(id)].join('\n')}\n`);
    const { code, err } = await run('import', 'calls', list, '--recordings', path.join(folder, 'stereo'), ...options);
    expect([code, err]).toEqual([0, expect.anything()]);
    const stored = await db
      .selectFrom('events')
      .select(['type', 'by', 'fields', 'interaction', 'occurred_at'])
      .where('source', '=', 'audio')
      .execute();
    const answered = Date.UTC(2026, 1, 2, 1, 0, 6);
    return stored
      .filter(({ occurred_at }) => Math.abs(Number(occurred_at) - answered) < 60_000)
      .map(({ type, by, occurred_at }) => [type, by, Math.round((Number(occurred_at) - answered) / 1000)]);
  };
  const silent = ['source.gap-started', null, -6];
  expect(await audioOf('s1')).toEqual([silent]);
  const heard = await audioOf('s2', '--stereo', 'caller-left');
  expect(heard.filter((each) => JSON.stringify(each) === JSON.stringify(silent))).toHaveLength(2);
  for (const each of [
    ['source.gap-ended', null, 0],
    ['speech.activity-started', 'customer', 2],
    ['speech.activity-ended', 'customer', 4],
    ['speech.silence-started', null, 4],
    ['speech.silence-ended', null, 10],
    ['speech.activity-started', 'agent', 10],
    ['source.gap-started', null, 40],
  ])
    expect(heard).toContainEqual(each);
});

test('an exported timeline, judged again, gives the verdicts that are stored', async () => {
  const [first] = await listInteractions(db, { limit: 1, to: Date.UTC(2026, 2, 2, 0, 0, 30) });
  const interaction = first?.interaction ?? '';
  const out = path.join(folder, 'export.jsonl');
  expect((await run('timeline', 'export', interaction, '--with-texts', '--out', out)).code).toBe(0);
  const judged = (await run('judge', '--json', out)).out.map((line) => {
    const { file: _file, explanation: _explanation, ...verdict } = JSON.parse(line);
    return verdict;
  });
  const stored = (await readVerdicts(db, interaction)).map(({ verdict }) => verdict);
  const inOrder = (verdicts: readonly { norm: string; key: string }[]) =>
    [...verdicts].sort((one, other) => `${one.norm} ${one.key}`.localeCompare(`${other.norm} ${other.key}`));
  expect(stored.length).toBeGreaterThan(8);
  expect(inOrder(judged)).toEqual(inOrder(stored));
  expect(readFileSync(out, 'utf8')).toContain('您好');
  const plain = await run('timeline', 'export', interaction);
  expect(plain.out.join('\n')).not.toContain('您好');
  expect((await run('timeline', 'export', 'nobody')).code).toBe(2);
});

test('rows and files with faults are told of with their place, and the others are imported', async () => {
  const list = write(
    'faulty.csv',
    [
      head,
      'f1,2026-04-01 10:00,,,,,,f1.wav',
      'f2,yesterday,,,,,,',
      'f3,2026-04-01 10:00:30,,,,,,gone.wav',
      'f4,2099-04-01 10:00,,,,,,',
      'f5,2026-04-01 10:01,,,,,,../calls.csv',
    ].join('\n'),
  );
  write('wav/f1.wav', 'no sound');
  const { code, out, err } = await run('import', 'calls', list, '--recordings', path.join(folder, 'wav'));
  expect(code).toBe(2);
  expect(out).toEqual(['2 imported, 0 already there, 3 faulty, 2 without recording, 2 without transcript']);
  expect(err).toEqual([
    `${list}:3:4: expected a time such as 2026-09-14 09:30:05, found "yesterday"`,
    `${folder}/wav/f1.wav:1:1: expected a WAV file (PCM, A-law or µ-law, one or two channels), found "no sound"`,
    `${list}:4:29: expected the recording gone.wav in ${folder}/wav, found none`,
    `${list}:5:4: expected a call that is over (see --zone), found 2099-04-01T02:00:00.000Z`,
    `${list}:6:26: expected the recording ../calls.csv in ${folder}/wav, found none`,
  ]);
});

test('an import that is stopped has stored whole calls, and goes on where it stopped', async () => {
  const list = write('stopped.csv', `${[head, ...Array.from({ length: 40 }, (_, n) => row(700 + n))].join('\n')}\n`);
  stopAfter = 2;
  const stopped = await run('import', 'calls', list);
  stopAfter = Number.POSITIVE_INFINITY;
  expect([stopped.code, stopped.err.at(-1)]).toEqual([
    3,
    'threerings import calls: stopped with 24 calls to go: run it again, what is there is passed over',
  ]);
  expect((await run('import', 'calls', list)).out[0]).toMatch(/^24 imported, 16 already there, 0 faulty/);
});

test('a transcript is stored as a call once, with its verdicts', async () => {
  const said = write('one.tsv', transcript);
  const given = ['--store', '--started-at', '2026-05-06T09:00:00', '--agent', '0217'];
  const stored = await run('timeline', 'import', said, ...given);
  const again = await run('timeline', 'import', said, ...given);
  expect([stored.code, again.code]).toEqual([0, 0]);
  expect(again.out).toEqual(stored.out);
  expect(again.err).toEqual(['already there: nothing was added']);
  const verdicts = await readVerdicts(db, stored.out[0] ?? '');
  expect(verdicts.length).toBeGreaterThan(0);
  expect((await run('timeline', 'import', said, '--store')).err[0]).toContain('--started-at');
});

test('a transcript becomes a timeline in a file that is whole or not there', async () => {
  const said = write('two.tsv', transcript);
  const out = path.join(folder, 'two.jsonl');
  expect((await run('timeline', 'import', said, '--out', out)).code).toBe(0);
  expect((await run('judge', out)).code).toBe(0);
  const bad = write('bad.tsv', 'start_ms\tend_ms\trole\ttext\n0\t-1\tagent\t您好\n');
  const refused = await run('timeline', 'import', bad, '--out', path.join(folder, 'bad.jsonl'));
  expect([refused.code, refused.err[0]]).toEqual([2, expect.stringMatching(/bad\.tsv:2:3: expected end_ms: whole milliseconds/)]);
  expect(existsSync(path.join(folder, 'bad.jsonl'))).toBe(false);
  const several = await run('timeline', 'import', said, write('three.tsv', transcript), '--out', path.join(folder, 'many'));
  expect(several.code).toBe(0);
  expect(readdirSync(path.join(folder, 'many'))).toEqual(['three.jsonl', 'two.jsonl']);
});
