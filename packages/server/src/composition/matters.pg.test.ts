import { refusal } from '@threerings/core/wire/refusal';
import { mattersHouse, mattersOpen } from '@threerings/testkit/matters';
import { testDatabase } from '@threerings/testkit/test-database';
import { expect, test } from 'vitest';
import { actors, roleMatrix } from '../http/route-access.ts';

const database = await testDatabase();
const { db } = database;
const { shell, parts, clock, settled } = await mattersHouse(database);
const day = 86_400_000;
const hour = 3_600_000;

type Role = Parameters<typeof shell.cookieOf>[0];
const refusedBy = (answer: { readonly body: unknown }) => (answer.body as { refused?: string }).refused;
async function ask<Body = never>(who: Role, method: 'GET' | 'POST' | 'PATCH', url: string, body?: object) {
  const answer = await shell.request(method, url, { as: await shell.cookieOf(who), body });
  await settled();
  return { status: answer.status, body: answer.body as Body, refused: refusedBy(answer) };
}

const matrix = roleMatrix(shell.routes).filter(({ path }) =>
  /^\/api\/(promises|proposals|alerts|tickets|customers|cases|appeals|knowledge[a-z-]*|interactions|reports|imports|retention|erasures|files|outbox|outages|acting)/.test(
    path,
  ),
);

test('every route of what outlives a call lets in exactly who its permission names', async () => {
  expect(matrix.length).toBeGreaterThan(18);
  for (const { method, path, allow } of matrix) {
    for (const actor of actors) {
      const as = actor === 'anonymous' ? undefined : await shell.cookieOf(actor);
      const answer = await shell.request(method as 'GET', path.replaceAll(/:\w+/g, 'nobody'), { as });
      const code = refusal.safeParse(answer.body).data?.refused;
      const denied = actor === 'anonymous' ? 'session.none' : 'permission.denied';
      if (allow[actor]) expect([method, path, actor, code]).not.toEqual([method, path, actor, denied]);
      else expect([method, path, actor, code]).toEqual([method, path, actor, denied]);
    }
  }
}, 120_000);

test('a message for a colleague stands on the colleague’s desk with its number, is seen, handed over and kept', async () => {
  const body = {
    promise: 'message-1',
    what: 'message',
    owner: 'leader',
    number: '13800138000',
    about: '问社保卡进度',
    dueAt: mattersOpen + hour,
  };
  expect((await ask('agent', 'POST', '/api/promises', { ...body, number: '' })).refused).toBe('promise.no-number');
  expect((await ask('agent', 'POST', '/api/promises', { ...body, owner: 'nobody' })).refused).toBe('promise.no-owner');
  expect((await ask('agent', 'POST', '/api/promises', body)).status).toBe(201);
  expect((await ask('agent', 'POST', '/api/promises', body)).status).toBe(201);
  const mine = await ask<{ promise: string; firstReceiver: string; about: string }[]>('leader', 'GET', '/api/promises?view=mine');
  expect(mine.body).toMatchObject([{ promise: 'message-1', firstReceiver: 'agent', owner: 'leader', about: '问社保卡进度' }]);
  const list = async (who: Role, query: string) =>
    (await ask<{ promise: string }[]>(who, 'GET', `/api/promises?${query}`)).body.map(({ promise }) => promise);
  expect(await list('agent', 'view=taken&kind=message')).toEqual(['message-1']);
  expect(await list('agent', 'view=taken&kind=visit')).toEqual([]);
  expect(await list('agent', 'view=mine')).toEqual([]);
  expect((await ask<object>('agent', 'GET', '/api/promises/message-1')).body).toMatchObject({ number: '13800138000' });
  expect((await ask('agent', 'POST', '/api/promises/message-1', { do: 'keep' })).refused).toBe('promise.not-yours');
  expect((await ask('leader', 'POST', '/api/promises/message-1', { do: 'see' })).status).toBe(200);
  expect((await ask<object>('leader', 'GET', '/api/promises/message-1')).body).toMatchObject({
    number: '13800138000',
    view: { seenAt: mattersOpen },
  });
  expect((await ask('leader', 'POST', '/api/promises/message-1', { do: 'reassign', to: 'agent', reason: '由原接线人回电' })).status).toBe(
    200,
  );
  expect((await ask('agent', 'POST', '/api/promises/message-1', { do: 'give-up' })).refused).toBe('promise.leaders-only');
  expect((await ask('agent', 'POST', '/api/promises/message-1', { do: 'keep' })).status).toBe(200);
  expect((await ask<object[]>('leader', 'GET', '/api/promises?view=settled')).body).toMatchObject([
    { promise: 'message-1', state: 'kept' },
  ]);
  expect(await list('agent', 'view=settled&kind=message')).toEqual(['message-1']);
  expect((await ask<object>('leader', 'GET', '/api/promises/figures?of=team')).body).toMatchObject({ due: 1, kept: 1, overdue: 0 });
});

