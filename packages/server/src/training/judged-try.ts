import { toWire } from '@threerings/core/timeline/to-wire';
import { missedWords } from '@threerings/core/training/missed-words';
import type { Rehearsal } from '@threerings/core/training/rehearsal';
import { resultOf } from '@threerings/core/training/result';
import type { WireEvent, WireVerdict } from '@threerings/core/wire/events';
import type { MissedWords, TrainingResult } from '@threerings/core/wire/training';
import { judge } from '@threerings/norms/judge';
import type { Bilingual } from '@threerings/norms/problem';
import { programPart } from '@threerings/norms/program';
import type { NormBook } from '../norm-packs/norm-book.ts';
import { filled } from '../observance/guide.ts';
import type { TrainingNorms } from './training-norms.ts';

/** Everything that is to be seen of a try that is over. */
export interface JudgedTry {
  readonly events: readonly WireEvent[];
  readonly verdicts: readonly WireVerdict[];
  readonly missed: readonly MissedWords[];
  readonly result: TrainingResult;
}

/** Judges a try by the engine that judges calls, and says what was missing in the words of the norms. */
export function judged(rehearsal: Rehearsal, norms: TrainingNorms): JudgedTry {
  const events = rehearsal.events();
  // What is due after the call – a case, a shift – cannot be practised in one.
  const programs = norms.programs.map((program) => programPart(program, (scope) => scope !== 'case' && scope !== 'shift'));
  const byBook = programs.map((program, n) => ({ book: norms.books[n], verdicts: judge(program, events) }));
  const all = byBook.flatMap(({ verdicts }) => verdicts);
  const slots = { 工号: rehearsal.house.agent };
  const missed = byBook.flatMap(({ book, verdicts }) =>
    book === undefined
      ? []
      : verdicts
          .filter(({ value }) => value === 'broken')
          .map((verdict) => {
            const norm = book.norm(verdict.norm);
            const { norm: id, key } = verdict;
            if (norm === undefined) return { norm: id, key };
            const { message, sentence, nearest } = missedWords(norm, verdict, book.pack.families, events);
            return { norm: id, key, message: worded(book, id, message), sentence: sentence && filled(sentence, {}, slots), nearest };
          }),
  );
  return {
    events: events.map((event) => toWire(event, event.text)),
    verdicts: byBook.flatMap(({ book, verdicts }) =>
      book === undefined ? [] : verdicts.map((verdict) => book.onWire({ verdict }, events)),
    ),
    missed,
    result: resultOf(rehearsal, all),
  };
}

function worded(book: NormBook, norm: string, message: string | undefined): Bilingual | undefined {
  return message === undefined ? undefined : book.words.message(norm, message);
}
