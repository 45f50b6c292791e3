import fs from 'node:fs';
import path from 'node:path';
import { decodingTable } from '@threerings/voice/media/g711';
import { readWav } from '@threerings/voice/media/wav';

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What is true of the call, seconds. */
export interface Truth {
  readonly segs: readonly (Stretch & { readonly ch: 'agent' | 'caller'; readonly text: string })[];
  readonly overlaps: readonly Stretch[];
  readonly silences: readonly Stretch[];
}

export interface TrueCall {
  readonly customer: Int16Array;
  readonly agent: Int16Array;
  readonly truth: Truth;
}

/** A call of real voices with what is true of it, or a sentence that says what is missing. */
export function readTrueCall(folder: string): TrueCall | string {
  const [wav, json] = ['call1.stereo8k.wav', 'call1.truth.json'].map((name) => path.join(folder, name));
  if (!fs.existsSync(wav ?? '') || !fs.existsSync(json ?? ''))
    return `${folder}: call1.stereo8k.wav and call1.truth.json are expected here; give the folder that has them with --data DIR`;
  const read = readWav(fs.readFileSync(wav ?? ''), decodingTable('PCMA'));
  if ('problem' in read) return `${wav}: ${read.problem}`;
  const [customer, agent] = read.channels;
  if (customer === undefined || agent === undefined) return `${wav}: two channels are expected, the caller left and the agent right`;
  return { customer, agent, truth: JSON.parse(fs.readFileSync(json ?? '', 'utf8')) as Truth };
}

export interface SpokenSentence {
  readonly text: string;
  readonly samples: Int16Array;
}

/** Sentences of one speaker each with what was said, as far as the folder has any. */
export function readSentences(folder: string): SpokenSentence[] {
  const index = path.join(folder, 'utterances/index.tsv');
  if (!fs.existsSync(index)) return [];
  return fs
    .readFileSync(index, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [file = '', text = ''] = line.split('\t');
      const read = readWav(fs.readFileSync(path.join(folder, 'utterances', file)), decodingTable('PCMA'));
      const samples = 'problem' in read ? undefined : read.channels[0];
      return samples === undefined || /[A-Za-z0-9]/.test(text) ? [] : [{ text, samples }];
    });
}