test('a due time is quoted with its warnings before it is promised', async () => {
  const quote = (body: object) => ask<{ due: number; warnings: string[] }>('agent', 'POST', '/api/promises/quote', body);
  expect((await quote({ kind: 'working-days', days: 3 })).body).toEqual({ due: Date.parse('2026-10-10T17:30:00+08:00'), warnings: [] });
  expect((await quote({ kind: 'elapsed', ms: 12 * hour })).body.warnings).toEqual(['outside-hours']);
});

test('a ticket is dispatched, acknowledged, returned once, paused, answered and revisited, and its due time stands in the ledger', async () => {
  const due = mattersOpen + 3 * day;
  const created = {
    ticket: 'T-0930-1',
    kind: 'complaint',
    title: '失业金三个月未发',
    about: '王女士来电两次',
    dispatch: { department: 'centre', dueAt: due },
  };
  expect((await ask('agent', 'POST', '/api/tickets', { ...created, dispatch: { department: 'moon', dueAt: due } })).refused).toBe(
    'ticket.no-department',
  );
  expect((await ask('agent', 'POST', '/api/tickets', created)).status).toBe(201);
  const act = (who: Role, body: object) => ask(who, 'POST', '/api/tickets/T-0930-1', body);
  expect((await act('agent', { do: 'acknowledge' })).refused).toBe('ticket.not-allowed');
  expect((await act('department', { do: 'acknowledge' })).status).toBe(200);
  const owed = () => parts.promises.open('agent').find(({ ticket }) => ticket === 'T-0930-1');
  expect(owed()).toMatchObject({ kind: 'ticket', dueAt: due, owner: 'agent' });

  expect((await ask('agent', 'POST', '/api/promises/ticket-T-0930-1', { do: 'keep' })).refused).toBe('promise.of-ticket');
  expect((await act('department', { do: 'return', because: 'incomplete', reason: '缺证明', missing: [] })).refused).toBe(
    'ticket.no-missing',
  );
  expect((await act('department', { do: 'pause', reason: 'third-party' })).status).toBe(200);
  expect(owed()?.dueAt).toBe(due + 5 * day);
  await clock.advance(day, settled);
  expect((await act('department', { do: 'resume' })).status).toBe(200);
  expect(owed()?.dueAt).toBe(due + day);
  expect((await act('agent', { do: 'urge' })).status).toBe(200);
  expect((await act('leader', { do: 'supervise', reason: '重复投诉' })).status).toBe(200);
  expect((await act('department', { do: 'ask-exception', exception: 'extension', reason: '等银行', dueAt: due + 5 * day })).status).toBe(
    200,
  );
  expect((await act('department', { do: 'decide-exception', approved: true, reason: '' })).refused).toBe('ticket.not-allowed');
  expect((await act('leader', { do: 'decide-exception', approved: true, reason: '同意' })).status).toBe(200);
  expect(owed()?.dueAt).toBe(due + 5 * day);
  expect((await act('department', { do: 'resolve', result: 'solved', answer: '已补发三个月' })).status).toBe(200);
  expect((await act('agent', { do: 'close' })).refused).toBe('ticket.not-told');
  expect((await act('agent', { do: 'tell-customer', channel: 'phone' })).status).toBe(200);
  expect(owed()).toBeUndefined();
  expect((await act('agent', { do: 'close' })).refused).toBe('ticket.revisit-first');
  const again = { do: 'revisit', resolved: false, reason: '仍未到账', dueAt: clock.now() + 2 * day };
  expect((await act('agent', again)).status).toBe(200);
  expect(owed()).toMatchObject({ promise: 'ticket-T-0930-1-1' });
  for (const step of [{ do: 'resolve', result: 'solved', answer: '到账' }]) expect((await act('department', step)).status).toBe(200);
  for (const step of [{ do: 'tell-customer', channel: 'phone' }, { do: 'revisit', resolved: true, score: 5 }, { do: 'close' }])
    expect((await act('agent', step)).status).toBe(200);
  const detail = await ask<{ row: object; about: string; steps: object[]; may: string[] }>('leader', 'GET', '/api/tickets/T-0930-1');
  expect(detail.body).toMatchObject({
    row: { stage: 'closed', score: 5, reopened: 1, title: '失业金三个月未发', urged: 1 },
    answer: '到账',
    may: ['reopen'],
  });
  expect((await ask<object[]>('leader', 'GET', '/api/tickets?view=closed')).body).toHaveLength(1);
  const row = await db.selectFrom('tickets').selectAll().where('ticket', '=', 'T-0930-1').executeTakeFirst();
  expect(row).toMatchObject({ stage: 'closed', first: 'agent', owner: 'agent', urged: 1, supervised: true, reopened: 1 });
});

