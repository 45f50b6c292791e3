import type { NewEvent } from '@threerings/core/timeline/event';
import type { TraceEvent } from '@threerings/norms/trace';
import { SimClock } from '@threerings/testkit/sim-clock';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { channelContract } from '../channel-contract.ts';
import { ReplayChannel } from './replay-channel.ts';
import { shifted } from './shift.ts';

const event = (at: number, type: string, by: string, fields: TraceEvent['fields'], text?: string): TraceEvent => ({
  id: `e${at}`,
  type,
  source: type.startsWith('speech') ? (by === 'customer' ? 'speech.customer' : 'speech.agent') : 'telephony',
  by,
  occurredAt: at,
  seq: at,
  fields,
  ...(text === undefined ? {} : { text }),
});
const recorded = [
  event(0, 'call.offered', 'customer', { direction: 'in', channel: 'phone', called: '12333' }),
  event(6000, 'call.answered', 'agent', { leg: 'a', agent: '0217' }),
  event(7000, 'speech.said', 'agent', { chars: 2, start: 7000, end: 7600, ordinal: 1, turn: 1, confidence: 0.9, engine: 'told' }, '您好'),
  event(20_000, 'call.ended', 'customer', { outcome: 'normal', side: 'customer', talk: 14_000 }),
];

function replayChannel(start = 1_000_000) {
  const clock = new SimClock(start);
  let ids = 0;
  const channel = new ReplayChannel(clock, () => `replay-${++ids}`);
  return { clock, channel };
}

test.each(channelContract)('a replay $title', async ({ check }) => {
  const { clock, channel } = replayChannel();
  const problem = await check({
    channel,
    oneCall: async () => {
      const replay = channel.play(recorded);
      await clock.advance(30_000);
      await replay.done;
      return replay.interaction;
    },
  });
  expect(problem).toBeUndefined();
});

test('a replay in real time reports each event at its distance from the first', async () => {
  const { clock, channel } = replayChannel();
  const seen: { at: number; event: NewEvent }[] = [];
  await channel.start({
    report: async (_, events) => void seen.push(...events.map((e) => ({ at: clock.now(), event: e }))),
    watermark: () => {},
    tell: async () => {},
  });
  channel.play(recorded);
  await clock.advance(30_000);
  expect(seen.map(({ at, event: e }) => [at - 1_000_000, e.type])).toEqual([
    [0, 'call.offered'],
    [6000, 'call.answered'],
    [7000, 'speech.said'],
    [20_000, 'call.ended'],
  ]);
  expect(seen[2]?.event.personal?.['text']?.value).toBe('您好');
  expect(seen[2]?.event.fields['start']).toBe(1_007_000);
});

test('at any speed, distances stay as recorded and nothing is reported before it happened', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(600_000), { minLength: 1, maxLength: 30 }),
      fc.double({ min: 1, max: 100, noNaN: true }),
      (instants, speed) => {
        const timeline = instants.sort((a, b) => a - b).map((at) => event(at, 'call.queued', 'customer', { queue: 'q' }));
        const moved = shifted(timeline, 5_000_000, speed, 'x');
        const first = moved[0]?.event.occurredAt ?? 0;
        moved.forEach(({ due, event: e }, i) => {
          expect(e.occurredAt - first).toBe((instants[i] ?? 0) - (instants[0] ?? 0));
          expect(e.occurredAt).toBeLessThanOrEqual(due);
        });
      },
    ),
  );
});

test('a stopped replay reports nothing more and leaves no wake-up', async () => {
  const { clock, channel } = replayChannel();
  const seen: string[] = [];
  await channel.start({
    report: async (_, events) => void seen.push(...events.map((e) => e.type)),
    watermark: () => {},
    tell: async () => {},
  });
  channel.play(recorded);
  await clock.advance(6500);
  await channel.stop();
  await clock.advance(30_000);
  expect(seen).toEqual(['call.offered', 'call.answered']);
  expect(clock.pending).toBe(0);
});
