import { decodingTable, FRAME_SAMPLES } from './g711.ts';
import type { AudioFrame, FrameSink } from './inbound.ts';
import { LossConcealment } from './plc.ts';

/** 512 ms: more than the deepest delay and any burst that is still worth playing. */
const RING = 4096;
const SHALLOWEST = 320;
const DEEPEST = 960;
/** Lead beyond this is a burst after a stall or a source that jumped. */
const MAX_LEAD = 2400;
const OBSERVED_FRAMES = 200;
/** So many in a row later than the deepest delay: the two clocks have drifted apart, or the path became longer. */
const LATE_TO_ANCHOR = 5;

/**
 * Evens out one leg's packets for a consumer that runs on the 20 ms clock (mixer, tap, speech over music). The delay
 * adapts between 40 and 120 ms: a late packet deepens it at once; four seconds with room to spare make it one frame less.
 */
export class JitterBuffer implements FrameSink {
  private readonly samples = new Int16Array(RING);
  private readonly filled = new Uint8Array(RING);
  private readonly concealment = new LossConcealment();
  private started = false;
  private silent = true;
  private ssrc = -1;
  /** RTP timestamp that belongs to ring position 0 of the unwrapped scale */
  private origin = 0;
  private readAt = 0;
  private depth = SHALLOWEST;
  private leastLead = Number.POSITIVE_INFINITY;
  private observed = 0;
  private lateInRow = 0;

  /** Present delay in ms, between 40 and 120. */
  get delayMs(): number {
    return this.depth / 8;
  }

  take(frame: AudioFrame): void {
    const length = frame.end - frame.start;
    if (length > RING / 4) return;
    if (!this.started || frame.ssrc !== this.ssrc) this.anchor(frame);
    let at = this.positionOf(frame);
    const lead = at - this.readAt;
    if (lead > MAX_LEAD || lead < -RING / 2 || (lead < 0 && this.silent)) {
      this.anchor(frame);
      at = this.positionOf(frame);
    } else if (lead < 0) {
      this.deepen(-lead);
      if (at + length <= this.readAt && ++this.lateInRow < LATE_TO_ANCHOR) return;
      if (at + length <= this.readAt) this.anchor(frame);
      at = this.positionOf(frame);
    }
    this.lateInRow = 0;
    this.leastLead = Math.min(this.leastLead, at - this.readAt);
    this.write(frame, at);
  }

  /** Fills `out` (160 samples) with the next 20 ms; what is missing is concealed. */
  pull(out: Int16Array): void {
    if (!this.started) {
      out.fill(0);
      return;
    }
    const present = this.read(out);
    this.readAt += FRAME_SAMPLES;
    this.silent = present === 0;
    if (present === FRAME_SAMPLES) this.concealment.good(out);
    else this.concealment.conceal(out);
    if (!this.silent && ++this.observed >= OBSERVED_FRAMES) this.shrinkIfRoomy();
  }

  /** Takes 160 samples out of the ring; returns how many of them had been written. */
  private read(out: Int16Array): number {
    const { samples, filled } = this;
    let present = 0;
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      const at = (this.readAt + i) & (RING - 1);
      present += filled[at] as number;
      out[i] = samples[at] as number;
      filled[at] = 0;
    }
    return present;
  }

  private positionOf(frame: AudioFrame): number {
    return (frame.timestamp - this.origin) | 0;
  }

  private anchor(frame: AudioFrame): void {
    this.started = true;
    this.ssrc = frame.ssrc;
    this.filled.fill(0);
    this.readAt = 0;
    this.origin = (frame.timestamp - this.depth) | 0;
    this.leastLead = Number.POSITIVE_INFINITY;
    this.observed = 0;
  }

  private deepen(lateBy: number): void {
    const more = Math.min(DEEPEST - this.depth, Math.ceil(lateBy / FRAME_SAMPLES) * FRAME_SAMPLES);
    if (more <= 0) return;
    this.depth += more;
    this.readAt -= more;
    // What was read already must not sound twice.
    for (let i = 0; i < more; i++) this.filled[(this.readAt + i) & (RING - 1)] = 0;
    this.observed = 0;
    this.leastLead = Number.POSITIVE_INFINITY;
  }

  private shrinkIfRoomy(): void {
    if (this.depth > SHALLOWEST && this.leastLead >= 2 * FRAME_SAMPLES) {
      this.depth -= FRAME_SAMPLES;
      this.readAt += FRAME_SAMPLES;
    } else if (this.leastLead >= this.depth + FRAME_SAMPLES) this.readAt += FRAME_SAMPLES;
    this.observed = 0;
    this.leastLead = Number.POSITIVE_INFINITY;
  }

  private write(frame: AudioFrame, at: number): void {
    const table = decodingTable(frame.codec);
    const { samples, filled } = this;
    const { packet, start } = frame;
    const length = frame.end - start;
    for (let i = Math.max(0, this.readAt - at); i < length; i++) {
      const slot = (at + i) & (RING - 1);
      samples[slot] = table[packet[start + i] as number] as number;
      filled[slot] = 1;
    }
  }
}
