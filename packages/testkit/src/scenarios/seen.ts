import type { Instant, TraceEvent, Verdict } from '@threerings/norms/trace';

export type SeenEvent = Pick<TraceEvent, 'id' | 'type' | 'by' | 'occurredAt' | 'seq' | 'fields' | 'text'>;
export type SeenVerdict = Pick<Verdict, 'norm' | 'value' | 'at' | 'anchor' | 'reason' | 'missing' | 'who'>;

/** A caller's newest call. */
export interface SeenCall {
  readonly interaction: string;
  /** in timeline order */
  readonly events: readonly SeenEvent[];
  /** settled so far */
  readonly verdicts: readonly SeenVerdict[];
}

export interface SeenDesk {
  readonly shows: 'nothing' | 'ring' | 'consult' | 'call' | 'wrap-up';
  readonly interaction?: string | undefined;
}

export interface SeenBoard {
  readonly waiting: number;
  readonly ready: number;
  readonly talking: number;
  /** absent where other calls are counted as well */
  readonly today?: DayCounts | undefined;
}

export interface DayCounts {
  readonly offered: number;
  readonly answered: number;
  readonly answeredInTime: number;
  readonly abandoned: number;
}

export interface SeenPromise {
  readonly interaction: string | undefined;
  readonly kind: string;
  readonly owner: string;
  readonly state: string;
  readonly dueAt: Instant;
  /** 1 the leader knows that it is overdue, 2 operations */
  readonly escalated?: number | undefined;
  readonly attempts?: number | undefined;
  readonly lastAttempt?: { readonly outcome: string } | undefined;
}

/** A ticket that was written about a caller's call. */
export interface SeenTicket {
  readonly ticket: string;
  readonly interaction: string;
  readonly kind: string;
  readonly stage: string;
  readonly owner: string;
  readonly department?: string | undefined;
  readonly reopened: number;
}

/** What lies on a desk until the agent confirms or declines it. */
export interface SeenProposal {
  readonly agent: string;
  readonly what: string;
  readonly origin: string;
}

/** A request for support that is open, on the desk of who asked. */
export interface SeenSupport {
  readonly agent: string;
  readonly interaction: string;
  readonly topic: string;
  readonly busy: boolean;
  readonly late: boolean;
  readonly helper?: string | undefined;
}

/** An emergency that was raised in a call. */
export interface SeenEmergency {
  readonly interaction: string;
  readonly state: string;
  /** nobody took it in hand in time */
  readonly escalated: boolean;
  readonly done: readonly string[];
}

/** What happens in the house beside calls. */
export interface SeenHouse {
  /** by bulletin that must be read: who has not, in order */
  readonly unread: ReadonlyMap<string, readonly string[]>;
  readonly emergencies: readonly SeenEmergency[];
  /** text messages that went */
  readonly sent: readonly { readonly to: string; readonly text: string }[];
}

/** What a caller gave a call, 1 to 5; by interaction. */
export type SeenRatings = ReadonlyMap<string, number>;

/** What can be seen of a hotline from outside at one instant, the same from every driver. */
export interface Seen {
  /** by caller */
  readonly calls: ReadonlyMap<string, SeenCall>;
  /** by agent */
  readonly presence: ReadonlyMap<string, { readonly state: string; readonly reason?: string | undefined }>;
  readonly desks: ReadonlyMap<string, SeenDesk>;
  readonly board: SeenBoard;
  readonly ratings?: SeenRatings | undefined;
  readonly promises: readonly SeenPromise[];
  readonly proposals: readonly SeenProposal[];
  readonly supports?: readonly SeenSupport[] | undefined;
  /** kinds of what the leader's board alerts to */
  readonly alerts?: readonly string[] | undefined;
  /** absent where nobody works on it */
  readonly house?: SeenHouse | undefined;
  /** absent where the driver knows of none */
  readonly tickets?: readonly SeenTicket[] | undefined;
}
