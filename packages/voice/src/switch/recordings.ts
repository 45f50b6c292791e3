import { Recorder, type RecordingSide } from '../media/recorder.ts';
import { RecordingFile } from '../media/recording-file.ts';
import type { VoiceSnapshot } from '../port.ts';
import type { EventStream } from './events.ts';
import { KnownIds } from './known-ids.ts';
import type { SwitchLeg } from './leg.ts';
import { type Refusal, refusal } from './refusal.ts';

interface Running {
  readonly file: string;
  readonly startedAt: number;
  readonly recorder: Recorder;
  readonly sides: Partial<Record<RecordingSide, SwitchLeg>>;
}

/** What is being recorded. A recording goes on when a leg of it ends, until it is stopped. */
export class Recordings {
  private readonly running = new Map<string, Running>();
  private readonly known = new KnownIds();
  private readonly closing = new Set<Promise<void>>();
  private readonly events: EventStream;

  constructor(events: EventStream) {
    this.events = events;
  }

  get count(): number {
    return this.running.size;
  }

  knows(id: string): boolean {
    return this.known.has(id);
  }

  start(id: string, file: string, sides: Readonly<Partial<Record<RecordingSide, SwitchLeg>>>): Refusal | undefined {
    if (this.known.has(id)) return undefined;
    let recorder: Recorder;
    try {
      recorder = new Recorder(new RecordingFile(file), performance.now());
    } catch (error) {
      return refusal('file.unwritable', `recording ${id} cannot be made: ${error instanceof Error ? error.message : String(error)}`);
    }
    this.known.add(id);
    const running = { file, startedAt: this.events.now(), recorder, sides: {} };
    this.running.set(id, running);
    for (const side of ['left', 'right'] as const) setSide(running, side, sides[side]);
    this.events.emit({ kind: 'recording-started', recording: id });
    return undefined;
  }

  setSide(id: string, side: RecordingSide, leg: SwitchLeg | undefined): void {
    const running = this.running.get(id);
    if (running !== undefined) setSide(running, side, leg);
  }

  pause(id: string, on: boolean): void {
    const running = this.running.get(id);
    if (running !== undefined) running.recorder.paused = on;
  }

  /** Told as stopped when the file is whole on the disk. Does nothing the second time. */
  stop(id: string): void {
    const running = this.running.get(id);
    if (running === undefined) return;
    this.running.delete(id);
    const closing = running.recorder.stop(performance.now()).then((durationMs) => {
      this.events.emit({ kind: 'recording-stopped', recording: id, file: running.file, durationMs });
      this.closing.delete(closing);
    });
    this.closing.add(closing);
  }

  /** The leg ended: its side is silent from here on. */
  forget(leg: SwitchLeg): void {
    for (const running of this.running.values())
      for (const side of ['left', 'right'] as const) if (running.sides[side] === leg) setSide(running, side, undefined);
  }

  tick(now: number): void {
    for (const [id, { recorder }] of this.running) {
      recorder.tick(now);
      // A full or dead disk ends the recording visibly instead of losing the rest in silence.
      if (recorder.failed) this.stop(id);
    }
  }

  async stopAll(): Promise<void> {
    for (const id of this.running.keys()) this.stop(id);
    await Promise.all(this.closing);
  }

  snapshot(): VoiceSnapshot['recordings'] {
    return [...this.running].map(([recording, { file, startedAt, recorder }]) => ({ recording, file, startedAt, paused: recorder.paused }));
  }
}

function setSide(running: Running, side: RecordingSide, leg: SwitchLeg | undefined): void {
  if (leg === undefined) delete running.sides[side];
  else running.sides[side] = leg;
  running.recorder.setSide(side, leg?.media.inbound);
}
