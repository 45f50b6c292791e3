import type { Instant } from '@threerings/norms/trace';
import { evolveLeaderRequest, type LeaderRequest, noLeaderRequest } from '../leader-request/state.ts';
import { evolveMonitoring, type Monitoring, notMonitored, shownToAgent } from '../monitoring/state.ts';
import type { Settings } from '../settings/defaults.ts';
import { applyToCoverage, type Coverage } from '../timeline/coverage.ts';
import { numberOf, textOf } from '../timeline/decider.ts';
import type { TimelineEvent } from '../timeline/event.ts';
import { toWire } from '../timeline/to-wire.ts';
import { evolveTransfers, noTransfers, type Transfers } from '../transfer/state.ts';
import type { CallRecord, CallView, ConsultView, DialView, RingView } from '../wire/desk.ts';
import type { OpenDuty, WireEvent, WireVerdict } from '../wire/events.ts';
import { silentLineOf } from './silent-line.ts';

/** Most utterances that the desk keeps in view. */
const longestTranscript = 200;

interface DeskDial {
  readonly agent: string;
  readonly since: Instant;
  readonly purpose: string;
  readonly promise?: string | undefined;
  readonly ringingAt?: Instant | undefined;
  readonly answeredAt?: Instant | undefined;
  readonly settled?: string | undefined;
  readonly failed?: { readonly at: Instant; readonly outcome: string } | undefined;
}

/** What the desk of the agent in charge shows of one call. Plain data; a fold of the call's events. */
export interface DeskCall {
  readonly channel: string;
  readonly queue?: string | undefined;
  readonly callerSince?: Instant | undefined;
  readonly ring?: { readonly agent: string; readonly leg: string; readonly agentSince?: Instant | undefined } | undefined;
  readonly talk?: { readonly agent: string; readonly leg: string; readonly answeredAt: Instant } | undefined;
  /** a call of ours, and what became of it */
  readonly dial?: DeskDial | undefined;
  readonly ended?: { readonly at: Instant; readonly by: string; readonly dropped?: boolean } | undefined;
  readonly closed: boolean;
  readonly muted: boolean;
  readonly lineAsked: readonly Instant[];
  readonly speakingOver: boolean;
  readonly hold?: CallView['hold'];
  readonly recording: boolean;
  readonly recordingPausedAt?: Instant | undefined;
  readonly coverage: Coverage;
  readonly transcript: readonly WireEvent[];
  readonly recordSavedAt?: Instant | undefined;
  /** 事项 */
  readonly matter?: string | undefined;
  readonly transfers: Transfers;
  readonly monitoring: Monitoring;
  readonly leaderRequest: LeaderRequest;
  /** who spoke to the caller first, and answers for the matter to its end (首问负责) */
  readonly firstReceiver?: string | undefined;
  /** of whoever has, or had, the caller; oldest first */
  readonly wrapUps: readonly WrapUpOnDesk[];
}

export interface WrapUpOnDesk {
  readonly agent: string;
  readonly since: Instant;
  readonly limitMs: number;
  readonly extended: number;
}

export const noDeskCall: DeskCall = {
  channel: '',
  closed: false,
  muted: false,
  lineAsked: [],
  speakingOver: false,
  recording: false,
  coverage: {},
  transcript: [],
  transfers: noTransfers,
  monitoring: notMonitored,
  leaderRequest: noLeaderRequest,
  wrapUps: [],
};

/** The call after one more event. `event.text` must be filled in where this agent may read it. */
export function evolveDeskCall(call: DeskCall, event: TimelineEvent): DeskCall {
  if (event.type.startsWith('source.')) return { ...call, coverage: applyToCoverage(call.coverage, event) };
  if (event.type === 'speech.said') return { ...call, transcript: withUtterance(call.transcript, toWire(event, event.text)) };
  if (event.type.startsWith('hold.')) return holding(call, event);
  if (event.type.startsWith('outbound.')) return { ...call, dial: dialling(call.dial, event) };
  if (/^(?:wrapup|writeup)\./.test(event.type)) return { ...call, wrapUps: writingUp(call.wrapUps, event) };
  const { transfers, monitoring, leaderRequest } = call;
  return happened(
    {
      ...call,
      transfers: evolveTransfers(transfers, event),
      monitoring: evolveMonitoring(monitoring, event),
      leaderRequest: evolveLeaderRequest(leaderRequest, event),
    },
    event,
  );
}

