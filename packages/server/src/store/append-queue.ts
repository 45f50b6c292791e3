interface Waiting<Request, Answer> {
  readonly keys: readonly string[];
  readonly request: Request;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

export interface QueueLimits {
  /** batches that are written at the same time */
  readonly lanes: number;
  /** requests of one batch */
  readonly batch: number;
  /** requests that may wait; more are not taken */
  readonly waiting: number;
}

/**
 * Group commit. A request is written at once while a lane is free; those that come meanwhile wait and share the next
 * transaction. INVARIANT (one writer per key): requests that share a key are written in the order in which they came, and a
 * key is never in two batches at a time, so that what is committed is also told in that order.
 */
export class AppendQueue<Request, Answer> {
  readonly #write: (batch: readonly Request[]) => Promise<readonly PromiseSettledResult<Answer>[]>;
  readonly #limits: QueueLimits;
  readonly #busy = new Set<string>();
  #waiting: Waiting<Request, Answer>[] = [];
  #running = 0;
  #idle: (() => void)[] = [];

  /** @param write settles the requests one by one, in the order of the batch */
  constructor(limits: QueueLimits, write: (batch: readonly Request[]) => Promise<readonly PromiseSettledResult<Answer>[]>) {
    this.#limits = limits;
    this.#write = write;
  }

  get isFull(): boolean {
    return this.#waiting.length >= this.#limits.waiting;
  }

  submit(keys: readonly string[], request: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ keys, request, resolve, reject });
      this.#next();
    });
  }

  /** Settles when nothing waits and nothing is being written. */
  async drained(): Promise<void> {
    if (this.#running === 0 && this.#waiting.length === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #next(): void {
    while (this.#running < this.#limits.lanes) {
      const batch = this.#take();
      if (batch.length === 0) break;
      this.#running += 1;
      void this.#run(batch);
    }
    if (this.#running > 0 || this.#waiting.length > 0) return;
    for (const tell of this.#idle.splice(0)) tell();
  }

  #take(): Waiting<Request, Answer>[] {
    const batch: Waiting<Request, Answer>[] = [];
    const rest: Waiting<Request, Answer>[] = [];
    /** keys of requests that must wait: nobody behind may go first */
    const overtaken = new Set<string>();
    for (const each of this.#waiting) {
      const fits = batch.length < this.#limits.batch && !each.keys.some((key) => this.#busy.has(key) || overtaken.has(key));
      (fits ? batch : rest).push(each);
      if (!fits) for (const key of each.keys) overtaken.add(key);
    }
    // Only now: two requests of one key may share a batch.
    for (const { keys } of batch) for (const key of keys) this.#busy.add(key);
    this.#waiting = rest;
    return batch;
  }

  async #run(batch: readonly Waiting<Request, Answer>[]): Promise<void> {
    try {
      const answers = await this.#write(batch.map((each) => each.request));
      batch.forEach((each, index) => {
        const answer = answers[index];
        if (answer?.status === 'fulfilled') each.resolve(answer.value);
        else each.reject(answer?.reason ?? new Error('a batch was answered in part'));
      });
    } catch (error) {
      for (const each of batch) each.reject(error);
    } finally {
      for (const { keys } of batch) for (const key of keys) this.#busy.delete(key);
      this.#running -= 1;
      this.#next();
    }
  }
}
