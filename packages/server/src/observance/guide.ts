import type { OpenDuty } from '@threerings/core/wire/events';
import { type DutyHint, hints } from '@threerings/norms/hints';
import { sayable } from '@threerings/norms/lexical/sayable';
import type { FieldValue, Instant } from '@threerings/norms/trace';
import type { NormBook } from '../norm-packs/norm-book.ts';
import type { CallWatch } from './call-watch.ts';

/** How often a recurring duty that was missed is looked at, ms. */
const recurringMs = 1000;

/** The open duties of the calls that are going on: what the guide shows. Speculative; nothing of it is stored. */
export class Guide {
  readonly #book: () => Pick<NormBook, 'words' | 'family'>;
  readonly #duties = new Map<string, readonly OpenDuty[]>();

  constructor(book: () => Pick<NormBook, 'words' | 'family'>) {
    this.#book = book;
  }

  of(interaction: string): readonly OpenDuty[] {
    return this.#duties.get(interaction) ?? [];
  }

  /** Looks again. True when anything that a page shows has changed. `slots` fill sentences: 工号, 机构 … */
  refresh(interaction: string, watch: CallWatch, now: Instant, slots: Readonly<Record<string, string>>): boolean {
    if (watch.closed) return this.#duties.delete(interaction);
    const duties = hints(watch.program, watch.state, now).map((hint) => this.#dutyOf(hint, slots));
    const before = this.#duties.get(interaction) ?? [];
    if (JSON.stringify(before) === JSON.stringify(duties)) return false;
    this.#duties.set(interaction, duties);
    return true;
  }

  /** When something that a page shows of this call changes by time alone: a duty comes near, is over, or is due once more. */
  nextChange(interaction: string, now: Instant): Instant | undefined {
    let next: Instant | undefined;
    const sooner = (at: Instant | undefined) => {
      if (at !== undefined && at > now && (next === undefined || at < next)) next = at;
    };
    for (const { state, deadline, warnAt } of this.of(interaction)) {
      sooner(warnAt);
      if (deadline === undefined) continue;
      sooner(deadline + 1);
      // A recurring duty that was missed is asked for until its time is over, which only the engine knows.
      if (state === 'late') sooner(now + recurringMs);
    }
    return next;
  }

  #dutyOf(
    { norm, key, cites, severity, actor, state, parts, since, deadline, warnAt, message, phrase, values }: DutyHint,
    slots: Readonly<Record<string, string>>,
  ): OpenDuty {
    const book = this.#book();
    const { words } = book;
    const family = phrase === undefined ? undefined : book.family(phrase);
    const sentence = family && sayable(family);
    return {
      norm,
      key,
      title: words.title(norm),
      cites: [...cites],
      severity,
      actor,
      state,
      parts: parts.map(({ label, done }) => ({ label: words.label(norm, label), done })),
      since,
      ...(deadline === undefined ? {} : { deadline }),
      ...(warnAt === undefined ? {} : { warnAt }),
      ...(sentence === undefined ? {} : { sentence: filled(sentence, values, slots) }),
      ...(message === undefined ? {} : { message: words.message(norm, message) }),
    };
  }
}

/** What is not known stays visible as a blank for the agent to fill. */
export function filled(sentence: string, values: Readonly<Record<string, FieldValue>>, slots: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{([^{}]{1,20})\}/g, (_, name: string) => slots[name] ?? String(values[name] ?? '＿＿'));
}
