import { describe, expect, it } from 'vitest';
import { type VoiceHarness, voiceContract } from '../port-contract.ts';
import { FakeVoiceProcess } from './voice.ts';

function harness(): VoiceHarness {
  let now = 1_000_000;
  const process = new FakeVoiceProcess(() => ++now);
  let files = 0;
  return {
    voice: process.connect(),
    uri: 'sip:phone@192.0.2.1',
    freshFile: () => `/recordings/${++files}.wav`,
    arrive: () => void process.arrive({ from: '02012333' }),
    farHangsUp: (leg) => process.farHangsUp(leg),
    farPresses: (leg, digit) => process.farPresses(leg, digit),
    farHolds: (leg, on) => process.farHolds(leg, on),
    farRings: (leg) => process.farRings(leg),
    farAnswers: (leg) => process.farAnswers(leg),
    browserAnswer: async (offer) => ({ sdp: offer, accepted() {} }),
    finishes: (player) => process.playerFinishes(player),
    connectAgain: () => process.connect(),
    async graceEnds() {
      process.graceEnds();
      expect(process.inside.legs.size).toBe(0);
    },
  };
}

describe('the voice in memory', () => {
  for (const { title, run } of voiceContract) it(title, () => run(harness()));

  it('tells a crash as a snapshot of another process without calls', async () => {
    const process = new FakeVoiceProcess(() => 5);
    const voice = process.connect();
    process.arrive();
    const told: string[] = [];
    voice.listen((event) =>
      told.push(event.kind === 'snapshot' ? `${event.snapshot.process.pid} ${event.snapshot.legs.length}` : event.kind),
    );
    process.crash();
    await Promise.resolve();
    expect(told).toEqual(['1000 1', '1001 0']);
  });
});
