import { textOf } from '@threerings/core/timeline/decider';
import { testDatabase } from '@threerings/testkit/test-database';
import { fakeBot, signedByQq } from '@threerings/testkit/vendors/fake-bot';
import { fakeKf } from '@threerings/testkit/vendors/fake-kf';
import { fakeServiceAccount } from '@threerings/testkit/vendors/fake-service-account';
import type { FakeVendor } from '@threerings/testkit/vendors/fake-vendor';
import { textChannelHouse } from '@threerings/testkit/vendors/text-channel-house';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MessageCrypt } from './message-crypt.ts';
import type { Callback } from './vendor.ts';

const [kf, mp, bot] = [await fakeKf(), await fakeServiceAccount(), await fakeBot()];
const database = await testDatabase();
const house = await textChannelHouse(database, [kf, mp, bot]);
afterAll(() => Promise.all([kf, mp, bot].map((vendor) => vendor.close())));
const all = [
  ['wecom', kf],
  ['wechat', mp],
  ['qq', bot],
] as const;

const hour = 3_600_000;
const now = () => house.clock.now();
let count = 0;
let who = '';
beforeEach(() => {
  count += 1;
  who = `customer${count}x`;
});
afterEach(async () => {
  for (const [, vendor] of all) vendor.trouble = undefined;
  for (const { id, phase } of house.parts.floor.hotline.chats.values()) {
    if (phase === 'talking') await house.asks({ kind: 'end', interaction: id });
    await house.asks({ kind: 'close', interaction: id });
  }
});

const bring = ({ account }: FakeVendor, callback: Callback) => house.callback(account.id, callback);
const received = async () => (await house.events('chat.received')).length;
/** Writes as this test's customer; the chat that it is in. */
async function opens(vendor: FakeVendor, text = '你好'): Promise<string> {
  count += 1;
  await bring(vendor, vendor.writes(who, { id: `m${count}`, text }, now()));
  return (await house.events('chat.received')).at(-1)?.stream.slice('interaction-'.length) ?? '';
}
const outcomes = async (chat: string) =>
  (await house.events('chat.delivered', 'chat.undelivered'))
    .filter(({ stream }) => stream.endsWith(chat))
    .map(({ type, fields }) => (type === 'chat.delivered' ? 'delivered' : `${String(fields['reason'])}${fields['final'] ? '' : ' …'}`));
const owed = async (chat: string) =>
  (await house.parts.promises.open()).filter(({ interaction }) => interaction === chat).map(({ kind, owner }) => `${kind} ${owner}`);

