import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Checkpoint, rejudge } from './rejudge.ts';
import type { Cursor, ListedCall } from './rejudge-read-model.ts';
import { addCall, emptyReport, type Judged, merge, mostExamples, type RejudgeReport } from './report.ts';

const judged = fc.uniqueArray(
  fc.record({
    norm: fc.constantFrom('a', 'b'),
    key: fc.constantFrom('1', '2'),
    value: fc.constantFrom('kept', 'broken', 'unknown', 'moot'),
  }),
  { selector: ({ norm, key }: Judged) => `${norm} ${key}` },
) as fc.Arbitrary<Judged[]>;
const someCalls = fc.array(fc.record({ before: judged, after: judged, unit: fc.constantFrom('x', 'y', undefined) }), { maxLength: 40 });
const named = (given: readonly { before: Judged[]; after: Judged[]; unit: string | undefined }[]) =>
  given.map((call, n) => ({ ...call, interaction: `c${String(n).padStart(3, '0')}`, startedAt: Math.floor(n / 3) }));

const reportOf = (calls: ReturnType<typeof named>) => {
  const report = emptyReport();
  for (const call of calls) addCall(report, call);
  return report;
};

describe('a report', () => {
  it('is the same however the calls are divided and whichever part comes first', () => {
    fc.assert(
      fc.property(someCalls, fc.nat(), (given, cut) => {
        const calls = named(given);
        const at = cut % (calls.length + 1);
        const merged = emptyReport();
        for (const part of [calls.slice(at), calls.slice(0, at)]) merge(merged, reportOf(part));
        expect(merged).toEqual(reportOf(calls));
        for (const { examples, count } of Object.values(merged.changes))
          expect(examples.length).toBe(Math.min(count, examples.length, mostExamples));
      }),
    );
  });

  it('tells a duty that did not arise before, and one that no longer arises', () => {
    const report = reportOf(
      named([{ before: [{ norm: 'a', key: '1', value: 'kept' }], after: [{ norm: 'b', key: '1', value: 'broken' }], unit: 'x' }]),
    );
    expect(Object.values(report.changes).map(({ norm, from, to }) => [norm, from, to])).toEqual([
      ['b', 'none', 'broken'],
      ['a', 'kept', 'none'],
    ]);
    expect(report).toMatchObject({ calls: 1, changedCalls: 1 });
  });
});

/** Judges in any order: each page ends when it is told to. */
function workOver(
  calls: ReturnType<typeof named>,
  {
    judges,
    pageCalls,
    stopAfter = Number.POSITIVE_INFINITY,
    order,
  }: { judges: number; pageCalls: number; stopAfter?: number; order: () => Promise<void> },
) {
  const seen: Checkpoint[] = [];
  let asked = 0;
  const after = (cursor: Cursor | undefined) =>
    cursor === undefined ? 0 : calls.findIndex(({ interaction }) => interaction === cursor.interaction) + 1;
  return {
    seen,
    work: {
      total: calls.length,
      judges: Array.from({ length: judges }, () => ({
        judge: async (page: readonly ListedCall[]): Promise<RejudgeReport> => {
          await order();
          return reportOf(calls.filter(({ interaction }) => page.some((one) => one.interaction === interaction)));
        },
      })),
      nextPage: async (cursor: Cursor | undefined) => calls.slice(after(cursor), after(cursor) + pageCalls),
      stopped: () => ++asked > stopAfter,
      now: () => 0,
      progressed: (_: unknown, checkpoint: Checkpoint) => void seen.push(structuredClone(checkpoint)),
    },
  };
}

describe('judging anew', () => {
  it('covers every call once, and every checkpoint covers exactly the calls up to its cursor, in whatever order pages end', async () => {
    await fc.assert(
      fc.asyncProperty(
        someCalls,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 7 }),
        fc.scheduler(),
        async (given, judges, pageCalls, s) => {
          const calls = named(given);
          const { work, seen } = workOver(calls, { judges, pageCalls, order: () => s.schedule(Promise.resolve()) });
          const [done] = await Promise.all([rejudge(work), s.waitIdle()]);
          expect(done.complete).toBe(true);
          expect(done.checkpoint.report).toEqual(reportOf(calls));
          for (const { after, report } of seen) {
            const upTo = calls.findIndex(({ interaction }) => interaction === after?.interaction) + 1;
            expect(report).toEqual(reportOf(calls.slice(0, upTo)));
          }
        },
      ),
    );
  });

  it('comes to the same when it was interrupted anywhere and continued', async () => {
    await fc.assert(
      fc.asyncProperty(someCalls, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 12 }), async (given, judges, stopAfter) => {
        const calls = named(given);
        const order = async () => {};
        const first = await rejudge(workOver(calls, { judges, pageCalls: 3, stopAfter, order }).work);
        const rest = await rejudge(workOver(calls, { judges, pageCalls: 3, order }).work, first.checkpoint);
        expect(rest.checkpoint.report).toEqual(reportOf(calls));
      }),
    );
  });

  it('stops when a judge fails, and tells why', async () => {
    const { work } = workOver(named([{ before: [], after: [], unit: 'x' }]), { judges: 1, pageCalls: 1, order: async () => {} });
    const broken = { ...work, judges: [{ judge: () => Promise.reject(new Error('gone')) }] };
    await expect(rejudge(broken)).rejects.toThrow('gone');
  });
});
