import type { Instant } from '@threerings/norms/trace';
import type { Settings } from '../settings/defaults.ts';
import { applyToCoverage, type Coverage } from '../timeline/coverage.ts';
import { numberOf, textOf } from '../timeline/decider.ts';
import type { TimelineEvent } from '../timeline/event.ts';
import { toWire } from '../timeline/to-wire.ts';
import type { CallRecord, CallView, RingView } from '../wire/desk.ts';
import type { OpenDuty, WireEvent, WireVerdict } from '../wire/events.ts';

/** Most utterances that the desk keeps in view. */
const longestTranscript = 200;

/** What the desk of the agent in charge shows of one call. Plain data; a fold of the call's events. */
export interface DeskCall {
  readonly channel: string;
  readonly queue?: string | undefined;
  readonly callerSince?: Instant | undefined;
  readonly ring?: { readonly agent: string; readonly leg: string; readonly agentSince?: Instant | undefined } | undefined;
  readonly talk?: { readonly agent: string; readonly leg: string; readonly answeredAt: Instant } | undefined;
  readonly ended?: { readonly at: Instant; readonly by: string } | undefined;
  readonly closed: boolean;
  readonly muted: boolean;
  readonly speakingOver: boolean;
  readonly hold?: CallView['hold'];
  readonly recording: boolean;
  readonly coverage: Coverage;
  readonly transcript: readonly WireEvent[];
  readonly recordSavedAt?: Instant | undefined;
  readonly wrapUp?: { readonly agent: string; readonly since: Instant; readonly limitMs: number; readonly extended: number } | undefined;
}

export const noDeskCall: DeskCall = {
  channel: '',
  closed: false,
  muted: false,
  speakingOver: false,
  recording: false,
  coverage: {},
  transcript: [],
};

/** The call after one more event. `event.text` must be filled in where this agent may read it. */
export function evolveDeskCall(call: DeskCall, event: TimelineEvent): DeskCall {
  if (event.type.startsWith('source.')) return { ...call, coverage: applyToCoverage(call.coverage, event) };
  if (event.type === 'speech.said') return { ...call, transcript: withUtterance(call.transcript, toWire(event, event.text)) };
  if (event.type.startsWith('hold.')) return holding(call, event);
  const at = event.occurredAt;
  const leg = textOf(event, 'leg') ?? '';
  const agent = textOf(event, 'agent') ?? '';
  switch (event.type) {
    case 'call.offered':
      return { ...call, channel: textOf(event, 'channel') ?? '', queue: textOf(event, 'queue'), callerSince: at };
    case 'call.queued':
      return { ...call, queue: textOf(event, 'queue') };
    case 'call.agent-offered':
      return { ...call, ring: { agent, leg } };
    case 'call.ringing':
      return call.ring?.leg === leg ? { ...call, ring: { ...call.ring, agentSince: at } } : call;
    case 'call.ring-stopped':
      return call.ring?.leg === leg ? { ...call, ring: undefined } : call;
    case 'call.answered':
      return event.by === 'customer' ? call : { ...call, ring: undefined, talk: { agent, leg, answeredAt: at } };
    case 'mute.on':
    case 'mute.off':
      return call.talk?.leg === leg ? { ...call, muted: event.type === 'mute.on' } : call;
    case 'recording.started':
    case 'recording.resumed':
      return { ...call, recording: true };
    case 'recording.paused':
    case 'recording.stopped':
      return { ...call, recording: false };
    case 'call.ended': {
      const ended = { at, by: textOf(event, 'side') ?? 'system' };
      return { ...call, ring: undefined, hold: undefined, muted: false, speakingOver: false, recording: false, ended };
    }
    case 'record.saved':
      return { ...call, recordSavedAt: at };
    case 'wrapup.started':
      return { ...call, wrapUp: { agent, since: at, limitMs: numberOf(event, 'limit') ?? 0, extended: 0 } };
    case 'wrapup.extended':
      return extendedWrapUp(call, numberOf(event, 'limit') ?? 0);
    case 'wrapup.ended':
      return { ...call, wrapUp: undefined };
    case 'interaction.closed':
      return { ...call, wrapUp: undefined, closed: true };
    default:
      return call;
  }
}

