import { randomFrom } from '@threerings/testkit/norms/random';
import type { TrueCall } from './truth.ts';

/** The call as it would sound on another line; what is true of it stays. */
export interface Condition {
  readonly name: string;
  /** gain of each side, dB */
  readonly customerDb?: number;
  readonly agentDb?: number;
  /** white noise on both sides, dBFS (RMS) */
  readonly noiseDb?: number;
  /** each side hears so much of the other, 50 ms late, dB */
  readonly echoDb?: number;
}

export const conditions: readonly Condition[] = [
  { name: 'as recorded' },
  { name: 'both 14 dB softer', customerDb: -14, agentDb: -14 },
  { name: 'agent 12 dB softer', agentDb: -12 },
  { name: 'noise, 21 dB below the voices', noiseDb: -45 },
  { name: 'noise, 14 dB below the voices', noiseDb: -38 },
  { name: 'echo 20 dB below', echoDb: -20 },
  { name: 'echo 14 dB below', echoDb: -14 },
];

const echoSamples = 400;
const factor = (db: number | undefined) => (db === undefined ? 0 : 10 ** (db / 20));

export function under({ customerDb = 0, agentDb = 0, noiseDb, echoDb }: Condition, call: TrueCall): TrueCall {
  const random = randomFrom(12_333);
  // White noise between −1 and 1 has an RMS of 1/√3.
  const noise = factor(noiseDb) * Math.sqrt(3) * 32_768;
  const side = (own: Int16Array, ownDb: number, other: Int16Array, otherDb: number) =>
    own.map((x, i) => {
      const echo = factor(echoDb) * factor(otherDb) * (other[i - echoSamples] ?? 0);
      return Math.max(-32_768, Math.min(32_767, Math.round(factor(ownDb) * x + echo + noise * (2 * random() - 1))));
    });
  return {
    ...call,
    customer: side(call.customer, customerDb, call.agent, agentDb),
    agent: side(call.agent, agentDb, call.customer, customerDb),
  };
}
