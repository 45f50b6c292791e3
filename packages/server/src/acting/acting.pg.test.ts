import type { ActingAct, ActingRecord, ActingView, OperationView } from '@threerings/core/wire/acting';
import { mattersHouse } from '@threerings/testkit/matters';
import { testDatabase } from '@threerings/testkit/test-database';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, expect, test } from 'vitest';

const database = await testDatabase();
const { db } = database;
const { shell, parts, matters, clock, settled } = await mattersHouse(database);
const plan = { positions: '店长 2 条', product: '首页推广', budget: '500', duration: '7 天', mode: 'normal' };
type Role = Parameters<typeof shell.cookieOf>[0];

async function ask<Body = never>(who: Role, method: 'GET' | 'POST', url: string, body?: object) {
  const answer = await shell.request(method, url, { as: await shell.cookieOf(who), body });
  await settled();
  return { status: answer.status, body: answer.body as Body, refused: (answer.body as { refused?: string }).refused };
}

async function act(interaction: string, given: ActingAct, command: string = uuidv7(), who: Role = 'agent') {
  return ask<{ view: ActingView }>(who, 'POST', '/api/acting', { command, interaction, do: given });
}

async function talk(interaction: string): Promise<void> {
  const { floor } = parts;
  const at = clock.now();
  const desk = (command: Extract<Parameters<typeof floor.tell>[0], { kind: 'desk' }>['command']) =>
    floor.tell({ kind: 'desk', agent: 'agent', command, asks: [], at: clock.now() });
  await floor.tell({ kind: 'agent-phone', agent: 'agent', connected: true, at });
  await desk({ kind: 'sign-in-shift' });
  await desk({ kind: 'set-presence', state: 'ready' });
  await floor.tell({ kind: 'caller-arrived', interaction, channel: 'phone', called: '12333', number: '13912345678', at });
  await floor.tell({ kind: 'caller-connected', interaction, at });
  await floor.tell({ kind: 'prompt-ended', interaction, prompt: 'recording-notice', playedMs: 3000, interrupted: false, at });
  const leg = floor.hotline.calls.get(interaction)?.interaction.offer?.leg ?? '';
  await desk({ kind: 'ringing', interaction, leg });
  expect(await desk({ kind: 'answer', interaction, leg })).toEqual({ ok: true });
  await settled();
}

async function over(interaction: string): Promise<void> {
  await parts.floor.tell({ kind: 'caller-left', interaction, cause: 'normal', at: clock.now() });
  await parts.floor.tell({ kind: 'desk', agent: 'agent', command: { kind: 'finish-wrap-up', interaction }, asks: [], at: clock.now() });
  await settled();
}

async function agreed(interaction: string): Promise<OperationView> {
  await act(interaction, { kind: 'verify', customer: 'hongyuan', method: 'asked', result: 'owner' });
  const asked = await act(interaction, { kind: 'request', template: 'promotion' });
  const proxy = asked.body.view.operations[0]?.proxy ?? '';
  await act(interaction, { kind: 'confirm-right', proxy, right: 'owner' });
  const filled = await act(interaction, { kind: 'fill-plan', proxy, values: plan });
  const digest = filled.body.view.operations[0]?.digest ?? '';
  await act(interaction, { kind: 'read-back', proxy, digest });
  const answer = await act(interaction, { kind: 'consent', proxy, digest });
  const [operation] = answer.body.view.operations;
  if (operation === undefined) throw new Error('nothing was agreed to');
  return operation;
}

const executed = async (interaction: string) =>
  (await parts.events.load(`interaction-${interaction}`)).filter(({ type }) => type === 'proxy.executed').length;

beforeAll(async () => {
  await ask('agent', 'POST', '/api/customers', { customer: 'hongyuan', name: '王芳', numbers: ['13912345678'] });
});

test('a request made by hand carries out nothing but the plan that was agreed to, and every attempt is audited', async () => {
  await talk('call-1');
  const { proxy, consent = '', blocked, next } = await agreed('call-1');
  expect({ blocked, next }).toEqual({ blocked: undefined, next: 'execute' });
  const tries: readonly [Partial<Extract<ActingAct, { kind: 'execute' }>>, string][] = [
    [{ values: { ...plan, budget: '50000' } }, 'acting.differs'],
    [{ values: {} }, 'acting.differs'],
    [{ values: { ...plan, gift: '1' } }, 'acting.differs'],
    [{ consent: 'made-up' }, 'acting.consent-elsewhere'],
    [{ proxy: 'made-up' }, 'acting.unknown'],
  ];
  for (const [change, refused] of tries)
    expect((await act('call-1', { kind: 'execute', proxy, consent, values: plan, ...change })).refused).toBe(refused);
  expect((await act('nowhere', { kind: 'execute', proxy, consent, values: plan })).refused).toBe('acting.conversation-over');
  expect((await act('call-1', { kind: 'execute', proxy, consent, values: plan }, uuidv7(), 'leader')).refused).toBe('acting.not-yours');
  expect(await executed('call-1')).toBe(0);
  const command = uuidv7();
  expect((await act('call-1', { kind: 'execute', proxy, consent, values: plan }, command)).status).toBe(200);
  expect((await act('call-1', { kind: 'execute', proxy, consent, values: plan }, command)).status).toBe(200);
  expect((await act('call-1', { kind: 'execute', proxy, consent, values: plan })).refused).toBe('acting.done-already');
  expect(await executed('call-1')).toBe(1);
  const audit = await db.selectFrom('audit').select(['action', 'facts']).where('about', '=', 'call-1').execute();
  expect(audit.filter(({ action }) => action === 'acting.execute').length).toBeGreaterThanOrEqual(6);
  await over('call-1');
});