function happened(call: DeskCall, event: TimelineEvent): DeskCall {
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
      if (call.dial !== undefined) return { ...call, dial: { ...call.dial, ringingAt: at } };
      return call.ring?.leg === leg ? { ...call, ring: { ...call.ring, agentSince: at } } : call;
    case 'call.ring-stopped':
      return call.ring?.leg === leg ? { ...call, ring: undefined } : call;
    case 'call.answered':
      if (event.by === 'customer') return call.dial === undefined ? call : { ...call, dial: { ...call.dial, answeredAt: at } };
      return { ...call, ring: undefined, talk: { agent, leg, answeredAt: at }, firstReceiver: call.firstReceiver ?? agent };
    case 'transfer.completed':
      return call.talk === undefined || agent === '' ? call : { ...call, talk: { ...call.talk, agent, leg: agent }, muted: false };
    case 'mute.on':
    case 'mute.off':
      return call.talk?.leg === leg ? { ...call, muted: event.type === 'mute.on' } : call;
    case 'recording.started':
    case 'recording.resumed':
      return { ...call, recording: true, recordingPausedAt: undefined };
    case 'recording.paused':
      return { ...call, recording: false, recordingPausedAt: at };
    case 'recording.stopped':
      return { ...call, recording: false, recordingPausedAt: undefined };
    case 'call.ended': {
      const ended = { at, by: textOf(event, 'side') ?? 'system', dropped: textOf(event, 'outcome') === 'dropped' };
      return {
        ...call,
        ring: undefined,
        hold: undefined,
        muted: false,
        speakingOver: false,
        recording: false,
        recordingPausedAt: undefined,
        ended,
      };
    }
    case 'line.asked':
      return { ...call, lineAsked: [...call.lineAsked, at].slice(-20) };
    case 'record.saved':
      return { ...call, recordSavedAt: at };
    case 'matter.set':
      return { ...call, matter: textOf(event, 'matter') };
    case 'interaction.closed':
      return { ...call, wrapUps: [], closed: true };
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

function dialling(dial: DeskDial | undefined, event: TimelineEvent): DeskDial | undefined {
  const outcome = textOf(event, 'outcome') ?? '';
  switch (event.type) {
    case 'outbound.dialled':
      return {
        agent: textOf(event, 'agent') ?? '',
        since: event.occurredAt,
        purpose: textOf(event, 'purpose') ?? '',
        promise: textOf(event, 'promise'),
      };
    case 'outbound.failed':
      return dial && { ...dial, failed: { at: event.occurredAt, outcome } };
    case 'outbound.settled':
      return dial && { ...dial, settled: outcome };
    default:
      return dial;
  }
}

function writingUp(wrapUps: DeskCall['wrapUps'], event: TimelineEvent): DeskCall['wrapUps'] {
  const agent = textOf(event, 'agent') ?? '';
  const limitMs = numberOf(event, 'limit') ?? 0;
  switch (event.type) {
    case 'wrapup.started':
    case 'writeup.started':
      return [...wrapUps, { agent, since: event.occurredAt, limitMs, extended: 0 }];
    case 'wrapup.extended':
    case 'writeup.extended':
      return wrapUps.map((one) => (one.agent === agent ? { ...one, limitMs, extended: one.extended + 1 } : one));
    default:
      return wrapUps.filter((one) => one.agent !== agent);
  }
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
  /** the plan has a survey */
  readonly survey?: boolean | undefined;
  /** what was prepared for a call of ours */
  readonly note?: string | undefined;
  /** of a queue, as the plan says */
  queueName?(queue: string): { readonly zh: string; readonly en: string } | undefined;
  readonly mediaConnected: boolean;
  /** the caller hears who has answered */
  readonly announcing?: boolean | undefined;
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
    ...(ended?.dropped === true ? { dropped: true } : {}),
    ...(context.survey === true && call.channel === 'phone' ? { survey: true } : {}),
    outbound: call.dial && outboundOf(call.dial, context.note),
    caller: callerOf(call, context),
    ...(context.announcing === true ? { announcing: true } : {}),
    ...(call.lineAsked.length === 0 || ended !== undefined ? {} : { silentLine: silentLineOf(call.lineAsked, context.settings) }),
    muted: call.muted,
    speakingOver: call.speakingOver,
    ...(call.hold === undefined ? {} : { hold: { ...call.hold, repromptMs: context.settings.holdRepromptMs } }),
    holdRule: context.holdRule,
    ...transferOf(call.transfers),
    ...leaderRequestOf(call.leaderRequest),
    ...monitoredOf(call.monitoring, talk.agent, ended !== undefined),
    firstReceiver: call.firstReceiver,
    recording: call.recording,
    recordingPaused: pausedOf(call, context.settings.recordingPauseMs),
    transcribed: !speech,
    mediaConnected: context.mediaConnected,
    transcript: [...call.transcript],
    duties: [...context.duties],
    verdicts: [...context.verdicts],
    record: context.record,
    recordSavedAt: call.recordSavedAt,
    matter: call.matter,
  };
}

