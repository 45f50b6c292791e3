import { readdirSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { VoiceRig } from '../fake/voice-rig.ts';
import { makeOffer } from '../sdp/negotiation.ts';
import { openUserAgent } from '../sip/open.ts';

/** THREERINGS_RUNS multiplies it: 10,000 in the part `calls` of the long run. */
const CALLS = 200 * Number(process.env['THREERINGS_RUNS'] ?? 1);
const AT_ONCE = 10;

const cleanups: (() => Promise<unknown> | undefined)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

const descriptors = (pid: number) => readdirSync(`/proc/${pid}/fd`).length;

it(`keeps no descriptor and no leg of ${CALLS} calls, however they end`, { timeout: 30_000 + CALLS * 100 }, async () => {
  const rig = await VoiceRig.start();
  cleanups.push(() => rig.close());
  const agent = await openUserAgent(
    { address: '127.0.0.1', port: 0 },
    { arrived: () => ({ answered() {}, reoffered: () => ({ status: 488 }), ended() {} }) },
  );
  if ('refused' in agent) throw new Error(agent.message);
  cleanups.push(() => agent.close());
  rig.voice.listen((event) => {
    if (event.kind !== 'leg-arrived') return;
    // One in four is refused, one is hung up while it is played to before the answer, the others are answered.
    const turn = Number(event.from) % 4;
    if (turn === 0) void rig.send({ kind: 'reject', leg: event.leg, status: 486 });
    else if (turn === 1) void rig.send({ kind: 'early-media', leg: event.leg });
    else void rig.send({ kind: 'answer', leg: event.leg });
  });
  const uri = rig.sipUri;
  const sdp = makeOffer({ address: '127.0.0.1', port: 9, sessionId: '1', version: 1 });
  const one = (number: number) =>
    new Promise<string>((resolve) => {
      const call = agent.dial(
        { uri, sdp, from: String(number) },
        {
          progress: (status) => status === 183 && !('refused' in call) && call.hangUp(),
          answered: () => !('refused' in call) && call.hangUp(),
          reoffered: () => ({ status: 488 }),
          ended: ({ cause, status }) => resolve(`${cause}${status === undefined ? '' : ` ${status}`}`),
        },
      );
    });
  const ends = new Map<string, number>();
  let started = 0;
  const line = async () => {
    while (started < CALLS) {
      started += 1;
      const number = started;
      // The process takes fifty calls a second from one address: a refusal is waited for and the call made again.
      for (let end = await one(number); ; end = await one(number)) {
        if (end === 'refused 503') continue;
        ends.set(end, (ends.get(end) ?? 0) + 1);
        break;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => one(4 * i)));
  const pid = rig.supervisor.pid ?? 0;
  await expect.poll(() => rig.diary.of('leg-ended').length).toBe(AT_ONCE);
  const before = descriptors(pid);
  await Promise.all(Array.from({ length: AT_ONCE }, line));
  expect(Object.fromEntries(ends)).toEqual({ 'refused 486': CALLS / 4, 'hung-up': (CALLS * 3) / 4 });
  await expect.poll(() => rig.diary.of('leg-ended').length, { timeout: 20_000 }).toBeGreaterThanOrEqual(CALLS + AT_ONCE);
  await expect.poll(() => descriptors(pid), { timeout: 20_000 }).toBeLessThanOrEqual(before);
  rig.diary.stop();
});