test('a plan stands nowhere in clear but in the vault, and is read by who may see the call and by who may open the customer', async () => {
  const rows = await db.selectFrom('events').selectAll().where('type', '=', 'proxy.plan-filled').execute();
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain('店长');
  const records = await ask<ActingRecord[]>('leader', 'GET', '/api/interactions/call-1/acting');
  expect(records.body).toMatchObject([
    { product: 'promotion', right: 'owner', agent: 'agent', blocked: expect.arrayContaining(['acting.differs']) },
  ]);
  expect(records.body[0]?.plan).toContainEqual({ field: 'budget', name: { zh: '预算', en: 'budget' }, value: '500' });
  expect(records.body[0]?.plan).toContainEqual({
    field: 'mode',
    name: { zh: '推广模式', en: 'mode' },
    value: 'normal',
    choice: { zh: '普通', en: 'normal' },
  });
  const ofCustomer = await ask<ActingRecord[]>('agent', 'GET', '/api/customers/hongyuan/acting');
  expect(ofCustomer.body).toMatchObject([{ interaction: 'call-1', executedAt: expect.any(Number) }]);
  expect((await ask('agent', 'GET', '/api/customers/nobody/acting')).refused).toBe('customer.unknown');
});

test('what was agreed to in one call is worth nothing in the next', async () => {
  await talk('call-2');
  const before = await agreed('call-2');
  await over('call-2');
  expect((await act('call-2', { kind: 'execute', proxy: before.proxy, consent: before.consent ?? '', values: plan })).refused).toBe(
    'acting.conversation-over',
  );
  await talk('call-3');
  const stolen = { kind: 'execute', proxy: before.proxy, consent: before.consent ?? '', values: plan } as const;
  expect((await act('call-3', stolen)).refused).toBe('acting.unknown');
  expect(await executed('call-3')).toBe(0);
  expect((await ask('leader', 'GET', '/api/acting/call-3')).refused).toBe('acting.not-here');
  await over('call-3');
});

test('who is in charge is changed in the file of the customer, and the audit says so', async () => {
  await talk('call-4');
  const owner = { name: '周敏', contact: '13800000001' };
  await act('call-4', { kind: 'check-owner', company: '宏远公司', outcome: 'matches' });
  expect((await act('call-4', { kind: 'update-owner', owner })).refused).toBe('owner.unverified');
  await act('call-4', { kind: 'verify', customer: 'hongyuan', method: 'document', result: 'owner' });
  expect((await act('call-4', { kind: 'update-owner', owner })).status).toBe(200);
  const file = await ask<{ name: string; numbers: string[] }>('agent', 'GET', '/api/customers/hongyuan');
  expect(file.body).toMatchObject({ name: '周敏', numbers: ['13800000001', '13912345678'] });
  const audit = await db.selectFrom('audit').select('action').where('about', '=', 'hongyuan').execute();
  expect(audit.map(({ action }) => action)).toContain('customer.owner-changed');
  await over('call-4');
});

test('a request that is no act is refused with its place, and changes nothing', async () => {
  await talk('call-5');
  const sent = (body: object) => ask('agent', 'POST', '/api/acting', { command: uuidv7(), interaction: 'call-5', do: body });
  expect((await sent({ kind: 'execute', proxy: 'x', consent: 'y' })).refused).toBe('request.invalid');
  expect((await sent({ kind: 'request', template: 'x'.repeat(65) })).refused).toBe('request.invalid');
  const many = Object.fromEntries(Array.from({ length: 31 }, (_, n) => [`field-${n}`, '1']));
  expect((await sent({ kind: 'fill-plan', proxy: 'x', values: many })).refused).toBe('request.invalid');
  await over('call-5');
});

test("what the pack stops is not bound to the customer's yes, nor carried out; the attempt is written down", async () => {
  await talk('call-6');
  const { proxy, consent = '' } = await agreed('call-6');
  const says = { zh: '先把记录存好', en: 'save the record first' };
  const { stops } = matters.acting.parts;
  Object.assign(matters.acting.parts, { stops: () => [{ norm: 'record-first', cites: [], message: says, missing: [] }] });
  expect((await act('call-6', { kind: 'execute', proxy, consent, values: plan })).refused).toBe('acting.norm-stops');
  expect(await executed('call-6')).toBe(0);
  const changed = await act('call-6', { kind: 'fill-plan', proxy, values: { ...plan, budget: '600' } });
  const digest = changed.body.view.operations[0]?.digest ?? '';
  await act('call-6', { kind: 'read-back', proxy, digest });
  const bound = await act('call-6', { kind: 'consent', proxy, digest });
  expect(bound).toMatchObject({ refused: 'acting.norm-stops', body: { message: expect.stringContaining('先把记录存好') } });
  Object.assign(matters.acting.parts, { stops });
  expect((await act('call-6', { kind: 'consent', proxy, digest })).status).toBe(200);
  const records = await ask<ActingRecord[]>('leader', 'GET', '/api/interactions/call-6/acting');
  expect(records.body[0]?.blocked).toEqual(['acting.norm-stops']);
  await over('call-6');
});
