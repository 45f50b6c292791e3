import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../errors/refusal.ts';
import { shippedSettings } from '../settings/defaults.ts';
import { fact } from '../timeline/decider.ts';
import type { NewEvent } from '../timeline/event.ts';
import { recordInMemory } from '../timeline/record-in-memory.ts';
import { decideTransfer, type TransferCommand } from './lifecycle.ts';
import { callbackFirst, nextInTransfer } from './policies.ts';
import { evolveTransfers, noTransfers, type Transfers, transferWaitMs } from './state.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const t0 = 1_000_000_000;
const at = (seconds: number) => t0 + seconds * 1000;
const offered = fact('call.offered', at(0), { direction: 'in', channel: 'phone', called: '12333' });
const answered = fact('call.answered', at(0), { agent: '1', leg: 'a' }, { by: 'agent' });

function play(commands: readonly TransferCommand[]) {
  let state: Transfers = evolveTransfers(noTransfers, { by: 'agent', ...answered });
  const events: NewEvent[] = [offered, answered];
  const refused: string[] = [];
  for (const command of commands) {
    const decision = decideTransfer(command, state, shippedSettings.wrapUpMs);
    if (isRefusal(decision)) refused.push(decision.refused);
    else {
      events.push(...decision);
      state = decision.reduce((next, event) => evolveTransfers(next, { by: undefined, ...event }), state);
    }
  }
  return { state, events, refused, types: events.slice(2).map(({ type }) => type) };
}

const start = (how: 'warm' | 'blind', second = 1): TransferCommand => ({
  ...{ kind: 'start', agent: '1', transfer: 't', how, target: '2' },
  at: at(second),
});
const ring = (colleague: string, second = 1): TransferCommand => ({ kind: 'ring', colleague, at: at(second) });
const by = (kind: 'answer' | 'accept' | 'decline' | 'join' | 'complete' | 'take-back', agent: string, second = 5): TransferCommand => ({
  kind,
  agent,
  at: at(second),
});

describe('a transfer', () => {
  it('moves the caller only when the colleague has accepted', () => {
    const early = play([start('warm'), ring('2'), by('complete', '1'), by('answer', '2'), by('complete', '1')]);
    expect(early.refused).toEqual(['transfer.not-accepted', 'transfer.not-accepted']);
    const late = play([start('warm'), ring('2'), by('answer', '2'), by('accept', '2', 9), by('complete', '1', 10)]);
    expect(late.state).toMatchObject({ talking: '2', completed: 1, open: undefined, waitedMs: 9000 });
  });

  it('is done by the answer where it is cold', () => {
    const { state, types } = play([start('blind'), ring('2'), by('answer', '2')]);
    expect(state.talking).toBe('2');
    expect(types.slice(3)).toEqual([
      ...['consult.answered', 'transfer.accepted', 'music.stopped', 'transfer.completed', 'consult.ended', 'writeup.started'],
    ]);
  });

  it('leaves the caller with the agent whatever the colleague does not do', () => {
    const failed = play([start('warm'), ring('2'), { kind: 'fail', because: 'no-answer', at: at(21) }]);
    expect(failed.state).toMatchObject({ talking: '1', open: undefined, failed: { outcome: 'no-answer', target: '2' } });
    expect(failed.types.at(-1)).toBe('transfer.returned');
    const back = play([start('warm'), ring('2'), by('answer', '2'), by('join', '1'), by('take-back', '1')]);
    expect(back.types.slice(-3)).toEqual(['conference.left', 'consult.ended', 'transfer.returned']);
  });

  it('is nobody’s business but that of the agent and the colleague who is rung', () => {
    const { refused, state } = play([
      start('warm'),
      ring('2'),
      by('answer', '3'),
      by('take-back', '2'),
      by('accept', '1'),
      start('warm', 2),
    ]);
    expect(refused).toEqual(['call.not-ringing', 'call.not-yours', 'transfer.not-asked']);
    expect(state.open?.consulted?.agent).toBe('2');
  });

  it('counts only the time in which the caller hears music', () => {
    const { state } = play([start('warm', 1), ring('2'), by('answer', '2', 4), by('join', '1', 11), by('take-back', '1', 60)]);
    expect(transferWaitMs(state, at(100))).toBe(10_000);
  });

  it('asks for a callback first after two hand-overs, or a minute of waiting', () => {
    expect(callbackFirst({ ...noTransfers, completed: 1, waitedMs: 59_999 }, shippedSettings, at(0))).toBeUndefined();
    expect(callbackFirst({ ...noTransfers, completed: 2 }, shippedSettings, at(0))).toEqual({ because: 'count', times: 2 });
    expect(callbackFirst({ ...noTransfers, waitedMs: 60_000 }, shippedSettings, at(0))).toEqual({ because: 'wait', seconds: 60 });
  });

  it('has one thing due at a time: the end of the ring, or the end of the caller’s patience', () => {
    const { state } = play([start('warm', 1), ring('2', 1)]);
    expect(nextInTransfer(state, shippedSettings)).toEqual({ at: at(21), due: 'no-answer' });
    expect(nextInTransfer({ ...state, waitedMs: 50_000 }, shippedSettings)).toEqual({ at: at(11), due: 'too-long' });
    expect(nextInTransfer({ ...state, waitedMs: 50_000, warned: true }, shippedSettings)?.due).toBe('no-answer');
  });

  it('never loses the caller, and tells only what the recorder takes, whatever is wanted when', () => {
    const agent = fc.constantFrom('1', '2', '3');
    const command: fc.Arbitrary<(second: number) => TransferCommand> = fc.oneof(
      fc.tuple(agent, fc.constantFrom('warm', 'blind', 'queue'), fc.nat(9)).map(
        ([who, how, n]) =>
          (second: number): TransferCommand => ({
            ...{ kind: 'start', agent: who, transfer: `t${n}-${second}`, how, target: 'q' },
            at: at(second),
          }),
      ),
      agent.map((colleague) => (second: number) => ring(colleague, second)),
      fc.tuple(fc.constantFrom('answer', 'accept', 'decline', 'join', 'complete', 'take-back'), agent).map(
        ([kind, who]) =>
          (second: number) =>
            by(kind, who, second),
      ),
      fc.constantFrom('pass-over', 'fail').map((kind) => (second: number) => ({ kind, because: 'no-answer', at: at(second) }) as const),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
        const { state, events } = play(commands.map((make, second) => make(second + 1)));
        expect(state.talking).toBeDefined();
        // Music plays exactly while a transfer is open and the three do not talk.
        expect(state.waitingSince !== undefined).toBe(state.open !== undefined && !state.open.joined);
        const read = recordInMemory({ stream: 'interaction-x', interaction: 'x' }, events, { sha256, id: String });
        expect('refusal' in read ? read.refusal : undefined).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });
});
