import type { MediaLeg } from '../media/leg.ts';
import type { LegSnapshot } from '../port.ts';
import type { Call, CallListener, Ended, InboundCall } from '../sip/user-agent.ts';
import type { EventStream } from './events.ts';
import type { LegEnding, SwitchLeg } from './leg.ts';
import { tellLineChange } from './line.ts';
import { type Refusal, refusal } from './refusal.ts';
import type { SipMediaSettings, SipSession } from './sip-session.ts';

export interface SipLegParts {
  readonly id: string;
  readonly media: MediaLeg;
  readonly session: SipSession;
  readonly settings: SipMediaSettings;
  readonly events: EventStream;
  readonly ended: (leg: SipLeg, ending: LegEnding) => void;
  readonly from?: string;
  readonly to?: string;
}

/** A leg to a telephone. Signalling is the user agent's, audio the session's; this joins their states. */
export class SipLeg implements SwitchLeg, CallListener {
  readonly id: string;
  readonly media: MediaLeg;
  readonly kind: 'sip-in' | 'sip-out';
  private readonly parts: SipLegParts;
  private readonly since: number;
  private inbound: InboundCall | undefined;
  private call: Call | undefined;
  private state: LegSnapshot['state'] = 'arrived';
  private answering = false;
  private early = false;
  private answeredAt = 0;
  private over = false;
  private near: { readonly side: 'near' | 'failure'; readonly cause: string } | undefined;

  constructor(parts: SipLegParts, inbound: InboundCall | undefined) {
    this.parts = parts;
    this.id = parts.id;
    this.media = parts.media;
    this.kind = inbound === undefined ? 'sip-out' : 'sip-in';
    this.inbound = inbound;
    this.call = inbound;
    this.since = parts.events.now();
    this.media.inbound.onDigit = ({ digit, durationMs }) => this.digit(digit, durationMs);
  }

  /** The dialled call, once the user agent has made it. */
  dialled(call: Call): void {
    this.call = call;
  }

  get hasMedia(): boolean {
    return this.parts.session.open && !this.over;
  }

  snapshot(): LegSnapshot {
    const { from, to } = this.parts;
    return {
      leg: this.id,
      kind: this.kind,
      state: this.state,
      since: this.since,
      connected: this.hasMedia,
      muted: this.media.inbound.muted,
      ...(this.early ? { early: true } : {}),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    };
  }

  ring(): Refusal | undefined {
    if (this.state === 'ringing') return undefined;
    if (this.inbound === undefined || this.state !== 'arrived' || !this.inbound.ring()) return this.wrongState('be rung');
    this.becomeRinging();
    return undefined;
  }

  /** Done when the 183 is on its way. The second time it does nothing. */
  async earlyMedia(): Promise<Refusal | undefined> {
    const call = this.inbound;
    if (this.early) return undefined;
    if (call?.offer === undefined || this.state === 'answered' || this.answering) return this.wrongState('get early media');
    const sdp = await this.describe(call.offer);
    if (typeof sdp !== 'string') return sdp;
    if (!call.earlyMedia(sdp)) return this.wrongState('get early media');
    this.early = true;
    this.parts.events.emit({ kind: 'leg-early', leg: this.id });
    return undefined;
  }

  /** Done when the 200 is on its way; `leg-answered` follows with the ACK. The second time it does nothing. */
  async answer(): Promise<Refusal | undefined> {
    const call = this.inbound;
    if (call === undefined) return this.wrongState('be answered');
    if (this.state === 'answered' || this.answering) return undefined;
    this.answering = true;
    const sdp = await this.describe(call.offer);
    if (typeof sdp === 'string' && !this.over && call.answer(sdp)) return undefined;
    this.answering = false;
    return typeof sdp === 'string' ? this.wrongState('be answered') : sdp;
  }

