/** Lines a minute, and in the whole life of the process, that strangers can cause. */
const PER_MINUTE = 20;
const IN_ALL = 20_000;
const MINUTE_MS = 60_000;

/** Rations log lines whose number is not ours to decide. */
export class LogBudget {
  private readonly now: () => number;
  private minute: number;
  private spent = 0;
  private spentInAll = 0;
  private leftOut = 0;

  /** `now`: ms of a monotonic clock. */
  constructor(now: () => number) {
    this.now = now;
    this.minute = now();
  }

  /** Undefined: leave this line out. Otherwise write it, and say how many were left out before it. */
  spend(): number | undefined {
    const now = this.now();
    if (now - this.minute >= MINUTE_MS) {
      this.minute = now;
      this.spent = 0;
    }
    if (this.spent >= PER_MINUTE || this.spentInAll >= IN_ALL) {
      this.leftOut++;
      return undefined;
    }
    this.spent++;
    this.spentInAll++;
    const { leftOut } = this;
    this.leftOut = 0;
    return leftOut;
  }
}
