import type { BoardPerson, BoardView } from '@threerings/core/wire/board';
import { describe, expect, it } from 'vitest';
import { comparePeople, figuresOf } from './figures.ts';
import { keepPlaces } from './use-calm-order.ts';

const person = (agent: string, more: Partial<BoardPerson> = {}): BoardPerson => ({
  agent,
  name: agent,
  unit: 'u',
  state: 'ready',
  since: 0,
  broken: [],
  near: [],
  ...more,
});
const broken = [{ norm: 'n', title: { zh: 'n', en: 'n' }, cites: [], at: 0 }];
const near = [{ norm: 'm', title: { zh: 'm', en: 'm' }, cites: [], deadline: 9 }];

const view: BoardView = {
  asOf: 0,
  day: '2026-09-17',
  queues: [
    {
      queue: 'a',
      name: { zh: 'a', en: 'a' },
      waitingSince: [4000, 9000],
      ready: 0,
      talking: 1,
      today: { offered: 100, answered: 90, answeredInTime: 81, abandoned: 10, abandonedShort: 5, diverted: 0 },
    },
    {
      queue: 'b',
      name: { zh: 'b', en: 'b' },
      waitingSince: [],
      ready: 1,
      talking: 0,
      today: { offered: 0, answered: 0, answeredInTime: 0, abandoned: 0, abandonedShort: 0, diverted: 0 },
    },
  ],
  people: [person('1', { broken, state: 'talking' }), person('2', { near }), person('3', { state: 'offline' })],
  calls: [],
  norms: [
    {
      norm: 'n',
      title: { zh: 'n', en: 'n' },
      cites: [],
      severity: 'minor',
      today: { kept: 6, broken: 2, unknown: 8, moot: 1 },
      // A replayed call is nobody's: its norm counts, no person is affected by it.
      breaking: [
        { interaction: 'x', agent: '1', at: 5000 },
        { interaction: 'y', at: 6000 },
      ],
    },
    {
      norm: 'm',
      title: { zh: 'm', en: 'm' },
      cites: [],
      severity: 'minor',
      today: { kept: 0, broken: 0, unknown: 0, moot: 0 },
      breaking: [{ interaction: 'x', agent: '2', at: 12_000 }],
    },
  ],
  alerts: [],
  promises: [
    { promise: 'p', kind: 'callback', owner: '1', firstReceiver: '1', dueAt: 9_000, state: 'missed' },
    { promise: 'q', kind: 'callback', owner: '1', firstReceiver: '1', dueAt: 20_000, state: 'open' },
    { promise: 'r', kind: 'callback', owner: '1', firstReceiver: '1', dueAt: 1, state: 'kept' },
  ],
};

describe('the figures of the board', () => {
  const figures = figuresOf(view, 10_000);

  it('wait from the oldest caller, and connect over what was not given up within 5 s', () => {
    expect(figures).toMatchObject({ waiting: 2, longestWait: 6000, answered: 90 });
    expect(figures.inTimeShare).toBeCloseTo(81 / 95);
    expect(figures.connection).toBeCloseTo(90 / 95);
  });

  it('give the rate of what was kept only with the rate of what could be told', () => {
    expect(figures.rates).toEqual({ kept: 0.75, judgeable: 0.5 });
  });

  it('count overdue promises apart from those about to fall due, and settled ones not at all', () => {
    expect(figures).toMatchObject({ dueSoon: 1, overdue: 1 });
  });

  it('count who is there', () => {
    expect(figures).toMatchObject({ present: 2, ready: 1, talking: 1, breaking: 1, near: 1, affectedPeople: 1 });
  });
});

describe('the people tiles', () => {
  it('show who needs a look first', () => {
    const people = [person('3'), person('2', { near }), person('1', { broken })];
    expect([...people].sort(comparePeople('attention')).map((each) => each.agent)).toEqual(['1', '2', '3']);
    expect([...people].sort(comparePeople('number')).map((each) => each.agent)).toEqual(['1', '2', '3']);
  });

  it('stay where they are until it is calm; new ones join at the end and gone ones leave', () => {
    expect(keepPlaces(['b', 'c', 'a'], ['a', 'gone', 'b'], (id) => id)).toEqual(['a', 'b', 'c']);
  });
});
