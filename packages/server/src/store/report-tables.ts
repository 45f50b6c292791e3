import type { Generated } from 'kysely';

/** Instants are integer milliseconds since the epoch. */
type Instant = number;

export interface CallFactsTable {
  interaction: string;
  /** events of the call's stream that it was made from */
  n: number;
  origin: string;
  at: Instant;
  direction: 'in' | 'out';
  test: boolean;
  asked_at: Instant | null;
  queue: string | null;
  agent: string | null;
  outcome: 'answered' | 'abandoned' | 'other';
  wait_ms: number | null;
  talk_ms: number;
  hold_ms: number;
  wrap_up_ms: number;
  invited: boolean;
  score: number | null;
  transfers: Generated<number>;
  message: Generated<boolean>;
  blocked: Generated<boolean>;
  /** keyed hash of the caller's number; null once the caller was erased */
  caller: Buffer | null;
  /** how it was counted; rows of an earlier way are made anew */
  way: Generated<number>;
}

export interface ChatFactsTable {
  interaction: string;
  /** events of the chat's stream that it was made from */
  n: number;
  origin: string;
  at: Instant;
  queue: string | null;
  agent: string | null;
  outcome: 'answered' | 'abandoned';
  first_reply_ms: number | null;
  silence_ms: number;
  transfers: number;
  invited: boolean;
  score: number | null;
}

export interface BlocklistTable {
  entry: string;
  number_ref: string;
  reason: string;
  offer: 'message' | 'end';
  by: string;
  at: Instant;
  until: Instant;
  calls: Generated<number>;
  last_at: Instant | null;
  released_at: Instant | null;
  released_by: string | null;
  release_note: string | null;
}

export interface ReportMailingsTable {
  mailing: string;
  kind: 'day' | 'week' | 'month';
  unit: string | null;
  queue: string | null;
  grouping: 'unit' | 'agent' | 'queue';
  language: 'zh' | 'en';
  /** a list of addresses in the vault */
  to_ref: string;
  maker: string;
  at: Instant;
  last_day: string;
  last_fault: string | null;
}

export interface ShiftDaysTable {
  agent: string;
  /** local day of the hotline, days since 1970-01-01 */
  day: number;
  signed_in_ms: number;
  rest_ms: number;
  handling_ms: number;
}

export interface ShiftFoldsTable {
  stream: string;
  n: number;
  /** null = not signed in */
  state: string | null;
  since: Instant;
}
