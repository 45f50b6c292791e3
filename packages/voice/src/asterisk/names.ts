/*
 * INVARIANT (derived ids): every id in Asterisk derives from the application and from an id of the controller, so that a
 * controller which is started anew finds its calls by looking at channels and bridges.
 */

import { createHash } from 'node:crypto';

/** Ids of one hotline's things in Asterisk, which other applications may use as well. */
export class Names {
  private readonly prefix: string;
  private serial = Date.now();

  constructor(application: string) {
    this.prefix = `${application}-`;
  }

  dialled(leg: string): string {
    return `${this.prefix}out-${leg}`;
  }

  /** Every try has an id of its own: the channel of the last one may still be ending. */
  link(leg: string): string {
    return `${this.prefix}link-${this.next()}-${leg}`;
  }

  ear(leg: string): string {
    return `${this.prefix}ear-${this.next()}-${leg}`;
  }

  snoop(of: string): string {
    return `${this.prefix}snoop-${this.next()}-${of}`;
  }

  bridge(bridge: string): string {
    return `${this.prefix}bridge-${bridge}`;
  }

  /** where a leader hears a bridge and speaks to one of it */
  aside(bridge: string): string {
    return `${this.prefix}aside-${bridge}`;
  }

  /** where what a leg says is carried to the recorder */
  hearing(leg: string): string {
    return `${this.prefix}hearing-${leg}`;
  }

  /** where a telephone is alone with what is played to it */
  room(leg: string): string {
    return `${this.prefix}room-${leg}`;
  }

  playback(): string {
    return `${this.prefix}play-${this.next()}`;
  }

  /** What an id stands for; undefined for one that is not ours, or that this controller has no use for. */
  read(
    id: string,
  ): { readonly kind: 'out' | 'link' | 'ear' | 'snoop' | 'bridge' | 'aside' | 'hearing' | 'room'; readonly of: string } | undefined {
    if (!id.startsWith(this.prefix)) return undefined;
    const [, kind, of] = /^(out|bridge|aside|hearing|room)-(.*)$/s.exec(id.slice(this.prefix.length)) ?? [];
    if (kind !== undefined && of !== undefined) return { kind: kind as 'out', of };
    const [, numbered, whose] = /^(link|ear|snoop)-[0-9a-z]+-(.*)$/s.exec(id.slice(this.prefix.length)) ?? [];
    return numbered === undefined || whose === undefined ? undefined : { kind: numbered as 'link', of: whose };
  }

  private next(): string {
    this.serial += 1;
    return this.serial.toString(36);
  }
}

/** The leg of a call that arrived: the same for every controller, and never that of another Asterisk or another life of it. */
export function arrivedLeg(channel: string, asteriskStartedAt: number): string {
  const hash = createHash('sha256').update(`${asteriskStartedAt} ${channel}`).digest('hex');
  return `sip-${[hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join('-')}`;
}

/** The user part by which Asterisk calls the gateway for a leg. */
export function gatewayUser(kind: 'link' | 'ear', leg: string): string {
  return `${kind}-${Buffer.from(leg, 'utf8').toString('hex')}`;
}

export function readGatewayUser(user: string): { readonly kind: 'link' | 'ear'; readonly leg: string } | undefined {
  const [, kind, hex] = /^(link|ear)-((?:[0-9a-f]{2})+)$/.exec(user) ?? [];
  return kind === undefined || hex === undefined ? undefined : { kind: kind as 'link', leg: Buffer.from(hex, 'hex').toString('utf8') };
}
