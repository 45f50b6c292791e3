import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../errors/refusal.ts';
import { shippedSettings } from '../settings/defaults.ts';
import type { NewEvent } from '../timeline/event.ts';
import { recordInMemory } from '../timeline/record-in-memory.ts';
import type { InteractionCommand } from './commands.ts';
import { decideInteraction } from './lifecycle.ts';
import { nextWakeUp } from './policies.ts';
import { evolveInteraction, type Interaction, noInteraction } from './state.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const at = (seconds: number) => 1_000_000_000 + seconds * 1000;
const number = { subject: 'customer-1', value: '13800138000' };
const dial: InteractionCommand = {
  ...{ kind: 'dial', agent: '1', called: '-', number, purpose: 'answer', interaction: '1', at: at(0) },
  ...{ prepared: { who: number, points: ['1'] }, promise: 'p' },
};

function play(commands: readonly InteractionCommand[]) {
  let state: Interaction = noInteraction;
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

function recorded(events: readonly NewEvent[]): readonly string[] {
  const read = recordInMemory({ stream: 'interaction-1', interaction: '1' }, events, { sha256, id: String });
  if ('refusal' in read) throw new Error(`${JSON.stringify(read.refusal)} at ${events[read.index]?.type}`);
  return read.events.map(({ type, fields }) => (type === 'outbound.failed' ? `${type} ${String(fields['outcome'])}` : type));
}

const rings: InteractionCommand = { kind: 'callee-rings', at: at(2) };
const answers: InteractionCommand = { kind: 'callee-answers', at: at(8) };
const join: InteractionCommand = { kind: 'join', leg: 'a', at: at(11) };

describe('a call that an agent places', () => {
  it('is prepared, dialled, answered, and a talk from then on', () => {
    const { state, events } = play([dial, rings, answers, join, { kind: 'caller-left', leg: 'c', at: at(60) }]);
    expect(recorded(events)).toEqual([
      ...['call.offered', 'outbound.prepared', 'outbound.dialled', 'call.ringing', 'call.ring-stopped', 'call.answered'],
      ...['call.answered', 'call.released', 'call.ended', 'wrapup.started'],
    ]);
    expect(state).toMatchObject({ phase: 'wrap-up', ended: { talkMs: 49_000 } });
  });

  it('that rings out ends by itself, without a talk and without work after it', () => {
    const ringing = play([dial, rings]);
    const due = nextWakeUp(ringing.state, shippedSettings);
    expect(due?.at).toBe(at(45));
    const over = play([dial, rings, ...(due === undefined ? [] : [due.command])]);
    expect(recorded(over.events).slice(-4)).toEqual(['call.ring-stopped', 'outbound.failed no-answer', 'call.ended', 'interaction.closed']);
    expect(nextWakeUp(play([dial, rings, answers]).state, shippedSettings)).toBeUndefined();
  });

  it.each([
    [2, 'failed'],
    [11, 'failed'],
    [12, 'no-answer'],
  ])('given up after %d s counts as %s: two rings make somebody missed', (seconds, outcome) => {
    const { events, refused } = play([
      dial,
      rings,
      { kind: 'give-up-dialling', agent: '2', at: at(1) },
      { kind: 'give-up-dialling', agent: '1', at: at(seconds) },
    ]);
    expect(refused).toEqual(['call.not-yours']);
    expect(recorded(events)).toContain(`outbound.failed ${outcome}`);
  });

  it('that is put down during the notice reached nobody', () => {
    const { events } = play([dial, rings, answers, { kind: 'caller-left', leg: 'c', at: at(9) }]);
    expect(recorded(events).slice(-4)).toEqual(['call.released', 'outbound.failed rejected', 'call.ended', 'interaction.closed']);
  });

  it('has its result told once, by who talked', () => {
    const tell = (agent: string, outcome: string): InteractionCommand => ({ kind: 'settle-outbound', agent, outcome, at: at(20) });
    expect(play([dial, rings, tell('1', 'done')]).refused).toEqual(['dial.not-settled']);
    const told = play([dial, answers, join, tell('2', 'done'), tell('1', 'absent'), tell('1', 'absent'), tell('1', 'done')]);
    expect(told.refused).toEqual(['call.not-yours', 'dial.not-settled']);
    expect(told.events.filter(({ type }) => type === 'outbound.settled')).toHaveLength(1);
  });

  it('records only what the laws allow, whatever happens in whatever order, and fails or talks but never both', () => {
    const any = fc.constantFrom<InteractionCommand>(
      ...[dial, rings, answers, join, { kind: 'callee-failed', outcome: 'busy', at: 0 } as const],
      ...[{ kind: 'caller-left', leg: 'c', at: 0 } as const, { kind: 'drop', leg: 'c', side: 'trunk', cause: 'x', at: 0 } as const],
      ...[{ kind: 'give-up-dialling', agent: '1', at: 0 } as const, { kind: 'release', agent: '1', at: 0 } as const],
      ...[{ kind: 'finish-wrap-up', at: 0 } as const, { kind: 'settle-outbound', agent: '1', outcome: 'done', at: 0 } as const],
    );
    let talks = 0;
    fc.assert(
      fc.property(fc.constantFrom([], [rings], [answers, join]), fc.array(any, { maxLength: 12 }), (begun, more) => {
        const wanted = [...begun, ...more];
        const { events } = play([dial, ...wanted.map((command, n) => ({ ...command, at: at(n + 1) }))]);
        const types = recorded(events);
        const failed = types.some((type) => type.startsWith('outbound.failed'));
        const talked = types.includes('wrapup.started');
        expect(failed && talked).toBe(false);
        expect(types.filter((type) => type === 'call.ended').length).toBeLessThan(2);
        talks += talked ? 1 : 0;
      }),
      { numRuns: 200 },
    );
    expect(talks).toBeGreaterThan(20);
  });
});
