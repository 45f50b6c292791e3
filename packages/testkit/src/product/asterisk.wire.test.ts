import { Phone } from '@threerings/voice/fake/phone';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AsteriskServer, startAsterisk } from '../asterisk.ts';
import type { ConsoleClient } from '../console-client.ts';
import { lacksAsterisk } from '../tools.ts';
import { AgentDesk } from './agent-desk.ts';
import { boardOf, callOf, House } from './house.ts';

const [callerTone, agentTone] = [400, 700];
const loud = 2000;
const soon = { timeout: 30_000, interval: 50 };
const told = ['call.offered', 'prompt.played', 'call.queued', 'call.answered', 'recording.started', 'recording.stopped'];
const story = [...told, 'source.gap-started', 'source.gap-ended'];

describe.skipIf(lacksAsterisk())('the product on Asterisk (skipped where it is missing)', () => {
  let server: AsteriskServer;
  let house: House;
  let leader: ConsoleClient;
  let desk: AgentDesk;
  let caller: Phone;
  beforeAll(async () => {
    [server, caller] = await Promise.all([startAsterisk(), Phone.open({ says: callerTone })]);
    await server.kill('SIGKILL');
    house = await House.open({
      THREERINGS_VOICE: 'asterisk',
      // A slow machine takes its time to start the server again.
      THREERINGS_GRACE: '120s',
      THREERINGS_ASTERISK_URL: server.url,
      THREERINGS_ASTERISK_PASSWORD: server.password,
      THREERINGS_ASTERISK_SOUNDS: `${server.folder}/sounds`,
    });
    leader = await house.signIn('0103');
    desk = await AgentDesk.open(house.base, '0217', agentTone);
    await desk.beginShift();
  }, 180_000);
  afterAll(async () => {
    desk?.close();
    await house?.close();
    await caller?.close();
    await server?.stop();
  }, 30_000);

  async function bothHear(): Promise<void> {
    await expect.poll(() => caller.audio.hears(agentTone), soon).toBeGreaterThan(loud);
    await expect.poll(() => desk.phone.audio.hears(callerTone), soon).toBeGreaterThan(loud);
  }

  test('it starts without Asterisk, says so to leaders, health and who calls from the page, and finds it when it comes', async () => {
    expect((await boardOf(leader)).engineDown).toMatchObject({ code: 'ari.unreachable' });
    expect(await (await fetch(`${house.base}/api/health`)).json()).toMatchObject({ ok: true, degraded: ['telephone'] });
    const tried = await leader.send('POST', '/api/caller/calls', { language: 'zh' });
    expect(tried).toMatchObject({ status: 409, body: { refused: 'phone.down' } });
    await server.start();
    await expect.poll(async () => (await boardOf(leader)).engineDown, soon).toBeUndefined();
  }, 60_000);

  test('a call on Asterisk hears notice and queue, goes on while the server is killed and started again, and is recorded; what nobody watched is a gap', async () => {
    caller.dial(`sip:12333@127.0.0.1:${server.sipPort}`);
    const { interaction } = await desk.answered();
    await bothHear();
    expect(house.product.process.output()).not.toContain(server.password);
    await house.kill();
    const before = caller.audio.sequences.length;
    await house.start();
    leader = await house.signIn('0103');
    await desk.comeBack();
    await desk.until((view) => view.call?.interaction === interaction);
    expect(caller.audio.sequences.length).toBeGreaterThan(before);
    caller.audio.forget();
    desk.phone.audio.forget();
    await bothHear();
    caller.hangUp();
    await desk.until((view) => view.wrapUp?.interaction === interaction, 30_000);
    const missing = async () => {
      const { events } = await callOf(leader, interaction);
      return story.filter((type) => !events.some((event) => event.type === type));
    };
    await expect.poll(missing, soon).toEqual([]);
  }, 90_000);
});
