import type { DeskView } from '@threerings/core/wire/desk';
import type { WireEvent, WireVerdict } from '@threerings/core/wire/events';
import type { Push } from '@threerings/core/wire/live';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, type LiveViews, mergeEvents, noViews } from './fold.ts';

const event = (id: string, occurredAt: number, seq: number, text?: string): WireEvent => ({
  id,
  type: 'speech.said',
  source: 'speech.agent',
  occurredAt,
  seq,
  fields: {},
  ...(text === undefined ? {} : { text }),
});

const verdict = (key: string, value: WireVerdict['value'], at = 1): WireVerdict => ({
  norm: 'n',
  title: { zh: 'n', en: 'n' },
  pack: 'p',
  packVersion: 1,
  key,
  anchor: 0,
  value,
  at,
  cites: [],
  severity: 'minor',
  points: 1,
  nature: 'finding',
  witnesses: [],
  explanation: { zh: '', en: '' },
});

const view = (agent: string): DeskView => ({ agent, presence: { state: 'ready', since: 0 }, promises: [] });
const desk = (cursor: number, agent: string): Push => ({ kind: 'desk', cursor, view: view(agent) });
const feed = (cursor: number, events: WireEvent[], verdicts: WireVerdict[] = []): Push => ({
  kind: 'interaction',
  interaction: 'i',
  cursor,
  events,
  verdicts,
});
const foldAll = (pushes: readonly Push[], from: LiveViews = noViews) => pushes.reduce((views, push) => fold(views, push, 0).views, from);

describe('folding whole views', () => {
  it('keeps the newest and drops an older one', () => {
    expect(foldAll([desk(2, 'new'), desk(1, 'old')]).desk?.view.agent).toBe('new');
  });

  it('asks for nothing when a whole view skipped a number', () => {
    const { ask, views } = fold(foldAll([desk(1, 'a')]), desk(9, 'b'), 5);
    expect(ask).toBeUndefined();
    expect(views.desk).toMatchObject({ at: 5, cursor: 9 });
  });

  it('takes any number after a new socket, because a restarted server counts from the beginning', () => {
    const views = foldAll([desk(900, 'before'), { kind: 'hello', now: 1, agent: 'a' }]);
    expect(views.desk?.view.agent).toBe('before');
    expect(foldAll([desk(1, 'after')], views).desk?.view.agent).toBe('after');
  });
});

describe('folding the pushes of an interaction', () => {
  it('asks for the topic again after a gap and takes the next push as a new start', () => {
    const first = foldAll([feed(4, [event('a', 1, 1)])]);
    const gap = fold(first, feed(6, [event('c', 3, 3)]), 0);
    expect(gap.ask).toEqual({ kind: 'subscribe-interaction', interaction: 'i' });
    const healed = fold(gap.views, feed(7, [event('a', 1, 1), event('b', 2, 2), event('c', 3, 3)]), 0);
    expect(healed.ask).toBeUndefined();
    expect(healed.views.interactions.get('i')?.events.map((each) => each.id)).toEqual(['a', 'b', 'c']);
  });

  it('replaces a verdict of the same instance and keeps the others', () => {
    const views = foldAll([feed(1, [], [verdict('k1', 'kept'), verdict('k2', 'kept')]), feed(2, [], [verdict('k1', 'unknown')])]);
    const values = views.interactions.get('i')?.verdicts.map((each) => [each.key, each.value]);
    expect(values).toEqual([
      ['k1', 'unknown'],
      ['k2', 'kept'],
    ]);
  });

  it('lets a later copy of an event bring its text', () => {
    expect(mergeEvents([event('a', 1, 1)], [event('a', 1, 1, 'hello')])).toEqual([event('a', 1, 1, 'hello')]);
  });

  it('gives one order whatever the order and repetition of the pushes', () => {
    const all = Array.from({ length: 12 }, (_, n) => event(`e${n}`, Math.floor(n / 3), n));
    let reordered = 0;
    fc.assert(
      fc.property(fc.array(fc.subarray(all), { minLength: 1, maxLength: 8 }), (batches) => {
        const merged = [...batches, all].reduce<readonly WireEvent[]>((before, batch) => mergeEvents(before, [...batch].reverse()), []);
        if (batches.some((batch) => batch.length > 1)) reordered += 1;
        expect(merged).toEqual(all);
      }),
    );
    expect(reordered).toBeGreaterThan(10);
  });
});