describe.each(all)('%s', (_, vendor) => {
  it('takes nothing that was changed, that is old, or that is played again', async () => {
    const before = await received();
    const callback = vendor.writes(who, { id: `${who}-1`, text: '你好' }, now());
    const text = callback.body.toString();
    const at = text.includes('<Encrypt>') ? text.indexOf('<Encrypt>') + 60 : text.indexOf('content') + 3;
    const tampered = Buffer.from(`${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`);
    expect((await bring(vendor, { ...callback, body: tampered })).status).toBe(403);
    expect((await bring(vendor, { ...callback, query: {}, headers: { 'content-type': 'text/plain' } })).status).toBeGreaterThanOrEqual(400);
    expect(await received()).toBe(before);

    expect((await bring(vendor, callback)).status).toBe(200);
    // The vendor did not hear the answer and repeats at once: acknowledged, and nothing happens.
    expect((await bring(vendor, callback)).status).toBe(200);
    await house.sleeps(90_000);
    const replayed = await bring(vendor, callback);
    expect([replayed.status, JSON.parse(replayed.body)]).toEqual([403, expect.objectContaining({ refused: 'callback.replay' })]);
    await house.sleeps(240_000);
    expect(JSON.parse((await bring(vendor, callback)).body)).toMatchObject({ refused: 'callback.stale' });
    expect(await received()).toBe(before + 1);
  });

  it('fetches its access token once, and anew when the vendor ends it', async () => {
    const chat = await opens(vendor);
    await house.sends(chat, '您好');
    const before = vendor.tokens;
    await house.sends(chat, '请讲');
    expect(vendor.tokens).toBe(before);
    vendor.endToken();
    await house.sends(chat, '好的');
    expect(vendor.tokens).toBe(before + 1);
    expect(vendor.arrived(who)).toEqual(['您好', '请讲', '好的']);
  });

  it('says that it is not known at the vendor, and goes on when it is again', async () => {
    const chat = await opens(vendor);
    vendor.trouble = 'revoked';
    vendor.endToken();
    await house.sends(chat, '您好');
    expect(await outcomes(chat)).toEqual(['unauthorised …']);
    expect(house.chats.channels.degraded()).toEqual([`chat:${vendor.account.id}`]);
    vendor.trouble = undefined;
    await house.passes(30_000);
    expect(await outcomes(chat)).toEqual(['unauthorised …', 'delivered']);
    expect(house.chats.channels.degraded()).toEqual([]);
    expect(vendor.arrived(who)).toEqual(['您好']);
  });

  it('tells the agent that a message waits, and promises a reply when the window closes over it', async () => {
    const chat = await opens(vendor);
    vendor.trouble = 'down';
    await house.sends(chat, '您好');
    expect(await outcomes(chat)).toEqual([]);
    await house.passes(20_000);
    expect(await outcomes(chat)).toEqual(['unreachable …']);
    await house.asks({ kind: 'end', interaction: chat });
    expect(await house.asks({ kind: 'close', interaction: chat })).toBe('chat.under-way');
    vendor.trouble = undefined;
    await house.restart(vendor === bot ? hour : 48 * hour);
    // The words that the hotline said at the end are given up with the agent's, and owed to nobody.
    expect(await outcomes(chat)).toEqual(['unreachable …', 'window-closed', 'window-closed']);
    expect(vendor.arrived(who)).toEqual([]);
    expect(await owed(chat)).toEqual(['reply agent']);
  });

  it('lets an agent write as often as the vendor lets the house, and no more until the customer writes', async () => {
    const beyond = vendor.beyondWindow;
    const chat = await opens(vendor);
    const answers = [];
    for (const text of ['一', '二', '三', '四', '五', '六']) answers.push(await house.sends(chat, text));
    expect(answers).toEqual(['done', 'done', 'done', 'done', 'done', 'chat.window-used']);
    await opens(vendor, '还在吗');
    expect(await house.sends(chat, '在')).toBe('done');
    expect(vendor.arrived(who)).toHaveLength(6);
    expect(vendor.beyondWindow).toBe(beyond);
  });

  it('sends again what was not answered, under the same id where the vendor knows one', async () => {
    const chat = await opens(vendor);
    vendor.trouble = 'lost-answers';
    await house.sends(chat, '您好');
    vendor.trouble = undefined;
    await house.passes(5000);
    expect(await outcomes(chat)).toEqual(['delivered']);
    expect(vendor.arrived(who)).toEqual(vendor.dropsRepeated ? ['您好'] : ['您好', '您好']);
  });

  it('says to a customer without a page of ours that nobody is there and that it is over, and takes a digit afterwards as the grade', async () => {
    await house.asks({ kind: 'seat', open: false });
    const chat = await opens(vendor);
    await house.settled();
    expect(vendor.arrived(who)).toEqual([expect.stringContaining('没有坐席在线')]);
    await house.asks({ kind: 'seat', open: true });
    await house.sends(chat, '您好');
    await house.asks({ kind: 'end', interaction: chat });
    await house.settled();
    expect(vendor.arrived(who).slice(1)).toEqual(['您好', expect.stringContaining('请您评价')]);
    const before = await received();
    for (const grade of ['５', '5']) await bring(vendor, vendor.writes(who, { id: `${who}-${grade}`, text: grade }, now()));
    const grades = (await house.events('survey.answered')).filter(({ stream }) => stream.endsWith(chat));
    expect(grades.map(({ fields }) => fields['score'])).toEqual([5]);
    expect(await received()).toBe(before);
    expect(await owed(chat)).toEqual([]);
  });

  it('keeps the customer’s address and words out of every table but the vault', async () => {
    const chat = await opens(vendor, '我的号码是13900001234');
    await house.sends(chat, '好的，记下了');
    const tables = ['chat_threads', 'chat_taken', 'chat_deliveries', 'events'] as const;
    const stored = await Promise.all(tables.map((table) => database.db.selectFrom(table).selectAll().execute()));
    expect(stored.every((rows) => rows.length > 0)).toBe(true);
    const secrets = [who, '13900001234', '记下了'].filter((secret) => JSON.stringify(stored).includes(secret));
    expect(secrets).toEqual([]);
  });
});

