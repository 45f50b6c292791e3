/** What decides whether a process without controllers goes on. */
export interface GraceParts {
  /** Legs and open recordings: what a controller could still want. */
  readonly busy: () => boolean;
  /** New calls are taken, or refused so that the trunk takes its other route. */
  readonly accept: (on: boolean) => void;
  readonly end: (cause: string) => void;
  /** ms of a monotonic clock */
  readonly now: () => number;
}

/** A controller that restarts finds its way back within this; until then new calls wait for it. */
const REFUSE_CALLS_AFTER_MS = 10_000;
/** Without calls nobody is harmed: only a blink of the connection is waited out. */
const IDLE_LINGER_MS = 1000;
/** From the start of the process to the first controller. */
const FIRST_CONTROLLER_MS = 15_000;

/**
 * Keeps the calls of a vanished controller for `graceMs`, then ends them and the process. Call `check` a few times a
 * second: the idle process must also end when its last call ends by itself.
 */
export class Grace {
  graceMs: number;
  private readonly parts: GraceParts;
  private alone: boolean;
  private everControlled = false;
  private aloneSince: number;
  private ended = false;

  constructor(graceMs: number, parts: GraceParts) {
    this.graceMs = graceMs;
    this.parts = parts;
    this.alone = true;
    this.aloneSince = parts.now();
  }

  controllersChanged(count: number): void {
    const alone = count === 0;
    if (alone && !this.alone) this.aloneSince = this.parts.now();
    if (!alone) this.everControlled = true;
    this.alone = alone;
    this.check();
  }

  check(): void {
    const aloneFor = this.alone ? this.parts.now() - this.aloneSince : 0;
    this.parts.accept(aloneFor < REFUSE_CALLS_AFTER_MS);
    if (!this.alone || this.ended || aloneFor < this.patience()) return;
    this.ended = true;
    this.parts.end('controller-gone');
  }

  private patience(): number {
    if (!this.everControlled) return FIRST_CONTROLLER_MS;
    return this.parts.busy() ? this.graceMs : Math.min(this.graceMs, IDLE_LINGER_MS);
  }
}
