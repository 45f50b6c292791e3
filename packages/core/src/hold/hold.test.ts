import { describe, expect, it } from 'vitest';
import { isRefusal } from '../errors/refusal.ts';
import { shippedSettings } from '../settings/defaults.ts';
import { fact } from '../timeline/decider.ts';
import { decideHold, evolveHold, type Hold, type HoldCommand, noHold } from './lifecycle.ts';
import { comingHoldAlerts, holdAlertEvent } from './policies.ts';

const at = (seconds: number) => seconds * 1000;
const talking = evolveHold(noHold, { by: 'agent', ...fact('call.answered', 0, { agent: '1', leg: 'a' }) });
const by = { agent: '1' };
const request: HoldCommand = { ...by, kind: 'request', at: at(10), hold: 'h', reason: 'lookup', limitMs: 60_000, consent: true };
const begin: HoldCommand = { ...by, kind: 'begin', at: at(11), hold: 'h' };

function play(commands: readonly HoldCommand[], from: Hold = talking) {
  let state = from;
  const types: string[] = [];
  const refused: string[] = [];
  for (const command of commands) {
    const decision = decideHold(command, state);
    if (isRefusal(decision)) refused.push(decision.refused);
    else {
      types.push(...decision.map((event) => event.type));
      state = decision.reduce((next, event) => evolveHold(next, { by: 'agent', ...event }), state);
    }
  }
  return { state, types, refused };
}

describe('a hold', () => {
  it('is asked for with reason and limit, begins with them, and ends', () => {
    const played = play([request, begin, { ...by, kind: 'resume', at: at(40) }]);
    expect(played.types).toEqual(['hold.requested', 'hold.started', 'hold.resumed']);
    expect(played.state).toMatchObject({ past: 1, open: undefined });
  });

  it('carries the consent that was marked after it was asked for', () => {
    const asked = play([request]).state;
    expect(asked.requested?.consent).toBe(false);
    const marked = evolveHold(asked, { by: 'agent', ...fact('consent.marked', at(10), { consent: 'c', about: 'hold', given: true }) });
    const decision = decideHold(begin, marked);
    expect(isRefusal(decision) ? decision : decision[0]?.fields).toEqual({
      hold: 'h',
      leg: 'a',
      reason: 'lookup',
      limit: 60_000,
      consent: true,
      music: true,
    });
  });

  it.each<[string, readonly HoldCommand[], Hold]>([
    ['hold.no-call', [request], noHold],
    ['call.not-yours', [{ ...request, agent: '2' }], talking],
    ['hold.limit', [{ ...request, limitMs: 5000 } as HoldCommand], talking],
    ['hold.not-requested', [begin], talking],
    ['hold.open', [request, begin, { ...request, hold: 'h2' } as HoldCommand], talking],
    ['hold.none', [{ ...by, kind: 'speak-over', at: at(12), on: true }], talking],
    ['hold.not-longer', [request, begin, { ...by, kind: 'extend', at: at(50), limitMs: 60_000, consent: true }], talking],
  ])('is refused with %s', (code, commands, from) => {
    expect(play(commands, from).refused).toEqual([code]);
  });

  it('that ends while the agent speaks over the music ends that first', () => {
    const played = play([request, begin, { ...by, kind: 'speak-over', at: at(20), on: true }, { ...by, kind: 'resume', at: at(22) }]);
    expect(played.types.slice(-2)).toEqual(['hold.speak-ended', 'hold.resumed']);
  });

  it('tells the agent at the limit and the leader at two minutes, once each, and again after an extension', () => {
    const held = play([request, begin]).state;
    const alerts = comingHoldAlerts(held, shippedSettings);
    expect(alerts.map(({ at: when, kind, to }) => [when, kind, to])).toEqual([
      [at(71), 'hold-limit', '1'],
      [at(131), 'hold-long', 'leader'],
    ]);
    const [first] = alerts;
    if (first === undefined) throw new Error('an alert was expected');
    const told = evolveHold(held, { by: 'system', ...holdAlertEvent(held, first) });
    expect(comingHoldAlerts(told, shippedSettings).map((alert) => alert.kind)).toEqual(['hold-long']);
    const longer = play([{ ...by, kind: 'extend', at: at(80), limitMs: 90_000, consent: true }], told).state;
    expect(comingHoldAlerts(longer, shippedSettings)[0]).toMatchObject({ at: at(101), kind: 'hold-limit' });
    expect(comingHoldAlerts(play([{ ...by, kind: 'resume', at: at(90) }], longer).state, shippedSettings)).toEqual([]);
  });
});
