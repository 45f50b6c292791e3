import type { Colleagues } from '@threerings/core/wire/colleagues';
import { describe, expect, it } from 'vitest';
import { emptyRecord } from './record-draft.ts';
import { briefFrom, destinationOf, isFreeTarget, outsideTargets, targetsOf } from './transfer.ts';

const person = (agent: string, name: string, free: boolean) => ({ agent, name, unit: '云州', state: free ? 'ready' : 'talking', free });
const house: Colleagues = {
  people: [person('0209', '韩梅', false), person('0217', '林晓', true), person('0231', '赵敏', true)],
  queues: [{ queue: 'benefits', name: { zh: '待遇', en: 'Benefits' }, free: 0, present: 2 }],
  selfService: { items: [{ item: 'pension', name: { zh: '养老金自助', en: 'Pension by telephone' } }], channels: [] },
  seats: [
    {
      seat: 'roaming',
      name: { zh: '漫游专席', en: 'Roaming' },
      free: 1,
      experts: [{ agent: '0601', name: '顾言', state: 'ready', free: true, consults: 1, most: 4 }],
    },
  ],
};
const ids = (typed: string) => targetsOf(house, typed, '0217').map(({ id }) => id);

describe('targets of a transfer', () => {
  it('are the queues, then expert seats, self-service, then people who can be rung, then the others, without oneself', () => {
    expect(ids('')).toEqual(['benefits', 'roaming', '0601', 'pension', '0231', '0209']);
    expect(targetsOf(house, '', '0217').map(isFreeTarget)).toEqual([false, true, true, true, true, false]);
  });

  it('are found by name, number, unit or queue', () => {
    expect(ids('韩')).toEqual(['0209']);
    expect(ids(' 023')).toEqual(['0231']);
    expect(ids('bene')).toEqual(['benefits']);
    expect(ids('顾')).toEqual(['roaming', '0601']);
    expect(ids('没有的')).toEqual([]);
  });
});

describe('out of the house', () => {
  const office = { entry: 'e', name: '市医保局', number: '020-8765 4321', outside: true, hours: '工作日', changedAt: 0 };

  it('offers what the directory found, and a number as it was typed', () => {
    expect(outsideTargets([office], '医保')).toEqual([{ kind: 'outside', id: office.number, name: '市医保局', hours: '工作日' }]);
    expect(outsideTargets([], '020 1234').map(({ id }) => id)).toEqual(['0201234']);
    expect(outsideTargets([office], '02087654321')).toHaveLength(1);
    expect(outsideTargets([], '12')).toEqual([]);
  });

  it('is asked for by number and name', () => {
    expect(outsideTargets([office], '医保').map(destinationOf)).toEqual([{ outside: office.number, name: '市医保局' }]);
    expect(outsideTargets([], '8011').map(destinationOf)).toEqual([{ outside: '8011' }]);
  });
});

it('makes the summary of what the record has, one part a line', () => {
  const record = { ...emptyRecord, who: '周女士', what: ' 补缴 ' };
  expect(briefFrom(record, (part) => part)).toBe('who：周女士\nwhat：补缴');
});