describe('wecom', () => {
  it('proves its address by opening what it is sent', async () => {
    const { token, encodingAesKey, corpId } = kf.account as unknown as Record<'token' | 'encodingAesKey' | 'corpId', string>;
    const crypt = new MessageCrypt({ token, encodingAesKey, receiver: corpId });
    const sealed = crypt.seal('1616140317555161061', String(now() / 1000), 'n');
    const query = { msg_signature: sealed.signature, timestamp: sealed.timestamp, nonce: 'n', echostr: sealed.encrypt };
    const proof: Callback = { method: 'GET', query, headers: {}, body: Buffer.alloc(0) };
    expect(await bring(kf, proof)).toEqual({ status: 200, body: '1616140317555161061' });
    expect((await bring(kf, { ...proof, query: { ...query, nonce: 'm' } })).status).toBe(403);
  });

  it('reads its inbox from where it stood, and all of it again when the vendor forgot the place', async () => {
    const before = await received();
    for (const at of [1, 2, 3]) kf.writes(who, { id: `${who}-${at}`, text: `第${at}句` }, now());
    await bring(kf, kf.writes(who, { id: `${who}-4`, text: '第4句' }, now()));
    expect(await received()).toBe(before + 4);
    const asked = kf.read.length;
    await house.restart();
    expect(kf.read.slice(asked)).toEqual([expect.stringMatching(/^c\d+-/)]);
    kf.forgetCursors();
    await bring(kf, kf.writes(who, { id: `${who}-5`, text: '第5句' }, now()));
    await house.passes(10_000);
    expect(kf.read).toContain(undefined);
    expect(await received()).toBe(before + 5);
  });

  it('fetches by itself what no callback told of', async () => {
    const before = await received();
    kf.writes(who, { id: `${who}-1`, text: '没有回调' }, now());
    await house.sleeps(hour);
    expect(await received()).toBe(before + 1);
  });

  it('takes a message back that the vendor gave back, and promises a reply', async () => {
    const chat = await opens(kf);
    await house.sends(chat, '您好');
    await bring(kf, kf.giveBack(who, 10, now()));
    expect(await outcomes(chat)).toEqual(['delivered', 'customer-refuses']);
    expect(await owed(chat)).toEqual(['reply agent']);
  });

  it('takes over a new conversation, and leaves one that a colleague has in WeCom itself', async () => {
    const chat = await opens(kf);
    expect(kf.states.get(who)).toBeUndefined();
    await house.sends(chat, '您好');
    expect(kf.states.get(who)).toBe(1);
    who = `${who}b`;
    kf.states.set(who, 3);
    const other = await opens(kf);
    await house.sends(other, '您好');
    expect(await outcomes(other)).toEqual(['elsewhere']);
    expect(kf.arrived(who)).toEqual([]);
  });
});

