import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from './canonical.ts';
import { verifyStream } from './chain.ts';
import type { TimelineEvent } from './event.ts';
import { merkleRoot } from './merkle.ts';
import { complete, record } from './record.ts';
import { seal, sealHeads, sealIsWhole, verifyAgainstSeal } from './seal.ts';
import { emptyStream, evolveStream } from './stream-state.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function stream(name: string, length: number): readonly TimelineEvent[] {
  let state = emptyStream({ stream: name }, sha256);
  return Array.from({ length }, (_, at) => {
    const recorded = record(state, { type: 'alert.acknowledged', by: 'leader', occurredAt: at, fields: { alert: `a${at}` } }, at);
    if (!('draft' in recorded)) throw new Error('the event of the test was not recorded');
    const event = complete(recorded.draft, { id: `${name}-${at}`, references: {} }, sha256);
    state = evolveStream(state, event);
    return event;
  });
}

function rewritten(events: readonly TimelineEvent[], name: string, change: (event: TimelineEvent, at: number) => TimelineEvent) {
  let state = emptyStream({ stream: name }, sha256);
  return events.map((event, at) => {
    const { hash, id, ...rest } = change(event, at);
    const again = complete({ event: rest, id, personal: {}, previous: state.hash }, { id, references: {} }, sha256);
    state = evolveStream(state, again);
    return again;
  });
}

describe('the chain of a stream', () => {
  it('holds for a stream as it was recorded, and knows its head', () => {
    const events = stream('audit', 4);
    expect(verifyStream('audit', events, sha256)).toEqual({ sound: true, head: { stream: 'audit', n: 4, hash: events[3]?.hash } });
  });

  it('shows an edit and a missing event, and where', () => {
    const length = 6;
    fc.assert(
      fc.property(fc.nat(length - 1), fc.boolean(), (at, edit) => {
        const events = [...stream('audit', length)];
        const target = events[at];
        if (target === undefined) return;
        if (edit) events[at] = { ...target, fields: { alert: 'another' } };
        else events.splice(at, 1);
        const check = verifyStream('audit', events, sha256);
        const unseen = !edit && at === length - 1;
        expect(check.sound).toBe(unseen);
        if (!check.sound) expect(check.damage).toMatchObject({ stream: 'audit', n: at + 1, kind: edit ? 'edited' : 'missing' });
      }),
    );
  });

  it('shows an event of another stream', () => {
    const check = verifyStream('audit', stream('other', 1), sha256);
    expect(check).toMatchObject({ sound: false, damage: { n: 1, kind: 'foreign' } });
  });
});

describe('a seal', () => {
  const events = stream('audit', 5);
  const sealed = { stream: 'audit', n: 4, hash: events[3]?.hash ?? '' };

  it('is satisfied by the stream it was taken of, grown or not', () => {
    expect(verifyAgainstSeal(sealed, events, sha256)).toBeUndefined();
    expect(verifyAgainstSeal(sealed, events.slice(0, 4), sha256)).toBeUndefined();
  });

  it('shows a tail that was cut off, and how much is gone', () => {
    expect(verifyAgainstSeal(sealed, events.slice(0, 3), sha256)).toMatchObject({
      n: 4,
      kind: 'cut',
      expected: '4 events',
      found: '3 events',
    });
    expect(verifyAgainstSeal(sealed, [], sha256)).toMatchObject({ n: 1, kind: 'cut' });
  });

  it('shows a history rewritten with new hashes, which the chain alone cannot', () => {
    const forged = rewritten(events, 'audit', (event, at) => (at === 1 ? { ...event, fields: { alert: 'forged' } } : event));
    expect(verifyStream('audit', forged, sha256).sound).toBe(true);
    expect(verifyAgainstSeal(sealed, forged, sha256)).toMatchObject({ kind: 'rewritten', n: 4 });
  });

  it('survives export and import, and shows when it was altered itself', () => {
    const whole = sealHeads([sealed, { stream: 'a', n: 1, hash: sha256('a') }], 1000, sha256, sha256('before'));
    const again = seal.parse(JSON.parse(JSON.stringify(whole)));
    expect(again).toEqual(whole);
    expect(sealIsWhole(again, sha256)).toBe(true);
    expect(again.heads.map((head) => head.stream)).toEqual(['a', 'audit']);
    expect(sealIsWhole({ ...again, sealedAt: 1001 }, sha256)).toBe(false);
    expect(sealIsWhole({ ...again, heads: again.heads.slice(1) }, sha256)).toBe(false);
    expect(sealIsWhole({ ...again, before: sha256('other') }, sha256)).toBe(false);
  });
});

describe('the Merkle root', () => {
  it('hashes leaves and nodes with prefixes of their own, left before right; a last node goes up as it is', () => {
    const leaf = (text: string) => sha256(`leaf:${text}`);
    expect(merkleRoot(['a'], sha256)).toBe(leaf('a'));
    expect(merkleRoot(['a', 'b', 'c'], sha256)).toBe(sha256(`node:${sha256(`node:${leaf('a')}${leaf('b')}`)}${leaf('c')}`));
  });

  it('differs for any change, order included', () => {
    const leaves = fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 9 });
    fc.assert(
      fc.property(leaves, (list) => {
        const root = merkleRoot(list, sha256);
        expect(merkleRoot(list.toReversed(), sha256)).not.toBe(root);
        expect(merkleRoot(list.slice(1), sha256)).not.toBe(root);
        expect(merkleRoot(list, sha256)).toBe(root);
      }),
    );
  });
});

describe('canonical JSON', () => {
  it('prints the example of RFC 8785', () => {
    const value = { numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 1e-27], string: '€$\u000f\nA\'B"\\\\"/', literals: [null, true, false] };
    expect(canonical(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('does not depend on the order of keys and leaves out what is undefined', () => {
    expect(canonical({ b: 1, a: undefined, '\u00f6': 2, A: [] })).toBe('{"A":[],"b":1,"ö":2}');
  });

  it('refuses what JSON has no form for', () => {
    expect(() => canonical(Number.NaN)).toThrow(RangeError);
    expect(() => canonical('\ud800')).toThrow(RangeError);
  });
});
