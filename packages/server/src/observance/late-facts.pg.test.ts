import type { NewEvent, TimelineEvent } from '@threerings/core/timeline/event';
import { programPart } from '@threerings/norms/program';
import type { Verdict } from '@threerings/norms/trace';
import { mattersHouse, mattersOpen } from '@threerings/testkit/matters';
import { testDatabase } from '@threerings/testkit/test-database';
import { expect, test } from 'vitest';
import { readNorms } from '../composition/norms-in-force.ts';
import { lastClosed } from '../store/interaction-rows.ts';
import { type Judged, keyOf } from './call-watch.ts';
import { LateFacts } from './late-facts.ts';
import { readVerdicts } from './verdicts-read-model.ts';

const database = await testDatabase();
const { parts, clock } = await mattersHouse(database);
const { db } = database;
// What is told lies in the past.
await clock.advance(100_000);

const at = (seconds: number) => mattersOpen + seconds * 1000;
const fact = (seconds: number, type: string, fields: NewEvent['fields'], by?: NewEvent['by']): NewEvent => ({
  type,
  occurredAt: at(seconds),
  fields,
  ...(by === undefined ? {} : { by }),
});
const said = (seconds: number, value: string): NewEvent => ({
  ...fact(
    seconds,
    'speech.said',
    { chars: value.length, start: at(seconds), end: at(seconds) + 2000, confidence: 0.95, engine: 'late' },
    'agent',
  ),
  personal: { text: { subject: 'staff-agent', value } },
});
const tell = async (interaction: string, events: readonly NewEvent[]) => {
  const answer = await parts.events.append({ stream: `interaction-${interaction}`, interaction, events, origin: 'live' });
  expect(answer).not.toHaveProperty('refused');
};
/** A call that nobody has transcribed when it is closed. */
async function closedCall(interaction: string) {
  parts.origins.set(interaction, 'live');
  await tell(interaction, [
    fact(0, 'call.offered', { direction: 'in', channel: 'phone', called: '12333' }),
    fact(0, 'call.ringing', { leg: 'a', target: 'agent', agent: 'agent' }),
    fact(4, 'call.answered', { leg: 'a', agent: 'agent', rings: 1 }, 'agent'),
    fact(60, 'call.ended', { outcome: 'normal', side: 'customer', talk: 56_000 }),
    fact(70, 'interaction.closed', { reason: 'finished' }),
  ]);
  await parts.timelines.settled();
  parts.observer.look();
  await expect.poll(() => judged(interaction)).toHaveProperty('opening-number');
}
const judged = async (interaction: string) =>
  Object.fromEntries(
    (await readVerdicts(db, interaction)).map(({ verdict, revisedFrom }) => [verdict.norm, [verdict.value, revisedFrom?.value]]),
  );
async function told(interaction: string, events: readonly NewEvent[]) {
  await tell(interaction, events);
  await parts.timelines.settled();
  await parts.late.settled();
}

test('a text that was recognised after the call was closed revises its verdicts, with what they were and why', async () => {
  await closedCall('late-1');
  const before = await judged('late-1');
  expect(before).toMatchObject({ 'answer-within-rings': ['kept', undefined], 'opening-number': ['moot', undefined] });
  expect(before).not.toHaveProperty('no-cold-refusal');
  await told('late-1', [said(5, '您好，我是0217号，请讲'), said(20, '这个我不知道')]);
  expect(await judged('late-1')).toEqual({
    ...before,
    'opening-number': ['kept', 'moot'],
    'no-cold-refusal': ['broken', undefined],
  });
  const last = (await parts.events.loadInteraction('late-1')).filter(({ type }) => type === 'speech.said').at(-1);
  const revised = (await parts.events.load('observance-late-1')).find(({ type }) => type === 'verdict.revised');
  expect(revised?.fields['cause']).toBe(last?.id);
  expect((await parts.events.load('observance-late-1')).filter(({ type }) => type === 'verdict.settled').at(-1)?.fields['norm']).toBe(
    'no-cold-refusal',
  );
});

test('the same texts a second time, and what stands beside the call, change nothing', async () => {
  await closedCall('late-2');
  await told('late-2', [said(5, '您好，我是0217号，请讲')]);
  const observed = (await parts.events.load('observance-late-2')).length;
  await told('late-2', [fact(60, 'recording.stopped', { recording: 'r', duration: 56_000 })]);
  await told('late-2', [said(6, '请问您要办什么')]);
  expect(await parts.events.load('observance-late-2')).toHaveLength(observed);
});

test('texts that come one by one are waited for', async () => {
  await closedCall('late-3');
  await tell('late-3', [said(5, '您好，我是0217号，请讲')]);
  await parts.timelines.settled();
  await clock.advance(2000);
  expect((await judged('late-3'))['opening-number']).toEqual(['moot', undefined]);
  await parts.late.settled();
  expect((await judged('late-3'))['opening-number']).toEqual(['kept', 'moot']);
});

test('a call that was closed when the process ended is judged to its end by the next one, and nothing that stands is touched', async () => {
  await closedCall('late-rest');
  const whole = (await readVerdicts(db, 'late-rest')).map(({ verdict }) => verdict);
  expect(await lastClosed(db, 60_000)).toContain('late-rest');
  const norms = await readNorms();
  const left = { ...whole[0], value: 'unknown' } as Verdict;
  const kept: Judged[] = [];
  const late = (stored: readonly Verdict[]) =>
    new LateFacts({
      clock,
      closed: async () => undefined,
      history: async (interaction) => parts.events.withTexts(await parts.events.loadInteraction(interaction)),
      stored: async () => stored,
      programUnder: (of) => programPart(norms.programUnder(of) ?? norms.program, (scope) => scope !== 'case'),
      append: async (_, judged) => void kept.push(judged),
      changed: () => {},
      onError: (_, error) => expect.unreachable(String(error)),
    });
  for (const stored of [[left], whole]) {
    const rest = late(stored);
    rest.judgeRest(['late-rest']);
    await rest.settled();
  }
  const inOrder = (verdicts: readonly Verdict[] = []) => [...verdicts].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  expect(kept).toHaveLength(1);
  expect(inOrder(kept[0]?.settled)).toEqual(inOrder(whole.slice(1)));
});

test('a call half a year old, a replay, and what waits beyond the bound are left alone', async () => {
  const judgedAgain: string[] = [];
  const refused: string[] = [];
  const day = 86_400_000;
  const late = new LateFacts({
    clock: { now: () => 400 * day, at: () => () => {} } as unknown as ConstructorParameters<typeof LateFacts>[0]['clock'],
    closed: async (interaction) => ({
      origin: interaction === 'replayed' ? ('replay' as const) : ('live' as const),
      closedAt: (interaction === 'old' ? 200 : 399) * day,
    }),
    history: async (interaction) => {
      judgedAgain.push(interaction);
      return [];
    },
    stored: async () => [],
    programUnder: () => undefined,
    append: async () => undefined,
    changed: () => {},
    onError: (interaction) => void refused.push(interaction),
  });
  const take = (interaction: string) =>
    late.take(interaction, [{ stream: `interaction-${interaction}`, n: 9, type: 'speech.said' } as unknown as TimelineEvent]);
  for (const interaction of ['old', 'replayed', 'fresh']) take(interaction);
  for (let call = 0; call < 2000; call += 1) take(`c${call}`);
  await late.settled();
  expect([judgedAgain.length, judgedAgain.slice(0, 1), refused]).toEqual([1998, ['fresh'], ['c1997', 'c1998', 'c1999']]);
});
