import { describe, expect, it } from 'vitest';
import { isRefusal } from '../errors/refusal.ts';
import { fact } from '../timeline/decider.ts';
import { presenceAfter } from './follow-call.ts';
import { absent, decidePresence, evolvePresence, type Presence, type PresenceCommand } from './lifecycle.ts';

function play(commands: readonly PresenceCommand[], from: Presence = absent('1')) {
  let state = from;
  const types: string[] = [];
  const refused: string[] = [];
  for (const command of commands) {
    const decision = decidePresence(command, state);
    if (isRefusal(decision)) refused.push(decision.refused);
    else {
      types.push(...decision.map((event) => event.type));
      state = decision.reduce((next, event) => evolvePresence(next, { by: 'agent', ...event }), state);
    }
  }
  return { state, types, refused };
}

const signIn: PresenceCommand = { kind: 'sign-in', at: 1 };
const ready = (at: number): PresenceCommand => ({ kind: 'choose', state: 'ready', at });
const follow = (state: Extract<PresenceCommand, { kind: 'follow' }>['state'], at: number): PresenceCommand => ({
  kind: 'follow',
  state,
  at,
});

describe('presence', () => {
  it('begins a shift busy, so that nobody is rung before being ready', () => {
    expect(play([signIn])).toMatchObject({ types: ['shift.signed-in', 'presence.changed'], state: { state: 'busy', since: 1 } });
  });

  it('counts idle time from when the agent became free', () => {
    const idle = play([signIn, ready(5), ready(7)]).state;
    expect(idle).toMatchObject({ state: 'ready', since: 5, idleSince: 5 });
    const again = play([follow('ringing', 8), follow('talking', 9), follow('wrap-up', 20), follow('ready', 30)], idle).state;
    expect(again).toMatchObject({ state: 'ready', idleSince: 30 });
  });

  it('cannot be changed by hand with a caller on the line, nor the shift be left', () => {
    const played = play([signIn, ready(2), follow('ringing', 3), { kind: 'choose', state: 'rest', at: 4 }, { kind: 'sign-out', at: 5 }]);
    expect(played.refused).toEqual(['presence.engaged', 'presence.engaged']);
    expect(played.state.state).toBe('ringing');
  });

  it('needs a shift', () => {
    expect(play([ready(1)]).refused).toEqual(['presence.signed-out']);
    expect(play([signIn, { kind: 'sign-out', at: 2 }]).types.slice(2)).toEqual(['presence.changed', 'shift.signed-out', 'shift.ended']);
  });

  it('is paused after an unanswered ring, and returns with one press', () => {
    const paused = play([signIn, ready(2), follow('ringing', 3), { kind: 'pause', reason: 'no-answer', at: 23 }]).state;
    expect(paused).toMatchObject({ state: 'paused', reason: 'no-answer' });
    expect(play([follow('ready', 24)], paused).state.state).toBe('paused');
    expect(play([ready(25)], paused).state).toMatchObject({ state: 'ready', idleSince: 25 });
  });

  it('does not become ready by itself out of a rest', () => {
    expect(play([signIn, { kind: 'choose', state: 'rest', at: 2 }, follow('ready', 3)]).state.state).toBe('rest');
  });
});

