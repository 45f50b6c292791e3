import type { LegSnapshot, VoiceCommand } from '../port.ts';
import { areDigits } from '../rtp/telephone-event.ts';
import type { EventStream } from '../switch/events.ts';
import { KnownIds } from '../switch/known-ids.ts';
import { type Refusal, refusal } from '../switch/refusal.ts';
import type { AriAnswer } from './ari/connection.ts';
import type { AriChannel, AriEvent } from './ari/messages.ts';
import type { AriOperations } from './ari/operations.ts';
import { causeOfRefusal, farEnding, type LegEnding } from './causes.ts';
import { arrivedLeg, type Names } from './names.ts';

/** A leg to a telephone: a channel in our Stasis application. */
export interface Telephone {
  readonly leg: string;
  readonly channel: string;
  readonly kind: 'sip-in' | 'sip-out';
  readonly since: number;
  readonly from?: string;
  readonly to?: string;
  state: LegSnapshot['state'];
  early: boolean;
  muted: boolean;
  /** why we ended it ourselves */
  near?: string;
  /** why the far end did, or Asterisk (Q.850 and SIP) */
  far?: { readonly cause: number | undefined; readonly techCause: number | undefined };
}

export interface TelephoneParts {
  readonly ari: AriOperations;
  readonly names: Names;
  readonly events: EventStream;
  /** `{number}` and `{uri}` are filled in: `PJSIP/{number}@trunk` */
  readonly dial: string;
  /** the leg can be heard from now on */
  readonly opened: (telephone: Telephone) => void;
  /** before its end is told: it leaves everything that it was part of */
  readonly ending: (telephone: Telephone) => void;
}

type Of<K extends VoiceCommand['kind']> = Extract<VoiceCommand, { kind: K }>;

const DEFAULT_DIAL_MS = 60_000;
const NOT_FOUND = 404;
/** Asterisk hangs up within milliseconds. */
const ENDING_MS = 2000;

/** Telephones that call, and telephones that are called. */
export class Telephones {
  private readonly parts: TelephoneParts;
  private readonly byLeg = new Map<string, Telephone>();
  private readonly byChannel = new Map<string, Telephone>();
  private readonly past = new KnownIds();
  /** who waits for the end of a leg */
  private readonly endings = new WeakMap<Telephone, () => void>();
  /** when this Asterisk was started: the ids of arrived legs depend on it */
  private startedAt = 0;

  constructor(parts: TelephoneParts) {
    this.parts = parts;
  }

  find(leg: string): Telephone | undefined {
    return this.byLeg.get(leg);
  }

  ofChannel(channel: string): Telephone | undefined {
    return this.byChannel.get(channel);
  }

  all(): readonly Telephone[] {
    return [...this.byLeg.values()];
  }

  knew(leg: string): boolean {
    return this.past.has(leg);
  }

  /** Every leg is forgotten without a word, for `adopt` to find those again that stand. */
  forgetAll(startedAt: number): void {
    this.startedAt = startedAt;
    this.byLeg.clear();
    this.byChannel.clear();
  }

  /** A channel that was there before this connection. Undefined for one that is no telephone of ours. */
  adopt(channel: AriChannel, remembered: { readonly early: boolean; readonly muted: boolean }): Telephone | undefined {
    const dialled = this.parts.names.read(channel.id);
    if (dialled !== undefined && dialled.kind !== 'out') return undefined;
    const telephone = this.made(
      channel,
      dialled === undefined ? arrivedLeg(channel.id, this.startedAt) : dialled.of,
      dialled !== undefined,
    );
    telephone.state = stateOf(channel.state, telephone.kind);
    telephone.early = remembered.early && telephone.state !== 'answered';
    telephone.muted = remembered.muted;
    return telephone;
  }

  /** A call came in: `args` are those of the dialplan's `Stasis(application,arrived,number,trunk)`. */
  arrived(channel: AriChannel, [, to, trunk]: readonly string[]): void {
    if (this.byChannel.has(channel.id)) return;
    const telephone = this.made(channel, arrivedLeg(channel.id, this.startedAt), false, to);
    const from = telephone.from === undefined ? {} : { from: telephone.from };
    const { leg } = telephone;
    this.parts.events.emit({ kind: 'leg-arrived', leg, to: telephone.to ?? '', trunk: trunk ?? trunkOf(channel.name), ...from });
    if (channel.state === 'Up') this.answeredNow(telephone);
  }

  /** Who was dialled answered, and the channel takes commands. */
  dialledAnswered(channel: AriChannel): void {
    const telephone = this.byChannel.get(channel.id);
    if (telephone !== undefined) this.answeredNow(telephone);
  }

