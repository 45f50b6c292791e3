import type { HotlineInput } from '@threerings/core/hotline/inputs';
import { type Happened, textOf } from '@threerings/core/timeline/decider';

/** Numbers that are remembered; the oldest go first. */
const mostNumbers = 50_000;
const dayMs = 86_400_000;

/** An answered call of a number. */
export interface AnsweredCall {
  readonly number: string;
  readonly agent: string;
  readonly at: number;
}

/**
 * Who spoke to a caller first, lately (首问负责): found by the number, which is held in memory only and no longer than the
 * days of the setting. Numbers of people who were erased are not read again after a restart.
 */
export class RepeatCallers {
  /** by number, in the order in which they called last; first receiver and when */
  readonly #first = new Map<string, { readonly agent: string; readonly at: number }>();
  readonly #calling = new Map<string, string>();
  readonly #days: () => number;

  constructor(days: () => number) {
    this.#days = days;
  }

  /** What was stored of the days before; oldest first. */
  restore(calls: readonly AnsweredCall[]): void {
    for (const call of calls) this.#answered(call);
  }

  /** An arriving caller with the agent who spoke to this number first within the days of the setting. */
  known(input: HotlineInput): HotlineInput {
    if (input.kind !== 'caller-arrived' || input.number === undefined || input.firstReceiver !== undefined) return input;
    this.#calling.set(input.interaction, input.number);
    const first = this.#first.get(input.number);
    return first === undefined || this.#isOld(first.at, input.at) ? input : { ...input, firstReceiver: first.agent };
  }

  take(interaction: string, event: Happened): void {
    const number = this.#calling.get(interaction);
    const agent = textOf(event, 'agent');
    if (event.type === 'interaction.closed') this.#calling.delete(interaction);
    if (number === undefined || agent === undefined || event.type !== 'call.answered' || event.by === 'customer') return;
    this.#answered({ number, agent, at: event.occurredAt });
  }

  #answered({ number, agent, at }: AnsweredCall): void {
    const known = this.#first.get(number);
    this.#first.delete(number);
    this.#first.set(number, known === undefined || this.#isOld(known.at, at) ? { agent, at } : known);
    const [oldest] = this.#first.keys();
    if (this.#first.size > mostNumbers && oldest !== undefined) this.#first.delete(oldest);
  }

  #isOld(since: number, at: number): boolean {
    return at - since > this.#days() * dayMs;
  }
}
