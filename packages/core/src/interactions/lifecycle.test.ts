import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../errors/refusal.ts';
import { noVerdicts } from '../observance/rates.ts';
import { shippedSettings } from '../settings/defaults.ts';
import type { NewEvent } from '../timeline/event.ts';
import { recordInMemory } from '../timeline/record-in-memory.ts';
import type { InteractionCommand } from './commands.ts';
import { decideInteraction } from './lifecycle.ts';
import { guardRelease, nextWakeUp } from './policies.ts';
import { emptyRow, evolveRow, rowOf } from './row.ts';
import { evolveInteraction, type Interaction, noInteraction } from './state.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const t0 = 1_000_000_000;
const at = (seconds: number) => t0 + seconds * 1000;

interface Played {
  readonly state: Interaction;
  readonly events: readonly NewEvent[];
  readonly refused: readonly string[];
}

function play(commands: readonly InteractionCommand[]): Played {
  let state = noInteraction;
  const events: NewEvent[] = [];
  const refused: string[] = [];
  for (const command of commands) {
    const decision = decideInteraction(command, state, shippedSettings);
    if (isRefusal(decision)) refused.push(decision.refused);
    else {
      events.push(...decision);
      state = decision.reduce((next, event) => evolveInteraction(next, { by: undefined, ...event }), state);
    }
  }
  return { state, events, refused };
}

function recordedTypes(events: readonly NewEvent[]): readonly string[] {
  const recorded = recordInMemory({ stream: 'interaction-1', interaction: '1' }, events, { sha256, id: String });
  if ('refusal' in recorded) throw new Error(`${JSON.stringify(recorded.refusal)} at ${events[recorded.index]?.type}`);
  return recorded.events.map((event) => event.type);
}

const arrive: InteractionCommand = { kind: 'arrive', at: at(0), channel: 'web-call', direction: 'in', called: '12333' };
const queue: InteractionCommand = { kind: 'queue', at: at(1), queue: 'general' };
const offer: InteractionCommand = { kind: 'offer-to-agent', at: at(2), agent: '1024', leg: 'a', epoch: 1 };
const ring: InteractionCommand = { kind: 'acknowledge-ringing', at: at(2.2), leg: 'a' };
const answer: InteractionCommand = { kind: 'answer', at: at(8), agent: '1024', leg: 'a' };
const talking = [arrive, queue, offer, ring, answer];

