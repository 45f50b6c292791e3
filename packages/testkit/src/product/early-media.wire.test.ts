import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleClient, signIn } from '../console-client.ts';
import { type Product, startProduct } from '../product.ts';
import { startSipp } from '../sipp.ts';
import { lacks } from '../tools.ts';
import { AgentDesk } from './agent-desk.ts';
import { callOf } from './house.ts';

const agentTone = 700;

let product: Product;
let leader: ConsoleClient;
let desk: AgentDesk;

beforeAll(async () => {
  product = await startProduct({ env: { THREERINGS_TRUNK_EARLY_MEDIA: 'true' } });
  leader = await signIn(product.base, '0103', 'yunzhou-0103');
  desk = await AgentDesk.open(product.base, '0217', agentTone);
  await desk.beginShift();
}, 180_000);
afterAll(async () => {
  desk?.close();
  await product?.stop();
}, 30_000);

const story = ['call.offered', 'line.early-media', 'prompt.played', 'call.queued', 'call.answered', 'line.connected', 'call.ended'];

describe.skipIf(lacks('sipp'))('a trunk that is played to before its line is answered', () => {
  test.each(['plain', 'acknowledged'] as const)('hears notice and queue in a 183 (%s), and is answered by the agent', async (early) => {
    const caller = startSipp({ target: `127.0.0.1:${product.sipPort}`, to: '12333', talkMs: 4000, early });
    const { interaction } = await desk.answered();
    await expect.poll(() => desk.phone.audio.hears(agentTone), { timeout: 30_000 }).toBeGreaterThan(2000);
    expect([await caller.ended, caller.output().slice(-600)]).toEqual([0, expect.anything()]);
    await desk.until((view) => view.wrapUp?.interaction === interaction, 30_000);
    await desk.do({ kind: 'finish-wrap-up', interaction });
    await desk.until((view) => view.presence.state === 'ready');
    const { events } = await callOf(leader, interaction);
    expect(events.map(({ type }) => type).filter((type) => story.includes(type))).toEqual(story);
    const at = (type: string) => events.find((event) => event.type === type)?.occurredAt ?? Number.NaN;
    expect(at('line.connected') - at('line.early-media'), 'the notice lies between them').toBeGreaterThan(1000);
  });
});
