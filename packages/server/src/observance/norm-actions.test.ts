import type { Verdict } from '@threerings/norms/trace';
import type { Action } from '@threerings/norms/tree';
import { expect, test } from 'vitest';
import { type ActionsOf, actionRequests } from './norm-actions.ts';

const span = { from: { line: 1, column: 1 }, to: { line: 1, column: 1 } } as never;
const actions: Action<'resolved'>[] = [
  { kind: 'alert', on: 'broken', to: 'leader', message: '来电者要求找领导', span },
  { kind: 'propose', on: 'broken', what: 'promise', message: '口头承诺请入账', span },
  { kind: 'propose', on: 'kept', what: 'ticket', span },
  { kind: 'propose', on: 'broken', what: 'review', span },
  { kind: 'score', on: 'broken', points: 2, span },
];
const norms: ActionsOf = (norm) => (norm === 'n1' ? { actions, severity: 'critical', title: '承诺入账' } : undefined);
const verdict = (value: Verdict['value'], more: Partial<Verdict> = {}): Verdict => ({
  norm: 'n1',
  pack: 'p',
  packVersion: 1,
  key: 'k1',
  anchor: 1,
  value,
  at: 5000,
  who: '0217',
  cites: [],
  witnesses: [],
  nature: 'finding',
  ...more,
});

test('a broken norm raises its alert on the board and lays its proposals on the desks of who must decide', () => {
  const requests = actionRequests('i1', [verdict('broken')], norms);
  expect(
    requests.map(({ events: [event] }) => [event?.type, event?.fields['to'] ?? event?.fields['what'], event?.fields['agent']]),
  ).toEqual([
    ['alert.raised', 'leader', '0217'],
    ['proposal.made', 'promise', '0217'],
    ['proposal.made', 'review', 'reviewer'],
  ]);
  expect(requests[0]?.events[0]).toMatchObject({ occurredAt: 5000, fields: { kind: '来电者要求找领导', severity: 'urgent', norm: 'n1' } });
});

test('the same verdict asks for the same things under the same ids; another instance for its own', () => {
  const idsOf = (key: string) => actionRequests('i1', [verdict('broken', { key })], norms).map(({ events }) => events[0]?.id);
  expect(idsOf('k1')).toEqual(idsOf('k1'));
  expect(new Set([...idsOf('k1'), ...idsOf('k2')]).size).toBe(6);
});

test('what cannot be told asks for nothing, and a duty of nobody goes to the leader', () => {
  expect(actionRequests('i1', [verdict('unknown'), verdict('moot'), verdict('broken', { norm: 'other' })], norms)).toEqual([]);
  const [kept] = actionRequests('i1', [verdict('kept', { who: undefined })], norms);
  expect(kept?.events[0]).toMatchObject({ type: 'proposal.made', fields: { what: 'ticket', agent: 'leader' } });
});
