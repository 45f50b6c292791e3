import type { AudioFormat } from '../media/inbound.ts';
import type { MediaLeg } from '../media/leg.ts';
import { emptyRtpHeader, readRtp } from '../rtp/packet.ts';
import type { BrowserConnection, OpenConnection } from './connection.ts';
import { BROWSER_EVENT_PAYLOAD_TYPE, BROWSER_PAYLOAD_TYPE, checkAnswer } from './session.ts';

export const BROWSER_FORMAT: AudioFormat = {
  codec: 'PCMA',
  payloadType: BROWSER_PAYLOAD_TYPE,
  eventPayloadType: BROWSER_EVENT_PAYLOAD_TYPE,
};

/** A browser sends audio all the time, silence too; libdatachannel notices a closed page only after half a minute. */
const LOST_AFTER_MS = 3000;

export interface BrowserMediaHandlers {
  connected(connection: string): void;
  disconnected(connection: string, cause: 'connection-lost' | 'media-lost'): void;
  /** The newest connection was answered and never came up: a new offer may do better. */
  failed(connection: string): void;
}

interface Attempt {
  readonly name: string;
  readonly connection: BrowserConnection;
  answer: string | undefined;
  /** an answer was given to the library, which may have refused it */
  tried: boolean;
  up: boolean;
}

export type AcceptRefusal = { readonly refused: 'leg.state' | 'sdp.invalid' | 'media.unsupported'; readonly message: string };

/**
 * The media path of a browser leg. The leg outlives its connections: a page that was reloaded gets a new offer, and when that
 * connection stands it takes the place of the old one; whoever talks to the leg notices nothing but a short silence.
 */
export class BrowserMedia {
  private readonly leg: string;
  private readonly media: MediaLeg;
  private readonly open: OpenConnection;
  private readonly handlers: BrowserMediaHandlers;
  private readonly header = emptyRtpHeader();
  private made = 0;
  private current: Attempt | undefined;
  private pending: Attempt | undefined;

  constructor(leg: string, media: MediaLeg, open: OpenConnection, handlers: BrowserMediaHandlers) {
    this.leg = leg;
    this.media = media;
    this.open = open;
    this.handlers = handlers;
  }

  get connected(): boolean {
    return this.current?.up ?? false;
  }

  /** A new connection and its offer. An older offer that was not answered is void; a standing connection goes on for now. */
  async offer(): Promise<{ readonly connection: string; readonly sdp: string }> {
    const name = `${this.leg}#${++this.made}`;
    const attempt: Attempt = {
      name,
      answer: undefined,
      tried: false,
      up: false,
      connection: this.open(name, this.media.outbound.ssrc, {
        packet: (packet) => this.receive(attempt, packet),
        state: (state) => (state === 'connected' ? this.promote(attempt) : this.lose(attempt, 'connection-lost')),
      }),
    };
    this.pending?.connection.close();
    this.pending = attempt;
    return { connection: name, sdp: await attempt.connection.offer() };
  }

  /** The browser's answer. The same answer twice is acknowledged; one to an older offer is refused. */
  accept(connection: string, sdp: string): AcceptRefusal | undefined {
    const attempt = [this.pending, this.current].find((each) => each?.name === connection);
    if (attempt === undefined)
      return { refused: 'leg.state', message: `connection ${connection} is not the newest offer of this leg; answer the newest one` };
    if (attempt.answer === sdp) return undefined;
    if (attempt.answer !== undefined) return { refused: 'leg.state', message: `connection ${connection} was answered already` };
    const checked = checkAnswer(sdp);
    if ('refused' in checked) return checked;
    attempt.tried = true;
    const problem = attempt.connection.accept(checked.sdp);
    if (problem !== undefined) return { refused: 'sdp.invalid', message: problem };
    attempt.answer = sdp;
    return undefined;
  }

  /** Call on every tick: tells a connection over which no audio comes any more. */
  tick(now: number): void {
    const { current } = this;
    if (current?.up && now - this.media.inbound.lastPacketAt > LOST_AFTER_MS) this.lose(current, 'media-lost');
  }

  close(): void {
    this.media.setTransport(undefined);
    this.pending?.connection.close();
    this.current?.connection.close();
    this.pending = undefined;
    this.current = undefined;
  }

  private receive(attempt: Attempt, packet: Buffer): void {
    if (attempt !== this.current || !readRtp(packet, this.header)) return;
    const now = performance.now();
    this.media.inbound.receive(packet, this.header, now);
    if (!attempt.up) {
      attempt.up = true;
      this.handlers.connected(attempt.name);
    }
  }

  private promote(attempt: Attempt): void {
    if (attempt !== this.pending) return;
    const old = this.current;
    this.current = attempt;
    this.pending = undefined;
    this.media.setTransport(attempt.connection);
    // The silence before the first packet counts from here.
    this.media.inbound.lastPacketAt = performance.now();
    old?.connection.close();
    attempt.up = true;
    this.handlers.connected(attempt.name);
  }

  private lose(attempt: Attempt, cause: 'connection-lost' | 'media-lost'): void {
    if (attempt === this.pending && attempt.tried) {
      this.pending = undefined;
      attempt.connection.close();
      this.handlers.failed(attempt.name);
      return;
    }
    if (attempt !== this.current || !attempt.up) return;
    attempt.up = false;
    this.handlers.disconnected(attempt.name, cause);
  }
}
