import type { NewEvent, TimelineEvent } from '@threerings/core/timeline/event';
import type { Watermarks } from '@threerings/core/timeline/record';
import type { Tx } from './database.ts';
import { type AppendRefusal, refuseAppend } from './stream-refusals.ts';

/** How an interaction came to be; kept in its row. */
export type Origin = 'live' | 'replay' | 'import';

export interface AppendRequest {
  /** `interaction-<id>`, `presence-<agent>`, `observance-<interaction>`, `audit` …; at most 200 characters */
  readonly stream: string;
  readonly interaction?: string | undefined;
  /** the matter this stream belongs to from its first event on */
  readonly case?: string | undefined;
  readonly events: readonly NewEvent[];
  /**
   * Position the caller decided on: refused with `stream.conflict` when another event came first. Absent for facts, which
   * are appended behind whatever stands there.
   */
  readonly after?: number | undefined;
  /**
   * `timeline` (default): events of the vocabulary under its laws. `plain`: other streams (`observance-…`, `audit`), whose
   * types are their own; fields are checked for size only.
   */
  readonly recorder?: 'timeline' | 'plain' | undefined;
  readonly watermarks?: Watermarks | undefined;
  /** true: events that the recorder refuses are left out and told of, the others stand. Default: all or none. */
  readonly lenient?: boolean | undefined;
  readonly origin?: Origin | undefined;
  /**
   * Further rows of the same transaction. May run again when the transaction is repeated, so it does nothing but write
   * with `tx`.
   */
  readonly within?: ((tx: Tx, appended: readonly TimelineEvent[]) => Promise<void>) | undefined;
}

export interface Appended {
  /** what stands now, in order; events that a repeated request had already appended included */
  readonly events: readonly TimelineEvent[];
  /** position of the stream's last event after this append */
  readonly n: number;
  /** of a lenient request: events that were left out */
  readonly leftOut: readonly { readonly event: NewEvent; readonly refusal: AppendRefusal }[];
}

export type AppendAnswer = Appended | AppendRefusal;

/** True for an answer that says no. */
export function isAppendRefusal(answer: AppendAnswer): answer is AppendRefusal {
  return 'facts' in answer;
}

export const mostEventsAtOnce = 1_000;

/** What can be refused before any transaction. */
export function faultOf(request: AppendRequest): AppendRefusal | undefined {
  if (request.events.length > mostEventsAtOnce) {
    return refuseAppend('stream.too-many', { found: request.events.length, most: mostEventsAtOnce });
  }
  for (const event of request.events) {
    const bad = textsOf(event).find((text) => unstorable.test(text));
    if (bad !== undefined) return refuseAppend('stream.text-invalid', { type: event.type.slice(0, 100) });
  }
  return undefined;
}

/** jsonb has no NUL, canonical JSON no lone surrogates. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what is looked for
const unstorable = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

function textsOf(event: NewEvent): string[] {
  const values = Object.values(event.fields).flatMap((value) => (typeof value === 'object' ? [...value] : [value]));
  const personal = Object.values(event.personal ?? {}).flatMap(({ subject, value }) => [subject, value]);
  return [event.type, event.id ?? '', event.by ?? '', ...values.map(String), ...personal];
}
