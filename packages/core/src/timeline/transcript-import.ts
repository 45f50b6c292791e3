import type { Source } from '@threerings/norms/trace';
import type { NewEvent } from './event.ts';
import { ideographs } from './ideographs.ts';

/** One utterance of a transcript file; times in ms from the beginning of the call. */
export interface TranscriptRow {
  readonly startMs: number;
  readonly endMs: number;
  readonly role: 'agent' | 'customer';
  readonly text: string;
}

/** What was measured in a recording, and the stretch that it covers, ms UTC. */
export interface ImportedSound {
  readonly from: number;
  readonly to: number;
  readonly events: readonly NewEvent[];
}

/** What a call list or a file name can tell of a call. What is left out was not known. */
export interface ImportedCall {
  readonly interaction: string;
  /** beginning of the call, ms UTC: row times count from here */
  readonly startedAt: number;
  readonly direction: 'in' | 'out';
  readonly called: string;
  readonly agent?: string | undefined;
  readonly customerNumber?: string | undefined;
  readonly queue?: string | undefined;
  /** the agent's telephone began to ring, and was answered, ms UTC; both known = the ring norms can be judged */
  readonly ringingAt?: number | undefined;
  readonly answeredAt?: number | undefined;
  /** somebody answered, although it is not known when; a transcript or a known answer says so too */
  readonly answered?: boolean | undefined;
  readonly endedAt?: number | undefined;
  readonly endedBy?: 'customer' | 'agent' | undefined;
  /** undefined = nobody measured who spoke when */
  readonly sound?: ImportedSound | undefined;
  /** undefined = no transcript: what was said is unknown, not silence */
  readonly rows?: readonly TranscriptRow[] | undefined;
}

const callerLeg = 'caller';
const agentLeg = 'agent';

/**
 * The events of a call that another system recorded, in timeline order. What its files cannot tell is declared as a gap
 * of the source that would have told it, so that norms on it become unknown instead of broken or kept: always the screen
 * of the agent; the sound where no recording was measured; telephony from the answer on (holds, mute, transfers), and from the beginning when the
 * ringing is not known; speech when there is no transcript.
 * The caller owes: rows lie within the call and `startMs ≤ endMs`.
 */
export function eventsOfImportedCall(call: ImportedCall): readonly NewEvent[] {
  const rows = [...(call.rows ?? [])].sort((one, other) => one.startMs - other.startMs);
  const answeredAt = call.answeredAt ?? call.startedAt;
  const lastWord = rows.reduce((last, row) => Math.max(last, call.startedAt + row.endMs), answeredAt);
  const endedAt = Math.max(call.endedAt ?? lastWord + 1, lastWord + 1);
  const talked = call.answered === true || rows.length > 0 || call.answeredAt !== undefined;
  const events: NewEvent[] = [
    arrival(call),
    ...unheard(call, talked, endedAt),
    ...(call.sound?.events ?? []).filter(({ occurredAt }) => occurredAt >= call.startedAt && occurredAt < endedAt),
    ...(ringKnown(call, talked) ? ringing(call) : []),
    ...(talked ? [answer(call, answeredAt)] : []),
    ...rows.map((row) => utterance(call, row)),
    ...ending(call, endedAt, talked ? endedAt - answeredAt : undefined),
  ];
  return events
    .map((event, at) => ({ event, at }))
    .sort((one, other) => one.event.occurredAt - other.event.occurredAt || one.at - other.at)
    .map(({ event }) => event);
}

/** Telephony and the desk do not say `no-engine`, which people read as a missing transcript. */
function unheard(call: ImportedCall, talked: boolean, endedAt: number): readonly NewEvent[] {
  const { startedAt } = call;
  const telephony = ringKnown(call, talked) ? call.answeredAt : startedAt - 1;
  return [
    gap('desk', startedAt, 'engine-down'),
    ...unmeasured(call, endedAt),
    ...(telephony === undefined ? [] : [gap('telephony', telephony + 1, 'engine-down')]),
    ...(call.rows !== undefined || !talked
      ? []
      : [gap('speech.agent', startedAt, 'no-engine'), gap('speech.customer', startedAt, 'no-engine')]),
  ];
}

