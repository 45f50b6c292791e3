/** Longest clean stop; then the process ends anyway: what was acknowledged is committed, so nothing is lost by it. */
const patienceMs = 9000;

export interface StopSignal {
  /** settles with the reason: a signal's name, or what `request` was told */
  readonly requested: Promise<string>;
  request(why: string): void;
  /** stops listening for signals */
  dispose(): void;
}

/**
 * Ctrl-C, the service manager and a closed terminal ask for a clean stop. A second Ctrl-C, or a stop that hangs, ends the
 * process at once.
 */
export function stopSignals(): StopSignal {
  let why: string | undefined;
  let settle: (why: string) => void = () => {};
  const requested = new Promise<string>((resolve) => {
    settle = resolve;
  });
  const request = (reason: string) => {
    if (why !== undefined) return;
    why = reason;
    setTimeout(() => process.exit(1), patienceMs).unref();
    settle(reason);
  };
  const onSignal = (signal: NodeJS.Signals) => {
    if (why === 'SIGINT' && signal === 'SIGINT') process.exit(130);
    request(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  return {
    requested,
    request,
    dispose: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
