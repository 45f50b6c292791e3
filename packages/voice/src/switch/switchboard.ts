import { randomInt } from 'node:crypto';
import { MediaClock, TICK_MS } from '../media/clock.ts';
import { MediaLeg } from '../media/leg.ts';
import { SoundLibrary } from '../media/sounds.ts';
import type { VoiceSnapshot } from '../port.ts';
import { BROWSER_FORMAT } from '../webrtc/browser-media.ts';
import { Bridges } from './bridges.ts';
import type { EventStream } from './events.ts';
import { KnownIds } from './known-ids.ts';
import type { LegEnding, SwitchLeg } from './leg.ts';
import { Players } from './players.ts';
import { Recordings } from './recordings.ts';
import { SpeakOvers } from './speak-overs.ts';
import { Taps } from './taps.ts';

/** The port promises 500 ms; a tick may come late. */
const HEARTBEAT_TICKS = 400 / TICK_MS;
const LINE_TICKS = 1000 / TICK_MS;

/** Everything that stands in the process: legs and what connects them. Commands reach it through `commands.ts`. */
export class Switchboard {
  readonly events: EventStream;
  readonly sounds = new SoundLibrary();
  readonly bridges = new Bridges();
  readonly players: Players;
  readonly recordings: Recordings;
  readonly taps = new Taps();
  readonly speakOvers = new SpeakOvers();
  /** legs that ended, so that a late command for one is told apart from a wrong id */
  readonly pastLegs = new KnownIds();
  private readonly legs = new Map<string, SwitchLeg>();
  private readonly clock = new MediaClock();
  private readonly startedAt: number;
  private ticks = 0;

  constructor(events: EventStream) {
    this.events = events;
    this.players = new Players(events);
    this.recordings = new Recordings(events);
    this.startedAt = events.now();
    this.clock.add(this);
  }

  get legCount(): number {
    return this.legs.size;
  }

  leg(id: string): SwitchLeg | undefined {
    return this.legs.get(id);
  }

  allLegs(): readonly SwitchLeg[] {
    return [...this.legs.values()];
  }

  add(leg: SwitchLeg): void {
    this.legs.set(leg.id, leg);
    this.clock.start();
  }

  /** The media of a new leg; its format is settled when its far end is known. */
  newMedia(): MediaLeg {
    return new MediaLeg(BROWSER_FORMAT, { ssrc: randomInt(1, 2 ** 32), sequence: randomInt(2 ** 16), timestamp: randomInt(2 ** 32) });
  }

  /** Takes an ended leg out of everything it was part of, and tells its end last. */
  ended(leg: SwitchLeg, ending: LegEnding): void {
    if (this.legs.get(leg.id) !== leg) return;
    this.legs.delete(leg.id);
    this.pastLegs.add(leg.id);
    this.players.endOf(leg);
    this.speakOvers.forget(leg);
    this.bridges.leave(leg);
    this.recordings.forget(leg);
    this.taps.forget(leg);
    this.events.emit({ kind: 'leg-ended', leg: leg.id, ...ending });
  }

  tick(now: number): void {
    this.bridges.tick();
    for (const leg of this.legs.values()) leg.tick(now);
    this.recordings.tick(now);
    this.taps.tick();
    this.ticks++;
    if (this.ticks % LINE_TICKS === 0) for (const leg of this.legs.values()) leg.checkLine(now);
    if (this.ticks % HEARTBEAT_TICKS === 0 && this.legs.size > 0) this.events.emit({ kind: 'heartbeat' });
    if (this.legs.size === 0 && this.recordings.count === 0) this.clock.stop();
  }

  snapshot(): VoiceSnapshot {
    return {
      process: { pid: process.pid, startedAt: this.startedAt },
      legs: this.allLegs().map((leg) => leg.snapshot()),
      bridges: this.bridges.snapshot(),
      players: this.players.snapshot(),
      recordings: this.recordings.snapshot(),
    };
  }

  /** Hangs up every leg and closes every file. */
  async close(cause: string): Promise<void> {
    for (const leg of this.allLegs()) leg.hangUp(cause);
    await this.recordings.stopAll();
    this.clock.stop();
  }
}