describe('a call', () => {
  it('that is answered and released by the caller runs to its closing, in an order the recorder accepts', () => {
    const played = play([...talking, { kind: 'caller-left', at: at(60), leg: 'c' }, { kind: 'finish-wrap-up', at: at(90), agent: '1024' }]);
    expect(recordedTypes(played.events)).toEqual([
      'call.offered',
      'call.queued',
      'call.agent-offered',
      'call.ringing',
      'call.dequeued',
      'call.ring-stopped',
      'call.answered',
      'call.released',
      'call.ended',
      'wrapup.started',
      'wrapup.ended',
      'interaction.closed',
    ]);
    expect(played.state).toMatchObject({ phase: 'closed', ended: { outcome: 'normal', side: 'customer', talkMs: 52_000 } });
  });

  it('whose ring nobody answers goes on waiting, and remembers who was passed over', () => {
    const played = play([arrive, queue, offer, ring, { kind: 'stop-ringing', at: at(22.2), leg: 'a', because: 'no-answer' }]);
    expect(played.events.slice(-2).map((event) => [event.type, event.fields['outcome']])).toEqual([
      ['call.no-answer', undefined],
      ['call.ring-stopped', 'no-answer'],
    ]);
    expect(played.state).toMatchObject({ phase: 'queued', offer: undefined, passedOver: ['1024'] });
    recordedTypes(played.events);
  });

  it('whose ring was never delivered blames nobody', () => {
    const played = play([arrive, queue, offer, { kind: 'stop-ringing', at: at(22), leg: 'a', because: 'no-answer' }]);
    expect(played.events.at(-1)).toMatchObject({ type: 'call.ring-stopped', fields: { outcome: 'failed' } });
    expect(played.events.some((event) => event.type === 'call.no-answer' || event.type === 'call.ringing')).toBe(false);
  });

  it('that the caller gives up is abandoned at its stage and closed without work after it', () => {
    const inQueue = play([arrive, queue, { kind: 'caller-left', at: at(30), leg: 'c' }]);
    expect(inQueue.events.find((event) => event.type === 'call.abandoned')?.fields).toEqual({ stage: 'queue', wait: 29_000 });
    const ringing = play([arrive, queue, offer, ring, { kind: 'caller-left', at: at(5), leg: 'c' }]);
    expect(ringing.events.find((event) => event.type === 'call.abandoned')?.fields['stage']).toBe('ringing');
    expect(recordedTypes(ringing.events).slice(-5)).toEqual([
      'call.abandoned',
      'call.ring-stopped',
      'call.dequeued',
      'call.ended',
      'interaction.closed',
    ]);
  });

  it('that drops while the caller is on hold ends the hold first', () => {
    let { state } = play(talking);
    state = evolveInteraction(state, { type: 'hold.started', by: 'agent', occurredAt: at(20), fields: { hold: 'h', leg: 'a' } });
    const decision = decideInteraction({ kind: 'drop', at: at(30), leg: 'c', side: 'trunk', cause: 'rtp timeout' }, state, shippedSettings);
    expect(isRefusal(decision) ? [] : decision.map((event) => event.type)).toEqual([
      'hold.resumed',
      'call.dropped',
      'call.ended',
      'wrapup.started',
    ]);
  });

  it('is released only by the agent in charge', () => {
    expect(play([...talking, { kind: 'release', at: at(60), agent: '1099' }]).refused).toEqual(['call.not-yours']);
    expect(play([arrive, queue, { kind: 'release', at: at(60), agent: '1024' }]).refused).toEqual(['call.not-talking']);
    expect(play([...talking, { kind: 'release', at: at(60), agent: '1024' }]).state.ended).toMatchObject({ side: 'agent' });
  });

  it('is offered to one agent at a time', () => {
    const other: InteractionCommand = { ...offer, kind: 'offer-to-agent', agent: '1025', leg: 'b', at: at(3) };
    expect(play([arrive, queue, offer, other]).refused).toEqual(['call.already-offered']);
    expect(play([arrive, queue, offer, { kind: 'answer', at: at(4), agent: '1025', leg: 'b' }]).refused).toEqual(['call.not-ringing']);
  });

  it('that the hotline ends before an answer leaves the queue for a callback; a talk it does not end', () => {
    const dismissed = play([arrive, queue, { kind: 'dismiss', at: at(9), because: 'callback' }]);
    expect(dismissed.events.find((event) => event.type === 'call.dequeued')?.fields['outcome']).toBe('callback');
    expect(dismissed.state.phase).toBe('closed');
    expect(play([...talking, { kind: 'dismiss', at: at(9), because: 'callback' }]).refused).toEqual(['call.in-talk']);
  });

  it('gives more time after it twice, each time with a reason', () => {
    const more = (seconds: number, reason = '补充记录'): InteractionCommand => ({
      kind: 'extend-wrap-up',
      at: at(seconds),
      agent: '1024',
      reason,
    });
    const ended: InteractionCommand = { kind: 'caller-left', at: at(60), leg: 'c' };
    const played = play([...talking, ended, more(70, ' '), more(80), more(90), more(95)]);
    expect(played.refused).toEqual(['wrap-up.no-reason', 'wrap-up.used-up']);
    expect(nextWakeUp(played.state, shippedSettings)?.at).toBe(at(60 + 45 + 120));
  });
});

describe('time alone', () => {
  it('ends a ring after twenty seconds of the agent clock, or of the offer when the device said nothing', () => {
    expect(nextWakeUp(play([arrive, queue, offer, ring]).state, shippedSettings)).toMatchObject({
      at: at(22.2),
      command: { kind: 'stop-ringing' },
    });
    expect(nextWakeUp(play([arrive, queue, offer]).state, shippedSettings)?.at).toBe(at(22));
    expect(nextWakeUp(play(talking).state, shippedSettings)).toBeUndefined();
  });
});

