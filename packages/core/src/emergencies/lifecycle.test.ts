import { expect, it } from 'vitest';
import { isRefusal } from '../errors/refusal.ts';
import type { Happened } from '../timeline/decider.ts';
import { decideEmergency, type Emergency, type EmergencyCommand, evolveEmergency, noEmergency } from './lifecycle.ts';

const at = Date.UTC(2026, 8, 30, 2);
const raised: Emergency = { ...noEmergency, state: 'raised' };
const by = { emergency: 'e1', agent: '2001', at };

function after(state: Emergency, ...commands: readonly EmergencyCommand[]): Emergency {
  return commands.reduce((before, command) => {
    const decided = decideEmergency(command, before);
    if (isRefusal(decided)) throw new Error(decided.refused);
    return decided.reduce<Emergency>((folded, event) => evolveEmergency(folded, event as Happened), before);
  }, state);
}

it('is taken in hand once, and goes up once when nobody does', () => {
  const acknowledge = { kind: 'acknowledge', ...by } as const;
  const unanswered = { kind: 'unanswered', emergency: 'e1', at } as const;
  const up = after(raised, unanswered);
  expect(up).toMatchObject({ state: 'raised', escalated: true });
  expect(decideEmergency(unanswered, up)).toEqual([]);
  const inHand = after(up, acknowledge);
  expect(inHand).toMatchObject({ state: 'acknowledged', acknowledged: true, escalated: true });
  expect(decideEmergency(acknowledge, inHand)).toEqual([]);
  expect(decideEmergency(unanswered, after(raised, acknowledge))).toEqual([]);
});

it('is worked step by step, registered before it is closed, and reviewed after it', () => {
  const plan = { kind: 'plan', plan: 'gas', steps: ['shut the valve', 'tell repair'], ...by } as const;
  const step = { kind: 'step', step: 'tell repair', ...by } as const;
  const register = { kind: 'register', account: { subject: 'customer-c1', value: 'a hose came off' }, told: 'repair', ...by } as const;
  const close = { kind: 'close', outcome: 'repaired', ...by } as const;
  const review = { kind: 'review', finding: 'told in time', ...by } as const;
  const refusedOf = (command: EmergencyCommand, state: Emergency) => {
    const decided = decideEmergency(command, state);
    return isRefusal(decided) ? decided.refused : 'done';
  };
  expect(refusedOf(step, raised)).toBe('emergency.no-step');
  const worked = after(raised, plan, step);
  expect(worked).toMatchObject({ steps: ['shut the valve', 'tell repair'], done: ['tell repair'] });
  expect(refusedOf(step, worked)).toBe('emergency.no-step');
  expect([refusedOf(close, worked), refusedOf(review, worked)]).toEqual(['emergency.register-first', 'emergency.not-closed']);
  const closed = after(worked, register, close);
  expect(closed.state).toBe('closed');
  expect([refusedOf(plan, closed), refusedOf(register, closed), refusedOf(close, closed)]).toEqual(Array(3).fill('emergency.closed'));
  expect(after(closed, review).state).toBe('reviewed');
});
