import type { MediaLeg } from '../media/leg.ts';
import type { PortPool } from '../rtp/ports.ts';
import { RtcpSession } from '../rtp/rtcp-session.ts';
import { RtcpSocket } from '../rtp/rtcp-socket.ts';
import { RtpSocket } from '../rtp/socket.ts';
import { answerOffer, type LocalMedia, makeOffer, type NegotiatedMedia, settleAnswer } from '../sdp/negotiation.ts';
import { type Refusal, refusal } from './refusal.ts';

export interface SipMediaSettings {
  /** How long after each description an unexpected source may be latched, ms. */
  readonly latchWindowMs: number;
  /** The address in our descriptions. */
  readonly announced: string;
  /** A leg over which nothing came for so long is ended, ms; 0 = never. Not while the far end holds. */
  readonly mediaTimeoutMs: number;
}

/** The session description of one SIP leg and the socket behind it: opens it, negotiates, and applies what was agreed. */
export class SipSession {
  farHold = false;
  private readonly media: MediaLeg;
  private readonly ports: PortPool;
  private readonly settings: SipMediaSettings;
  private readonly sessionId: string;
  private readonly reports: RtcpSession;
  private socket: RtpSocket | undefined;
  private reportSocket: RtcpSocket | undefined;
  private rtcpMux = false;
  private version = 1;
  private told = '';
  private closed = false;

  /** `sessionId`: decimal digits for the o= line, unique among our calls. */
  constructor(media: MediaLeg, ports: PortPool, settings: SipMediaSettings, sessionId: string) {
    this.media = media;
    this.ports = ports;
    this.settings = settings;
    this.sessionId = sessionId;
    this.reports = new RtcpSession({
      name: 'hotline',
      received: media.inbound.stream,
      sent: media.outbound,
      random: Math.random,
      wallClock: (now) => performance.timeOrigin + now,
    });
  }

  get open(): boolean {
    return this.socket !== undefined;
  }

  /** Binds the port; does nothing the second time. */
  async prepare(): Promise<Refusal | undefined> {
    if (this.socket !== undefined || this.closed) return undefined;
    const bound = await this.ports.open();
    if (bound === undefined) return refusal('no-ports', 'every RTP port of the configured range is in use; widen the range');
    const socket = new RtpSocket(bound, this.settings.latchWindowMs);
    if (this.closed) socket.close();
    else this.socket = socket;
    socket.onPacket((packet, header, now) => this.media.inbound.receive(packet, header, now));
    socket.onReport((packet) => this.reported(packet));
    await this.openReports(socket);
    return undefined;
  }

  /** A leg whose second port another program has goes on without reports of its own. */
  private async openReports(audio: RtpSocket): Promise<void> {
    const bound = await this.ports.openAbove(audio.port);
    if (bound === undefined) return;
    const socket = new RtcpSocket(
      bound,
      () => audio.remote?.address,
      (packet) => this.reported(packet),
    );
    if (this.closed) socket.close();
    else this.reportSocket = socket;
  }

  private reported(packet: Buffer): void {
    const far = this.reports.take(packet, performance.now());
    if (far !== undefined) this.media.quality.reported(far);
  }

  /** Our answer to `offer`, applied; only after `prepare`. */
  answer(offer: string): { readonly sdp: string } | Refusal {
    const agreed = this.describe((local) => answerOffer(offer, local));
    if ('refused' in agreed) return refusal(agreed.refused, agreed.message);
    const problem = this.apply(agreed.media);
    return problem ?? { sdp: agreed.sdp };
  }

  /** Our offer; only after `prepare`. */
  offer(): string {
    return this.describe((local) => ({ sdp: makeOffer(local) })).sdp;
  }

  /** The far end's answer to our offer. */
  settle(answer: string): Refusal | undefined {
    const media = settleAnswer(answer, this.local());
    return 'refused' in media ? refusal(media.refused, media.message) : this.apply(media);
  }

  /** Call on every tick. */
  tick(now: number): void {
    this.socket?.tick(now);
  }

  /** Call once a second: sends the report that is due. */
  report(now: number): void {
    if (this.socket?.remote === undefined) return;
    const packet = this.reports.due(now);
    if (packet === undefined) return;
    if (this.rtcpMux) this.socket.send(packet);
    else this.reportSocket?.send(packet);
  }

  close(): void {
    this.closed = true;
    this.media.setTransport(undefined);
    this.socket?.close();
    this.reportSocket?.close();
    this.socket = undefined;
    this.reportSocket = undefined;
  }

  private apply(media: NegotiatedMedia): Refusal | undefined {
    const listens = media.direction === 'sendrecv' || media.direction === 'sendonly';
    // A peer on hold may name 0.0.0.0, which is no place to send to, nor needs one.
    if (listens && !this.socket?.announce(media.remote))
      return refusal('media.unsupported', `audio cannot be sent to ${media.remote.address}; an address of our IP version is needed`);
    this.rtcpMux = media.rtcpMux;
    if (listens) this.reportSocket?.announce({ address: media.remote.address, port: media.remote.rtcpPort });
    const event = media.eventPayloadType;
    this.media.setFormat({
      codec: media.codec,
      payloadType: media.payloadType,
      ...(event === undefined ? {} : { eventPayloadType: event }),
    });
    this.media.setTransport(listens ? this.socket : undefined);
    this.farHold = media.farHold;
    return undefined;
  }

  // RFC 3264 §8: the version grows with each description that differs, and only with those.
  private describe<T extends { readonly sdp: string } | { readonly refused: unknown }>(make: (local: LocalMedia) => T): T {
    const same = make(this.local());
    if ('refused' in same || same.sdp === this.told || this.told === '') return this.remember(same);
    this.version++;
    return this.remember(make(this.local()));
  }

  private remember<T extends { readonly sdp: string } | { readonly refused: unknown }>(description: T): T {
    if ('sdp' in description) this.told = description.sdp;
    return description;
  }

  private local(): LocalMedia {
    return { address: this.settings.announced, port: this.socket?.port ?? 0, sessionId: this.sessionId, version: this.version };
  }
}
