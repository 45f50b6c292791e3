import { mattersHouse, mattersOpen } from '@threerings/testkit/matters';
import { testDatabase } from '@threerings/testkit/test-database';
import { expect, test } from 'vitest';

const database = await testDatabase();
const { shell, parts, clock, settled } = await mattersHouse(database);
const hour = 3_600_000;

type Role = Parameters<typeof shell.cookieOf>[0];
async function ask<Body = never>(who: Role, method: 'GET' | 'POST' | 'PATCH', url: string, body?: object) {
  const answer = await shell.request(method, url, { as: await shell.cookieOf(who), body });
  await settled();
  return { status: answer.status, body: answer.body as Body, refused: (answer.body as { refused?: string } | undefined)?.refused };
}
const found = async (q: string, more = '') =>
  (await ask<{ entry: string }[]>('agent', 'GET', `/api/knowledge?q=${encodeURIComponent(q)}${more}`)).body.map(({ entry }) => entry);

const text = (change: object = {}) => ({
  title: '社保卡补办',
  keywords: ['补卡'],
  body: '带身份证，工本费 **20** 元。',
  items: ['身份证'],
  ...change,
});
const decide = (who: Role, entry: string, version: number, change: object) =>
  ask(who, 'POST', `/api/knowledge/${entry}/versions/${version}`, change);

async function published(entry: string, body: object): Promise<void> {
  expect((await ask('leader', 'POST', '/api/knowledge', { entry, kind: 'article', queues: [], text: text(), ...body })).status).toBe(201);
  expect((await decide('leader', entry, 1, { do: 'submit' })).status).toBe(200);
  expect((await decide('operations', entry, 1, { do: 'approve' })).status).toBe(200);
}

/** A call in which the agent talks, told as a medium would. */
async function inCall(interaction: string): Promise<void> {
  const { floor } = parts;
  const at = () => clock.now();
  const desk = (command: Extract<Parameters<typeof floor.tell>[0], { kind: 'desk' }>['command']) =>
    floor.tell({ kind: 'desk', agent: 'agent', command, asks: [], at: at() });
  await floor.tell({ kind: 'agent-phone', agent: 'agent', connected: true, at: at() });
  await desk({ kind: 'sign-in-shift' });
  await desk({ kind: 'set-presence', state: 'ready' });
  await floor.tell({ kind: 'caller-arrived', interaction, channel: 'phone', called: '12333', number: '13912345678', at: at() });
  await floor.tell({ kind: 'caller-connected', interaction, at: at() });
  await floor.tell({ kind: 'prompt-ended', interaction, prompt: 'recording-notice', playedMs: 3000, interrupted: false, at: at() });
  const leg = floor.hotline.calls.get(interaction)?.interaction.offer?.leg ?? '';
  await desk({ kind: 'ringing', interaction, leg });
  expect(await desk({ kind: 'answer', interaction, leg })).toEqual({ ok: true });
}

async function finish(interaction: string): Promise<void> {
  await parts.floor.tell({ kind: 'caller-left', interaction, cause: 'normal', at: clock.now() });
  await parts.floor.tell({ kind: 'desk', agent: 'agent', command: { kind: 'finish-wrap-up', interaction }, asks: [], at: clock.now() });
  await settled();
}

