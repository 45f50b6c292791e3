/**
 * What the engine reads and what it says. Everything here is plain, frozen data: a state of the engine that holds it can
 * be stored at any point and read back in another process.
 */

/** Milliseconds since the epoch, UTC, integer. */
export type Instant = number;

/** Who observed an event. Each source publishes a watermark and its coverage. */
export const sources = [
  'telephony',
  'speech.agent',
  'speech.customer',
  'audio',
  'chat',
  'desk',
  'ledger',
  'ticket',
  'presence',
  'quality',
  'system',
] as const;
export type Source = (typeof sources)[number];

export type FieldValue = string | number | boolean | readonly string[];

/**
 * One event as the engine sees it. INVARIANT (timeline order): events are ordered by `(occurredAt, seq)`, total and immutable.
 * The caller of the engine owes: `text` is filled in for speech and chat events whose text still exists, and is absent
 * (not empty) where it was erased.
 */
export interface TraceEvent {
  /** stable witness id */
  readonly id: string;
  /** dotted kebab name of the vocabulary, for example `hold.started` */
  readonly type: string;
  readonly source: Source;
  /** role of the actor: agent customer expert leader support receiver department reviewer system */
  readonly by?: string | undefined;
  readonly occurredAt: Instant;
  /** unique inside an interaction, given at append */
  readonly seq: number;
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** what was said or written, never stored in the event itself */
  readonly text?: string | undefined;
  /** end of what the same side said right before without a pause, and how sure that is. The engine fills it in, never its caller */
  readonly before?: { readonly text: string; readonly confidence?: number | undefined } | undefined;
}

export type VerdictValue = 'pending' | 'kept' | 'broken' | 'moot' | 'unknown';

export interface Witness {
  /** id of the event */
  readonly event: string;
  /** characters of the event's text, `[from, to)` in the text as recorded */
  readonly span?: readonly [number, number];
}

/** A settled judgement of one duty instance (semantics: docs/guides/norm-language.md, "verdicts"). */
export interface Verdict {
  readonly norm: string;
  readonly pack: string;
  readonly packVersion: number;
  /** id of the trigger event, of the opening event of the interval, `scope`, or `trigger` for "there may be duties we cannot see" */
  readonly key: string;
  /** instant of the anchor */
  readonly anchor: Instant;
  readonly value: Exclude<VerdictValue, 'pending'>;
  /** the instant it settled; for `broken` the deadline, never the time at which somebody looked */
  readonly at: Instant;
  /** for `unknown` and `moot`: `gap:no-engine`, `ended`, `unless`, `not delivered`, `stated by agent` … */
  readonly reason?: string | undefined;
  /** labels of the parts that were not met */
  readonly missing?: readonly string[] | undefined;
  /** 工号 of who answers for it; absent = the hotline alone */
  readonly who?: string | undefined;
  /** in charge at the anchor, and at the settling instant */
  readonly inChargeThen?: string | undefined;
  readonly inChargeDue?: string | undefined;
  readonly cites: readonly string[];
  readonly witnesses: readonly Witness[];
  readonly nature: 'finding' | 'hint';
}

/** A late fact, or another pack version, changed a verdict: both values are kept (nothing flips silently). */
export interface Revision {
  readonly norm: string;
  readonly key: string;
  readonly from?: Verdict | undefined;
  readonly to?: Verdict | undefined;
  /** id of the late event, or `pack:<name>@<version>` */
  readonly cause: string;
}
