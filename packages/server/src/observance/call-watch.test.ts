import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { judge } from '@threerings/norms/judge';
import type { Program } from '@threerings/norms/program';
import { type Source, sources } from '@threerings/norms/trace';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { readDemoCalls } from '../demo/demo-replays.ts';
import { readCalendar } from '../norm-packs/calendar-file.ts';
import { programOf } from '../norm-packs/live-pack.ts';
import { readPack } from '../norm-packs/read-pack.ts';
import { CallWatch } from './call-watch.ts';

const packs = fileURLToPath(new URL('../../../../packs/', import.meta.url));
let program: Program;
let calls: Awaited<ReturnType<typeof readDemoCalls>>;
beforeAll(async () => {
  const read = await readPack(path.join(packs, '12333'), undefined);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  program = programOf([read.pack], (await readCalendar(path.join(packs, 'calendar/cn.json'))).table);
  calls = await readDemoCalls();
});

const stored = (call: (typeof calls)[number]) =>
  call.map((event, at) => ({
    ...event,
    stream: 'interaction-x',
    n: at + 1,
    v: 1,
    seq: at + 1,
    recordedAt: event.occurredAt,
    hash: '',
    interaction: 'x',
  }));
const allAt = (mark: number) => Object.fromEntries(sources.map((source) => [source, mark])) as Record<Source, number>;

test('watched in pieces, with any pattern of looks, a call gets the verdicts that judging it afterwards gives', () => {
  let broken = 0;
  let kept = 0;
  fc.assert(
    fc.property(fc.nat(1), fc.array(fc.nat(20_000), { minLength: 3, maxLength: 30 }), (which, steps) => {
      const events = stored(calls[which] ?? []);
      const watch = new CallWatch(program);
      let at = events[0]?.occurredAt ?? 0;
      let given = 0;
      for (const step of [...steps, 1_000_000]) {
        at += step;
        const due = events.slice(given).filter((event) => event.occurredAt <= at);
        given += due.length;
        watch.take(due);
        watch.advance(allAt(at));
      }
      const expected = judge(program, events);
      expect([...watch.verdicts].sort(byKey)).toEqual([...expected].sort(byKey));
      broken += expected.filter(({ value }) => value === 'broken').length;
      kept += expected.filter(({ value }) => value === 'kept').length;
    }),
    { numRuns: 30 },
  );
  expect(broken).toBeGreaterThan(10);
  expect(kept).toBeGreaterThan(10);
});

const byKey = (a: { norm: string; key: string }, b: { norm: string; key: string }) =>
  `${a.norm} ${a.key}` < `${b.norm} ${b.key}` ? -1 : 1;

test('a sentence that is recognised late revises the verdict and keeps both values', () => {
  const events = stored(calls[1] ?? []);
  const answer = events.findIndex((event) => event.type === 'hold.started');
  const late = events.slice(answer).find((event) => event.type === 'speech.said');
  if (!late) throw new Error('the demo call should have a prompt in its hold');
  const watch = new CallWatch(program);
  watch.take(events.filter((event) => event !== late));
  const first = watch.advance(allAt(Number.MAX_SAFE_INTEGER));
  const before = first.settled.find(({ norm }) => norm === 'hold-reprompt');
  expect(before?.value).toBe('broken');
  const { revised } = watch.take([late]);
  expect(revised.find(({ norm }) => norm === 'hold-reprompt')).toMatchObject({
    from: { value: 'broken' },
    to: { value: 'kept' },
    cause: late.id,
  });
});
