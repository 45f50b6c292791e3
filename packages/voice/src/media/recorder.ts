import { decodingTable, SAMPLES_PER_MS } from './g711.ts';
import type { AudioFrame, FrameSink, Inbound } from './inbound.ts';
import { pcmBytes } from './pcm.ts';
import type { RecordingFile } from './recording-file.ts';

/** A frame that is this far from where the wall clock says begins a new talk stream. */
const RE_ANCHOR_SAMPLES = 200 * SAMPLES_PER_MS;
/** Beyond the anchor's tolerance no frame finds its place in the past any more, so that what is older can be written. */
const OPEN_SAMPLES = RE_ANCHOR_SAMPLES + 50 * SAMPLES_PER_MS;
/** With the open part: how much a kill -9 takes at most. */
const FLUSH_SAMPLES = 750 * SAMPLES_PER_MS;
/** Open window, flush period, and room for timestamps ahead of the clock and a late flush; a power of two. */
const WINDOW_SAMPLES = 1 << 15;
const RING_MASK = WINDOW_SAMPLES * 2 - 1;

export type RecordingSide = 'left' | 'right';

/**
 * Records two legs into one stereo file. Each frame is placed by its RTP timestamp, so that jitter does not shake the audio and
 * loss leaves a gap of the right length; what was anchored more than 200 ms off is anchored again.
 */
export class Recorder {
  private readonly file: RecordingFile;
  private readonly startedAt: number;
  /** interleaved ring of the newest samples */
  private readonly window = new Int16Array(WINDOW_SAMPLES * 2);
  private readonly sides: Readonly<Record<RecordingSide, RecordedSide>>;
  private flushed = 0;
  paused = false;

  /** `now`: ms of `performance.now()`, the instant of the first sample. */
  constructor(file: RecordingFile, now: number) {
    this.file = file;
    this.startedAt = now;
    this.sides = { left: new RecordedSide(this, 0), right: new RecordedSide(this, 1) };
  }

  /** Records what `inbound` says on this side from now on; undefined leaves silence. */
  setSide(side: RecordingSide, inbound: Inbound | undefined): void {
    this.sides[side].listenTo(inbound);
  }

  /** Call on every tick: hands over what no late frame can change any more. */
  tick(now: number): void {
    const closed = this.samplesAt(now) - OPEN_SAMPLES;
    if (closed - this.flushed >= FLUSH_SAMPLES) this.flushTo(closed);
  }

  get failed(): boolean {
    return this.file.failure !== undefined;
  }

  /** Writes what is left and closes the file. Resolves with the length in ms when it is on the disk. */
  async stop(now: number): Promise<number> {
    this.setSide('left', undefined);
    this.setSide('right', undefined);
    this.flushTo(this.samplesAt(now));
    await this.file.close();
    return Math.round(this.flushed / SAMPLES_PER_MS);
  }

  samplesAt(now: number): number {
    return Math.max(0, Math.round((now - this.startedAt) * SAMPLES_PER_MS));
  }

  /** Writes decoded octets at `position` of one channel. Frames that overlap what was flushed lose that part. */
  place(frame: AudioFrame, position: number, channel: number): void {
    if (this.paused) return;
    const { window } = this;
    const { packet, start } = frame;
    const table = decodingTable(frame.codec);
    const from = Math.max(0, this.flushed - position);
    const to = Math.min(frame.end - start, this.flushed + WINDOW_SAMPLES - position);
    let at = ((position + from) * 2 + channel) & RING_MASK;
    for (let i = start + from; i < start + to; i++) {
      window[at] = table[packet[i] as number] as number;
      at = (at + 2) & RING_MASK;
    }
  }

  private flushTo(end: number): void {
    while (this.flushed < end) {
      const from = (this.flushed * 2) & RING_MASK;
      const to = Math.min(from + (end - this.flushed) * 2, this.window.length);
      this.file.append(pcmBytes(this.window, from, to));
      this.window.fill(0, from, to);
      this.flushed += (to - from) / 2;
    }
  }
}

class RecordedSide implements FrameSink {
  private readonly recorder: Recorder;
  private readonly channel: number;
  private inbound: Inbound | undefined;
  private anchored = false;
  private ssrc = 0;
  private timestamp = 0;
  private position = 0;

  constructor(recorder: Recorder, channel: number) {
    this.recorder = recorder;
    this.channel = channel;
  }

  listenTo(inbound: Inbound | undefined): void {
    if (inbound === this.inbound) return;
    this.inbound?.unlisten(this);
    this.inbound = inbound;
    this.anchored = false;
    inbound?.listen(this);
  }

  take(frame: AudioFrame): void {
    const wall = this.recorder.samplesAt(frame.arrivedAt);
    let position = this.position + ((frame.timestamp - this.timestamp) | 0);
    if (!this.anchored || frame.ssrc !== this.ssrc || Math.abs(position - wall) > RE_ANCHOR_SAMPLES) {
      position = wall;
      this.anchored = true;
      this.ssrc = frame.ssrc;
    }
    // The anchor moves along, so that a long call never overflows the difference.
    this.timestamp = frame.timestamp;
    this.position = position;
    this.recorder.place(frame, position, this.channel);
  }
}
