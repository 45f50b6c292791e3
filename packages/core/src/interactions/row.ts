import type { Instant } from '@threerings/norms/trace';
import type { Tally } from '../observance/rates.ts';
import { type Happened, numberOf, textOf } from '../timeline/decider.ts';
import type { InteractionRow } from '../wire/interactions.ts';

/** What a list shows of one interaction. Plain data; a fold of its events. */
export interface RowState {
  readonly startedAt?: Instant | undefined;
  readonly endedAt?: Instant | undefined;
  readonly answeredAt?: Instant | undefined;
  readonly channel: string;
  readonly agent?: string | undefined;
  readonly queue?: string | undefined;
  readonly talkMs: number;
  readonly outcome?: string | undefined;
}

export const emptyRow: RowState = { channel: '', talkMs: 0 };

export function evolveRow(row: RowState, event: Happened): RowState {
  const started: RowState = { ...row, startedAt: row.startedAt ?? event.occurredAt };
  switch (event.type) {
    case 'call.offered':
    case 'chat.opened':
      return { ...started, channel: textOf(event, 'channel') ?? '', queue: textOf(event, 'queue') };
    case 'call.queued':
      return { ...started, queue: textOf(event, 'queue') };
    case 'call.answered':
    case 'chat.accepted':
    case 'transfer.completed':
      if (event.by === 'customer') return started;
      return { ...started, agent: textOf(event, 'agent') ?? row.agent, answeredAt: row.answeredAt ?? event.occurredAt };
    case 'call.ended':
    case 'chat.ended':
      return { ...started, endedAt: event.occurredAt, outcome: textOf(event, 'outcome'), talkMs: numberOf(event, 'talk') ?? 0 };
    default:
      return started;
  }
}

/** What the events do not tell: how it came here, the name behind the 工号, and what the norms said. */
export interface RowContext {
  readonly interaction: string;
  readonly origin: InteractionRow['origin'];
  readonly agentName?: string | undefined;
  readonly tally: Tally;
}

/** The row of a list; undefined while nothing has happened. */
export function rowOf(row: RowState, { interaction, origin, agentName, tally }: RowContext): InteractionRow | undefined {
  if (row.startedAt === undefined) return undefined;
  const { startedAt, endedAt, channel, agent, queue, talkMs, outcome } = row;
  return { interaction, origin, startedAt, endedAt, channel, agent, agentName, queue, talkMs, outcome, ...tally };
}