test('a draft is shown to nobody, its author cannot approve it, and a second person publishes it', async () => {
  const entry = 'card';
  const draft = { entry, kind: 'article', queues: [], text: text() };
  expect((await ask('agent', 'POST', '/api/knowledge', draft)).status).toBe(403);
  expect((await ask('leader', 'POST', '/api/knowledge', { ...draft, text: text({ title: ' ' }) })).refused).toBe('knowledge.no-title');
  expect((await ask('leader', 'POST', '/api/knowledge', { ...draft, queues: ['nowhere'] })).refused).toBe('knowledge.no-queue');
  expect((await ask('leader', 'POST', '/api/knowledge', draft)).status).toBe(201);
  expect((await ask('leader', 'POST', '/api/knowledge', draft)).refused).toBe('knowledge.taken');
  expect(await found('社保卡')).toEqual([]);
  expect((await ask('agent', 'GET', '/api/knowledge/card')).refused).toBe('knowledge.gone');
  expect((await decide('leader', entry, 1, { do: 'approve' })).refused).toBe('knowledge.not-in-review');
  expect((await decide('leader', entry, 1, { do: 'submit' })).status).toBe(200);
  expect((await decide('leader', entry, 1, { do: 'approve' })).refused).toBe('knowledge.own-review');
  expect((await ask('leader', 'PATCH', '/api/knowledge/card', { queues: [], corrects: false, text: text() })).refused).toBe(
    'knowledge.in-review',
  );
  expect((await decide('reviewer', entry, 1, { do: 'submit' })).refused).toBe('permission.denied');
  expect((await decide('reviewer', entry, 1, { do: 'approve' })).status).toBe(200);
  expect(await found('shebaok')).toEqual(['card']);
  expect((await ask<object>('agent', 'GET', '/api/knowledge/card')).body).toMatchObject({
    versions: [{ version: 1, state: 'live', reviewer: 'reviewer' }],
  });
  const actions = (await shell.audit.entries(0, 20)).map(({ action }) => action);
  expect(actions).toEqual(expect.arrayContaining(['knowledge.added', 'knowledge.submit', 'knowledge.approve']));
});

test('what has ended or has not begun is not found; a withdrawn entry is gone', async () => {
  await published('ending', { text: text({ title: '临时缴费窗口', validUntil: mattersOpen + hour }) });
  await published('coming', { text: text({ title: '新版缴费基数', validFrom: mattersOpen + hour }) });
  const [best, ...others] = await found('缴费');
  expect([best, others.includes('coming')]).toEqual(['ending', false]);
  await clock.advance(hour);
  expect((await decide('operations', 'ending', 1, { do: 'withdraw', note: ' ' })).refused).toBe('knowledge.no-reason');
  expect((await decide('operations', 'ending', 1, { do: 'withdraw', note: '窗口已撤' })).status).toBe(200);
  expect(await found('临时缴费窗口')).not.toContain('ending');
});

test('callers who were told a wrong version are listed once it is corrected, and each gets one correction callback', async () => {
  await published('fee', { text: text({ title: '补卡工本费' }) });
  for (const interaction of ['k1', 'k2']) {
    await inCall(interaction);
    expect((await ask('agent', 'POST', '/api/knowledge/fee/open', { interaction, keywords: '补卡 13912345678', hits: 1 })).status).toBe(
      200,
    );
    expect((await ask('agent', 'POST', '/api/knowledge-answers', { interaction, entry: 'fee', outcome: 'answered' })).status).toBe(200);
    await finish(interaction);
  }
  const events = await parts.events.loadInteraction('k1');
  expect(events.find(({ type }) => type === 'knowledge.searched')?.fields).toMatchObject({ keywords: '补卡 ***********', hits: 1 });
  expect(events.find(({ type }) => type === 'knowledge.opened')?.fields).toMatchObject({
    article: 'fee',
    version: 1,
    items: ['身份证'],
    long: false,
  });
  expect((await ask<object[]>('leader', 'GET', '/api/knowledge/fee/misled')).body).toEqual([]);

  expect(
    (
      await ask('leader', 'PATCH', '/api/knowledge/fee', {
        queues: [],
        corrects: true,
        text: text({ title: '补卡工本费', body: '16 元。' }),
      })
    ).status,
  ).toBe(200);
  await decide('leader', 'fee', 2, { do: 'submit' });
  await decide('operations', 'fee', 2, { do: 'approve' });
  const misled = await ask<{ interaction: string }[]>('leader', 'GET', '/api/knowledge/fee/misled');
  expect(misled.body.map(({ interaction }) => interaction).sort()).toEqual(['k1', 'k2']);
  expect((await ask('agent', 'GET', '/api/knowledge/fee/misled')).status).toBe(403);

  const dueAt = clock.now() + 4 * hour;
  expect((await ask('leader', 'POST', '/api/knowledge/fee/corrections', { dueAt: clock.now() })).refused).toBe('knowledge.due-past');
  expect((await ask<object>('leader', 'POST', '/api/knowledge/fee/corrections', { dueAt })).body).toEqual({
    ok: true,
    opened: 2,
    failed: 0,
  });
  expect((await ask<object>('leader', 'POST', '/api/knowledge/fee/corrections', { dueAt })).body).toEqual({
    ok: true,
    opened: 0,
    failed: 0,
  });
  const mine = await ask<{ promise: string; kind: string; interaction: string }[]>('agent', 'GET', '/api/promises?view=mine');
  expect(
    mine.body
      .filter(({ kind }) => kind === 'correction')
      .map(({ interaction }) => interaction)
      .sort(),
  ).toEqual(['k1', 'k2']);
  const [one] = mine.body;
  expect((await ask<object>('agent', 'GET', `/api/promises/${one?.promise}`)).body).toMatchObject({ number: '13912345678' });
  expect((await parts.events.load('correction-fee-1-k1')).map(({ type, interaction }) => [type, interaction])).toEqual([
    ['answer.wrong', 'k1'],
  ]);
});

