/** A burst of 100, then 20 a second: a page that sends more is broken or hostile. */
const burst = 100;
const perSecond = 20;

/** Token bucket for the messages of one socket. Instants are milliseconds of any steady clock. */
export class MessageBudget {
  #left = burst;
  #at: number | undefined;

  take(now: number): boolean {
    this.#left = Math.min(burst, this.#left + ((now - (this.#at ?? now)) * perSecond) / 1000);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
