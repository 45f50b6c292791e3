import type { Labelled, Sets } from './sets.ts';

export interface Task {
  readonly name: string;
  readonly set: keyof Sets;
  readonly label: string;
  readonly families: readonly string[];
  /** what somebody would write first */
  readonly regex: RegExp;
}

export const tasks: readonly Task[] = [
  { name: 'crosswoz greeting', set: 'crosswoz', label: 'greet', families: ['greeting'], regex: /你好|您好/ },
  { name: 'crosswoz thanks', set: 'crosswoz', label: 'thank', families: ['thanks'], regex: /谢谢|感谢|多谢|谢了/ },
  { name: 'crosswoz farewell', set: 'crosswoz', label: 'bye', families: ['farewell'], regex: /再见|拜拜/ },
  { name: 'crosswoz welcome', set: 'crosswoz', label: 'welcome', families: ['thanks_reply'], regex: /不客气|不用谢|不谢/ },
  { name: 'cped apology', set: 'cped', label: 'apology', families: ['apology'], regex: /对不起|抱歉|不好意思/ },
  { name: 'cped comfort', set: 'cped', label: 'comfort', families: ['comfort'], regex: /别着急|别难过|没事|放心/ },
  { name: 'cped thanks', set: 'cped', label: 'thanking', families: ['thanks'], regex: /谢谢|感谢|多谢|谢了/ },
  { name: 'cold abuse', set: 'cold', label: 'offensive', families: ['abuse', 'slur'], regex: /傻|滚|贱|垃圾|他妈|操|恶心|狗|猪|逼|蠢/ },
];

export interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly positives: number;
  readonly of: number;
}

/** Precision and recall, with at most `misses` of each kind of error as lines. */
export function scored(utterances: readonly Labelled[], { label }: Task, heard: (text: string) => boolean, misses: number) {
  let right = 0;
  const missed: string[] = [];
  const wrong: string[] = [];
  for (const { text, labels } of utterances) {
    const is = labels.includes(label);
    const was = heard(text);
    if (is && was) right++;
    else if (is) missed.push(`missed: ${text}`);
    else if (was) wrong.push(`wrong (${labels.join(' ')}): ${text}`);
  }
  const score: Score = {
    precision: rounded(right / (right + wrong.length)),
    recall: rounded(right / (right + missed.length)),
    positives: right + missed.length,
    of: utterances.length,
  };
  return { score, shown: [...missed.slice(0, misses), ...wrong.slice(0, misses)] };
}

const rounded = (value: number) => Math.round(value * 1000) / 1000;
