import type { MediaLeg } from '../media/leg.ts';
import type { LegSnapshot } from '../port.ts';
import { BrowserMedia } from '../webrtc/browser-media.ts';
import type { OpenConnection } from '../webrtc/connection.ts';
import type { EventStream } from './events.ts';
import type { LegEnding, SwitchLeg } from './leg.ts';
import { tellLineChange } from './line.ts';
import { type Refusal, refusal } from './refusal.ts';

export interface BrowserLegParts {
  readonly id: string;
  readonly media: MediaLeg;
  readonly open: OpenConnection;
  readonly events: EventStream;
  readonly ended: (leg: BrowserLeg, ending: LegEnding) => void;
}

/** On a machine that is too busy a handshake may fail that would succeed the next time; a browser that cannot come never does. */
const MAX_FAILURES = 3;

/** A leg to a browser. It stays while connections come and go, until it is hung up. */
export class BrowserLeg implements SwitchLeg {
  readonly id: string;
  readonly media: MediaLeg;
  readonly kind = 'browser';
  readonly hasMedia = true;
  private readonly parts: BrowserLegParts;
  private readonly path: BrowserMedia;
  private readonly since: number;
  private answered = false;
  private failures = 0;
  private over = false;

  constructor(parts: BrowserLegParts) {
    this.parts = parts;
    this.id = parts.id;
    this.media = parts.media;
    this.since = parts.events.now();
    this.path = new BrowserMedia(parts.id, parts.media, parts.open, {
      connected: (connection) => this.connected(connection),
      failed: () => {
        this.failures++;
        if (this.failures <= MAX_FAILURES) void this.offer();
      },
      disconnected: (connection, cause) => parts.events.emit({ kind: 'leg-disconnected', leg: this.id, connection, cause }),
    });
    this.media.inbound.onDigit = ({ digit, durationMs }) => parts.events.emit({ kind: 'digit', leg: this.id, digit, durationMs });
  }

  snapshot(): LegSnapshot {
    return {
      leg: this.id,
      kind: 'browser',
      state: this.answered ? 'answered' : 'arrived',
      since: this.since,
      connected: this.path.connected,
      muted: this.media.inbound.muted,
    };
  }

  /** Makes a connection and tells its offer by an event. */
  async offer(): Promise<Refusal | undefined> {
    try {
      const { connection, sdp } = await this.path.offer();
      if (!this.over) this.parts.events.emit({ kind: 'offered', leg: this.id, connection, sdp });
      return undefined;
    } catch (error) {
      return refusal('no-ports', `no WebRTC connection can be made: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  accept(connection: string, sdp: string): Refusal | undefined {
    return this.path.accept(connection, sdp);
  }

  hangUp(cause: string | undefined): Refusal | undefined {
    if (this.over) return undefined;
    this.over = true;
    this.path.close();
    this.parts.ended(this, { side: 'near', cause: cause ?? 'hung-up' });
    return undefined;
  }

  tick(now: number): void {
    this.path.tick(now);
    this.media.tick(now);
  }

  checkLine(): void {
    tellLineChange(this.id, this.media, this.parts.events);
  }

  private connected(connection: string): void {
    this.failures = 0;
    if (!this.answered) {
      this.answered = true;
      this.parts.events.emit({ kind: 'leg-answered', leg: this.id });
    }
    this.parts.events.emit({ kind: 'leg-connected', leg: this.id, connection });
  }
}