function pausedOf({ recordingPausedAt: since }: DeskCall, limitMs: number): CallView['recordingPaused'] {
  return since === undefined ? undefined : { since, until: since + limitMs };
}

function transferOf({ open, failed, completed, waitedMs }: Transfers): Pick<CallView, 'transfer' | 'transferFailed' | 'transfersDone'> {
  if (open === undefined) return { transferFailed: failed, transfersDone: completed };
  const { transfer, kind, target, startedAt, consulted, acceptedAt, joined } = open;
  const talking = acceptedAt === undefined ? ('talking' as const) : ('accepted' as const);
  const state = consulted?.answeredAt === undefined ? ('ringing' as const) : talking;
  return {
    transfer: { transfer, kind, target, startedAt, waitedMs, colleague: consulted?.agent, state, joined },
    transfersDone: completed,
  };
}

function leaderRequestOf({ asked, soothed, open, declined }: LeaderRequest): Pick<CallView, 'leaderRequest'> {
  return asked ? { leaderRequest: { soothed, declined, ...(open === undefined ? {} : { open: open.at }) } } : {};
}

function monitoredOf(monitoring: Monitoring, agent: string, over: boolean): Pick<CallView, 'monitored'> {
  const shown = shownToAgent(monitoring, agent, over).map(({ leader, mode, since, until }) => ({ leader, mode, since, until }));
  return { monitored: shown.length === 0 ? undefined : shown };
}

/** The part of a call that its agent handed over, while it is written up; what was said after that is somebody else's. */
export function handedOverView(call: DeskCall, agent: string, since: Instant, context: DeskContext): CallView | undefined {
  const whole = callViewOf(call, context);
  if (whole === undefined) return undefined;
  const transcript = whole.transcript.filter(({ occurredAt }) => occurredAt <= since);
  const monitored = monitoredOf(call.monitoring, agent, true);
  return { ...whole, ...monitored, endedAt: since, endedBy: 'agent', hold: undefined, transfer: undefined, muted: false, transcript };
}

/** The call as a colleague sees it who is asked to take the caller over; undefined for everybody else. */
export function consultViewOf(
  call: DeskCall,
  agent: string,
  context: DeskContext & { readonly brief?: string | undefined },
): ConsultView | undefined {
  const { open, talking, waitingSince } = call.transfers;
  if (open?.consulted?.agent !== agent || talking === undefined) return undefined;
  const { consult, since, answeredAt } = open.consulted;
  return {
    interaction: context.interaction,
    leg: consult,
    from: talking,
    kind: open.kind,
    since,
    answeredAt,
    acceptedAt: open.acceptedAt,
    joined: open.joined,
    waitingSince,
    brief: context.brief,
    caller: callerOf(call, context),
    record: context.record,
    firstReceiver: call.firstReceiver,
  };
}

function outboundOf({ purpose, promise, settled }: DeskDial, note: string | undefined): CallView['outbound'] {
  return { purpose, promise, settled, note };
}

/** A call of ours before the talk, as who placed it sees it. */
export function dialViewOf(
  call: DeskCall,
  { interaction, number, note }: Pick<DeskContext, 'interaction' | 'number' | 'note'>,
): DialView | undefined {
  const { dial } = call;
  if (dial === undefined || call.talk !== undefined || call.ended !== undefined) return undefined;
  const { purpose, promise, since, ringingAt, answeredAt } = dial;
  return { interaction, number, purpose, promise, since, ringingAt, answeredAt, note };
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
