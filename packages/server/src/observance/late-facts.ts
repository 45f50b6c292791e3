import type { TimelineEvent } from '@threerings/core/timeline/event';
import { judge } from '@threerings/norms/judge';
import type { Program } from '@threerings/norms/program';
import { revise } from '@threerings/norms/revise';
import type { Verdict } from '@threerings/norms/trace';
import type { Clock } from '../clock.ts';
import type { AppendRequest, Origin } from '../store/append-request.ts';
import { type Judged, keyOf } from './call-watch.ts';
import { verdictRequest } from './verdict-request.ts';

export interface ClosedInteraction {
  readonly origin: Origin;
  readonly closedAt: number;
}

export interface LateFactsParts {
  readonly clock: Clock;
  /** undefined: unknown, or it goes on */
  closed(interaction: string): Promise<ClosedInteraction | undefined>;
  /** the stored timeline of an interaction, with the texts that still exist */
  history(interaction: string): Promise<readonly TimelineEvent[]>;
  stored(interaction: string): Promise<readonly Verdict[]>;
  /** the norms of a pack's version, without those of scope 个案; undefined: nobody can read that version any more */
  programUnder(of: { readonly pack: string; readonly packVersion: number } | undefined): Program | undefined;
  append(request: AppendRequest, judged: Judged): Promise<unknown>;
  /** after the commit */
  changed(interaction: string, judged: Judged, events: readonly TimelineEvent[]): void;
  onError(interaction: string, error: unknown): void;
}

/** Texts of one call come one by one: they are waited for so long after the last, ms. */
const restMs = 3000;
/** Interactions that wait to be judged again; beyond it the newest is left to `threerings rejudge`. */
const mostWaiting = 2000;
/** Longest timeline that is judged again while people wait. */
const mostEvents = 20_000;
/** How long after its end a call is judged again by itself, ms: 180 days, as long as its sound is kept. */
const longestMs = 180 * 86_400_000;
/** What is stored beside a call and means nothing to its norms. */
const beside = /^(?:recording|verdict|appeal)\./;

/**
 * Judges a closed interaction again when something is told of it afterwards: a text that was recognised late, a measure, a record that was
 * saved after the work was over. What the late facts alone change becomes a revision that names them; a verdict that another release or an
 * erased text would give otherwise stays as it is.
 */
export class LateFacts {
  readonly #parts: LateFactsParts;
  readonly #waiting = new Map<string, () => void>();
  #running: Promise<void> = Promise.resolve();

  constructor(parts: LateFactsParts) {
    this.#parts = parts;
  }

  /** Events of an interaction that nobody watches. */
  take(interaction: string, events: readonly TimelineEvent[]): void {
    const told = events.some(({ stream, n, type }) => stream === `interaction-${interaction}` && n > 1 && !beside.test(type));
    if (!told || events.some(({ n, type }) => n === 1 || type === 'interaction.closed')) return;
    const cancel = this.#waiting.get(interaction);
    if (cancel === undefined && this.#waiting.size >= mostWaiting) {
      this.#parts.onError(interaction, new Error(`${mostWaiting} calls wait to be judged again: this one is left to threerings rejudge`));
      return;
    }
    cancel?.();
    const { clock } = this.#parts;
    this.#waiting.set(
      interaction,
      clock.at(clock.now() + restMs, () => this.#due(interaction)),
    );
  }

  /**
   * Interactions that were closed just before the last process ended: what of their judgement was not stored any more is judged now. What is
   * stored stays as it is.
   */
  judgeRest(interactions: readonly string[]): void {
    for (const interaction of interactions) this.#next(interaction, () => this.#judgeRest(interaction));
  }

  /** Settles when nothing is being judged; what still waits is judged first. */
  async settled(): Promise<void> {
    for (const [interaction, cancel] of [...this.#waiting]) {
      cancel();
      this.#due(interaction);
    }
    await this.#running;
  }

  /** One after the other: live calls go first. */
  #due(interaction: string): void {
    this.#waiting.delete(interaction);
    this.#next(interaction, () => this.#judgeAgain(interaction));
  }

  #next(interaction: string, work: () => Promise<void>): void {
    this.#running = this.#running.then(work).catch((error: unknown) => this.#parts.onError(interaction, error));
  }

  async #judgeRest(interaction: string): Promise<void> {
    const before = await this.#parts.stored(interaction);
    const program = this.#programUnder(before);
    const events = (await this.#parts.history(interaction)).filter(({ type }) => !beside.test(type));
    if (events.length > mostEvents) throw new Error(`${events.length} events: left to threerings rejudge`);
    const known = new Set(before.map(keyOf));
    const settled = judge(program, events).filter((verdict) => !known.has(keyOf(verdict)));
    if (settled.length === 0) return;
    const judged = { settled, revised: [] };
    await this.#parts.append(verdictRequest(interaction, 'live', judged), judged);
    this.#parts.changed(interaction, judged, events);
  }

  #programUnder([first]: readonly Verdict[]): Program {
    const program = this.#parts.programUnder(first);
    if (program === undefined)
      throw new Error(`version ${first?.packVersion} of ${first?.pack} cannot be read: left to threerings rejudge`);
    return program;
  }

  async #judgeAgain(interaction: string): Promise<void> {
    const { clock, history, stored } = this.#parts;
    const closed = await this.#parts.closed(interaction);
    if (closed === undefined || closed.origin === 'replay' || clock.now() - closed.closedAt > longestMs) return;
    const events = await history(interaction);
    const end = events.find(({ type }) => type === 'interaction.closed')?.n;
    const late = end === undefined ? [] : events.filter(({ n, type }) => n > end && !beside.test(type));
    const cause = late.at(-1);
    if (cause === undefined) return;
    if (events.length > mostEvents) throw new Error(`${events.length} events: left to threerings rejudge`);
    const before = await stored(interaction);
    const program = this.#programUnder(before);
    const judged = changedBy(late, events, program, before, cause.id);
    if (judged.settled.length === 0 && judged.revised.length === 0) return;
    await this.#parts.append(verdictRequest(interaction, closed.origin, judged), judged);
    this.#parts.changed(interaction, judged, events);
  }
}

/** What the late events alone change in the verdicts that are stored. */
function changedBy(
  late: readonly TimelineEvent[],
  events: readonly TimelineEvent[],
  program: Program,
  stored: readonly Verdict[],
  cause: string,
): Judged {
  const known = new Map(stored.map((verdict) => [keyOf(verdict), verdict]));
  const without = judge(
    program,
    events.filter((event) => !late.includes(event)),
  );
  const changes = revise(without, judge(program, events), cause).map((change) => ({ ...change, from: known.get(keyOf(change)) }));
  const same = (one: Verdict | undefined, other: Verdict | undefined) => one?.value === other?.value && one?.at === other?.at;
  return {
    settled: changes.flatMap(({ from, to }) => (from === undefined && to !== undefined ? [to] : [])),
    revised: changes.filter(({ from, to }) => from !== undefined && !same(from, to)),
  };
}
