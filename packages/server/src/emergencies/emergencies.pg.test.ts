import type { EmergencyView, InboxItem } from '@threerings/core/wire/registers';
import { mattersHouse } from '@threerings/testkit/matters';
import { testDatabase } from '@threerings/testkit/test-database';
import { expect, test } from 'vitest';
import { emergencyUnanswered } from '../store/emergency-rows.ts';
import { claimTimers } from '../store/timers.ts';

const database = await testDatabase();
const { db } = database;
const { shell, parts, matters, clock, settled } = await mattersHouse(database);

type Role = Parameters<typeof shell.cookieOf>[0];
async function ask<Body = never>(who: Role, method: 'GET' | 'POST', url: string, body?: object) {
  const given = await shell.request(method, url, { as: await shell.cookieOf(who), body });
  await settled();
  return { status: given.status, body: given.body as Body, refused: (given.body as { refused?: string } | undefined)?.refused };
}
const tell = parts.floor.tell.bind(parts.floor);
type Command = Extract<Parameters<typeof tell>[0], { kind: 'desk' }>['command'];
const desk = (command: Command) => tell({ kind: 'desk', agent: 'agent', command, asks: [], at: clock.now() });

/** A caller with whom the agent talks; the one before is over. */
async function talks(interaction: string): Promise<void> {
  const at = clock.now();
  await tell({ kind: 'agent-phone', agent: 'agent', connected: true, at });
  await desk({ kind: 'sign-in-shift' });
  await desk({ kind: 'set-presence', state: 'ready' });
  await tell({ kind: 'caller-arrived', interaction, channel: 'phone', called: '12333', number: '13912345678', at });
  await tell({ kind: 'caller-connected', interaction, at });
  await tell({ kind: 'prompt-ended', interaction, prompt: 'recording-notice', playedMs: 3000, interrupted: false, at });
  const leg = parts.floor.hotline.calls.get(interaction)?.interaction.offer?.leg ?? '';
  expect(await desk({ kind: 'answer', interaction, leg })).toEqual({ ok: true });
}

async function hangsUp(interaction: string): Promise<void> {
  await tell({ kind: 'caller-left', interaction, cause: 'normal', at: clock.now() });
  await desk({ kind: 'finish-wrap-up', interaction });
  await settled();
}

const register = async () => (await ask<EmergencyView[]>('leader', 'GET', '/api/emergencies')).body;
const inbox = async (who: Role = 'leader') => (await ask<InboxItem[]>(who, 'GET', '/api/inbox')).body;
/** What the runner does when it wakes. */
async function ring(): Promise<void> {
  for (const { payload } of await claimTimers(db, [emergencyUnanswered], clock.now(), 1000, 10))
    await matters.day.emergencies.unanswered(String(payload['emergency']));
  await settled();
}

test('an emergency that nobody takes in hand goes up, is worked by its plan, registered, closed and reviewed', async () => {
  await talks('sos-1');
  expect(await desk({ kind: 'mark-emergency', interaction: 'sos-1', about: '来电人称家中漏气' })).toEqual({ ok: true });
  await settled();
  const [{ emergency = '' } = {}] = await register();
  expect(await inbox()).toMatchObject([{ kind: 'emergency', severity: 'urgent', title: '来电人称家中漏气', interaction: 'sos-1' }]);
  await ring();
  expect((await register())[0]?.escalatedAt).toBeUndefined();
  await clock.advance(parts.floor.hotline.settings.emergencyAnswerMs, settled);
  await ring();
  await matters.day.emergencies.unanswered(emergency);
  await settled();
  expect((await register())[0]).toMatchObject({ state: 'raised', escalatedAt: clock.now() });
  const up = parts.board.view('zh').alerts.filter(({ kind }) => kind === 'emergency-unanswered');
  expect(up).toMatchObject([{ to: 'operations', message: '紧急上报无人确认：来电人称家中漏气' }]);

  const act = (body: object) => ask('leader', 'POST', `/api/emergencies/${emergency}`, body);
  expect((await act({ do: 'acknowledge' })).status).toBe(200);
  expect((await act({ do: 'acknowledge' })).status).toBe(200);
  expect((await act({ do: 'plan', plan: 'gas' })).refused).toBe('emergency.no-plan');
  await ask('leader', 'POST', '/api/emergency-plans', { plan: 'gas', title: '燃气泄漏', steps: ['请关阀开窗', '通知抢修'] });
  expect((await act({ do: 'plan', plan: 'gas' })).status).toBe(200);
  expect((await act({ do: 'step', step: '通知抢修' })).status).toBe(200);
  expect((await act({ do: 'step', step: '通知抢修' })).refused).toBe('emergency.no-step');
  expect((await act({ do: 'close', outcome: '已处置' })).refused).toBe('emergency.register-first');
  expect((await act({ do: 'review', finding: '通报及时' })).refused).toBe('emergency.not-closed');
  expect((await act({ do: 'register', account: '厨房软管脱落', told: '96777 抢修' })).status).toBe(200);
  expect((await act({ do: 'close', outcome: '已处置' })).status).toBe(200);
  expect((await act({ do: 'step', step: '请关阀开窗' })).refused).toBe('emergency.closed');
  expect((await act({ do: 'review', finding: '通报及时' })).status).toBe(200);
  expect(await register()).toMatchObject([
    { state: 'reviewed', acknowledgedBy: 'leader', done: ['通知抢修'], account: '厨房软管脱落', told: '96777 抢修', finding: '通报及时' },
  ]);
  expect((await inbox()).filter(({ kind }) => kind === 'emergency')).toEqual([]);
  const stored = await db.selectFrom('emergencies').selectAll().execute();
  expect(JSON.stringify(stored)).not.toContain('软管');
  await hangsUp('sos-1');
});