function holding(call: DeskCall, event: TimelineEvent): DeskCall {
  switch (event.type) {
    case 'hold.started': {
      const hold = {
        hold: textOf(event, 'hold') ?? '',
        reason: textOf(event, 'reason') ?? '',
        startedAt: event.occurredAt,
        limitMs: numberOf(event, 'limit') ?? 0,
      };
      return { ...call, hold };
    }
    case 'hold.extended':
      return call.hold === undefined ? call : { ...call, hold: { ...call.hold, limitMs: numberOf(event, 'limit') ?? call.hold.limitMs } };
    case 'hold.speak-started':
    case 'hold.speak-ended':
      return { ...call, speakingOver: event.type === 'hold.speak-started' };
    case 'hold.resumed':
      return { ...call, hold: undefined, speakingOver: false };
    default:
      return call;
  }
}

function extendedWrapUp(call: DeskCall, limitMs: number): DeskCall {
  return call.wrapUp === undefined ? call : { ...call, wrapUp: { ...call.wrapUp, limitMs, extended: call.wrapUp.extended + 1 } };
}

/** A late utterance takes its place in the order in which people spoke. */
function withUtterance(transcript: readonly WireEvent[], said: WireEvent): readonly WireEvent[] {
  const at = transcript.findLastIndex((one) => one.occurredAt <= said.occurredAt) + 1;
  return transcript.toSpliced(at, 0, said).slice(-longestTranscript);
}

/** What the events do not hold: personal values this agent may see, the state of the media, what the norms say. */
export interface DeskContext {
  readonly interaction: string;
  readonly number?: string | undefined;
  /** of a queue, as the plan says */
  queueName?(queue: string): { readonly zh: string; readonly en: string } | undefined;
  readonly mediaConnected: boolean;
  readonly duties: readonly OpenDuty[];
  readonly verdicts: readonly WireVerdict[];
  readonly record?: CallRecord | undefined;
  /** what the pack says of holds */
  readonly holdRule?: CallView['holdRule'];
  readonly settings: Settings;
}

/** What the pack says of the ring: its limit in rings, the clauses of it, and the sentences to open with. */
export type RingRule = Pick<RingView, 'limitRings' | 'cites' | 'say'>;

/** The call as its agent sees it; undefined before it was answered and after it was closed. */
export function callViewOf(call: DeskCall, context: DeskContext): CallView | undefined {
  const { talk, ended } = call;
  if (talk === undefined || call.closed) return undefined;
  const speech = call.coverage['speech.agent']?.gaps.some((gap) => gap.to === undefined) ?? false;
  const by = ended?.by === 'customer' || ended?.by === 'agent' ? ended.by : 'system';
  return {
    interaction: context.interaction,
    leg: talk.leg,
    answeredAt: talk.answeredAt,
    ...(ended === undefined ? {} : { endedAt: ended.at, endedBy: by }),
    caller: callerOf(call, context),
    muted: call.muted,
    speakingOver: call.speakingOver,
    ...(call.hold === undefined ? {} : { hold: { ...call.hold, repromptMs: context.settings.holdRepromptMs } }),
    holdRule: context.holdRule,
    recording: call.recording,
    transcribed: !speech,
    mediaConnected: context.mediaConnected,
    transcript: [...call.transcript],
    duties: [...context.duties],
    verdicts: [...context.verdicts],
    record: context.record,
    recordSavedAt: call.recordSavedAt,
  };
}

function callerOf({ channel, queue }: DeskCall, { number, queueName }: Pick<DeskContext, 'number' | 'queueName'>): CallView['caller'] {
  const name = queue === undefined ? undefined : queueName?.(queue);
  return { number, channel, queue, ...(name === undefined ? {} : { queueName: name }) };
}

/** The ringing call as the agent whom it is offered to sees it. */
export function ringViewOf(
  call: DeskCall,
  context: Pick<DeskContext, 'interaction' | 'number' | 'settings' | 'queueName'>,
  rule: RingRule,
): RingView | undefined {
  if (call.ring === undefined || call.callerSince === undefined) return undefined;
  const { settings } = context;
  return {
    interaction: context.interaction,
    leg: call.ring.leg,
    agentSince: call.ring.agentSince,
    callerSince: call.callerSince,
    ringMs: settings.ringToneMs + settings.ringPauseMs,
    ...rule,
    caller: callerOf(call, context),
  };
}
