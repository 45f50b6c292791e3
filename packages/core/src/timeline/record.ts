import type { FieldValue, Instant, Source } from '@threerings/norms/trace';
import type { EventSpec } from '@threerings/norms/vocabulary';
import { isRefusal, type Refusal, refuse } from '../errors/refusal.ts';
import { chainHash, type Sha256 } from './chain.ts';
import type { NewEvent, PersonalValue, TimelineEvent } from './event.ts';
import { checkedFields } from './fields.ts';
import { lawful } from './laws.ts';
import { type Cadence, chineseCadence, ringsHeard } from './rings.ts';
import type { StreamState } from './stream-state.ts';
import { numbersOf } from './utterances.ts';
import { eventSpec, sourceOf, vocabulary } from './vocabulary.ts';

/** An `occurredAt` may lie this far after the clock of the recorder, ms; beyond it the recorder corrects the instant. */
export const clockAllowance = 2000;

/** What an event lacks before it is a `TimelineEvent`: its id, the references of its personal values, its hash. */
export interface Draft {
  readonly event: Omit<TimelineEvent, 'id' | 'hash'>;
  readonly id: string | undefined;
  readonly personal: Readonly<Record<string, PersonalValue>>;
  /** hash of the event before it */
  readonly previous: string;
}

export type Recorded = { readonly draft: Draft } | { readonly dropped: 'already-open' } | Refusal;

/** Highest instant up to which each source has told everything; a source that is left out has published none. */
export type Watermarks = Readonly<Partial<Record<Source, Instant>>>;

/**
 * Places a new event in its stream, or refuses it. `now` is the recorder's clock, ms UTC; rings are counted by the
 * hotline's `cadence`. The caller owes: the store holds exactly the events that `state` was folded from (a unique key on
 * stream and position sees to that), and the draft is completed by `complete` before anybody is told.
 */
export function record(
  state: StreamState,
  event: NewEvent,
  now: Instant,
  watermarks: Watermarks = {},
  cadence: Cadence = chineseCadence,
): Recorded {
  const spec = eventSpec(event.type);
  if (spec === undefined) return refuse('timeline.unknown-type', { type: event.type });
  if (!Number.isSafeInteger(event.occurredAt)) {
    return refuse('timeline.instant-invalid', { type: event.type, found: String(event.occurredAt) });
  }
  const by = roleOf(state, spec, event);
  if (isRefusal(by)) return by;
  const source = checkedSource(spec, { ...event, by });
  if (isRefusal(source)) return source;

  const corrected = event.occurredAt > now + clockAllowance;
  const occurredAt = corrected ? now : event.occurredAt;
  const placed: NewEvent = { ...event, by, source, occurredAt };
  const law = lawful(state, spec, placed);
  if (law === 'already-open') return { dropped: law };
  if (law !== 'lawful') return law;

  const fields = checkedFields(spec, { ...placed, fields: { ...placed.fields, ...counted(state, placed, cadence) } });
  if (isRefusal(fields)) return fields;
  return {
    draft: {
      id: event.id,
      personal: event.personal ?? {},
      previous: state.hash,
      event: {
        type: event.type,
        v: 1,
        stream: state.stream,
        n: state.n + 1,
        interaction: state.interaction,
        case: state.case,
        source,
        by,
        occurredAt,
        recordedAt: now,
        seq: state.n + 1,
        fields,
        ...(occurredAt <= (watermarks[source] ?? Number.NEGATIVE_INFINITY) ? { late: true } : {}),
        ...(corrected ? { clock: 'corrected' } : {}),
      },
    },
  };
}

/** The finished event. `references` are what the vault gave for each name in `draft.personal`. */
export function complete(
  draft: Draft,
  given: { readonly id: string; readonly references: Readonly<Record<string, string>> },
  sha256: Sha256,
): TimelineEvent {
  const unsealed = { ...draft.event, id: draft.id ?? given.id, fields: { ...draft.event.fields, ...given.references } };
  return { ...unsealed, hash: chainHash(draft.previous, unsealed, sha256) };
}

const roleNames = vocabulary.roles.map((role) => role.id).join(', ');

/** Law L5: after a transfer, what staff say and do on the line is said and done by the receiver. */
function roleOf(state: StreamState, spec: EventSpec, event: NewEvent): string | undefined | Refusal {
  const by = event.by ?? (spec.actor === '*' || spec.actor === '-' ? undefined : spec.actor);
  if (by === undefined) {
    return spec.source === 'speech' ? refuse('timeline.unknown-role', { type: event.type, found: '', expected: roleNames }) : undefined;
  }
  if (!vocabulary.roles.some((role) => role.id === by)) {
    return refuse('timeline.unknown-role', { type: event.type, found: by, expected: roleNames });
  }
  if (by !== 'agent' || state.receivers.length === 0) return by;
  const agent = event.fields['agent'];
  const onTheLine = spec.source === 'telephony' || spec.source === 'speech' || spec.source === 'audio';
  return (typeof agent === 'string' ? state.receivers.includes(agent) : onTheLine) ? 'receiver' : by;
}

function checkedSource(spec: EventSpec, event: NewEvent): Source | Refusal {
  const about = event.type.startsWith('source.');
  if (about && event.source === undefined) return refuse('timeline.source-open', { type: event.type });
  const source = sourceOf(event);
  if (source === undefined) return refuse('timeline.unknown-type', { type: event.type });
  if (about || event.source === undefined || event.source === source) return source;
  return refuse('timeline.source-mismatch', { type: spec.id, expected: source, found: event.source });
}

/** Fields that the recorder counts itself, so that they cannot disagree with the timeline (law L6). */
function counted(state: StreamState, event: NewEvent, cadence: Cadence): Readonly<Record<string, FieldValue>> {
  if (event.type === 'speech.said') {
    return { ...numbersOf({ at: event.occurredAt, role: event.by ?? 'agent' }, state.utterances) };
  }
  if (event.type !== 'call.answered' && event.type !== 'call.no-answer') return {};
  const leg = event.fields['leg'];
  const rang = typeof leg === 'string' ? state.rang[leg] : undefined;
  // Who called somebody was not rung: it is answered without a ring, not with an unknown number of them.
  const unrung = state.placed === true && event.type === 'call.answered' ? { rings: 0 } : {};
  const rings = rang === undefined ? unrung : { rings: ringsHeard(event.occurredAt - rang, cadence) };
  if (event.type === 'call.no-answer' || state.waitingSince === undefined) return rings;
  return { ...rings, wait: Math.max(0, event.occurredAt - state.waitingSince) };
}
