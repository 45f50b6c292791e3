import { readFile, stat } from 'node:fs/promises';
import { measureRecording } from '@threerings/core/acoustics/measure-recording';
import type { ImportedSound } from '@threerings/core/timeline/transcript-import';
import { decodingTable } from '@threerings/voice/media/g711';
import { readWav } from '@threerings/voice/media/wav';

/** On which side of a stereo recording the caller is; `unknown` = its sound says nothing. */
export type StereoSides = 'caller-left' | 'agent-left' | 'unknown';

/** Two hours of both sides. */
const largestBytes = 230_000_000;

/**
 * Who spoke and when, by a recording with one side on each channel. Undefined where that cannot be told: one channel, another
 * rate than 8 kHz, too long. @param startedAt instant of its first sample
 */
export async function soundOfRecording(file: string, sides: StereoSides, startedAt: number): Promise<ImportedSound | undefined> {
  if (sides === 'unknown' || (await stat(file)).size > largestBytes) return undefined;
  const read = readWav(await readFile(file), decodingTable('PCMA'));
  if ('problem' in read) return undefined;
  const [left, right] = read.channels;
  if (left === undefined || right === undefined) return undefined;
  const [customer, agent] = sides === 'caller-left' ? [left, right] : [right, left];
  const events = measureRecording(customer, agent, { origin: startedAt, legs: { agent: 'agent', customer: 'caller' } });
  return { from: startedAt, to: startedAt + Math.floor(left.length / 8), events };
}
