import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../errors/refusal.ts';
import { decidePublishing, type PackVersion, type PublishingCommand } from './lifecycle.ts';

const people = ['ma', 'lin', 'he'];
const by = fc.constantFrom(...people);
const command: fc.Arbitrary<PublishingCommand> = fc.oneof(
  fc.record({ kind: fc.constantFrom('save', 'submit', 'review'), by, at: fc.nat(100) }),
  fc.record({ kind: fc.constant('approve' as const), by, at: fc.nat(100), effectiveAt: fc.nat(200) }),
  fc.record({ kind: fc.constantFrom('return', 'withdraw'), by, at: fc.nat(100), reason: fc.constantFrom('', '  ', '阈值不对') }),
  fc.record({ kind: fc.constantFrom('go-live', 'supersede'), at: fc.nat(100) }),
) as fc.Arbitrary<PublishingCommand>;
const draft: PackVersion = { state: 'draft', author: 'ma', changedAt: 0 };

const taken = (commands: readonly PublishingCommand[]) =>
  commands.reduce<PackVersion>((version, one) => {
    const next = decidePublishing(version, one);
    return isRefusal(next) ? version : next;
  }, draft);

describe('the way of a pack to its calls', () => {
  it('leads through review and approval by others than the author and the reviewer', () => {
    const way: PublishingCommand[] = [
      { kind: 'submit', by: 'ma', at: 1 },
      { kind: 'review', by: 'lin', at: 2 },
      { kind: 'approve', by: 'ma', at: 3, effectiveAt: 9 },
      { kind: 'go-live', at: 9 },
      { kind: 'supersede', at: 20 },
    ];
    expect(taken(way)).toEqual({ state: 'superseded', author: 'ma', changedAt: 0, reviewer: 'lin', approver: 'ma', effectiveAt: 9 });
  });

  it('never makes a version live that one person alone wrote, passed and approved', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        const { state, author, reviewer, approver } = taken(commands);
        if (!['approved', 'live', 'superseded'].includes(state)) return;
        expect(reviewer).not.toBe(author);
        expect(approver).not.toBe(reviewer);
        expect([reviewer, approver]).not.toContain(undefined);
      }),
      { numRuns: 2000 },
    );
  });

  it('asks for a new review of every text that was changed after one', () => {
    const reviewed = taken([
      { kind: 'submit', by: 'ma', at: 1 },
      { kind: 'review', by: 'lin', at: 2 },
    ]);
    expect(decidePublishing(reviewed, { kind: 'save', by: 'ma', at: 3 })).toMatchObject({ refused: 'norms.wrong-state' });
    const back = taken([
      { kind: 'submit', by: 'ma', at: 1 },
      { kind: 'review', by: 'lin', at: 2 },
      { kind: 'return', by: 'he', at: 3, reason: '15 秒应为 30 秒' },
    ]);
    expect(back).toEqual({ state: 'draft', author: 'ma', changedAt: 0, note: '15 秒应为 30 秒' });
  });

  it('says why not', () => {
    const inReview = taken([{ kind: 'submit', by: 'ma', at: 1 }]);
    const reviewed = taken([
      { kind: 'submit', by: 'ma', at: 1 },
      { kind: 'review', by: 'lin', at: 2 },
    ]);
    const refused = (version: PackVersion, one: PublishingCommand) => (decidePublishing(version, one) as { refused?: string }).refused;
    expect(refused(inReview, { kind: 'review', by: 'ma', at: 2 })).toBe('norms.own-text');
    expect(refused(reviewed, { kind: 'approve', by: 'lin', at: 2, effectiveAt: 3 })).toBe('norms.same-person');
    expect(refused(reviewed, { kind: 'approve', by: 'ma', at: 2, effectiveAt: 1 })).toBe('norms.effective-past');
    expect(refused(reviewed, { kind: 'return', by: 'ma', at: 2, reason: ' ' })).toBe('norms.no-reason');
    expect(refused(draft, { kind: 'stand-down', at: 2, reason: '读不出' })).toBe('norms.wrong-state');
    expect(refused({ ...draft, state: 'live' }, { kind: 'stand-down', at: 2, reason: '' })).toBe('norms.no-reason');
    expect(decidePublishing({ ...draft, state: 'live' }, { kind: 'stand-down', at: 2, reason: '读不出' })).toMatchObject({
      state: 'withdrawn',
      note: '读不出',
    });
    expect(refused(draft, { kind: 'go-live', at: 2 })).toBe('norms.wrong-state');
  });
});
