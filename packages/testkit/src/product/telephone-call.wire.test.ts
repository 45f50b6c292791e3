import { peaks } from '@threerings/core/wire/interactions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleClient, signIn } from '../console-client.ts';
import { type Product, startProduct } from '../product.ts';
import { startSipp } from '../sipp.ts';
import { lacks } from '../tools.ts';
import { AgentDesk } from './agent-desk.ts';
import { boardOf, callOf, callsOf } from './house.ts';
import { gistOf, judgedOutside } from './judged-outside.ts';

const agentTone = 700;
/** From the answer of the hotline: the notice, the ring, the talk, a hold and the talk again. */
const callerStaysMs = 16_000;
const record = { who: '来电人', when: '', where: '', what: '咨询社保转移', why: '', how: '已答复' };

const dayOf = (at: number) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(at);

let product: Product;
let leader: ConsoleClient;
let desk: AgentDesk;

beforeAll(async () => {
  product = await startProduct();
  leader = await signIn(product.base, '0103', 'yunzhou-0103');
  desk = await AgentDesk.open(product.base, '0217', agentTone);
  await desk.beginShift();
}, 180_000);
afterAll(async () => {
  desk?.close();
  await product?.stop();
}, 30_000);

/** The types that the story of the call is told in, in the order in which they happened. */
const story = [
  'call.offered',
  'call.queued',
  'call.agent-offered',
  'call.answered',
  'hold.started',
  'hold.resumed',
  'call.ended',
  'record.saved',
];

describe.skipIf(lacks('sipp'))('a telephone call', () => {
  test.each(['udp', 'tcp'] as const)('over %s rings at the desk, is talked, held, recorded, judged and counted', async (transport) => {
    const caller = startSipp({ target: `127.0.0.1:${product.sipPort}`, to: '12333', transport, talkMs: callerStaysMs });
    const { interaction } = await desk.answered();
    // The caller echoes: the agent hears himself only when sound goes both ways.
    const hearsCaller = () => desk.phone.audio.hears(agentTone);
    await expect.poll(hearsCaller, { timeout: 30_000 }).toBeGreaterThan(2000);
    await desk.until((view) => view.call?.recording === true);
    await expect
      .poll(async () => (await boardOf(leader)).calls.find((call) => call.interaction === interaction), { timeout: 30_000 })
      .toMatchObject({ origin: 'live', state: 'talking', agent: '0217' });

    await desk.do({ kind: 'hold', interaction, reason: 'lookup', limitMs: 30_000, consent: true, override: '已口头说明' });
    await desk.until((view) => view.call?.hold !== undefined);
    await expect.poll(hearsCaller, { timeout: 30_000 }).toBeLessThan(100);
    await desk.do({ kind: 'resume', interaction });
    await expect.poll(hearsCaller, { timeout: 30_000 }).toBeGreaterThan(2000);

    await desk.until((view) => view.wrapUp?.interaction === interaction, 30_000);
    expect([await caller.ended, caller.output().slice(-600)]).toEqual([0, expect.anything()]);
    await desk.do({ kind: 'save-record', interaction, record });
    await desk.do({ kind: 'finish-wrap-up', interaction });
    await desk.until((view) => view.presence.state === 'ready');

    await expect.poll(async () => (await callOf(leader, interaction)).events.at(-1)?.type, { timeout: 30_000 }).toBe('interaction.closed');
    const detail = await callOf(leader, interaction);
    expect(detail.row).toMatchObject({ origin: 'live', agent: '0217', channel: 'phone' });
    expect(detail.events.map(({ type }) => type).filter((type) => story.includes(type))).toEqual(story);
    expect(detail.events.filter(({ type }) => type === 'line.early-media' || type === 'line.connected')).toEqual([]);
    expect(detail.events.find(({ type }) => type === 'call.ended')).toMatchObject({ fields: { side: 'customer' } });
    const inTime = detail.verdicts.filter(({ norm }) => norm === 'answer-within-rings');
    expect(inTime.map(({ value }) => value)).toEqual(['kept']);

    const outside = await judgedOutside(product.folder, interaction);
    expect(gistOf((await callOf(leader, interaction)).verdicts)).toEqual(outside);

    const { recording } = detail;
    expect(recording).toMatchObject({ audible: true });
    expect(recording?.durationMs).toBeGreaterThan(3000);
    const wave = peaks.parse((await leader.get(`/api/recordings/${recording?.recording}/peaks`)).body);
    expect(Math.max(...wave.left)).toBeGreaterThan(0.05);
    expect(Math.max(...wave.right)).toBeGreaterThan(0.05);

    // The board counts the hotline's day, and midnight may have come since the first call.
    const answered = async () => {
      const today = dayOf(Date.now());
      const listed = (await callsOf(leader)).filter((row) => row.agent !== undefined && dayOf(row.startedAt) === today).length;
      return { listed, counted: (await boardOf(leader)).queues[0]?.today.answered };
    };
    await expect.poll(async () => (({ listed, counted }) => listed === counted)(await answered()), { timeout: 30_000 }).toBe(true);
  });
});