  reject(status: number): Refusal | undefined {
    const call = this.inbound;
    if (call === undefined || this.state === 'answered' || this.answering) return this.wrongState('be rejected');
    this.near ??= { side: 'near', cause: 'rejected' };
    return call.reject(status) ? undefined : this.wrongState('be rejected');
  }

  hangUp(cause: string | undefined): Refusal | undefined {
    this.near ??= { side: 'near', cause: cause ?? 'hung-up' };
    this.call?.hangUp(cause);
    return undefined;
  }

  tick(now: number): void {
    this.parts.session.tick(now);
    this.media.tick(now);
  }

  checkLine(now: number): void {
    this.parts.session.report(now);
    tellLineChange(this.id, this.media, this.parts.events);
    const { mediaTimeoutMs } = this.parts.settings;
    if (mediaTimeoutMs === 0 || this.parts.session.farHold) return;
    const { lastPacketAt } = this.media.inbound;
    // Before the answer some telephones send nothing: only one that was heard can fall silent.
    if (this.state !== 'answered' && !(this.early && lastPacketAt > 0)) return;
    const heardAt = Math.max(this.answeredAt, Number.isNaN(lastPacketAt) ? 0 : lastPacketAt);
    if (now - heardAt > mediaTimeoutMs) this.fail('media-timeout');
  }

  progress(status: number, sdp?: string): void {
    if (!this.settles(sdp)) return;
    if (status !== 181 && this.state === 'arrived') this.becomeRinging();
  }

  answered(sdp?: string): void {
    if (!this.settles(sdp)) return;
    this.state = 'answered';
    this.early = false;
    this.answeredAt = performance.now();
    this.parts.events.emit({ kind: 'leg-answered', leg: this.id });
  }

  reoffered(offer: string | undefined): { readonly sdp: string } | { readonly status: number } {
    const { session } = this.parts;
    if (offer === undefined) return { sdp: session.offer() };
    const held = session.farHold;
    const answer = session.answer(offer);
    if ('refused' in answer) return { status: 488 };
    this.tellHold(held);
    return answer;
  }

  reanswered(sdp: string): void {
    const held = this.parts.session.farHold;
    if (this.parts.session.settle(sdp) === undefined) this.tellHold(held);
  }

  digit(digit: string, durationMs: number): void {
    this.parts.events.emit({ kind: 'digit', leg: this.id, digit, durationMs });
  }

  ended(how: Ended): void {
    if (this.over) return;
    this.over = true;
    this.parts.session.close();
    const status = how.status === undefined ? {} : { status: how.status };
    const ending = how.side === 'near' && this.near !== undefined ? this.near : { side: how.side, cause: how.cause };
    this.parts.ended(this, { ...ending, ...status });
  }

  private async describe(offer: string | undefined): Promise<string | Refusal> {
    const { session } = this.parts;
    const problem = await session.prepare();
    if (problem !== undefined) return problem;
    if (this.over) return this.wrongState('be given media');
    if (offer === undefined) return session.offer();
    const answer = session.answer(offer);
    return 'refused' in answer ? answer : answer.sdp;
  }

  /** Applies an answer to our offer where one came; a far end whose audio we cannot speak is hung up. */
  private settles(sdp: string | undefined): boolean {
    if (sdp === undefined || this.parts.session.settle(sdp) === undefined) return true;
    this.fail('media.unsupported');
    return false;
  }

  private becomeRinging(): void {
    this.state = 'ringing';
    this.parts.events.emit({ kind: 'leg-ringing', leg: this.id });
  }

  private fail(cause: string): void {
    this.near ??= { side: 'failure', cause };
    this.call?.hangUp(cause);
  }

  private tellHold(before: boolean): void {
    const on = this.parts.session.farHold;
    if (on !== before) this.parts.events.emit({ kind: 'far-hold', leg: this.id, on });
  }

  private wrongState(what: string): Refusal {
    const found = this.over ? 'ended' : this.state;
    return refusal('leg.state', `leg ${this.id} (${this.kind}) is ${found}; it cannot ${what} now`);
  }
}
