/**
 * What a receiver knows of one RTP stream: unwrapped sequence numbers, loss and jitter (RFC 3550 A.1, A.3, A.8).
 * A sender that starts again (new SSRC, or a jump beyond `MAX_DROPOUT`) starts a new stream; what was counted stays.
 */

const MAX_DROPOUT = 3000;
const SAMPLES_PER_MS = 8;

export class SequenceTracker {
  received = 0;
  /** interarrival jitter in samples of 8 kHz */
  jitter = 0;
  private expectedBefore = 0;
  /** of the stream that is being received; −1 before the first packet */
  ssrc = -1;
  private first = 0;
  private highest = 0;
  private lastTransit = Number.NaN;

  /**
   * Counts a packet that arrived at `arrivalMs` (any monotonic clock). Returns its unwrapped sequence number, which
   * grows past 65535; a new stream goes on at a number above the old one's.
   */
  receive(ssrc: number, sequence: number, timestamp: number, arrivalMs: number): number {
    this.received++;
    if (ssrc !== this.ssrc) return this.restart(ssrc, sequence);
    const step = ((sequence - this.highest) << 16) >> 16;
    if (step > MAX_DROPOUT || step < -MAX_DROPOUT) return this.restart(ssrc, sequence);
    this.measureJitter(timestamp, arrivalMs);
    const unwrapped = this.highest + step;
    if (step > 0) this.highest = unwrapped;
    return unwrapped;
  }

  /** Packets that should have arrived so far. */
  get expected(): number {
    return this.ssrc === -1 ? 0 : this.expectedBefore + this.highest - this.first + 1;
  }

  /** Never negative: duplicates may outnumber losses. */
  get lost(): number {
    return Math.max(0, this.expected - this.received);
  }

  /** As RFC 3550 §6.4.1 counts it: the low half is the highest number received, the high half its cycles. */
  get highestExtended(): number {
    return this.highest % 2 ** 32;
  }

  get jitterMs(): number {
    return this.jitter / SAMPLES_PER_MS;
  }

  private restart(ssrc: number, sequence: number): number {
    this.expectedBefore = this.expected;
    this.ssrc = ssrc;
    // Above every number told before and congruent to `sequence`, so that differences stay meaningful modulo 2^16.
    const above = this.highest + 65536;
    this.first = above - (above % 65536) + sequence;
    this.highest = this.first;
    this.lastTransit = Number.NaN;
    return this.first;
  }

  private measureJitter(timestamp: number, arrivalMs: number): void {
    const transit = arrivalMs * SAMPLES_PER_MS - timestamp;
    const difference = Math.abs(transit - this.lastTransit);
    this.lastTransit = transit;
    // Also skips a wrap of the timestamp and a source that jumped: neither says anything of the network.
    if (difference < 8000) this.jitter += (difference - this.jitter) / 16;
  }
}
