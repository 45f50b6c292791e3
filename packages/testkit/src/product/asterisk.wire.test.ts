import { Phone } from '@threerings/voice/fake/phone';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AsteriskServer, startAsterisk } from '../asterisk.ts';
import { type ConsoleClient, signIn } from '../console-client.ts';
import { type Product, startProduct } from '../product.ts';
import { lacksAsterisk } from '../tools.ts';
import { AgentDesk } from './agent-desk.ts';
import { callOf } from './house.ts';

const [callerTone, agentTone] = [400, 700];
const loud = 2000;
const soon = { timeout: 20_000, interval: 50 };
const story = ['call.offered', 'prompt.played', 'call.queued', 'call.answered', 'recording.started', 'recording.stopped'];

describe.skipIf(lacksAsterisk())('the product on Asterisk (skipped where it is missing)', () => {
  let server: AsteriskServer;
  let product: Product;
  let leader: ConsoleClient;
  let desk: AgentDesk;
  let caller: Phone;
  beforeAll(async () => {
    [server, caller] = await Promise.all([startAsterisk(), Phone.open({ says: callerTone })]);
    product = await startProduct({
      env: {
        THREERINGS_VOICE: 'asterisk',
        THREERINGS_ASTERISK_URL: server.url,
        THREERINGS_ASTERISK_PASSWORD: server.password,
        THREERINGS_ASTERISK_SOUNDS: `${server.folder}/sounds`,
      },
    });
    leader = await signIn(product.base, '0103', 'yunzhou-0103');
    desk = await AgentDesk.open(product.base, '0217', agentTone);
    await desk.beginShift();
  }, 180_000);
  afterAll(async () => {
    desk?.close();
    await product?.stop();
    await caller?.close();
    await server?.stop();
  }, 30_000);

  test('a call that Asterisk takes hears notice and queue, reaches the agent in the browser, is recorded and ends', async () => {
    caller.dial(`sip:12333@127.0.0.1:${server.sipPort}`);
    const { interaction } = await desk.answered();
    await expect.poll(() => caller.audio.hears(agentTone), soon).toBeGreaterThan(loud);
    await expect.poll(() => desk.phone.audio.hears(callerTone), soon).toBeGreaterThan(loud);
    caller.hangUp();
    await desk.until((view) => view.wrapUp?.interaction === interaction, 30_000);
    const missing = async () => {
      const { events } = await callOf(leader, interaction);
      return story.filter((type) => !events.some((event) => event.type === type));
    };
    await expect.poll(missing, soon).toEqual([]);
    expect(product.process.output()).not.toContain(server.password);
  });
});
