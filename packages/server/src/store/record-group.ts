import type { NewEvent, TimelineEvent } from '@threerings/core/timeline/event';
import { complete, type Draft, record } from '@threerings/core/timeline/record';
import { evolveStream, type StreamState } from '@threerings/core/timeline/stream-state';
import type { Appended, AppendRequest } from './append-request.ts';
import { recordPlain } from './record-plain.ts';
import { sha256 } from './sha256.ts';
import { type AppendRefusal, refuseAppend } from './stream-refusals.ts';
import type { SealedRow, SubjectKeys, Vault } from './vault.ts';

/** A request whose events all have ids, so that repeating it cannot append twice. */
export type Numbered = Omit<AppendRequest, 'events'> & {
  readonly events: readonly (NewEvent & { readonly id: string })[];
  /** the ids may stand in the database already: the caller chose them, or this is another try */
  readonly mayRepeat: boolean;
};

/** Requests that stand or fall together. */
export type Group = readonly Numbered[];

export interface RecordedGroup {
  readonly answer: readonly Appended[] | AppendRefusal;
  /** events that this transaction appends, in order */
  readonly fresh: readonly TimelineEvent[];
  /** the same by request */
  readonly freshOf: readonly (readonly TimelineEvent[])[];
}

/** What a transaction knows and gathers while its requests are recorded. */
export interface Recording {
  readonly vault: Vault;
  readonly now: number;
  readonly keys: SubjectKeys;
  readonly states: Map<string, StreamState>;
  /** events by id: those that stood before, and those recorded since */
  readonly events: Map<string, TimelineEvent>;
  readonly sealed: SealedRow[];
}

/** What one group adds: taken over only when all of it was recorded. */
interface Trial {
  readonly recording: Recording;
  readonly states: Map<string, StreamState>;
  readonly events: Map<string, TimelineEvent>;
  readonly sealed: SealedRow[];
}

export function recordGroup(recording: Recording, group: Group): RecordedGroup {
  const trial: Trial = { recording, states: new Map(), events: new Map(), sealed: [] };
  const answers: Appended[] = [];
  const freshOf: TimelineEvent[][] = [];
  for (const request of group) {
    const fresh: TimelineEvent[] = [];
    const answer = recordRequest(trial, request, fresh);
    if ('facts' in answer) return { answer, fresh: [], freshOf: [] };
    answers.push(answer);
    freshOf.push(fresh);
  }
  for (const [stream, state] of trial.states) recording.states.set(stream, state);
  for (const [id, event] of trial.events) recording.events.set(id, event);
  recording.sealed.push(...trial.sealed);
  return { answer: answers, fresh: freshOf.flat(), freshOf };
}

function recordRequest(trial: Trial, request: Numbered, fresh: TimelineEvent[]): Appended | AppendRefusal {
  const before = trial.states.get(request.stream) ?? trial.recording.states.get(request.stream);
  if (!before) throw new Error('the head of a stream was not locked');
  const elsewhere = request.events.find(({ id }) => (known(trial, id)?.stream ?? request.stream) !== request.stream);
  if (elsewhere) return refuseAppend('stream.id-taken', { id: elsewhere.id });
  const isNew = request.events.some(({ id }) => !known(trial, id));
  if (isNew && request.after !== undefined && request.after !== before.n) {
    return refuseAppend('stream.conflict', { stream: request.stream, expected: request.after, found: before.n });
  }
  let state = before.n === 0 && request.case !== undefined ? { ...before, case: request.case } : before;
  const leftOut: { event: NewEvent; refusal: AppendRefusal }[] = [];
  for (const event of request.events) {
    if (known(trial, event.id)) continue;
    const placed = place(state, event, request, trial.recording.now);
    if ('dropped' in placed) continue;
    if ('draft' in placed) {
      const finished = finish(trial, placed.draft, event.id);
      trial.events.set(finished.id, finished);
      // Who is told of it after the commit need not read back what was said.
      const text = placed.draft.personal['text']?.value;
      fresh.push(text === undefined ? finished : { ...finished, text });
      state = evolveStream(state, finished);
    } else if (request.lenient) leftOut.push({ event, refusal: placed });
    else return placed;
  }
  trial.states.set(request.stream, state);
  const events = request.events.map(({ id }) => known(trial, id)).filter((event) => event !== undefined);
  return { events, n: state.n, leftOut };
}

function known(trial: Trial, id: string): TimelineEvent | undefined {
  return trial.events.get(id) ?? trial.recording.events.get(id);
}

function place(state: StreamState, event: NewEvent, request: Numbered, now: number) {
  if (request.recorder === 'plain') return recordPlain(state, event, now);
  return record(state, event, now, request.watermarks);
}

function finish(trial: Trial, draft: Draft, id: string): TimelineEvent {
  const { vault, keys, now } = trial.recording;
  const references: Record<string, string> = {};
  for (const [field, personal] of Object.entries(draft.personal)) {
    const row = vault.seal(keys, personal, `${draft.event.type}.${field}`, now);
    trial.sealed.push(row);
    references[field] = row.ref;
  }
  return complete(draft, { id, references }, sha256);
}