describe('wechat', () => {
  it('proves its address by its token, and refuses what is not encrypted', async () => {
    const { createHash } = await import('node:crypto');
    const [timestamp, nonce] = [String(now() / 1000), '1'];
    const signature = createHash('sha1').update(['QDG6eK', timestamp, nonce].sort().join('')).digest('hex');
    const proof: Callback = {
      method: 'GET',
      query: { signature, timestamp, nonce, echostr: '8375926' },
      headers: {},
      body: Buffer.alloc(0),
    };
    expect(await bring(mp, proof)).toEqual({ status: 200, body: '8375926' });
    expect((await bring(mp, { ...proof, query: { ...proof.query, timestamp: '1' } })).status).toBe(403);
    const plain = { method: 'POST', query: { signature, timestamp, nonce }, headers: { 'content-type': 'text/xml' } } as const;
    const answer = await bring(mp, { ...plain, body: Buffer.from('<xml><Content>你好</Content></xml>') });
    expect(JSON.parse(answer.body)).toMatchObject({ refused: 'callback.plain' });
  });
});

describe('qq', () => {
  it('signs what proves its address, and nothing that could pass for a callback', async () => {
    const answer = await bring(bot, signedByQq({ op: 13, d: { plain_token: 'Arq0D5A61EgUu4OxUvOp', event_ts: '1725442341' } }, now()));
    expect(JSON.parse(answer.body)).toMatchObject({
      plain_token: 'Arq0D5A61EgUu4OxUvOp',
      signature: expect.stringMatching(/^[0-9a-f]{128}$/),
    });
    const forged = { op: 13, d: { plain_token: '{"op":0}', event_ts: String(now() / 1000) } };
    expect((await bring(bot, signedByQq(forged, now()))).status).toBe(400);
    expect((await bring(bot, { ...signedByQq({ op: 13, d: {} }, now()), headers: {} })).status).toBe(403);
  });

  it('asks nobody but the vendor for a file, whatever a message names as its address', async () => {
    const picture = { content_type: 'image/png', url: 'http://127.0.0.1:9/latest/meta-data' };
    const author = { id: who, user_openid: who };
    const d = { id: `${who}-1`, content: '看图', timestamp: new Date(now()).toISOString(), author, attachments: [picture] };
    await bring(bot, signedByQq({ op: 0, id: 'x', t: 'C2C_MESSAGE_CREATE', d }, now()));
    const [told] = await house.events('chat.file-missing', 'chat.file-kept');
    expect(told?.fields['reason']).toBe('refused');
  });

  it('asks for a message again that could not be stored', async () => {
    const { floor } = house.parts;
    const tell = floor.tell.bind(floor);
    floor.tell = async () => ({ refused: 'store.busy', facts: {} });
    const callback = bot.writes(who, { id: `${who}-1`, text: '你好' }, now());
    const before = await received();
    expect(JSON.parse((await bring(bot, callback)).body)).toEqual({ op: 12, d: 1 });
    floor.tell = tell;
    expect(JSON.parse((await bring(bot, callback)).body)).toEqual({ op: 12, d: 0 });
    expect(await received()).toBe(before + 1);
  });
});

it('an address that belongs to no channel, and a body that is too long, are refused', async () => {
  const callback = bot.writes(who, { id: `${who}-1`, text: '你好' }, now());
  expect((await house.callback('other', callback)).status).toBe(404);
  expect((await bring(bot, { ...callback, body: Buffer.alloc(70_000, 'a') })).status).toBe(413);
});

it('a customer who writes after the end begins another chat, and the channel stands in both', async () => {
  const first = await opens(mp);
  await house.asks({ kind: 'end', interaction: first });
  const second = await opens(mp, '还有一个问题');
  expect(second).not.toBe(first);
  const opened = (await house.events('chat.opened')).filter(({ stream }) => stream.endsWith(first) || stream.endsWith(second));
  expect(opened.map((event) => textOf(event, 'channel'))).toEqual(['wechat', 'wechat']);
  expect(new Set(opened.map((event) => textOf(event, 'thread'))).size).toBe(1);
});
