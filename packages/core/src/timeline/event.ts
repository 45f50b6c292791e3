import type { FieldValue, Instant, Source, TraceEvent } from '@threerings/norms/trace';

/**
 * An event as it is stored: what the norm engine reads plus its place, its versions and its seal.
 * Personal values never stand in `fields`: a field marked personal holds a `ref` into the vault.
 */
export interface TimelineEvent extends TraceEvent {
  /** schema version of this type, ≥ 1 */
  readonly v: number;
  /** `interaction-<id>`, `presence-<agent>`, `promise-<id>`, `observance-<interaction>`, `audit` … */
  readonly stream: string;
  /** position in the stream, from 1; unique (stream, n) is the optimistic lock */
  readonly n: number;
  readonly interaction?: string | undefined;
  readonly case?: string | undefined;
  /** when it was appended; recordedAt ≥ occurredAt − 2000 ms */
  readonly recordedAt: Instant;
  /** occurredAt lay at or before its source's watermark when it was appended */
  readonly late?: true | undefined;
  /** the recorder corrected an occurredAt from the future */
  readonly clock?: 'corrected' | undefined;
  /** hex SHA-256 over the previous hash of the stream and the canonical JSON of this event without its hash */
  readonly hash: string;
}

/** What a decider, a policy or a channel asks to have appended. The recorder adds id, seq, n, recordedAt and hash. */
export interface NewEvent {
  /** UUIDv7 chosen by the caller where a retry must not append twice */
  readonly id?: string | undefined;
  readonly type: string;
  readonly by?: string | undefined;
  /** only where the vocabulary leaves it open (speech.*, source.*) */
  readonly source?: Source | undefined;
  readonly occurredAt: Instant;
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** values of personal fields by field name; the recorder stores them in the vault and puts refs into `fields` */
  readonly personal?: Readonly<Record<string, PersonalValue>> | undefined;
}

export interface PersonalValue {
  /** whose data it is: `customer-<id>` or `staff-<id>`; one data key per subject */
  readonly subject: string;
  readonly value: string;
}

export function streamOfInteraction(interaction: string): string {
  return `interaction-${interaction}`;
}
