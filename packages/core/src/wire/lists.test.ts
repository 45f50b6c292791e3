import { expect, it } from 'vitest';
import { vocabulary } from '../timeline/vocabulary.ts';
import { listNames, listsOfEvent, listsOfRequest } from './lists.ts';

it('every list is told of by an event or by a request, and what only reads changes nothing', () => {
  const paths = ['outbox', 'bulletins/b1', 'anomalies', 'knowledge-gaps/g', 'blocklist', 'emergencies/e'].map((path) => `/api/${path}`);
  const told = new Set([
    ...vocabulary.events.flatMap(({ id }) => listsOfEvent(id)),
    ...paths.flatMap((path) => listsOfRequest('POST', path)),
  ]);
  expect([...told].sort()).toEqual([...listNames].sort());
  expect(paths.flatMap((path) => listsOfRequest('GET', path))).toEqual([]);
  expect(listsOfEvent('speech.said')).toEqual([]);
  expect(listsOfEvent('promise.kept')).toEqual(['promises']);
});
