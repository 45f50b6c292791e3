import { describe, expect, it } from 'vitest';
import { isRefusal } from '../errors/refusal.ts';
import { shippedSettings } from '../settings/defaults.ts';
import type { Happened } from '../timeline/decider.ts';
import { decideOutage, evolveOutage, noOutage, type Outage, type OutageCommand, type OutageFacts } from './lifecycle.ts';
import { announcedOutage, noticeDue, type OutageNotice, outagesFor } from './notice.ts';
import { leftToCall, messageTo } from './restoration.ts';

const at = Date.UTC(2026, 8, 30, 2);
const hour = 3_600_000;
const facts: OutageFacts = { title: '城东片区停气', areas: ['城东'], queues: [], numbers: [], announced: true, due: at + 2 * hour };

function after(state: Outage, command: OutageCommand): Outage {
  const decision = decideOutage(command, state);
  if (isRefusal(decision)) throw new Error(decision.refused);
  return decision.reduce<Outage>((folded, event) => evolveOutage(folded, event as Happened), state);
}

const who = { outage: 'o1', agent: '2001', at };
const opened = after(noOutage, { kind: 'open', what: 'failure', facts, ...who });

describe('an outage', () => {
  it('is registered once, changed with a reason, and over once', () => {
    expect(opened).toMatchObject({ state: 'open', kind: 'failure', ...facts, firstDue: facts.due, openedAt: at });
    expect(decideOutage({ kind: 'open', what: 'failure', facts, ...who }, opened)).toEqual([]);
    const later = { ...facts, due: at + 5 * hour };
    expect(decideOutage({ kind: 'change', facts: later, reason: ' ', ...who }, opened)).toMatchObject({ refused: 'outage.no-reason' });
    const changed = after(opened, { kind: 'change', facts: later, reason: '抢修延长', ...who });
    expect(changed).toMatchObject({ due: at + 5 * hour, firstDue: at + 2 * hour });
    const over = after(changed, { kind: 'restore', callers: 3, ...who, at: at + hour });
    expect(over).toMatchObject({ state: 'restored', restoredAt: at + hour });
    expect(decideOutage({ kind: 'restore', callers: 3, ...who }, over)).toEqual([]);
    expect(decideOutage({ kind: 'change', facts, reason: '再更新', ...who }, over)).toMatchObject({ refused: 'outage.over' });
  });

  it('needs a title and a restoration to come, which may stand although it has passed', () => {
    const open = (given: Partial<OutageFacts>) =>
      decideOutage({ kind: 'open', what: 'failure', facts: { ...facts, ...given }, ...who }, noOutage);
    expect(open({ title: ' ' })).toMatchObject({ refused: 'outage.no-title' });
    expect(open({ due: at })).toMatchObject({ refused: 'outage.due-range' });
    expect(open({ due: at + 31 * 24 * hour })).toMatchObject({ refused: 'outage.due-range', facts: { days: 30 } });
    const late = { kind: 'change', facts: { ...facts, areas: ['城东', '城南'] }, reason: '扩大', ...who, at: at + 3 * hour } as const;
    expect(isRefusal(decideOutage(late, opened))).toBe(false);
  });
});

describe('what callers are told', () => {
  const notice = (outage: string, given: Partial<OutageNotice>): OutageNotice => ({ outage, openedAt: at, ...facts, ...given });

  it('is the newest announced outage of their queue and number', () => {
    const everywhere = notice('a', {});
    const gas = notice('b', { queues: ['gas'], openedAt: at + 1 });
    const quiet = notice('c', { announced: false, openedAt: at + 2 });
    const line = notice('d', { numbers: ['12345'], openedAt: at + 3 });
    const all = [everywhere, gas, quiet, line];
    expect(outagesFor(all, { queue: 'gas' }).map(({ outage }) => outage)).toEqual(['c', 'b', 'a']);
    expect(announcedOutage(all, { queue: 'gas' })?.outage).toBe('b');
    expect(announcedOutage(all, { queue: 'water', called: '12345' })?.outage).toBe('d');
    expect(announcedOutage(all, {})?.outage).toBe('a');
    expect(announcedOutage([gas, quiet], { queue: 'water' })).toBeUndefined();
  });

  it('falls due a while after the restoration, or a day from now where none is promised or it has passed', () => {
    const { outageNotifyMs, outageOpenMs } = shippedSettings;
    expect(noticeDue({ dueAt: at + hour }, shippedSettings, at)).toBe(at + hour + outageNotifyMs);
    expect(noticeDue({ dueAt: at }, shippedSettings, at)).toBe(at + outageOpenMs);
    expect(noticeDue({}, shippedSettings, at)).toBe(at + outageOpenMs);
  });
});

describe('who is told that it is over', () => {
  it('gets a message at a mobile number, where there is a gateway and nobody asked not to be written to', () => {
    const mobile = { number: '139 0000 0001', unsafe: false };
    const sms = { tell: 'sms' } as const;
    expect(messageTo(mobile, sms, true)).toBe('13900000001');
    expect(messageTo({ ...mobile, number: '02887654321' }, sms, true)).toBeUndefined();
    expect(messageTo({ ...mobile, unsafe: true }, sms, true)).toBeUndefined();
    expect(messageTo(mobile, sms, false)).toBeUndefined();
    expect(messageTo(mobile, { tell: 'call' }, true)).toBeUndefined();
  });

  it('is called soon otherwise, by who promised it or by those who were named, one after the other', () => {
    const restored = { restoredAt: at, by: '2001', tell: 'call', owners: ['0217', '0209'] } as const;
    const { outageNotifyMs } = shippedSettings;
    const left = (owner: string, due: number, index: number) =>
      leftToCall({ owner, due }, restored, { index, at, settings: shippedSettings });
    expect(left('leader', at + 24 * hour, 3)).toEqual({ owner: '0209', due: at + outageNotifyMs });
    expect(left('0217', at + outageNotifyMs, 1)).toEqual({ owner: undefined, due: undefined });
  });
});