  heard(event: AriEvent): void {
    const telephone = 'channel' in event ? this.byChannel.get(event.channel.id) : undefined;
    if (telephone === undefined) return;
    const { leg } = telephone;
    const { events } = this.parts;
    if (event.type === 'ChannelStateChange') this.stateChanged(telephone, event.channel.state);
    else if (event.type === 'ChannelDtmfReceived') events.emit({ kind: 'digit', leg, digit: event.digit, durationMs: event.duration_ms });
    else if (event.type === 'ChannelHold' || event.type === 'ChannelUnhold')
      events.emit({ kind: 'far-hold', leg, on: event.type === 'ChannelHold' });
    else if (event.type === 'ChannelHangupRequest') telephone.far = { cause: event.cause, techCause: event.tech_cause };
    else if (event.type === 'ChannelDestroyed') this.ended(telephone, event.cause, event.tech_cause);
    // A call that arrived is told of no longer once it has left the application.
    else if (event.type === 'StasisEnd') this.ended(telephone, telephone.far?.cause, telephone.far?.techCause);
  }

  /** Nobody knows what became of it: Asterisk is gone for longer than it keeps calls. */
  lost(telephone: Telephone, cause: string): void {
    this.end(telephone, { side: 'failure', cause });
  }

  async ring({ leg }: Of<'ring'>): Promise<Refusal | undefined> {
    const telephone = this.byLeg.get(leg);
    if (telephone === undefined) return this.unknown(leg);
    if (telephone.state === 'ringing') return undefined;
    if (telephone.kind !== 'sip-in' || telephone.state !== 'arrived') return wrongState(telephone, 'be rung');
    const problem = problemOf(await this.parts.ari.ring(telephone.channel), telephone, 'be rung');
    if (problem === undefined && telephone.state === 'arrived') this.ringingNow(telephone);
    return problem;
  }

  async earlyMedia({ leg }: Of<'early-media'>): Promise<Refusal | undefined> {
    const telephone = this.byLeg.get(leg);
    if (telephone === undefined) return this.unknown(leg);
    if (telephone.early) return undefined;
    if (telephone.kind !== 'sip-in' || telephone.state === 'answered') return wrongState(telephone, 'get early media');
    const problem = problemOf(await this.parts.ari.progress(telephone.channel), telephone, 'get early media');
    if (problem !== undefined) return problem;
    telephone.early = true;
    this.parts.events.emit({ kind: 'leg-early', leg });
    this.parts.opened(telephone);
    return undefined;
  }

  async answer({ leg }: Of<'answer'>): Promise<Refusal | undefined> {
    const telephone = this.byLeg.get(leg);
    if (telephone === undefined) return this.unknown(leg);
    if (telephone.kind !== 'sip-in') return wrongState(telephone, 'be answered');
    if (telephone.state === 'answered') return undefined;
    return problemOf(await this.parts.ari.answer(telephone.channel), telephone, 'be answered');
  }

  async reject({ leg, status }: Of<'reject'>): Promise<Refusal | undefined> {
    const telephone = this.byLeg.get(leg);
    if (telephone === undefined) return this.unknown(leg);
    if (telephone.kind !== 'sip-in' || telephone.state === 'answered') return wrongState(telephone, 'be rejected');
    telephone.near ??= 'rejected';
    return problemOf(await this.parts.ari.hangUp(telephone.channel, causeOfRefusal(status)), telephone, 'be rejected');
  }

  /** A second time it is done already, also after the call has ended. */
  async hangUp({ leg, cause }: Of<'hang-up'>): Promise<Refusal | undefined> {
    const telephone = this.byLeg.get(leg);
    if (telephone === undefined) return this.past.has(leg) ? undefined : this.unknown(leg);
    telephone.near ??= cause ?? 'hung-up';
    const over = this.over(telephone);
    const answer = await this.parts.ari.hangUp(telephone.channel);
    if (isDone(answer) || answer.status === NOT_FOUND) await over;
    return answer.status === NOT_FOUND ? undefined : problemOf(answer, telephone, 'be hung up');
  }

  async dial({ leg, uri, from, timeoutMs }: Of<'dial'>): Promise<Refusal | undefined> {
    if (this.byLeg.has(leg) || this.past.has(leg)) return undefined;
    const number = /^sips?:([^@;?]+)@[^\s]+$|^tel:([^;\s]+)$/i.exec(uri);
    if (number === null || /[,\s&]/.test(uri)) return refusal('uri.invalid', `${uri} is no SIP address; expected sip:number@host`);
    const telephone = this.add({
      ...{ leg, channel: this.parts.names.dialled(leg), kind: 'sip-out', since: this.parts.events.now(), to: uri },
      ...{ state: 'arrived', early: false, muted: false },
    });
    const answer = await this.parts.ari.originate({
      endpoint: this.parts.dial.replaceAll('{uri}', uri).replaceAll('{number}', number[1] ?? number[2] ?? ''),
      channel: telephone.channel,
      args: 'dialled',
      timeout: Math.ceil((timeoutMs ?? DEFAULT_DIAL_MS) / 1000),
      ...(from === undefined ? {} : { callerId: from }),
    });
    if (isDone(answer)) return undefined;
    this.drop(telephone);
    return answer.status === 400 ? refusal('uri.invalid', `Asterisk cannot dial ${uri}: ${answer.reason}`) : unreached(answer);
  }

