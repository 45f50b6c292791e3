import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../errors/refusal.ts';
import { dialable } from './dial-plan.ts';

const plan = { dialPlan: { allow: ['1', '0', '400', '12345'], refuse: ['00', '168', '10'] } };
const refusedOf = (answer: ReturnType<typeof dialable>) => (isRefusal(answer) ? answer.refused : answer);

describe('what may be dialled to the outside', () => {
  it.each([
    ['13800138000', '13800138000'],
    ['020-8765 4321', '02087654321'],
    ['（020）87654321', '02087654321'],
    ['１３８００１３８０００', '13800138000'],
    ['4008123123', '4008123123'],
    ['0086138', 'dial.outside-plan'],
    ['16812345', 'dial.outside-plan'],
    ['95588', 'dial.outside-plan'],
    ['+8613800138000', 'dial.outside-plan'],
    ['sip:boss@evil.example', 'dial.not-a-number'],
    ['138;ext=1', 'dial.not-a-number'],
    ['12', 'dial.not-a-number'],
    ['', 'dial.not-a-number'],
  ])('%s: %s', (typed, wanted) => {
    expect(refusedOf(dialable(plan, typed))).toBe(wanted);
  });

  it('a longer allowed beginning opens what a shorter one bars', () => {
    const opened = { dialPlan: { allow: ['0', '00852'], refuse: ['00'] } };
    expect(dialable(opened, '0085221234567')).toBe('0085221234567');
    expect(refusedOf(dialable(opened, '0081312345678'))).toBe('dial.outside-plan');
  });

  it('without a plan only the emergency numbers are left', () => {
    expect(refusedOf(dialable({}, '13800138000'))).toBe('dial.nothing-allowed');
    expect(dialable({}, '110')).toBe('110');
    expect(dialable({ dialPlan: { allow: ['9'], refuse: ['1'] } }, '120')).toBe('120');
  });

  it('whatever is typed, what comes out begins as the plan allows and can stand in a SIP address', () => {
    let dialled = 0;
    const typed = fc.oneof(fc.string(), fc.stringMatching(/^[0-9 -]{3,14}$/), fc.stringMatching(/^(1|0|00|168|400)[0-9]{2,11}$/));
    fc.assert(
      fc.property(typed, (text) => {
        const answer = dialable(plan, text);
        if (isRefusal(answer)) return;
        dialled += 1;
        expect(answer).toMatch(/^\+?[0-9]{3,24}$/);
        expect(['1', '0', '400'].some((each) => answer.startsWith(each))).toBe(true);
        expect(answer.startsWith('00') || answer.startsWith('168')).toBe(false);
      }),
      { numRuns: 500 },
    );
    expect(dialled).toBeGreaterThan(10);
  });
});
