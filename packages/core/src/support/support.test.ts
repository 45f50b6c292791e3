import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../errors/refusal.ts';
import { shippedSettings } from '../settings/defaults.ts';
import { decideSupport, nextInSupport, type SupportCommand } from './lifecycle.ts';
import { evolveSupport, type Support } from './state.ts';

const { supportBusyMs, supportLimitMs } = shippedSettings;

function play(commands: readonly SupportCommand[]) {
  let state: Support | undefined;
  const types: string[] = [];
  const refused: string[] = [];
  for (const command of commands) {
    const decision = decideSupport(command, state, shippedSettings);
    if (isRefusal(decision)) refused.push(decision.refused);
    else
      for (const event of decision) {
        types.push(event.type);
        state = evolveSupport(state, { by: undefined, ...event });
      }
  }
  return { state, types, refused };
}

const request: SupportCommand = { kind: 'request', support: 's', agent: '1', topic: '补贴', at: 0 };
const come = (helper: string, at = 1000): SupportCommand => ({ kind: 'come', helper, at });
const wake = (at: number): SupportCommand => ({ kind: 'wake', at });

describe('a request for support', () => {
  it('is busy, then late, each once, when nobody comes', () => {
    const { types, state } = play([request, wake(supportBusyMs - 1), wake(supportBusyMs), wake(supportLimitMs), wake(2 * supportLimitMs)]);
    expect(types).toEqual(['support.requested', 'support.busy', 'alert.raised']);
    expect(state && nextInSupport(state, shippedSettings)).toBeUndefined();
  });

  it('has no clock any more once somebody comes', () => {
    const { types, state } = play([request, come('2'), wake(supportLimitMs)]);
    expect(types).toEqual(['support.requested', 'support.offered']);
    expect(state && nextInSupport(state, shippedSettings)).toBeUndefined();
  });

  it('is answered by one person, who did not ask', () => {
    expect(play([request, come('1'), come('2'), come('2'), come('3')]).refused).toEqual(['support.own', 'support.taken']);
  });

  it('comes to an end whatever happens, and tells nothing after it', () => {
    const command = fc.oneof(
      fc.constantFrom('1', '2', '3').map((helper) => (at: number) => come(helper, at)),
      fc
        .constantFrom('answered', 'callback', 'none')
        .map((outcome) => (at: number) => ({ kind: 'close', agent: '1', outcome, at }) as const),
      fc.constantFrom('wake', 'busy').map((kind) => (at: number) => ({ kind, at }) as const),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 20 }), (given) => {
        const { types } = play([request, ...given.map((make, n) => make((n + 1) * 40_000))]);
        const closed = types.indexOf('support.closed');
        expect(closed === -1 || closed === types.length - 1).toBe(true);
        expect(types.filter((type) => type === 'support.busy').length).toBeLessThanOrEqual(1);
        expect(types.filter((type) => type === 'alert.raised').length).toBeLessThanOrEqual(1);
        expect(types.filter((type) => type === 'support.offered').length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });
});
