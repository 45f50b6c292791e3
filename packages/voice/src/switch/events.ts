import type { VoiceEvent } from '../port.ts';

type WithoutTime<T> = T extends unknown ? Omit<T, 'at'> : never;
/** An event before it is given its instant. */
export type NewVoiceEvent = WithoutTime<VoiceEvent>;

/**
 * Stamps events and passes them on. INVARIANT watermark: `at` never goes back, even when the system clock is set back, so
 * that a heartbeat promises what the port says.
 */
export class EventStream {
  private readonly deliver: (event: VoiceEvent) => void;
  private readonly read: () => number;
  private last = 0;

  /** `read` gives ms since the epoch. */
  constructor(deliver: (event: VoiceEvent) => void, read: () => number) {
    this.deliver = deliver;
    this.read = read;
  }

  now(): number {
    this.last = Math.max(this.last, this.read());
    return this.last;
  }

  emit(event: NewVoiceEvent): void {
    this.deliver({ at: this.now(), ...event } as VoiceEvent);
  }
}
