import type { AriOperations } from './ari/operations.ts';

/** Asterisk hangs a channel up by itself when this runs out. */
const TIMEOUT = 'TIMEOUT(absolute)';
const LEAST_MS = 200;
const TIMES_IN_GRACE = 3;

/**
 * Calls outlive their controllers for the grace time and no longer. Asterisk knows no such thing: every channel is given a
 * little life, and as long as a controller is there it is given more.
 */
export class DeadMansSwitch {
  private readonly ari: AriOperations;
  private readonly channels: () => readonly string[];
  private graceMs: number;
  private timer: NodeJS.Timeout | undefined;

  constructor(ari: AriOperations, graceMs: number, channels: () => readonly string[]) {
    this.ari = ari;
    this.graceMs = Math.max(graceMs, LEAST_MS);
    this.channels = channels;
  }

  get grace(): number {
    return this.graceMs;
  }

  setGrace(graceMs: number): void {
    this.graceMs = Math.max(graceMs, LEAST_MS);
    if (this.timer === undefined) return;
    this.stop();
    this.start();
  }

  start(): void {
    this.stop();
    this.timer = setInterval(() => this.extendAll(), this.graceMs / TIMES_IN_GRACE);
    this.extendAll();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  extend(channel: string): void {
    void this.ari.setVariable(channel, TIMEOUT, (this.graceMs / 1000).toFixed(3));
  }

  private extendAll(): void {
    for (const channel of this.channels()) this.extend(channel);
  }
}
