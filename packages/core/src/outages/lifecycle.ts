import type { Instant } from '@threerings/norms/trace';
import { type Refusal, refuse } from '../errors/refusal.ts';
import { type Decision, fact, type Happened, numberOf, textOf } from '../timeline/decider.ts';
import type { OutageKind } from './kinds.ts';

/** What is said of an outage, and may be changed while it goes on. */
export interface OutageFacts {
  readonly title: string;
  readonly areas: readonly string[];
  readonly queues: readonly string[];
  readonly numbers: readonly string[];
  readonly announced: boolean;
  /** when it is to be over; absent = nobody knows yet */
  readonly due?: Instant | undefined;
}

/** An outage. Plain data; a fold of the events of one outage stream. */
export interface Outage extends OutageFacts {
  readonly state: 'none' | 'open' | 'restored';
  readonly kind: string;
  readonly openedAt: Instant;
  /** the restoration that was promised first */
  readonly firstDue?: Instant | undefined;
  readonly restoredAt?: Instant | undefined;
}

export const noOutage: Outage = {
  state: 'none',
  kind: '',
  title: '',
  areas: [],
  queues: [],
  numbers: [],
  announced: false,
  openedAt: 0,
};

/** `agent`: 工号 of who registers or changes it. */
export type OutageCommand = { readonly at: Instant; readonly outage: string; readonly agent: string } & (
  | { readonly kind: 'open'; readonly what: OutageKind; readonly facts: OutageFacts }
  | { readonly kind: 'change'; readonly facts: OutageFacts; readonly reason: string }
  /** `callers`: how many asked to be told */
  | { readonly kind: 'restore'; readonly callers: number }
);

/** Latest restoration that can be promised, from now, ms: thirty days. */
const furthestDue = 30 * 86_400_000;

export function decideOutage(command: OutageCommand, state: Outage): Decision {
  const { at, outage, agent } = command;
  if (command.kind === 'open') {
    if (state.state !== 'none') return [];
    const refusal = factsRefusal(command.facts, at, undefined);
    return refusal ?? [fact('outage.opened', at, { outage, kind: command.what, ...fieldsOf(command.facts), agent })];
  }
  if (state.state === 'none') return refuse('outage.unknown');
  if (state.state === 'restored') return command.kind === 'restore' ? [] : refuse('outage.over');
  if (command.kind === 'restore') return [fact('outage.restored', at, { outage, callers: command.callers, agent })];
  if (command.reason.trim() === '') return refuse('outage.no-reason');
  const refusal = factsRefusal(command.facts, at, state.due);
  return refusal ?? [fact('outage.changed', at, { outage, ...fieldsOf(command.facts), reason: command.reason, agent })];
}

export function evolveOutage(state: Outage, event: Happened): Outage {
  switch (event.type) {
    case 'outage.opened': {
      const facts = factsOf(event);
      return { ...facts, state: 'open', kind: textOf(event, 'kind') ?? '', openedAt: event.occurredAt, firstDue: facts.due };
    }
    case 'outage.changed': {
      const facts = factsOf(event);
      return { ...state, ...facts, firstDue: state.firstDue ?? facts.due };
    }
    case 'outage.restored':
      return { ...state, state: 'restored', restoredAt: event.occurredAt };
    default:
      return state;
  }
}

function factsRefusal({ title, due }: OutageFacts, at: Instant, stands: Instant | undefined): Refusal | undefined {
  if (title.trim() === '') return refuse('outage.no-title');
  // What was promised stands although it has passed, until somebody says something new.
  if (due === undefined || due === stands) return undefined;
  return due <= at || due > at + furthestDue ? refuse('outage.due-range', { days: furthestDue / 86_400_000 }) : undefined;
}

function fieldsOf({ title, areas, queues, numbers, announced, due }: OutageFacts) {
  return { title: title.trim(), areas: [...areas], queues: [...queues], numbers: [...numbers], announced, due };
}

function factsOf(event: Happened): OutageFacts {
  const list = (name: string) => {
    const value = event.fields[name];
    return Array.isArray(value) ? value.map(String) : [];
  };
  return {
    title: textOf(event, 'title') ?? '',
    areas: list('areas'),
    queues: list('queues'),
    numbers: list('numbers'),
    announced: event.fields['announced'] === true,
    due: numberOf(event, 'due'),
  };
}