describe('the hang-up guard', () => {
  const press = { at: at(10), confirmed: false };

  it('asks at the first press, lets the second through after the wait, and before it with a reason', () => {
    expect(guardRelease(press, 5000)).toEqual({ go: false, waitUntil: at(15), lacks: 'second-press' });
    expect(guardRelease({ at: at(12), confirmed: true, askedAt: at(10) }, 5000)).toEqual({ go: false, waitUntil: at(15), lacks: 'reason' });
    expect(guardRelease({ at: at(12), confirmed: true, askedAt: at(10), reason: ' 辱骂 ' }, 5000)).toEqual({
      go: true,
      overridden: '辱骂',
    });
    expect(guardRelease({ at: at(15), confirmed: true, askedAt: at(10) }, 5000)).toEqual({ go: true });
  });

  it('cannot be switched off or skipped', () => {
    expect(guardRelease(press, 0).go).toBe(false);
    expect(guardRelease({ ...press, confirmed: true, reason: '急' }, 5000).go).toBe(false);
  });
});

describe('the row of a list', () => {
  it('tells channel, queue, agent, talk and outcome from the events', () => {
    const { events } = play([...talking, { kind: 'caller-left', at: at(60), leg: 'c' }]);
    const row = events.reduce((state, event) => evolveRow(state, { by: undefined, ...event }), emptyRow);
    expect(rowOf(row, { interaction: '1', origin: 'live', agentName: '李', tally: { ...noVerdicts, kept: 2 } })).toEqual({
      interaction: '1',
      origin: 'live',
      agentName: '李',
      startedAt: at(0),
      endedAt: at(60),
      channel: 'web-call',
      agent: '1024',
      queue: 'general',
      talkMs: 52_000,
      outcome: 'normal',
      kept: 2,
      broken: 0,
      unknown: 0,
      moot: 0,
    });
    expect(rowOf(emptyRow, { interaction: '1', origin: 'live', tally: noVerdicts })).toBeUndefined();
  });
});

const agentAndLeg = { agent: fc.constantFrom('1', '1', '1', '2'), leg: fc.constantFrom('a', 'a', 'a', 'b'), at: fc.constant(0) };
const anyCommand: fc.Arbitrary<InteractionCommand> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(queue) },
  { weight: 6, arbitrary: fc.record({ ...agentAndLeg, kind: fc.constant('offer-to-agent' as const) }) },
  { weight: 3, arbitrary: fc.record({ ...agentAndLeg, kind: fc.constant('acknowledge-ringing' as const) }) },
  { weight: 5, arbitrary: fc.record({ ...agentAndLeg, kind: fc.constant('answer' as const) }) },
  fc.record({ ...agentAndLeg, kind: fc.constant('decline' as const), reason: fc.constant('r') }),
  fc.record({
    ...agentAndLeg,
    kind: fc.constant('stop-ringing' as const),
    because: fc.constantFrom('no-answer' as const, 'cancelled' as const),
  }),
  fc.constant<InteractionCommand>({ kind: 'caller-left', leg: 'c', at: 0 }),
  fc.record({ kind: fc.constant('release' as const), agent: fc.constantFrom('1', '2'), at: fc.constant(0) }),
  fc.constant<InteractionCommand>({ kind: 'drop', leg: 'c', side: 'trunk', cause: 'x', at: 0 }),
  fc.constant<InteractionCommand>({ kind: 'dismiss', because: 'nobody', at: 0 }),
  fc.constant<InteractionCommand>({ kind: 'finish-wrap-up', at: 0 }),
);

describe('whatever is wanted, in whatever order, a call', () => {
  it('records only what the laws allow, answers each command once, and ends at most once', () => {
    let answered = 0;
    fc.assert(
      fc.property(fc.array(anyCommand, { minLength: 10, maxLength: 30 }), (wanted) => {
        const timed = wanted.map((command, index) => ({ ...command, at: at(index + 1) }));
        const twice = timed.flatMap((command) => [command, command]);
        const played = play([arrive, ...timed]);
        const types = recordedTypes(played.events);
        expect(types.filter((type) => type === 'call.ended').length).toBeLessThan(2);
        expect(types.filter((type) => type === 'interaction.closed').length).toBeLessThan(2);
        expect(play([arrive, ...twice]).state).toEqual(played.state);
        answered += types.filter((type) => type === 'call.answered').length;
      }),
      { numRuns: 500 },
    );
    expect(answered).toBeGreaterThan(50);
  });
});
