import { TICK_MS } from './clock.ts';
import { FRAME_SAMPLES } from './g711.ts';
import type { Sound } from './sound.ts';

/** Walks through a sound frame by frame. It is moved by the ear that plays it. */
export class Player {
  readonly sound: Sound;
  private readonly loop: boolean;
  private played = 0;

  constructor(sound: Sound, loop: boolean) {
    this.sound = sound;
    this.loop = loop;
  }

  get playedMs(): number {
    return this.played * TICK_MS;
  }

  get ended(): boolean {
    return this.sound.frames === 0 || (!this.loop && this.played >= this.sound.frames);
  }

  /** Offset of the next frame in the sound's samples or octets; moves on by one frame. */
  advance(): number {
    const frame = this.played % this.sound.frames;
    this.played++;
    return frame * FRAME_SAMPLES;
  }
}