  async mute({ leg, on }: Of<'mute'>): Promise<Refusal | undefined> {
    const telephone = this.byLeg.get(leg);
    if (telephone === undefined) return this.unknown(leg);
    if (telephone.muted === on) return undefined;
    const problem = problemOf(await this.parts.ari.mute(telephone.channel, on), telephone, 'be muted');
    if (problem === undefined) telephone.muted = on;
    return problem;
  }

  async sendDigits({ leg, digits }: Of<'send-digits'>): Promise<Refusal | undefined> {
    if (!areDigits(digits)) return refusal('command.invalid', 'digits must be 1 to 64 of 0–9 * # A–D');
    const telephone = this.byLeg.get(leg);
    if (telephone === undefined) return this.unknown(leg);
    if (!hears(telephone)) return withoutAudio(telephone);
    return problemOf(await this.parts.ari.sendDigits(telephone.channel, digits), telephone, 'send digits');
  }

  unknown(leg: string): Refusal {
    return refusal('leg.unknown', this.past.has(leg) ? `leg ${leg} has ended` : `there is no leg ${leg}`);
  }

  private made(channel: AriChannel, leg: string, dialled: boolean, to = channel.dialplan.exten): Telephone {
    const from = channel.caller.number;
    return this.add({
      ...{ leg, channel: channel.id, kind: dialled ? 'sip-out' : 'sip-in', since: channel.creationtime },
      ...{ state: 'arrived', early: false, muted: false },
      ...(to === '' ? {} : { to }),
      ...(from === '' || from.toLowerCase() === 'anonymous' || dialled ? {} : { from }),
    });
  }

  private add(telephone: Telephone): Telephone {
    this.byLeg.set(telephone.leg, telephone);
    this.byChannel.set(telephone.channel, telephone);
    return telephone;
  }

  private drop({ leg, channel }: Telephone): void {
    this.byLeg.delete(leg);
    this.byChannel.delete(channel);
    this.past.add(leg);
  }

  /** Resolves when the end of a leg has been told, or Asterisk takes too long to tell it. */
  private over(telephone: Telephone): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(done, ENDING_MS);
      this.endings.set(telephone, done);
    });
  }

  private stateChanged(telephone: Telephone, state: string): void {
    if (state === 'Ringing' && telephone.kind === 'sip-out' && telephone.state === 'arrived') this.ringingNow(telephone);
    // A dialled channel takes commands when it has entered the application, which comes right after.
    else if (state === 'Up' && telephone.kind === 'sip-in') this.answeredNow(telephone);
  }

  private ringingNow(telephone: Telephone): void {
    telephone.state = 'ringing';
    this.parts.events.emit({ kind: 'leg-ringing', leg: telephone.leg });
  }

  private answeredNow(telephone: Telephone): void {
    if (telephone.state === 'answered') return;
    telephone.state = 'answered';
    telephone.early = false;
    this.parts.events.emit({ kind: 'leg-answered', leg: telephone.leg });
    this.parts.opened(telephone);
  }

  private ended(telephone: Telephone, cause: number | undefined, techCause: number | undefined): void {
    const { near, state, kind } = telephone;
    this.end(
      telephone,
      near === undefined ? farEnding(state === 'answered', kind === 'sip-out', cause, techCause) : { side: 'near', cause: near },
    );
  }

  private end(telephone: Telephone, ending: LegEnding): void {
    if (this.byLeg.get(telephone.leg) !== telephone) return;
    this.parts.ending(telephone);
    this.drop(telephone);
    this.parts.events.emit({ kind: 'leg-ended', leg: telephone.leg, ...ending });
    this.endings.get(telephone)?.();
  }
}

/** It hears what is played or said to it. */
export function hears({ state, early }: Telephone): boolean {
  return state === 'answered' || early;
}

export function withoutAudio({ leg, kind }: Telephone): Refusal {
  return refusal('leg.state', `leg ${leg} (${kind}) has no audio yet; answer it or give it early media first`);
}

export function isDone({ status }: AriAnswer): boolean {
  return status >= 200 && status < 300;
}

export function unreached({ status, reason }: AriAnswer): Refusal {
  return refusal(status === 0 ? 'process.gone' : 'leg.state', `Asterisk: ${status === 0 ? '' : `${status} `}${reason}`);
}

function problemOf(answer: AriAnswer, telephone: Telephone, what: string): Refusal | undefined {
  if (isDone(answer)) return undefined;
  if (answer.status === NOT_FOUND) return refusal('leg.unknown', `leg ${telephone.leg} has ended`);
  return answer.status === 0 ? unreached(answer) : wrongState(telephone, what);
}

function wrongState({ leg, kind, state }: Telephone, what: string): Refusal {
  return refusal('leg.state', `leg ${leg} (${kind}) is ${state}; it cannot ${what} now`);
}

function stateOf(state: string, kind: Telephone['kind']): LegSnapshot['state'] {
  if (state === 'Up') return 'answered';
  return state === 'Ringing' || (kind === 'sip-out' && state === 'Ring') ? 'ringing' : 'arrived';
}

/** `PJSIP/trunk-0000001f` */
function trunkOf(name: string): string {
  return /^[^/]+\/(.+)-[0-9a-f]+$/.exec(name)?.[1] ?? '';
}
