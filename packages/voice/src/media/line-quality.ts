import type { SequenceTracker } from '../rtp/sequence.ts';

/** Judged over the last five seconds, looked at once a second. */
const WINDOW_SECONDS = 5;
const DEGRADED_ABOVE = 0.05;
const RESTORED_BELOW = 0.02;
/** A far end that reports no more says nothing of now. */
const REPORT_HOLDS_SECONDS = 15;
/** Fewer packets say nothing: a leg on hold may send none. */
const ENOUGH_PACKETS = 50;

export type LineChange =
  | { readonly kind: 'degraded'; readonly lossRatio: number; readonly jitterMs: number }
  | { readonly kind: 'restored' };

interface Heard {
  readonly lossRatio: number;
  readonly jitterMs: number;
}

/**
 * Says when a line became bad (more than 5 % lost in 5 s) and good again (less than 2 %): what is received, or what the far
 * end reports of what it received, whichever is worse.
 */
export class LineQuality {
  private readonly stream: SequenceTracker;
  private readonly window: { expected: number; received: number }[] = [];
  private degraded = false;
  private far: (Heard & { age: number }) | undefined;

  constructor(stream: SequenceTracker) {
    this.stream = stream;
  }

  /** What the far end says of our audio. */
  reported({ lossRatio, jitterMs }: Heard): void {
    this.far = { lossRatio, jitterMs, age: 0 };
  }

  /** Call once a second. */
  check(): LineChange | undefined {
    const here = this.received();
    if (this.far !== undefined && this.far.age++ >= REPORT_HOLDS_SECONDS) this.far = undefined;
    const { far } = this;
    const worse = here === undefined || (far !== undefined && far.lossRatio > here.lossRatio) ? far : here;
    if (worse === undefined) return undefined;
    const { lossRatio, jitterMs } = worse;
    if (!this.degraded && lossRatio > DEGRADED_ABOVE) {
      this.degraded = true;
      return { kind: 'degraded', lossRatio, jitterMs };
    }
    if (this.degraded && lossRatio < RESTORED_BELOW) {
      this.degraded = false;
      return { kind: 'restored' };
    }
    return undefined;
  }

  /** The last five seconds of what is received, or undefined where that says nothing. */
  private received(): Heard | undefined {
    const { expected, received } = this.stream;
    this.window.push({ expected, received });
    const oldest = this.window[0] as { expected: number; received: number };
    if (this.window.length <= WINDOW_SECONDS) return undefined;
    this.window.shift();
    const due = expected - oldest.expected;
    if (due < ENOUGH_PACKETS) return undefined;
    return { lossRatio: Math.max(0, 1 - (received - oldest.received) / due), jitterMs: this.stream.jitterMs };
  }
}
