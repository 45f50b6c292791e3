import type { HotlineInput } from '@threerings/core/hotline/inputs';
import { FakeVoiceProcess } from '@threerings/voice/fake/voice';
import { describe, expect, it } from 'vitest';
import type { StandingCall } from './found-calls.ts';
import { outsideLeg } from './names.ts';
import { outcomeOf } from './outside-lines.ts';
import { VoiceChannel } from './voice-channel.ts';

const leg = outsideLeg('call-1', 't-1');
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A call that agent 0217 has, on a voice process without sound. */
async function stage(standing: readonly StandingCall[] = []) {
  const process = new FakeVoiceProcess(() => 1000);
  const told: HotlineInput[] = [];
  const connect = async (calls: readonly StandingCall[]) => {
    const channel = new VoiceChannel({
      voice: process.connect(),
      clock: { now: () => 1000, at: () => () => {} },
      dialUri: (number) => `sip:${number}@trunk.example`,
      fileOf: (recording) => recording,
      lengthOf: async () => undefined,
      standing: () => calls,
    });
    await channel.start({ tell: async (input) => void told.push(input), report: async () => {}, watermark: () => {} });
    await settle();
    return channel;
  };
  const channel = await connect(standing);
  process.arrive({ leg: 'call-1' });
  await channel.perform({ kind: 'accept', interaction: 'call-1' });
  const dial = { interaction: 'call-1', agent: '0217', number: '120', timeoutMs: 1000 } as const;
  const dialOut = () => channel.perform({ kind: 'dial-outside', line: 't-1', ...dial });
  const kinds = () => told.map(({ kind }) => kind);
  return { process, channel, connect, dialOut, told, kinds, legs: () => [...process.inside.legs.keys()] };
}

async function handedOut() {
  const all = await stage();
  await all.dialOut();
  all.process.farAnswers(leg);
  await settle();
  await all.channel.perform({ kind: 'hand-out', interaction: 'call-1', agent: '0217', line: 't-1' });
  await settle();
  return all;
}

describe('a line to the outside', () => {
  it('is told to have answered once, and says why it did not', async () => {
    const { process, dialOut, told } = await stage();
    await dialOut();
    process.farAnswers(leg);
    await settle();
    expect(told.at(-1)).toEqual({ kind: 'outside-answers', interaction: 'call-1', line: 't-1', at: 1000 });
    process.farHangsUp(leg);
    await settle();
    expect(told.at(-1)).toMatchObject({ kind: 'outside-left', outcome: 'declined' });
    expect([486, 404, 480, 603, 503, undefined].map(outcomeOf)).toEqual([
      'busy',
      'wrong-extension',
      'no-answer',
      'declined',
      'failed',
      'failed',
    ]);
  });

  it('ends with the consultation, ringing or answered, and nothing is told of it', async () => {
    const { channel, dialOut, legs, kinds } = await stage();
    await dialOut();
    await channel.perform({ kind: 'end-consult', interaction: 'call-1', line: 't-1' });
    await settle();
    expect(legs()).toEqual(['call-1']);
    expect(kinds()).not.toContain('outside-left');
  });

  it.each(['call-1', leg])('and a caller who has left the house end together, whoever hangs up first: %s', async (first) => {
    const { process, legs, kinds } = await handedOut();
    expect(process.inside.snapshot({ pid: 1, startedAt: 0 }).bridges).toEqual([{ bridge: 'bridge-call-1', legs: ['call-1', leg] }]);
    process.farHangsUp(first);
    await settle();
    expect(legs()).toEqual([]);
    expect(kinds()).not.toContain('outside-left');
  });

  it('goes on with a caller who has left the house when the server is started anew, be the call written up or closed', async () => {
    for (const calls of [[], [{ interaction: 'call-1', over: true, agent: '0217' }]]) {
      const { channel, connect, process, legs } = await handedOut();
      await channel.stop();
      await connect(calls);
      expect(legs()).toEqual(['call-1', leg]);
      process.farHangsUp(leg);
      await settle();
      expect(legs()).toEqual([]);
    }
  });

  it('of a call that nobody knows any more is ended', async () => {
    const { channel, connect, dialOut, legs } = await stage();
    await dialOut();
    await channel.stop();
    await connect([{ interaction: 'call-1', over: false, agent: '0217' }]);
    expect(legs()).toEqual(['call-1', leg]);
    await connect([]);
    expect(legs()).toEqual([]);
  });

  it('that is gone when the caller is handed out takes the caller with it instead of leaving silence', async () => {
    const { channel, legs } = await stage();
    await channel.perform({ kind: 'hand-out', interaction: 'call-1', agent: '0217', line: 't-1' });
    await settle();
    expect(legs()).toEqual([]);
  });
});
