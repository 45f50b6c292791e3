import type { TimelineEvent } from '@threerings/core/timeline/event';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { loadPack } from '@threerings/norms/pack';
import { buildLexicon } from '@threerings/norms/syntax/lexicon';
import type { Verdict } from '@threerings/norms/trace';
import { SimClock } from '@threerings/testkit/sim-clock';
import { expect, test } from 'vitest';
import { programOf } from '../norm-packs/live-pack.ts';
import { Observer } from './observer.ts';

const pack = loadPack(
  [
    {
      path: 'chat.norm',
      text: `规范包 「等候」 版本 1
出处 S3 “客户服务准则”
规范 answered
  依据 S3-33
  当 来电
  应 坐席 接听 于 30 秒 内
`,
    },
  ],
  { lexicon: buildLexicon(vocabulary), hash: 'h' },
);
if (!pack.ok) throw new Error(pack.problems.map(({ message }) => message.en).join());
const calendar = { zone: [{ from: 0, offsetMs: 28_800_000 }], week: [[], [], [], [], [], [], []], days: {}, night: [0, 0] as const };
const program = programOf([pack.pack], calendar);

function watching(calls: number) {
  const clock = new SimClock(1_000_000);
  const looks = new Map<string, number>();
  const settled: { readonly interaction: string; readonly verdict: Verdict; readonly told: number }[] = [];
  const observer = new Observer({
    program: () => program,
    clock,
    horizon: () => clock.now() - 1,
    isReading: () => false,
    append: async () => [],
    changed: (interaction, judged) => {
      looks.set(interaction, (looks.get(interaction) ?? 0) + 1);
      settled.push(...judged.settled.map((verdict) => ({ interaction, verdict, told: clock.now() })));
      return undefined;
    },
    onError: (_, error) => {
      throw error;
    },
  });
  const offered = (interaction: string): TimelineEvent => ({
    ...{ id: `${interaction}-1`, type: 'call.offered', v: 1, stream: `interaction-${interaction}`, n: 1, seq: 1, interaction },
    ...{ source: 'telephony', by: 'customer', occurredAt: clock.now(), recordedAt: clock.now(), hash: '', fields: { direction: 'in' } },
  });
  const names = Array.from({ length: calls }, (_, n) => `c${n}`);
  for (const name of names) {
    observer.open(name, 'live');
    observer.take(name, [offered(name)]);
    observer.watermark(name, { telephony: clock.now() + 600_000 });
  }
  const count = () => [...looks.values()].reduce((sum, one) => sum + one, 0);
  return { clock, observer, settled, count };
}

test('calls are looked at when something is due in them and not otherwise, however many there are', async () => {
  const { clock, observer, settled, count } = watching(200);
  await clock.advance(1000);
  const begun = count();
  await clock.advance(28_000);
  expect(count()).toBe(begun);
  expect(settled).toEqual([]);
  await clock.advance(3000);
  expect(settled).toHaveLength(200);
  expect(new Set(settled.map(({ verdict }) => `${verdict.value} ${verdict.at}`))).toEqual(new Set(['broken 1030000']));
  expect(Math.max(...settled.map(({ told }) => told))).toBeLessThan(1_030_100);
  const judged = count();
  await clock.advance(3_600_000);
  expect(count()).toBe(judged);
  await observer.stop();
  expect(clock.pending).toBe(0);
});

test('a deadline that a source has not reached is settled once it does', async () => {
  const { clock, observer, settled } = watching(0);
  observer.open('slow', 'live');
  const at = clock.now();
  observer.take('slow', [
    {
      ...{ id: 'slow-1', type: 'call.offered', v: 1, stream: 'interaction-slow', n: 1, seq: 1, interaction: 'slow' },
      ...{ source: 'telephony', by: 'customer', occurredAt: at, recordedAt: at, hash: '', fields: { direction: 'in' } },
    },
  ]);
  observer.watermark('slow', { telephony: at });
  await clock.advance(60_000);
  expect(settled).toEqual([]);
  observer.watermark('slow', { telephony: at + 60_000 });
  await clock.advance(300);
  expect(settled.map(({ verdict }) => verdict.value)).toEqual(['broken']);
  await observer.stop();
});