test('a secret ticket is not even hinted at to who does not work on it', async () => {
  const body = { ticket: 'T-0930-2', kind: 'complaint', title: '反映某工作人员', about: '', secret: true };
  expect((await ask('agent', 'POST', '/api/tickets', body)).status).toBe(201);
  expect((await ask('operations', 'GET', '/api/tickets/T-0930-2')).refused).toBe('ticket.gone');
  expect((await ask('department', 'GET', '/api/tickets/T-0930-2')).refused).toBe('ticket.gone');
  expect((await ask<object>('leader', 'GET', '/api/tickets/T-0930-2')).body).toMatchObject({ row: { secret: true } });
});

test('a customer is found masked, opened only after identity was confirmed in a call, and the next contact joins the open case', async () => {
  await ask('agent', 'POST', '/api/customers', { customer: 'cust-wang', name: '王小丽', numbers: ['13912345678'] });
  const hits = await ask<object[]>('agent', 'GET', '/api/customers?q=wxl');
  expect(hits.body).toEqual([{ customer: 'cust-wang', name: '王**', numbers: ['****5678'], open: false }]);
  for (const typed of ['13912345678', '5678', '小丽', 'wangxiaoli'])
    expect((await ask<object[]>('agent', 'GET', `/api/customers?q=${encodeURIComponent(typed)}`)).body, typed).toHaveLength(1);
  expect((await ask('agent', 'GET', '/api/customers/cust-wang')).refused).toBe('customer.not-confirmed');

  await inCall('c1');
  const confirm = { interaction: 'c1', method: 'asked', result: 'owner' };
  expect((await ask('leader', 'POST', '/api/customers/cust-wang/confirm', confirm)).refused).toBe('call.not-yours');
  const first = await ask<{ case: string }>('agent', 'POST', '/api/customers/cust-wang/confirm', confirm);
  expect(first.status).toBe(200);
  await finish('c1');
  await inCall('c2');
  const second = await ask<{ case: string }>('agent', 'POST', '/api/customers/cust-wang/confirm', { ...confirm, interaction: 'c2' });
  expect(second.body.case).toBe(first.body.case);
  const file = await ask<object>('agent', 'GET', '/api/customers/cust-wang');
  expect(file.body).toMatchObject({ name: '王小丽', numbers: ['13912345678'], cases: [{ first: 'agent', contacts: 2, state: 'open' }] });
  const events = await parts.events.loadInteraction('c2');
  const verified = events.find(({ type }) => type === 'identity.verified');
  expect(verified?.fields['customer']).toMatch(/^vault:/);
  await finish('c2');

  const change = (body: object) => ask('agent', 'POST', `/api/cases/${first.body.case}`, body);
  expect((await change({ do: 'begin-notice', notice: 'n-01', items: ['身份证', '银行卡'] })).status).toBe(200);
  expect((await change({ do: 'tell', notice: 'n-01', item: '身份证' })).status).toBe(200);
  expect((await change({ do: 'close' })).refused).toBe('case.untold');
  expect((await change({ do: 'tell', notice: 'n-01', item: '银行卡' })).status).toBe(200);
  expect((await change({ do: 'close' })).status).toBe(200);
});

test('two files of one person are merged without copying anything; erasure removes what they were found by', async () => {
  await ask('agent', 'POST', '/api/customers', { customer: 'cust-wang-2', name: '王晓丽', numbers: ['02368881234'] });
  expect((await ask('leader', 'POST', '/api/customers/cust-wang-2/merge', { into: 'cust-wang-2' })).refused).toBe('customer.same');
  expect((await ask('leader', 'POST', '/api/customers/cust-wang-2/merge', { into: 'cust-wang' })).status).toBe(200);
  expect((await ask<object[]>('leader', 'GET', '/api/customers?q=02368881234')).body).toMatchObject([{ customer: 'cust-wang' }]);
  const wish = { erasure: 'erasure-1', customer: 'cust-wang', basis: '客户申请删除个人信息' };
  expect((await ask('leader', 'POST', '/api/erasures', wish)).status).toBe(201);
  expect((await ask('administrator', 'POST', '/api/erasures/erasure-1', { do: 'erase' })).status).toBe(200);
  for (const typed of ['02368881234', '王', 'wang']) {
    expect((await ask<object[]>('leader', 'GET', `/api/customers?q=${encodeURIComponent(typed)}`)).body, typed).toEqual([]);
  }
  expect(await db.selectFrom('customer_index').selectAll().execute()).toEqual([]);
  const subjects = await db.selectFrom('vault_keys').select('subject').where('subject', 'like', 'customer-cust%').execute();
  expect(subjects).toEqual([]);
  const audit = await shell.audit.entries(0, 100);
  expect(audit.map(({ action }) => action)).toEqual(expect.arrayContaining(['customer.opened', 'customer.merged', 'customer.erased']));
});

