/** What a started part hands to the parts after it, and how it is stopped. */
export interface Opened<T> {
  readonly value: T;
  stop?(): Promise<void> | void;
}

export interface ServiceLog {
  info(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/**
 * The parts of a running process: started one after the other, stopped in reverse.
 * A part that fails to start stops those before it; a part that fails to stop does not keep the others running.
 */
export class Services {
  readonly #log: ServiceLog;
  readonly #started: { readonly name: string; readonly stop: () => Promise<void> | void }[] = [];
  #stopping: Promise<boolean> | undefined;

  constructor(log: ServiceLog) {
    this.#log = log;
  }

  /** Starts a part and hands over what it offers. A stop that came in the meantime stops it too. */
  async start<T>(name: string, open: () => Promise<Opened<T>> | Opened<T>): Promise<T> {
    const began = performance.now();
    let opened: Opened<T>;
    try {
      if (this.#stopping !== undefined) throw new StoppedWhileStarting(name);
      opened = await open();
    } catch (error) {
      await this.stop();
      throw error;
    }
    this.#started.push({ name, stop: async () => opened.stop?.() });
    this.#log.info({ service: name, ms: Math.round(performance.now() - began) }, 'started');
    if (this.#stopping !== undefined) {
      await this.#stopRest();
      throw new StoppedWhileStarting(name);
    }
    return opened.value;
  }

  /** Stops everything that was started, last one first. False if a part failed to stop. Further calls await the first. */
  stop(): Promise<boolean> {
    this.#stopping ??= this.#stopRest();
    return this.#stopping;
  }

  async #stopRest(): Promise<boolean> {
    let clean = true;
    for (let part = this.#started.pop(); part !== undefined; part = this.#started.pop()) {
      try {
        await part.stop();
      } catch (error) {
        clean = false;
        this.#log.error({ service: part.name, err: error }, 'did not stop cleanly');
      }
    }
    return clean;
  }
}

/** A signal arrived before the start was complete: no failure, and nothing is left running. */
export class StoppedWhileStarting extends Error {
  constructor(service: string) {
    super(`stopped while ${service} was starting`);
    this.name = 'StoppedWhileStarting';
  }
}
