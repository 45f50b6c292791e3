import { isRefusal, type Refusal } from '@threerings/core/errors/refusal';
import type { Decision, Happened } from '@threerings/core/timeline/decider';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import type { AppendRequest } from '../store/append-request.ts';
import type { EventStore } from '../store/event-store.ts';
import type { AppendRefusal } from '../store/stream-refusals.ts';

/** A lifecycle of `core`: what a command leads to, and what an event makes of the state. Pure. */
export interface Lifecycle<State, Command> {
  readonly initial: State;
  readonly evolve: (state: State, event: Happened) => State;
  readonly decide: (command: Command, state: State) => Decision;
}

/** Where and with what a decision is stored. */
export type Destination = Omit<AppendRequest, 'events' | 'after'>;

export type Handled<State> =
  /** `events` may be empty: the command has had its effect already */
  { readonly events: readonly TimelineEvent[]; readonly state: State } | Refusal | AppendRefusal;

/** Somebody may come first this often before the caller is asked to try again. */
const mostTries = 5;

/**
 * Carries out one command on one stream: load → decide → append, and again when another event came first. A command is
 * acknowledged when this returns events: they are committed. Refusals are values.
 */
export async function handle<State, Command>(
  store: Pick<EventStore, 'append' | 'load'>,
  lifecycle: Lifecycle<State, Command>,
  destination: Destination,
  command: Command,
): Promise<Handled<State>> {
  let state = lifecycle.initial;
  let n = 0;
  for (let tries = 1; ; tries += 1) {
    const newer = await store.load(destination.stream, n);
    state = newer.reduce<State>(lifecycle.evolve, state);
    n = newer.at(-1)?.n ?? n;
    const decision = lifecycle.decide(command, state);
    if (isRefusal(decision)) return decision;
    if (decision.length === 0) return { events: [], state };
    const answer = await store.append({ ...destination, events: decision, after: n });
    if (!('facts' in answer)) return { events: answer.events, state: answer.events.reduce<State>(lifecycle.evolve, state) };
    if (answer.refused !== 'stream.conflict' || tries === mostTries) return answer;
  }
}
