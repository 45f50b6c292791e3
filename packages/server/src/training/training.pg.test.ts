import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type {
  Lesson,
  PublishedScript,
  ScriptDetail,
  Trainee,
  TrainingAct,
  TrainingAnswer,
  TrainingCard,
  TrainingReplay,
  TrainingTry,
  TrainingView,
} from '@threerings/core/wire/training';
import { mattersHouse } from '@threerings/testkit/matters';
import { testDatabase } from '@threerings/testkit/test-database';
import { wavHeader } from '@threerings/voice/media/wav';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { columns } from '../store/columns.ts';
import { trainingFolder } from './delivered-scripts.ts';
import { expireTries } from './training-data-read-model.ts';

const database = await testDatabase();
const data = mkdtempSync(path.join(tmpdir(), 'threerings-training-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));
const { shell, parts, matters, settled } = await mattersHouse(database, data);

const cookies = new Map<string, Awaited<ReturnType<typeof shell.cookieOf>>>();
type Role = Parameters<typeof shell.cookieOf>[0];
async function ask<Body = never>(who: Role, method: 'GET' | 'POST', url: string, body?: object) {
  const as = cookies.get(who) ?? (await shell.cookieOf(who));
  cookies.set(who, as);
  const answer = await shell.request(method, url, { as, body, headers: { 'accept-language': 'en' } });
  await settled();
  return { status: answer.status, body: answer.body as Body, refused: (answer.body as { refused?: string } | undefined)?.refused };
}

async function begin(who: Role, script: string): Promise<string> {
  const run = randomUUID();
  expect((await ask(who, 'POST', '/api/training/runs', { run, script, mode: 'text' })).status).toBe(201);
  return run;
}

/** Plays what stands in the file of plays, by the routes. */
async function play(who: Role, script: string, how: 'well' | 'badly'): Promise<string> {
  const run = await begin(who, script);
  const plays = parse(readFileSync(path.join(trainingFolder, `plays/${script}.yaml`), 'utf8')) as Record<string, (string | TrainingAct)[]>;
  let t = 0;
  for (const played of plays[how] ?? []) {
    if (typeof played === 'string' && played.startsWith('+')) {
      t += Number(played.slice(1)) * 1000;
      t = (await ask<TrainingView>(who, 'GET', `/api/training/runs/${run}?t=${t}`)).body.t;
    } else {
      const act = typeof played === 'string' ? { do: 'say', text: played } : played;
      const { status, body } = await ask<TrainingAnswer>(who, 'POST', `/api/training/runs/${run}/acts`, { t, act });
      expect(status).toBe(200);
      t = body.view.t;
    }
  }
  return run;
}

/** Every row of every table in which something could be kept about callers, people or the house. */
async function everything(): Promise<Record<string, unknown>> {
  const ours = new Set(['training_runs', 'training_scripts', 'lesson_readings', 'audit', 'sessions']);
  const rows: Record<string, unknown> = {};
  for (const table of Object.keys(columns).filter((name) => !ours.has(name))) {
    const found = await sql<{ row: unknown }>`select to_jsonb(t) as row from ${sql.table(table)} t order by to_jsonb(t)::text`.execute(
      database.db,
    );
    rows[table] = found.rows;
  }
  return rows;
}

test('a training leaves nothing in timeline, ledger, tickets, verdicts, reports, board or routing, whatever was promised in it', async () => {
  const reports = () => ask<object>('leader', 'GET', '/api/reports?kind=day&by=agent');
  expect((await reports()).status).toBe(200);
  const before = { rows: await everything(), report: (await reports()).body, board: parts.board.view('zh'), hotline: parts.floor.hotline };
  const run = await play('agent', 't2-asks-for-leader', 'well');
  await play('leader', 't10-charge-dispute', 'well');
  await play('agent', 't6-roaming-expert', 'well');
  const { body } = await ask<TrainingReplay>('agent', 'GET', `/api/training/runs/${run}/replay`);
  expect(body.result.wouldCreate.map(({ type }) => type)).toEqual(['ticket.created', 'alert.raised', 'promise.made']);
  expect(body.verdicts.length).toBeGreaterThan(5);
  expect(await everything()).toEqual(before.rows);
  expect((await reports()).body).toEqual(before.report);
  expect(parts.board.view('zh')).toEqual(before.board);
  expect(parts.floor.hotline).toBe(before.hotline);
  expect(parts.promises.open()).toEqual([]);
}, 120_000);

test('a try is judged by the norms in force and those it practises, with witnesses and the sentence that was missing', async () => {
  const run = await play('agent', 't2-asks-for-leader', 'badly');
  await ask('agent', 'GET', `/api/training/runs/${run}?t=86400000`);
  const { body } = await ask<TrainingReplay>('agent', 'GET', `/api/training/runs/${run}/replay`);
  const soothe = body.verdicts.find(({ norm }) => norm === 'leader-soothe-first');
  expect(soothe).toMatchObject({ value: 'broken', pack: 's4', who: 'agent' });
  const witnesses = soothe?.witnesses.map(({ event }) => body.events.find(({ id }) => id === event)?.text);
  expect(witnesses).toContain('别的不用说了，找你们领导来接电话。');
  expect(body.missed.find(({ norm }) => norm === 'leader-soothe-first')?.sentence).toContain('替您反映');
  expect(body.result).toMatchObject({ passed: false, stops: [{ did: 'promise:leader-callback' }] });
});

test('an act that is not possible is refused in words and changes nothing, and the clock never goes back', async () => {
  const run = await begin('agent', 't4-low-mood');
  const first = await ask<TrainingAnswer>('agent', 'POST', `/api/training/runs/${run}/acts`, { t: 6000, act: { do: 'answer' } });
  expect(first.body).toMatchObject({ done: true, view: { phase: 'talking' } });
  const refused = await ask<TrainingAnswer>('agent', 'POST', `/api/training/runs/${run}/acts`, { t: 6500, act: { do: 'answer' } });
  expect(refused.body).toMatchObject({ done: false, refusal: { message: expect.any(String) } });
  const early = await ask<TrainingAnswer>('agent', 'POST', `/api/training/runs/${run}/acts`, { t: 10, act: { do: 'say', text: '您好' } });
  expect(early.body.view.t).toBeGreaterThan(6500);
});

test('who practised, their leader, and nobody else sees a try; a leader who looks is audited', async () => {
  const run = await play('agent', 't4-low-mood', 'well');
  const replay = (who: Role) => ask(who, 'GET', `/api/training/runs/${run}/replay`).then(({ status }) => status);
  expect([await replay('agent'), await replay('leader')]).toEqual([200, 200]);
  for (const who of ['reviewer', 'norm-owner', 'operations', 'administrator', 'department'] as const) expect(await replay(who)).toBe(403);
  expect((await shell.audit.entries(0, 5)).map(({ action, actor, about }) => [action, actor, about])).toContainEqual([
    'training.seen',
    'leader',
    'agent',
  ]);
  expect((await ask('leader', 'GET', `/api/training/runs/${run}?t=0`)).refused).toBe('training.unknown');
  const mine = await play('leader', 't4-low-mood', 'well');
  expect((await ask('agent', 'GET', `/api/training/runs/${mine}/replay`)).refused).toBe('training.unknown');
  expect((await ask<TrainingTry[]>('agent', 'GET', '/api/training/tries?agent=leader')).body).toEqual([]);
  const own = (await ask<TrainingTry[]>('agent', 'GET', '/api/training/tries')).body;
  expect(own.find((each) => each.run === run)).toMatchObject({ passed: true, ending: 'angry', scenario: 'T4' });
  const people = (await ask<Trainee[]>('leader', 'GET', '/api/training/people')).body;
  expect(people.find(({ agent }) => agent === 'agent')?.scripts.find(({ script }) => script === 't4-low-mood')).toMatchObject({
    passed: true,
    lastRun: run,
  });
});

test('ten scripts stand in the list with what they practise; one of the hotline takes the place of a delivered one', async () => {
  const cards = async () => (await ask<TrainingCard[]>('agent', 'GET', '/api/training')).body;
  expect((await cards()).map(({ scenario }) => scenario)).toEqual(['T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'T8', 'T9', 'T10']);
  const text = readFileSync(path.join(trainingFolder, 't5-angry-complaint.yaml'), 'utf8');
  const publish = (changed: string, really = true) =>
    ask<PublishedScript>('leader', 'POST', '/api/training/scripts', { text: changed, publish: really });
  expect((await ask('agent', 'POST', '/api/training/scripts', { text, publish: true })).status).toBe(403);
  const broken = await publish(text.replace('go: vents}', 'go: nowhere}'));
  expect(broken.body.faults).toMatchObject([{ line: expect.any(Number), expected: 'a state of this script', found: '"nowhere"' }]);
  expect((await cards()).every(({ own }) => !own)).toBe(true);
  const changed = text.replace('version: 1', 'version: 2');
  expect((await publish(changed, false)).body).toMatchObject({ version: 2, faults: [] });
  expect((await cards()).every(({ own }) => !own)).toBe(true);
  expect((await publish(changed)).body).toMatchObject({ script: 't5-angry-complaint', version: 2, faults: [] });
  expect((await publish(changed)).body.faults).toMatchObject([{ expected: 'a version above 2' }]);
  expect((await cards()).find(({ scenario }) => scenario === 'T5')).toMatchObject({ own: true, version: 2 });
});

test('texts go to the people concerned, who confirm the version they read; a discussion is confirmed by who led it', async () => {
  const lessons = async (who: Role) => (await ask<Lesson[]>(who, 'GET', '/api/training/lessons')).body;
  const confirm = (who: Role, lesson: string, version: number) => ask(who, 'POST', `/api/training/lessons/${lesson}/read`, { version });
  const [talk, ...texts] = await lessons('agent');
  const hard = texts.find(({ lesson }) => lesson === 'after-a-hard-call');
  expect(hard).toMatchObject({ kind: 'read', version: 1, clauses: expect.arrayContaining(['S4-24']) });
  expect(texts.some(({ whom }) => whom !== 'agent')).toBe(false);
  expect((await lessons('leader')).some(({ whom }) => whom === 'lead')).toBe(true);
  expect((await confirm('agent', 'after-a-hard-call', 1)).status).toBe(200);
  expect((await lessons('agent')).find(({ lesson }) => lesson === 'after-a-hard-call')).toMatchObject({ readVersion: 1 });
  expect(talk).toMatchObject({ kind: 'discussion', script: 't4-low-mood' });
  const attended = (who: Role, agents: string[]) =>
    ask(who, 'POST', `/api/training/lessons/${talk?.lesson}/attended`, { version: 1, agents });
  expect((await attended('agent', ['agent'])).status).toBe(403);
  expect((await attended('leader', ['nobody'])).refused).toBe('lesson.unknown');
  expect((await attended('leader', ['agent'])).status).toBe(200);
  const unread = (await ask<Trainee[]>('leader', 'GET', '/api/training/people')).body.find(({ agent }) => agent === 'agent')?.unread;
  expect(unread).not.toContain('after-a-hard-call');
  expect(unread).not.toContain(talk?.lesson);
  expect(unread?.length).toBeGreaterThan(3);
});

test('a version that is not the newest is not confirmed, and a discussion not by oneself', async () => {
  const confirm = (lesson: string, version: number) => ask('leader', 'POST', `/api/training/lessons/${lesson}/read`, { version });
  expect((await confirm('after-a-hard-call', 2)).refused).toBe('lesson.unknown');
  expect((await confirm('nothing', 1)).refused).toBe('lesson.unknown');
  expect((await confirm('low-mood-after-a-call', 1)).refused).toBe('lesson.unknown');
  const read = (await ask<Lesson[]>('leader', 'GET', '/api/training/lessons')).body.filter(({ readVersion }) => readVersion !== undefined);
  expect(read).toEqual([]);
});

test('what trainings hold of a person is taken along by that person, and handed out or erased by who manages people', async () => {
  const run = await play('agent', 't4-low-mood', 'well');
  const data = (who: Role, method: 'GET' | 'DELETE' = 'GET') =>
    shell.request(method, '/api/training/people/agent/data', { as: cookies.get(who) });
  for (const who of ['leader', 'administrator'] as const) cookies.set(who, cookies.get(who) ?? (await shell.cookieOf(who)));
  const own = (await data('agent')).body as { tries: { run: string; acts: object[] }[]; readings: object[] };
  expect(own.tries.find((each) => each.run === run)?.acts.length).toBeGreaterThan(3);
  expect(own.readings.length).toBeGreaterThan(0);
  expect((await data('leader')).status).toBe(403);
  expect((await data('administrator')).status).toBe(200);
  expect((await data('leader', 'DELETE')).status).toBe(403);
  expect((await data('administrator', 'DELETE')).body).toMatchObject({ tries: own.tries.length, readings: own.readings.length });
  expect((await data('agent')).body).toEqual({ agent: 'agent', tries: [], readings: [] });
  expect((await ask('agent', 'GET', `/api/training/runs/${run}?t=0`)).refused).toBe('training.unknown');
  expect((await shell.audit.entries(0, 9)).map(({ action }) => action)).toEqual(
    expect.arrayContaining(['training.exported', 'training.erased']),
  );
});

test('tries go when their time is over, whether they came to an end or not', async () => {
  const run = await begin('agent', 't4-low-mood');
  const at = matters.day.training.desk.parts.now();
  expect(await expireTries(database.db, at - 1)).toBe(0);
  expect(await expireTries(database.db, at + 1)).toBeGreaterThan(0);
  expect(await database.db.selectFrom('training_runs').select('run').where('run', '=', run).execute()).toEqual([]);
});

test('a line of the caller is recorded by who keeps the scripts, heard in the play, and silent again when its words change', async () => {
  const script = 't2-asks-for-leader';
  const detail = async () => (await ask<ScriptDetail>('leader', 'GET', `/api/training/scripts/${script}`)).body;
  const [line] = (await detail()).callerLines;
  if (line === undefined) throw new Error('the script has no lines');
  const samples = Buffer.alloc(16_000);
  for (let n = 0; n < 8000; n += 1) samples.writeInt16LE(Math.round(9000 * Math.sin(n / 3)), n * 2);
  const wav = Buffer.concat([wavHeader({ channels: 1, sampleRate: 8000 }, samples.length), samples]);
  const record = async (who: Role, name: string, bytes: Buffer) => {
    const as = cookies.get(who) ?? (await shell.cookieOf(who));
    const { status, body } = await shell.request('POST', `/api/training/recordings/${script}/${name}`, {
      as,
      body: bytes,
      headers: { 'content-type': 'audio/wav' },
    });
    return { status, refused: (body as { refused?: string }).refused };
  };
  expect((await record('agent', line.line, wav)).status).toBe(403);
  expect((await record('leader', 'nowhere-1', wav)).refused).toBe('training.no-line');
  expect((await record('leader', line.line, Buffer.from('no sound'))).refused).toBe('prompt.unreadable');
  expect((await ask('agent', 'GET', `/api/training/recordings/${script}/${line.line}`)).refused).toBe('training.no-recording');
  for (const _ of ['once', 'and better']) expect((await record('leader', line.line, wav)).status).toBe(201);
  expect((await detail()).callerLines[0]).toEqual({ ...line, standing: 'recorded' });
  expect((await ask('agent', 'GET', `/api/training/recordings/${script}/${line.line}`)).status).toBe(200);
  const card = (await ask<TrainingCard[]>('agent', 'GET', '/api/training')).body.find((each) => each.script === script);
  expect(card?.audible).toBe(1);
  const run = randomUUID();
  await ask('agent', 'POST', '/api/training/runs', { run, script, mode: 'ear' });
  await ask('agent', 'POST', `/api/training/runs/${run}/acts`, { t: 6000, act: { do: 'answer' } });
  let view = (await ask<TrainingAnswer>('agent', 'POST', `/api/training/runs/${run}/acts`, { t: 7000, act: { do: 'say', text: '您好' } }))
    .body.view;
  for (let look = 0; view.line === undefined && look < 10; look += 1)
    view = (await ask<TrainingView>('agent', 'GET', `/api/training/runs/${run}?t=${view.wakeAt ?? view.t + 5000}`)).body;
  expect(view.line).toMatchObject({ id: line.line, audible: true });
  const { text } = await detail();
  const changed = text.replace('version: 1', 'version: 2').replace(line.says, `${line.says.slice(0, -1)}，快点！`);
  expect((await ask<PublishedScript>('leader', 'POST', '/api/training/scripts', { text: changed, publish: true })).body.faults).toEqual([]);
  expect(await detail()).toMatchObject({ own: true, version: 2, versions: [{ version: 2, by: 'leader' }] });
  expect((await detail()).callerLines[0]).toMatchObject({ line: line.line, standing: 'stale' });
  expect((await ask('agent', 'GET', `/api/training/recordings/${script}/${line.line}`)).refused).toBe('training.no-recording');
});
