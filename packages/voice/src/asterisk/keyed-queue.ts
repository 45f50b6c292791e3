/** Runs tasks in the order in which they came where they share a key, beside each other where they share none. */
export class KeyedQueue {
  private readonly tails = new Map<string, Promise<unknown>>();

  run<T>(keys: readonly string[], task: () => Promise<T>): Promise<T> {
    const before = Promise.all([...new Set(keys)].map((key) => this.tails.get(key)));
    const done = before.then(task);
    const tail = done.then(
      () => {},
      () => {},
    );
    for (const key of keys) this.tails.set(key, tail);
    void tail.then(() => {
      for (const key of keys) if (this.tails.get(key) === tail) this.tails.delete(key);
    });
    return done;
  }
}