test('an agent answers a broken verdict of the own call once, and another person decides with a reason', async () => {
  const verdict = {
    norm: 'hold-limit',
    pack: 'p',
    packVersion: 1,
    key: 'k1',
    anchor: 1,
    value: 'broken',
    who: 'agent',
    at: 5,
    cites: [],
    witnesses: [],
    nature: 'finding',
  };
  const row = {
    interaction: 'c1',
    norm: 'hold-limit',
    key: 'k1',
    pack: 'p',
    pack_version: 1,
    value: 'broken',
    nature: 'finding',
    who: 'agent',
    anchor: 1,
    at: 5,
  } as const;
  await db
    .insertInto('verdicts')
    .values({ ...row, body: JSON.stringify({ verdict }) })
    .execute();
  const body = { norm: 'hold-limit', key: 'k1', form: 'appeal', ground: 'evidence', words: '保持前已征得同意' };
  expect((await ask('leader', 'POST', '/api/interactions/c1/appeals', body)).refused).toBe('appeal.no-verdict');
  expect((await ask('agent', 'POST', '/api/interactions/c1/appeals', body)).status).toBe(201);
  expect((await ask('agent', 'POST', '/api/interactions/c1/appeals', body)).refused).toBe('appeal.filed-before');
  const open = await ask<{ appeal: string; words: string }[]>('reviewer', 'GET', '/api/appeals?of=open');
  expect(open.body).toMatchObject([{ words: '保持前已征得同意', agent: 'agent', state: 'open', form: 'appeal' }]);
  const decide = { upheld: true, reason: '录音 01:12 有征询' };
  expect((await ask('reviewer', 'POST', `/api/appeals/${open.body[0]?.appeal}/decide`, decide)).status).toBe(200);
  expect((await ask('reviewer', 'POST', `/api/appeals/${open.body[0]?.appeal}/decide`, { ...decide, upheld: false })).refused).toBe(
    'appeal.decided',
  );
  expect((await ask<object[]>('agent', 'GET', '/api/appeals?interaction=c1')).body).toMatchObject([
    { state: 'upheld', decidedBy: 'reviewer' },
  ]);
});

test('an alert is acknowledged by who leads, and the audit says so', async () => {
  await parts.events.append({
    stream: 'alert-a1',
    events: [{ type: 'alert.raised', occurredAt: clock.now(), fields: { alert: 'a1', kind: '来电者要求找领导', to: 'leader' } }],
  });
  expect((await ask('leader', 'POST', '/api/alerts/none/acknowledge')).refused).toBe('alert.gone');
  expect((await ask('leader', 'POST', '/api/alerts/a1/acknowledge')).status).toBe(200);
  expect((await ask('leader', 'POST', '/api/alerts/a1/acknowledge')).status).toBe(200);
  expect(parts.board.view('zh').alerts.find(({ alert }) => alert === 'a1')).toMatchObject({ acknowledgedBy: 'leader' });
  expect((await parts.events.load('alert-a1')).map(({ type }) => type)).toEqual(['alert.raised', 'alert.acknowledged']);
});

/** A call in which the agent talks, told as a medium would. */
async function inCall(interaction: string): Promise<void> {
  const at = () => clock.now();
  const { floor } = parts;
  const desk = (
    command: Parameters<typeof floor.tell>[0] extends infer I ? (I extends { kind: 'desk'; command: infer C } ? C : never) : never,
  ) => floor.tell({ kind: 'desk', agent: 'agent', command, asks: [], at: at() });
  await floor.tell({ kind: 'agent-phone', agent: 'agent', connected: true, at: at() });
  await desk({ kind: 'sign-in-shift' });
  await desk({ kind: 'set-presence', state: 'ready' });
  await floor.tell({ kind: 'caller-arrived', interaction, channel: 'phone', called: '12333', number: '13912345678', at: at() });
  await floor.tell({ kind: 'caller-connected', interaction, at: at() });
  await floor.tell({ kind: 'prompt-ended', interaction, prompt: 'recording-notice', playedMs: 3000, interrupted: false, at: at() });
  const leg = floor.hotline.calls.get(interaction)?.interaction.offer?.leg ?? '';
  await desk({ kind: 'ringing', interaction, leg });
  const answer = await desk({ kind: 'answer', interaction, leg });
  expect(answer).toEqual({ ok: true });
}

async function finish(interaction: string): Promise<void> {
  await parts.floor.tell({ kind: 'caller-left', interaction, cause: 'normal', at: clock.now() });
  await parts.floor.tell({
    kind: 'desk',
    agent: 'agent',
    command: { kind: 'finish-wrap-up', interaction },
    asks: [],
    at: clock.now(),
  });
}