describe('presence follows a call', () => {
  const parties = { offered: '1', talking: '1' };
  it.each([
    ['an offer rings', fact('call.agent-offered', 9, { agent: '1', leg: 'a' }), { kind: 'follow', state: 'ringing', at: 9 }],
    ['an answer talks', fact('call.answered', 9, { agent: '1', leg: 'a' }, { by: 'agent' }), { kind: 'follow', state: 'talking', at: 9 }],
    ['a hold holds', fact('hold.started', 9, { hold: 'h', leg: 'a' }), { kind: 'follow', state: 'hold', at: 9 }],
    [
      'a ring that was taken back frees',
      fact('call.ring-stopped', 9, { leg: 'a', outcome: 'cancelled' }),
      { kind: 'follow', state: 'ready', at: 9 },
    ],
    [
      'an unanswered ring pauses',
      fact('call.ring-stopped', 9, { leg: 'a', outcome: 'no-answer' }),
      { kind: 'pause', reason: 'no-answer', at: 9 },
    ],
    [
      'an undelivered ring pauses',
      fact('call.ring-stopped', 9, { leg: 'a', outcome: 'failed' }),
      { kind: 'pause', reason: 'failed', at: 9 },
    ],
    ['the work after it', fact('wrapup.started', 9, { agent: '1' }), { kind: 'follow', state: 'wrap-up', at: 9 }],
    ['the end of that work frees', fact('wrapup.ended', 9, { agent: '1' }), { kind: 'follow', state: 'ready', at: 9 }],
  ])('%s', (_, event, command) => {
    expect(presenceAfter({ by: undefined, ...event }, parties)).toEqual([{ agent: '1', command }]);
  });

  it('and takes no notice of an answered ring, of the caller, or of calls without an agent', () => {
    expect(presenceAfter({ by: 'system', ...fact('call.ring-stopped', 9, { leg: 'a', outcome: 'answered' }) }, parties)).toEqual([]);
    expect(presenceAfter({ by: 'customer', ...fact('call.answered', 9, { leg: 'c' }) }, parties)).toEqual([]);
    expect(presenceAfter({ by: 'system', ...fact('call.ring-stopped', 9, { leg: 'a', outcome: 'no-answer' }) }, {})).toEqual([]);
  });
});

describe('a small rest', () => {
  const ask = (at: number, wish: 'rest' | 'talk' = 'rest'): PresenceCommand => ({ kind: 'ask-rest', wish, at });
  const grant = (at: number): PresenceCommand => ({ kind: 'answer-rest', limitMs: 600, at });
  const notNow = (at: number): PresenceCommand => ({ kind: 'answer-rest', at });
  const toWrapUp = [signIn, ready(2), follow('ringing', 3), follow('talking', 4), follow('wrap-up', 5)];

  it('that is asked for after a call spares the agent the next one until it is answered', () => {
    const asked = play([...toWrapUp, ask(6), ask(7), follow('ready', 8)]);
    expect(asked.types.filter((type) => type === 'rest.requested')).toHaveLength(1);
    expect(asked.state).toMatchObject({ state: 'busy', reason: 'rest-asked', rest: { askedAt: 6, wish: 'rest' } });
    expect(play([grant(9)], asked.state).state).toMatchObject({ state: 'rest', rest: { limitMs: 600, until: 609 } });
  });

  it('that is granted during the call begins after it, and ends with the first other state', () => {
    const granted = play([...toWrapUp, ask(6), grant(7)]).state;
    expect(granted).toMatchObject({ state: 'wrap-up', rest: { limitMs: 600 } });
    expect(granted.rest?.until).toBeUndefined();
    const resting = play([follow('ready', 10)], granted).state;
    expect(resting).toMatchObject({ state: 'rest', rest: { until: 610 } });
    expect(play([ready(500)], resting).state.rest).toBeUndefined();
    expect(play([{ kind: 'choose', state: 'busy', at: 500 }], resting).state.rest).toBeUndefined();
  });

  it('is answered once, given up by being ready, and never lost by being told not now', () => {
    expect(play([signIn, grant(2)]).refused).toEqual(['rest.not-asked']);
    expect(play([signIn, ask(2), grant(3), grant(4)]).refused).toEqual(['rest.not-asked']);
    expect(play([signIn, ready(2), ask(3), ready(4), grant(5)])).toMatchObject({ refused: ['rest.not-asked'], state: { state: 'ready' } });
    const declined = play([signIn, ready(2), ask(3, 'talk'), notNow(4)]).state;
    expect(declined).toMatchObject({ state: 'busy', reason: 'rest-declined' });
    expect(declined.rest).toBeUndefined();
    expect(play([ask(5)], declined).state).toMatchObject({ state: 'busy', reason: 'rest-asked' });
  });

  it('needs a shift', () => {
    expect(play([ask(1)]).refused).toEqual(['presence.signed-out']);
    expect(play([signIn, ask(2), { kind: 'sign-out', at: 3 }]).state.rest).toBeUndefined();
  });
});
