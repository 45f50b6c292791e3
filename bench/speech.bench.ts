/**
 * How well the audio-only measures hear a call of real voices, and what they cost: speech of both sides by steps of 10 ms
 * (precision, recall), overlaps and silences (found, wrong), speaking rate (error against what was said), CPU for a second
 * of a call. The material is not part of this repository. No peer is measured.
 * npm run bench -- speech --data DIR
 */
import { parseArgs } from 'node:util';
import { CallMeasures, type Measured } from '@threerings/core/acoustics/call-measures';
import { frameMs, frameSamples } from '@threerings/core/acoustics/frames';
import { ideographs } from '@threerings/core/timeline/ideographs';
import { closingLine } from './lib/figures.ts';
import { conditions, under } from './speech/conditions.ts';
import { score } from './speech/score.ts';
import { readSentences, readTrueCall, type TrueCall } from './speech/truth.ts';

const { values } = parseArgs({ options: { data: { type: 'string', default: '../shared/data/speech' } } });

function measure({ customer, agent }: Pick<TrueCall, 'customer' | 'agent'>): readonly Measured[] {
  const measures = new CallMeasures();
  const told = [...measures.meet()];
  for (let at = 0; at + frameSamples <= customer.length; at += frameSamples)
    told.push(...measures.hear(customer.subarray(at, at + frameSamples), agent.subarray(at, at + frameSamples)));
  return [...told, ...measures.end()];
}

/** CPU of this thread for one second of a call, ms. */
function costOf(call: TrueCall): number {
  const before = process.cpuUsage();
  measure(call);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / ((call.customer.length / frameSamples) * (frameMs / 1000));
}

/** Sentence by sentence with pauses between, as one voice: syllables a minute that were read against those that were said. */
function rateError(sentences: ReturnType<typeof readSentences>): {
  readonly sentences: number;
  readonly said: number;
  readonly read: number;
} {
  let said = 0;
  let read = 0;
  for (const { text, samples } of sentences) {
    const heard = measure({ customer: samples, agent: new Int16Array(samples.length) });
    const reading = heard.find((one) => one.kind === 'rate');
    if (reading?.kind !== 'rate') continue;
    said += ideographs(text);
    read += (reading.rate * reading.window) / 60_000;
  }
  return { sentences: sentences.length, said, read: Math.round(read) };
}

const call = readTrueCall(values.data);
if (typeof call === 'string') {
  console.error(call);
  process.exit(1);
}
const lengthMs = (call.customer.length / frameSamples) * frameMs;
const rows = conditions.map((condition) => {
  const row = { condition: condition.name, ...score(measure(under(condition, call)), call.truth, lengthMs) };
  console.log(JSON.stringify(row));
  return row;
});
const events = measure(call).length;
costOf(call);
const cpuMsPerSecond = Math.round(Math.min(costOf(call), costOf(call), costOf(call)) * 100) / 100;
const rate = rateError(readSentences(values.data));
console.log(`${events} events in ${lengthMs / 1000} s; CPU ${cpuMsPerSecond} ms a second of a call; rate ${JSON.stringify(rate)}`);
closingLine('speech', { rows, eventsPerMinute: Math.round((events * 60_000) / lengthMs), cpuMsPerSecond, rate }, {}, undefined);
