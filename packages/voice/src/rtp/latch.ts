/**
 * Which packets belong to the far end. Its SDP names an address, but behind a NAT the audio comes from another one
 * (symmetric RTP, RFC 4961), so the first source heard within a short window is taken. After that an address is left only
 * for one that carries the same SSRC on from nearly the same sequence number while the old one is silent: a stranger
 * who guesses the port is ignored.
 */

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

const MOVE_AFTER_SILENCE_MS = 500;
const MOVE_WITHIN_PACKETS = 200;

export class Latch {
  /** packets that were not the far end's */
  ignored = 0;
  private announced: Endpoint | undefined;
  private windowEnds = 0;
  private address = '';
  private port = 0;
  private ssrc = 0;
  private sequence = 0;
  private heardAt = 0;
  private heard = false;

  /** Opens the window anew: the far end announced itself in SDP. `now` and `windowMs` in ms of one monotonic clock. */
  announce(endpoint: Endpoint, now: number, windowMs: number): void {
    this.announced = endpoint;
    this.windowEnds = now + windowMs;
    this.heard = false;
  }

  /** Where to send: the source that was taken, else what SDP announced. */
  get destination(): Endpoint | undefined {
    return this.heard ? { address: this.address, port: this.port } : this.announced;
  }

  /**
   * True when nobody but the source that was taken could be admitted at `now`: the window has passed, or the far end came from
   * where it said. Only silence of the source opens it again (`mayBeElsewhere`).
   */
  isSettled(now: number): boolean {
    if (!this.heard) return false;
    const { announced } = this;
    return now > this.windowEnds || (announced?.address === this.address && announced.port === this.port);
  }

  /** True when the source has been silent for so long that its stream may go on from another address. */
  mayBeElsewhere(now: number): boolean {
    return now - this.heardAt >= MOVE_AFTER_SILENCE_MS;
  }

  /** True when the packet is the far end's. Costs two comparisons for every packet but the first. */
  admit(address: string, port: number, ssrc: number, sequence: number, now: number): boolean {
    const admitted = this.heard
      ? (port === this.port && address === this.address) || this.mayMove(address, port, ssrc, sequence, now)
      : this.mayBeFirst(address, now);
    if (!admitted) {
      this.ignored++;
      return false;
    }
    this.heard = true;
    this.address = address;
    this.port = port;
    this.ssrc = ssrc;
    this.sequence = sequence;
    this.heardAt = now;
    return true;
  }

  private mayBeFirst(address: string, now: number): boolean {
    if (this.announced === undefined) return false;
    return now <= this.windowEnds || address === this.announced.address;
  }

  private mayMove(address: string, port: number, ssrc: number, sequence: number, now: number): boolean {
    const announced = this.announced;
    const takenFromStranger = announced !== undefined && (announced.address !== this.address || announced.port !== this.port);
    if (takenFromStranger && now <= this.windowEnds && announced.address === address && announced.port === port) return true;
    if (ssrc !== this.ssrc || !this.mayBeElsewhere(now)) return false;
    return Math.abs(((sequence - this.sequence) << 16) >> 16) <= MOVE_WITHIN_PACKETS;
  }
}
