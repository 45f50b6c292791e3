import { ntpMiddle, type ReceptionReport, readRtcp, writeRtcp } from './rtcp.ts';
import type { SequenceTracker } from './sequence.ts';

/** RFC 3550 §6.2: five seconds on average, half of it before the first report, spread so that legs do not report at once. */
const INTERVAL_MS = 5000;

/** What is sent on the leg that is reported about. */
export interface ReportedStream {
  readonly ssrc: number;
  /** packets */
  readonly sent: number;
  /** of payload */
  readonly octets: number;
  /** RTP timestamp at an instant of `performance.now()` */
  timestampAt(now: number): number;
}

/** What the far end says of our audio. */
export interface FarReport {
  readonly lossRatio: number;
  readonly jitterMs: number;
  /** absent until the far end has had a report of ours */
  readonly roundTripMs?: number;
}

export interface RtcpParts {
  /** the same for all streams of this process; names no person */
  readonly name: string;
  readonly received: SequenceTracker;
  readonly sent: ReportedStream;
  /** 0 to below 1 */
  readonly random: () => number;
  /** ms since 1970 for an instant of `performance.now()` */
  readonly wallClock: (now: number) => number;
}

/** Reports of one leg, both ways. It keeps no timer and no socket: `due` is asked, `take` is given. */
export class RtcpSession {
  private readonly parts: RtcpParts;
  private nextAt = Number.NaN;
  private expectedBefore = 0;
  private receivedBefore = 0;
  private sentBefore = 0;
  private theirs: { readonly ssrc: number; readonly sentAt: number; readonly heardAt: number } | undefined;

  constructor(parts: RtcpParts) {
    this.parts = parts;
  }

  /** Takes a packet of the far end. Returns what it says of our audio, if anything. */
  take(packet: Buffer, now: number): FarReport | undefined {
    let found: FarReport | undefined;
    for (const { ssrc, sentAt, received } of readRtcp(packet)) {
      if (sentAt !== undefined) this.theirs = { ssrc, sentAt, heardAt: now };
      const ours = received.find((report) => report.ssrc === this.parts.sent.ssrc);
      if (ours !== undefined) found = this.farReport(ours, now);
    }
    return found;
  }

  /** The report to send at `now`, or undefined when none is due or there is nothing to report. */
  due(now: number): Buffer | undefined {
    if (Number.isNaN(this.nextAt)) this.nextAt = now + this.interval() / 2;
    if (now < this.nextAt) return undefined;
    this.nextAt = now + this.interval();
    const { received, sent, name, wallClock } = this.parts;
    const isSending = sent.sent > this.sentBefore;
    if (!isSending && received.received === 0) return undefined;
    this.sentBefore = sent.sent;
    const sender = isSending
      ? { at: wallClock(now), timestamp: sent.timestampAt(now), packets: sent.sent, octets: sent.octets }
      : undefined;
    return writeRtcp(sent.ssrc, name, sender, received.received === 0 ? [] : [this.reception(now)]);
  }

  private reception(now: number): ReceptionReport {
    const { expected, received, ssrc, highestExtended, jitter } = this.parts.received;
    const due = expected - this.expectedBefore;
    const lossRatio = due > 0 ? Math.max(0, 1 - (received - this.receivedBefore) / due) : 0;
    this.expectedBefore = expected;
    this.receivedBefore = received;
    const theirs = this.theirs?.ssrc === ssrc ? this.theirs : undefined;
    return {
      ssrc,
      lossRatio,
      lost: expected - received,
      highest: highestExtended,
      jitter,
      lastReport: theirs?.sentAt ?? 0,
      delay: theirs === undefined ? 0 : Math.round(((now - theirs.heardAt) * 65_536) / 1000),
    };
  }

  // RFC 3550 §6.4.1: our own clock on both ends of the way, minus the time that the report lay at the far end.
  private farReport({ lossRatio, jitter, lastReport, delay }: ReceptionReport, now: number): FarReport {
    const heard = { lossRatio, jitterMs: jitter / 8 };
    if (lastReport === 0) return heard;
    const way = (ntpMiddle(this.parts.wallClock(now)) - lastReport - delay) | 0;
    return way < 0 ? heard : { ...heard, roundTripMs: (way * 1000) / 65_536 };
  }

  private interval(): number {
    return INTERVAL_MS * (0.5 + this.parts.random());
  }
}
