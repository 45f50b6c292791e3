import type { EngineDown } from '@threerings/core/wire/board';

/** Whether the telephone engine is there; whoever follows is told at once and at each change. */
export class EngineWatch {
  #down: EngineDown | undefined;
  #follower: ((down: EngineDown | undefined) => void) | undefined;

  get down(): EngineDown | undefined {
    return this.#down;
  }

  /** undefined = it is there. `since` is the first instant of one outage. */
  tell(down: EngineDown | undefined): void {
    this.#down = down === undefined ? undefined : { ...down, since: this.#down?.since ?? down.since };
    this.#follower?.(this.#down);
  }

  follow(follower: (down: EngineDown | undefined) => void): void {
    this.#follower = follower;
    follower(this.#down);
  }
}
