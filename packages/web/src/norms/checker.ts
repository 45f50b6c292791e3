import type { FromChecker, ToChecker } from './checking.ts';

type Question = ToChecker extends infer Q ? (Q extends ToChecker ? Omit<Q, 'id'> : never) : never;
type Answer<K extends ToChecker['kind']> = Extract<FromChecker, { kind: K }>;

/** Asks the worker that checks texts; the newest check is worth waiting for, older ones are dropped. */
export class Checker {
  readonly #worker = new Worker(new URL('./checker.worker.ts', import.meta.url), { type: 'module' });
  readonly #waiting = new Map<number, (answer: FromChecker) => void>();
  #last = 0;

  constructor() {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromChecker>) => {
      this.#waiting.get(data.id)?.(data);
      this.#waiting.delete(data.id);
    });
  }

  ask<K extends ToChecker['kind']>(question: Extract<Question, { kind: K }>): Promise<Answer<K>> {
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve) => {
      this.#waiting.set(id, (answer) => resolve(answer as Answer<K>));
      this.#worker.postMessage({ ...question, id });
    });
  }

  close(): void {
    this.#worker.terminate();
  }
}