/** Where no recording tells who spoke: before it, behind it, or all of the call. */
function unmeasured({ startedAt, sound }: ImportedCall, endedAt: number): readonly NewEvent[] {
  if (sound === undefined) return [gap('audio', startedAt, 'no-engine')];
  const before: readonly NewEvent[] =
    sound.from <= startedAt
      ? []
      : [
          gap('audio', startedAt, 'engine-down'),
          { type: 'source.gap-ended', source: 'audio', occurredAt: sound.from, fields: { source: 'audio' } },
        ];
  return sound.to >= endedAt ? before : [...before, gap('audio', sound.to, 'engine-down')];
}

/** An answer at an unknown instant leaves the number of rings unknown too. */
function ringKnown(call: ImportedCall, talked: boolean): boolean {
  return call.ringingAt !== undefined && (call.answeredAt !== undefined || !talked);
}

function gap(source: Source, occurredAt: number, reason: 'no-engine' | 'engine-down'): NewEvent {
  return { type: 'source.gap-started', source, occurredAt, fields: { source, reason } };
}

function arrival(call: ImportedCall): NewEvent {
  const queue = call.queue === undefined ? {} : { queue: call.queue };
  const number = call.customerNumber;
  return {
    type: 'call.offered',
    occurredAt: call.startedAt,
    fields: { direction: call.direction, channel: 'phone', called: call.called, ...queue },
    ...(number === undefined ? {} : { personal: { number: { subject: customerOf(call), value: number } } }),
  };
}

function ringing(call: ImportedCall): readonly NewEvent[] {
  if (call.ringingAt === undefined) return [];
  const agent = call.agent === undefined ? {} : { agent: call.agent };
  return [{ type: 'call.ringing', occurredAt: call.ringingAt, fields: { leg: agentLeg, target: 'agent', ...agent } }];
}

function answer(call: ImportedCall, occurredAt: number): NewEvent {
  const agent = call.agent === undefined ? {} : { agent: call.agent };
  return { type: 'call.answered', by: 'agent', occurredAt, fields: { leg: agentLeg, ...agent } };
}

function utterance(call: ImportedCall, row: TranscriptRow): NewEvent {
  const start = call.startedAt + row.startMs;
  const subject = row.role === 'customer' ? customerOf(call) : `staff-${call.agent ?? 'unknown'}`;
  return {
    type: 'speech.said',
    by: row.role,
    occurredAt: start,
    fields: { chars: ideographs(row.text), start, end: call.startedAt + row.endMs, confidence: 1, engine: 'import' },
    personal: { text: { subject, value: row.text } },
  };
}

function ending(call: ImportedCall, endedAt: number, talk: number | undefined): readonly NewEvent[] {
  const closed: NewEvent = { type: 'interaction.closed', occurredAt: endedAt + 1, fields: { reason: 'imported' } };
  if (talk === undefined) {
    const wait = endedAt - call.startedAt;
    const abandoned: NewEvent = {
      type: 'call.abandoned',
      occurredAt: endedAt,
      fields: { stage: call.ringingAt === undefined ? 'queue' : 'ringing', wait },
    };
    return [abandoned, { type: 'call.ended', occurredAt: endedAt, fields: { outcome: 'abandoned', side: 'customer', talk: 0 } }, closed];
  }
  const side = call.endedBy ?? 'system';
  const leg = call.endedBy === 'customer' ? callerLeg : agentLeg;
  const released: readonly NewEvent[] =
    call.endedBy === undefined ? [] : [{ type: 'call.released', by: call.endedBy, occurredAt: endedAt, fields: { leg } }];
  return [...released, { type: 'call.ended', occurredAt: endedAt, fields: { outcome: 'normal', side, talk } }, closed];
}

function customerOf(call: ImportedCall): string {
  return `customer-${call.interaction}`;
}