test('nobody uses knowledge in a call that was never theirs', async () => {
  await inCall('k3');
  expect((await ask('leader', 'POST', '/api/knowledge/fee/open', { interaction: 'k3' })).refused).toBe('call.not-yours');
  expect((await ask('agent', 'POST', '/api/knowledge/fee/open', { interaction: 'nowhere' })).refused).toBe('call.unknown');
  expect((await ask('agent', 'POST', '/api/knowledge/nothing/open', { interaction: 'k3' })).refused).toBe('knowledge.gone');
  await finish('k3');
});

test('what was not found becomes a gap, marks the answer in the call, and is settled once', async () => {
  await inCall('k4');
  const gap = { gap: 'g1', kind: 'not-found', words: '港澳居民参保', interaction: 'k4' };
  expect((await ask('agent', 'POST', '/api/knowledge-gaps', gap)).status).toBe(201);
  expect((await ask('agent', 'POST', '/api/knowledge-gaps', gap)).status).toBe(201);
  expect((await ask('agent', 'POST', '/api/knowledge-gaps', { gap: 'g2', kind: 'wrong', entry: 'fee', note: '金额不对' })).status).toBe(
    201,
  );
  await finish('k4');
  expect((await parts.events.loadInteraction('k4')).find(({ type }) => type === 'answer.marked')?.fields).toMatchObject({
    outcome: 'not-found',
  });
  expect((await ask('agent', 'GET', '/api/knowledge-gaps')).status).toBe(403);
  const open = await ask<object[]>('operations', 'GET', '/api/knowledge-gaps');
  expect(open.body).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ gap: 'g1', words: '港澳居民参保', interaction: 'k4' }),
      expect.objectContaining({ gap: 'g2', title: '补卡工本费', version: 2, note: '金额不对' }),
    ]),
  );
  expect((await ask('operations', 'POST', '/api/knowledge-gaps/g1', { do: 'close', outcome: 'written' })).status).toBe(200);
  expect((await ask('operations', 'POST', '/api/knowledge-gaps/g1', { do: 'close', outcome: 'written' })).refused).toBe(
    'knowledge.gap-settled',
  );
});

test('a quick reply has an end and its slots, and is found beside articles only as a reply', async () => {
  const reply = {
    entry: 'wait',
    kind: 'reply',
    queues: [],
    text: { title: '请稍等', keywords: [], items: [], body: '{姓名}，请您稍等两分钟。' },
  };
  expect((await ask('leader', 'POST', '/api/knowledge', reply)).refused).toBe('knowledge.no-expiry');
  const ending = { validUntil: clock.now() + 100 * hour };
  expect((await ask('leader', 'POST', '/api/knowledge', { ...reply, text: { ...reply.text, body: '{ }您好', ...ending } })).refused).toBe(
    'knowledge.slot',
  );
  const promising = { ...reply, text: { ...reply.text, body: '您放心，肯定没问题。', ...ending } };
  expect((await ask('leader', 'POST', '/api/knowledge', promising)).refused).toBe('knowledge.words');
  await published('wait', { ...reply, text: { ...reply.text, ...ending } });
  expect(await found('qsd')).toEqual([]);
  expect(await found('qsd', '&kind=reply')).toEqual(['wait']);
  await inCall('k5');
  expect((await ask('agent', 'POST', '/api/knowledge/wait/use', { interaction: 'k5' })).status).toBe(200);
  await finish('k5');
  expect((await parts.events.loadInteraction('k5')).find(({ type }) => type === 'quick-reply.used')?.fields).toMatchObject({
    reply: 'wait',
    version: 1,
  });
});
