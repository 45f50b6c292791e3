import type { Recogniser, RecognitionSink, Utterance } from './recogniser.ts';

/** How a suite drives one kind of recogniser. */
export interface RecogniserUnderTest {
  readonly recogniser: Recogniser;
  /** 20 ms each: a voice that says `sentences` sentences with pauses of a second between and behind them */
  readonly frames: readonly Int16Array[];
  readonly sentences: number;
  /** lets the engine work; called now and then between frames */
  pace(): Promise<void>;
  /** the engine fails, and comes back; absent where nothing can fail */
  readonly failure?: { begin(): Promise<void>; end(): Promise<void> };
}

export interface Rule {
  readonly title: string;
  /** What is wrong, or undefined. */
  check(under: RecogniserUnderTest): Promise<string | undefined>;
}

interface Diary extends RecognitionSink {
  readonly utterances: Utterance[];
  readonly marks: number[];
  readonly gaps: { from: number; to?: number }[];
  readonly faults: string[];
}

/** Keeps what is told and notes what may not be. */
function diary(): Diary {
  const utterances: Utterance[] = [];
  const marks: number[] = [];
  const gaps: { from: number; to?: number }[] = [];
  const faults: string[] = [];
  return {
    utterances,
    marks,
    gaps,
    faults,
    said(utterance) {
      if (utterance.from < (marks.at(-1) ?? 0)) faults.push(`said at ${utterance.from} although ${marks.at(-1)} was settled`);
      utterances.push(utterance);
    },
    settled(until) {
      if (until < (marks.at(-1) ?? 0)) faults.push(`settled ${until} after ${marks.at(-1)}`);
      marks.push(until);
    },
    lost(from) {
      if (gaps.some(({ to }) => to === undefined)) faults.push('lost twice');
      gaps.push({ from });
    },
    found(at) {
      const gap = gaps.at(-1);
      if (gap === undefined || gap.to !== undefined) faults.push('found what was not lost');
      else gap.to = at;
    },
  };
}

const frameMs = 20;

async function heard(under: RecogniserUnderTest, frames: readonly Int16Array[]): Promise<Diary> {
  const told = diary();
  const stream = under.recogniser.open({ call: 'c', side: 'customer' }, told);
  for (const [at, frame] of frames.entries()) {
    stream.hear(frame);
    if (at % 5 === 0) await under.pace();
  }
  await stream.end();
  return told;
}

/** Rules that every recogniser keeps; test files run them one by one. */
export const recogniserContract: readonly Rule[] = [
  {
    title: 'tells every sentence once, in order, with times within the sound',
    async check(under) {
      const { utterances, faults, gaps } = await heard(under, under.frames);
      const length = under.frames.length * frameMs;
      if (faults.length + gaps.length > 0) return [...faults, ...gaps.map(({ from }) => `lost from ${from}`)].join('; ');
      if (utterances.length !== under.sentences) return `${utterances.length} utterances of ${under.sentences} sentences`;
      const strange = utterances.find(
        ({ from, to, text, confidence }) => !(from >= 0 && from < to && to <= length && text !== '' && confidence >= 0 && confidence <= 1),
      );
      if (strange !== undefined) return `strange: ${JSON.stringify(strange)}`;
      const swapped = utterances.findIndex(({ from }, i) => from < (utterances[i - 1]?.to ?? 0));
      return swapped === -1 ? undefined : `utterance ${swapped} begins before the one before it ends`;
    },
  },
  {
    title: 'settles as the sound goes on, and everything at its end',
    async check(under) {
      const { marks, faults } = await heard(under, under.frames);
      const length = under.frames.length * frameMs;
      if (faults.length > 0) return faults.join('; ');
      if (marks.at(-1) !== length) return `${marks.at(-1)} of ${length} ms settled at the end`;
      return marks.some((mark) => mark > length / 4 && mark < length) ? undefined : 'nothing was settled before the end';
    },
  },
  {
    title: 'a failing engine is a gap and not silence; afterwards it is heard again',
    async check(under) {
      const { failure } = under;
      if (failure === undefined) return undefined;
      const told = diary();
      const stream = under.recogniser.open({ call: 'c', side: 'agent' }, told);
      const play = async () => {
        for (const [at, frame] of under.frames.entries()) {
          stream.hear(frame);
          if (at % 5 === 0) await under.pace();
        }
      };
      await play();
      await failure.begin();
      const before = told.utterances.length;
      await play();
      if (told.gaps.length === 0) return 'the failure was not told';
      await failure.end();
      for (let i = 0; i < 20 && told.gaps.at(-1)?.to === undefined; i++) await play();
      await play();
      await stream.end();
      if (told.faults.length > 0) return told.faults.join('; ');
      if (told.gaps.at(-1)?.to === undefined) return 'it was never found again';
      return told.utterances.length > before ? undefined : 'nothing was recognised afterwards';
    },
  },
  {
    title: 'never waits: sound that comes all at once is recognised or lost',
    async check(under) {
      const told = diary();
      const stream = under.recogniser.open({ call: 'c', side: 'customer' }, told);
      const rounds = 20;
      for (let round = 0; round < rounds; round++) for (const frame of under.frames) stream.hear(frame);
      await stream.end();
      if (told.faults.length > 0) return told.faults.join('; ');
      const all = under.sentences * rounds;
      return told.utterances.length === all || told.gaps.length > 0 || under.failure === undefined
        ? undefined
        : `${told.utterances.length} of ${all} and no gap`;
    },
  },
  {
    title: 'tells nothing after it was closed',
    async check(under) {
      const told = diary();
      const stream = under.recogniser.open({ call: 'c', side: 'customer' }, told);
      for (const frame of under.frames.slice(0, under.frames.length / 2)) stream.hear(frame);
      stream.close();
      const before = [told.utterances.length, told.marks.length, told.gaps.length];
      for (const frame of under.frames) stream.hear(frame);
      await stream.end();
      await under.pace();
      const after = [told.utterances.length, told.marks.length, told.gaps.length];
      return String(before) === String(after) ? undefined : `${before} before, ${after} after`;
    },
  },
];
