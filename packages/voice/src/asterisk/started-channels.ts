/** Waits for channels to enter the application: before that they take no commands. */
export class StartedChannels {
  private readonly waiting = new Map<string, (started: boolean) => void>();

  /** To be called before the channel is asked for. False when it does not come within `ms`, or is destroyed. */
  expect(channel: string, ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.settle(channel, false), ms);
      this.waiting.set(channel, (started) => {
        clearTimeout(timer);
        resolve(started);
      });
    });
  }

  /** True where somebody waited for it. */
  settle(channel: string, started: boolean): boolean {
    const tell = this.waiting.get(channel);
    this.waiting.delete(channel);
    tell?.(started);
    return tell !== undefined;
  }

  forgetAll(): void {
    for (const channel of [...this.waiting.keys()]) this.settle(channel, false);
  }
}
