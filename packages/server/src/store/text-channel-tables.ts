import type { Instant } from '@threerings/norms/trace';
import type { Generated } from 'kysely';

/** Conversations on other houses' channels; part of `Schema`. */

export interface ChatThreadsTable {
  interaction: string;
  channel: string;
  thread: string;
  address_ref: string;
  reply_to: string;
  reply_at: Instant;
  numbered: Generated<number>;
  opened_at: Instant;
}

export interface ChatTakenTable {
  message: string;
  at: Instant;
}

export interface ChatDeliveriesTable {
  part: string;
  message: string;
  place: number;
  parts: number;
  interaction: string;
  text_ref: string;
  state: Generated<'queued' | 'sent' | 'dead'>;
  made_at: Instant;
  next_at: Instant;
  attempts: Generated<number>;
  reply_to: string | null;
  number: number | null;
  fault: string | null;
  ord: number;
  attachment: string | null;
}

export interface ChatMediaTable {
  attachment: string;
  message: string;
  interaction: string;
  media_ref: string;
  state: Generated<'waiting' | 'kept' | 'missing'>;
  made_at: Instant;
  next_at: Instant;
  attempts: Generated<number>;
  fault: string | null;
}

export interface ChatCursorsTable {
  channel: string;
  source: string;
  cursor: string | null;
  since: Instant;
}
