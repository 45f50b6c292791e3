import { describe, expect, it } from 'vitest';
import { fact } from '../timeline/decider.ts';
import { consultsLately, type ExpertLoads, evolveLoads, ownersFor, seatOfOwner } from './seats.ts';

const plan = { experts: [{ seat: 'roaming', name: { zh: '漫游', en: 'Roaming' }, agents: ['0601', '0602'] }] };
const minute = 60_000;
const answered = (at: number) => ({ ...fact('consult.answered', at, { consult: 'c', agent: '0601' }), by: 'receiver' });

describe('an expert seat', () => {
  it('counts the consultations of the last hour, of its own callers only', () => {
    const loads = [0, 30, 59].reduce<ExpertLoads>((known, n) => evolveLoads(known, answered(n * minute), true), new Map());
    expect([59, 60, 90, 120].map((n) => consultsLately(loads, '0601', n * minute))).toEqual([3, 2, 1, 0]);
    expect(evolveLoads(loads, answered(60 * minute), false)).toBe(loads);
  });

  it('forgets what no limit can ask for', () => {
    let loads: ExpertLoads = new Map();
    for (let n = 0; n < 500; n += 1) loads = evolveLoads(loads, answered(n), true);
    expect(loads.get('0601')).toHaveLength(100);
  });

  it('owns promises for whoever sits there, as long as it is planned', () => {
    expect(ownersFor(plan, '0602')).toEqual(['0602', 'expert-roaming']);
    expect(ownersFor(plan, '0217')).toEqual(['0217']);
    expect(seatOfOwner(plan, 'expert-roaming')?.seat).toBe('roaming');
    expect(seatOfOwner(plan, 'expert-visa')).toBeUndefined();
    expect(seatOfOwner(plan, '0601')).toBeUndefined();
  });
});
