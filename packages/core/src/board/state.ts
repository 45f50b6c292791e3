import type { Instant } from '@threerings/norms/trace';
import type { NormCard } from '../observance/norm-card.ts';
import type { Tally } from '../observance/rates.ts';
import type { RestAsked } from '../presence/rest.ts';
import { localDay } from '../promises/calendar.ts';
import type { BoardAlert, BoardCall, EngineDown } from '../wire/board.ts';
import type { PromiseView } from '../wire/desk.ts';
import type { OpenDuty } from '../wire/events.ts';

export interface BoardStaff {
  readonly agent: string;
  readonly name: string;
  readonly unit: string;
  /** queues this person serves */
  readonly queues: readonly string[];
}

/** What a board is made for. */
export interface BoardPlan {
  readonly queues: readonly { readonly queue: string; readonly name: { readonly zh: string; readonly en: string } }[];
  readonly staff: readonly BoardStaff[];
  readonly norms: readonly NormCard[];
  /** local time minus UTC, ms: where the hotline's day begins */
  readonly zoneOffsetMs: number;
  /** an answer within this wait is in time, an abandon within `shortAbandonMs` is not counted, ms */
  readonly serviceLevelMs: number;
  readonly shortAbandonMs: number;
  /** demo: replayed calls count like live ones; otherwise they are shown but not counted */
  readonly countReplays: boolean;
}

export interface BrokenNorm {
  readonly norm: string;
  readonly key: string;
  readonly at: Instant;
}

/** One call on the board. */
export interface CallOnBoard {
  readonly interaction: string;
  readonly origin: BoardCall['origin'];
  readonly state: BoardCall['state'];
  readonly since: Instant;
  readonly agent?: string | undefined;
  readonly queue?: string | undefined;
  /** a leader is on the call */
  readonly monitor?: BoardCall['monitor'];
  /** 拨测: shown, and counted nowhere */
  readonly test: boolean;
  /** the caller was first alerted */
  readonly callerSince: Instant;
  readonly waiting: boolean;
  /** the call was answered before, or counted as offered */
  readonly answered: boolean;
  readonly tally: Tally;
  readonly broken: readonly BrokenNorm[];
  readonly duties: readonly OpenDuty[];
}

export interface PersonOnBoard {
  readonly state: string;
  readonly since: Instant;
  /** asked for or taken */
  readonly rest?: RestAsked | undefined;
}

export interface QueueCounts {
  readonly offered: number;
  readonly answered: number;
  readonly answeredInTime: number;
  readonly abandoned: number;
  readonly abandonedShort: number;
  readonly diverted: number;
}

export const noCounts: QueueCounts = { offered: 0, answered: 0, answeredInTime: 0, abandoned: 0, abandonedShort: 0, diverted: 0 };

export interface AlertOnBoard {
  readonly alert: string;
  readonly at: Instant;
  readonly kind: string;
  readonly severity: BoardAlert['severity'];
  readonly interaction?: string | undefined;
  readonly agent?: string | undefined;
  readonly acknowledgedBy?: string | undefined;
  /** role or 工号 that it is addressed to */
  readonly to?: string | undefined;
  readonly norm?: string | undefined;
  readonly promise?: string | undefined;
  /** what it is about, in its own words */
  readonly about?: string | undefined;
  /** of a request for support: somebody has to have come by then */
  readonly due?: Instant | undefined;
}

/** The board of one hotline. Plain data; a fold of events, verdicts, duties and promises of its day. */
export interface Board {
  readonly plan: BoardPlan;
  readonly asOf: Instant;
  /** local calendar day, days since 1970-01-01 */
  readonly day: number;
  readonly calls: Readonly<Record<string, CallOnBoard>>;
  readonly people: Readonly<Record<string, PersonOnBoard>>;
  readonly queues: Readonly<Record<string, QueueCounts>>;
  readonly norms: Readonly<Record<string, Tally>>;
  /** oldest first */
  readonly alerts: readonly AlertOnBoard[];
  readonly promises: readonly PromiseView[];
  readonly engineDown?: EngineDown | undefined;
}

/** An empty board for the local day of `now`. */
export function emptyBoard(plan: BoardPlan, now: Instant): Board {
  return { plan, asOf: now, day: localDay(now, plan.zoneOffsetMs), calls: {}, people: {}, queues: {}, norms: {}, alerts: [], promises: [] };
}
