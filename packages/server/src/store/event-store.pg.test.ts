import { verifyStream } from '@threerings/core/timeline/chain';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import { testDatabase } from '@threerings/testkit/test-database';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import type { AppendAnswer, Appended, AppendRequest } from './append-request.ts';
import { EventStore } from './event-store.ts';
import { sha256 } from './sha256.ts';
import { Vault } from './vault.ts';

const { db } = await testDatabase();
const vault = new Vault(Buffer.alloc(32, 7));

let told: TimelineEvent[] = [];
let clock = 1_000_000;
const store = new EventStore({ db, vault, now: () => clock, committed: (events) => void told.push(...events) });
let streams = 0;

beforeEach(() => {
  told = [];
  clock = 1_000_000;
});

const newStream = () => {
  streams += 1;
  return `test-${streams}`;
};
const acknowledged = (alert: string, id?: string) => ({
  type: 'alert.acknowledged',
  by: 'leader',
  occurredAt: clock,
  fields: { alert },
  ...(id ? { id } : {}),
});

function appended(answer: AppendAnswer): Appended {
  if ('facts' in answer) throw new Error(`refused: ${answer.refused}`);
  return answer;
}

const append = async (request: AppendRequest) => appended(await store.append(request));

describe('appending', () => {
  test('numbers the events of a stream, chains them, and reads them back as they were told', async () => {
    const stream = newStream();
    const first = await append({ stream, interaction: `i-${stream}`, events: [acknowledged('a'), acknowledged('b')] });
    const second = await append({ stream, interaction: `i-${stream}`, events: [acknowledged('c')], after: 2 });
    expect(first.n).toBe(2);
    expect(second.events[0]).toMatchObject({ n: 3, seq: 3, recordedAt: clock, interaction: `i-${stream}` });
    const loaded = await store.load(stream);
    expect(loaded).toEqual([...first.events, ...second.events]);
    expect(loaded).toEqual(told);
    expect(verifyStream(stream, loaded, sha256)).toMatchObject({ sound: true, head: { n: 3 } });
    expect(await store.load(stream, 2)).toEqual(second.events);
  });

  test('refuses the second of two who decided on the same position, and tells nobody of it', async () => {
    const stream = newStream();
    await append({ stream, events: [acknowledged('a')] });
    const answers = await Promise.all([1, 2].map((who) => store.append({ stream, events: [acknowledged(`by ${who}`)], after: 1 })));
    expect(answers.filter((answer) => 'facts' in answer)).toEqual([
      { refused: 'stream.conflict', facts: { stream, expected: 1, found: 2 } },
    ]);
    expect(await store.load(stream)).toHaveLength(2);
    expect(told).toHaveLength(2);
  });

  test('appends an event with the same id once, and gives the same answer', async () => {
    const stream = newStream();
    const request = { stream, events: [acknowledged('a', `${stream}-1`)], after: 0 };
    const first = await append(request);
    const again = await append(request);
    expect(again).toEqual(first);
    expect(told).toEqual(first.events);
    expect(await store.append({ stream: newStream(), events: [acknowledged('a', `${stream}-1`)] })).toMatchObject({
      refused: 'stream.id-taken',
    });
  });

  test('keeps the part of a repeated request that stands and appends the rest', async () => {
    const stream = newStream();
    await append({ stream, events: [acknowledged('a', `${stream}-1`)] });
    const both = await append({ stream, events: [acknowledged('a', `${stream}-1`), acknowledged('b', `${stream}-2`)] });
    expect(both.events.map((event) => event.n)).toEqual([1, 2]);
  });

  test('refuses what the recorder refuses, whole; leniently it leaves out only that', async () => {
    const stream = newStream();
    const events = [acknowledged('a'), { type: 'no.such-event', occurredAt: clock, fields: {} }, acknowledged('b')];
    expect(await store.append({ stream, events })).toMatchObject({ refused: 'timeline.unknown-type' });
    expect(await store.load(stream)).toEqual([]);
    const answer = await append({ stream, events, lenient: true });
    expect(answer.events.map((event) => event.n)).toEqual([1, 2]);
    expect(answer.leftOut).toMatchObject([{ event: { type: 'no.such-event' }, refusal: { refused: 'timeline.unknown-type' } }]);
  });

  test('refuses texts that PostgreSQL or canonical JSON cannot hold', async () => {
    for (const text of ['nul \u0000', 'half \ud83d']) {
      expect(await store.append({ stream: newStream(), events: [acknowledged(text)] })).toMatchObject({ refused: 'stream.text-invalid' });
    }
  });

  test('what `within` writes stands or falls with the events, and its failure falls on its request alone', async () => {
    const [good, bad] = [newStream(), newStream()];
    const setting = (key: string) => db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst();
    const within =
      (key: string, fails: boolean): AppendRequest['within'] =>
      async (tx) => {
        await tx
          .insertInto('settings')
          .values({ key, value: JSON.stringify('set'), changed_at: 1, changed_by: null })
          .execute();
        if (fails) await sql`select 1 / 0`.execute(tx);
      };
    const settled = await Promise.allSettled([
      store.append({ stream: good, events: [acknowledged('a')], within: within(good, false) }),
      store.append({ stream: bad, events: [acknowledged('a')], within: within(bad, true) }),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await setting(good)).toEqual({ value: 'set' });
    expect(await setting(bad)).toBeUndefined();
    expect(await store.load(bad)).toEqual([]);
    expect(told.map((event) => event.stream)).toEqual([good]);
  });

  test('appends to several streams together, in order, all or nothing', async () => {
    const [one, other] = [newStream(), newStream()];
    const refused = { type: 'no.such-event', occurredAt: clock, fields: {} };
    expect(
      await store.appendTogether([
        { stream: one, events: [acknowledged('a')] },
        { stream: other, events: [refused] },
      ]),
    ).toMatchObject({ refused: 'timeline.unknown-type' });
    expect(await store.load(one)).toEqual([]);
    const answer = await store.appendTogether([
      { stream: one, events: [acknowledged('a')] },
      { stream: other, events: [acknowledged('b')] },
      { stream: one, events: [acknowledged('c')] },
    ]);
    expect(Array.isArray(answer) && answer.map(({ n }) => n)).toEqual([1, 1, 2]);
    expect(told.map((event) => event.fields['alert'])).toEqual(['a', 'b', 'c']);
    expect(
      await store.appendTogether([
        { stream: one, events: [acknowledged('d')], after: 1 },
        { stream: other, events: [acknowledged('e')] },
      ]),
    ).toEqual({
      refused: 'stream.conflict',
      facts: { stream: one, expected: 1, found: 2 },
    });
    expect(await store.load(other)).toHaveLength(1);
  });

  test('begins anew where a stream that it remembers is gone from the database', async () => {
    const stream = newStream();
    await append({ stream, events: [acknowledged('a')] });
    await db.deleteFrom('events').where('stream', '=', stream).execute();
    await db.deleteFrom('streams').where('stream', '=', stream).execute();
    expect((await append({ stream, events: [acknowledged('b')] })).n).toBe(1);
    expect(verifyStream(stream, await store.load(stream), sha256).sound).toBe(true);
  });

  test('keeps personal values in the vault and a reference in the event', async () => {
    const stream = newStream();
    const personal = { text: { subject: 'customer-1', value: '您好，我想咨询社保' } };
    const said = {
      type: 'speech.said',
      by: 'customer',
      occurredAt: clock,
      fields: { start: clock, end: clock + 900, chars: 8, confidence: 0.9, engine: 'replay' },
      personal,
    };
    const answer = await store.append({ stream, interaction: `i-${stream}`, events: [said] });
    const [event] = appended(answer).events;
    expect(JSON.stringify(event)).not.toContain('社保');
    expect(event?.fields['text']).toMatch(/^vault:/);
    const loaded = await store.load(stream);
    expect((await store.withTexts(loaded))[0]?.text).toBe('您好，我想咨询社保');
    expect(verifyStream(stream, await store.withTexts(loaded), sha256).sound).toBe(true);
  });
});

test('many writers of many interactions lose nothing, mix nothing up, and are told of in order', async () => {
  const names = Array.from({ length: 40 }, newStream);
  await Promise.all(
    names.flatMap((stream) =>
      Array.from({ length: 10 }, (_, turn) => append({ stream, interaction: `i-${stream}`, events: [acknowledged(`turn ${turn}`)] })),
    ),
  );
  for (const stream of names) {
    const events = await store.load(stream);
    expect(events.map((event) => event.fields['alert'])).toEqual(Array.from({ length: 10 }, (_, turn) => `turn ${turn}`));
    expect(told.filter((event) => event.stream === stream)).toEqual(events);
    expect(verifyStream(stream, events, sha256).sound).toBe(true);
  }
});

test('two stores on one database never give one position twice', async () => {
  const other = new EventStore({ db, vault, now: () => clock });
  const stream = newStream();
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, turn) => (turn % 2 ? store : other).append({ stream, events: [acknowledged(`turn ${turn}`)] })),
  );
  expect(answers.map((answer) => appended(answer).n).sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, at) => at + 1));
  expect(verifyStream(stream, await store.load(stream), sha256).sound).toBe(true);
});

test('whatever fields an event has, its hash holds after a visit to the database', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((value) => !value.includes('\u0000'));
  const value = fc.oneof(
    text,
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(text, { maxLength: 3 }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), value, { maxKeys: 5 }), { minLength: 1, maxLength: 4 }),
      async (rows) => {
        const stream = newStream();
        const events = rows.map((fields) => ({ type: 'test.happened', occurredAt: clock, fields }));
        await append({ stream, recorder: 'plain', events });
        const loaded = await store.load(stream);
        expect(loaded).toHaveLength(rows.length);
        expect(verifyStream(stream, loaded, sha256).sound).toBe(true);
      },
    ),
    { numRuns: 40 },
  );
});