test('what does not work is reported, assigned, fixed, and confirmed by who reported it', async () => {
  const report = { anomaly: 'a-1', kind: 'system', what: '知识库打不开' };
  for (const _ of [1, 2]) expect((await ask('agent', 'POST', '/api/anomalies', report)).status).toBe(201);
  expect((await inbox()).filter(({ kind }) => kind === 'anomaly')).toMatchObject([{ title: '知识库打不开', who: 'agent' }]);
  const act = (who: Role, body: object) => ask(who, 'POST', '/api/anomalies/a-1', body);
  expect((await act('agent', { do: 'fix', note: '好了' })).refused).toBe('anomaly.not-allowed');
  expect((await act('leader', { do: 'assign', to: 'nobody' })).refused).toBe('anomaly.no-owner');
  expect((await act('leader', { do: 'assign', to: 'operations' })).status).toBe(200);
  expect((await act('agent', { do: 'confirm' })).refused).toBe('anomaly.not-yet');
  expect((await act('operations', { do: 'fix', note: '重启索引' })).status).toBe(200);
  expect((await act('agent', { do: 'confirm' })).status).toBe(200);
  expect((await ask<object[]>('agent', 'GET', '/api/anomalies')).body).toMatchObject([
    { state: 'confirmed', owner: 'operations', note: '重启索引' },
  ]);
});

test('many calls about one thing stand on the board once', async () => {
  const { similarCalls } = parts.floor.hotline.settings;
  for (let n = 0; n <= similarCalls; n += 1) {
    const interaction = `many-${n}`;
    await talks(interaction);
    const act = { kind: 'opened', article: 'gas-stop', version: 1, long: false, stale: false } as const;
    await tell({ kind: 'knowledge', agent: 'agent', interaction, act, at: clock.now() });
    await hangsUp(interaction);
  }
  const similar = (await inbox()).filter(({ title }) => title.includes('gas-stop'));
  expect(similar).toMatchObject([{ kind: 'alert', severity: 'warn' }]);
  const alert = parts.board.view('zh').alerts.find(({ kind }) => kind === 'similar-calls');
  expect(alert?.about).toBe(`gas-stop × ${similarCalls}`);
  expect((await ask('leader', 'POST', `/api/alerts/${encodeURIComponent(alert?.alert ?? '')}/acknowledge`)).status).toBe(200);
  expect((await inbox()).filter(({ title }) => title.includes('gas-stop'))).toEqual([]);
});

test('who leads reads that somebody asks for a rest or wants to talk; the board says no more than that, and nobody reads why', async () => {
  await tell({ kind: 'desk', agent: 'agent', command: { kind: 'ask-rest', wish: 'talk' }, asks: [], at: clock.now() });
  await settled();
  expect((await inbox()).filter(({ kind }) => kind === 'talk')).toMatchObject([{ who: 'agent', severity: 'warn' }]);
  expect((await inbox('operations')).filter(({ kind }) => kind === 'talk')).toEqual([]);
  const onBoard = () => parts.board.view('zh').people.find(({ agent }) => agent === 'agent');
  expect(onBoard()?.rest).toEqual({ askedAt: clock.now(), granted: false });
  await tell({ kind: 'leader', leader: 'leader', command: { kind: 'answer-rest', agent: 'agent', limitMs: 600_000 }, at: clock.now() });
  await settled();
  expect((await inbox()).filter(({ kind }) => kind === 'talk')).toEqual([]);
  expect(onBoard()).toMatchObject({ state: 'rest', rest: { granted: true, until: clock.now() + 600_000 } });
  expect(parts.desks.view('agent')).toMatchObject({ presence: { state: 'rest' }, rest: { granted: true, wish: 'talk' } });
});
