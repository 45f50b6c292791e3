import type { SequenceTracker } from '../rtp/sequence.ts';

/** Judged over the last five seconds, looked at once a second. */
const WINDOW_SECONDS = 5;
const DEGRADED_ABOVE = 0.05;
const RESTORED_BELOW = 0.02;
/** Fewer packets say nothing: a leg on hold may send none. */
const ENOUGH_PACKETS = 50;

export type LineChange =
  | { readonly kind: 'degraded'; readonly lossRatio: number; readonly jitterMs: number }
  | { readonly kind: 'restored' };

/** Says when a leg's received audio became bad (more than 5 % lost in 5 s) and good again (less than 2 %). */
export class LineQuality {
  private readonly stream: SequenceTracker;
  private readonly window: { expected: number; received: number }[] = [];
  private degraded = false;

  constructor(stream: SequenceTracker) {
    this.stream = stream;
  }

  /** Call once a second. */
  check(): LineChange | undefined {
    const { expected, received } = this.stream;
    this.window.push({ expected, received });
    const oldest = this.window[0] as { expected: number; received: number };
    if (this.window.length <= WINDOW_SECONDS) return undefined;
    this.window.shift();
    const due = expected - oldest.expected;
    if (due < ENOUGH_PACKETS) return undefined;
    const lossRatio = Math.max(0, 1 - (received - oldest.received) / due);
    if (!this.degraded && lossRatio > DEGRADED_ABOVE) {
      this.degraded = true;
      return { kind: 'degraded', lossRatio, jitterMs: this.stream.jitterMs };
    }
    if (this.degraded && lossRatio < RESTORED_BELOW) {
      this.degraded = false;
      return { kind: 'restored' };
    }
    return undefined;
  }
}
