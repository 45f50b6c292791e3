/**
 * Erlang's formulas for one queue in which everybody can answer: arrivals at random, handling times exponential. `load` =
 * arrivals × mean handling time, in erlangs; `agents` ≥ 0.
 */

/** Erlang B: share of callers who are lost when nobody can wait. By the recursion B(n) = aB(n−1) / (n + aB(n−1)), exact and without overflow. */
export function erlangB(load: number, agents: number): number {
  let blocked = 1;
  for (let n = 1; n <= agents; n += 1) blocked = (load * blocked) / (n + load * blocked);
  return blocked;
}

/** Erlang C: share of callers who wait, when nobody gives up. 1 where the agents cannot keep up. */
export function erlangC(load: number, agents: number): number {
  if (agents <= load) return 1;
  const blocked = erlangB(load, agents);
  return (agents * blocked) / (agents - load * (1 - blocked));
}

/** Erlang C: share of callers answered within `withinMs`; mean handling time in ms. */
export function erlangCServiceLevel(load: number, agents: number, withinMs: number, handleMs: number): number {
  if (agents <= load) return 0;
  return 1 - erlangC(load, agents) * Math.exp((-(agents - load) * withinMs) / handleMs);
}

/** Erlang C: mean wait of all callers, ms; infinite where the agents cannot keep up. */
export function erlangCWaitMs(load: number, agents: number, handleMs: number): number {
  return agents <= load ? Number.POSITIVE_INFINITY : (erlangC(load, agents) * handleMs) / (agents - load);
}

export interface ErlangA {
  /** share of callers who give up */
  readonly abandoned: number;
  /** share of callers who do not find a free agent */
  readonly waits: number;
  /** mean wait of all callers, those who give up included, ms */
  readonly waitMs: number;
}

/**
 * Erlang A (Palm): like C, and a caller who waits gives up after an exponential patience. From the probabilities of the
 * birth-and-death chain: births λ, deaths nμ up to all agents, then nμ + kθ with k waiting.
 */
export function erlangA(load: number, agents: number, handleMs: number, patienceMs: number): ErlangA {
  const [arrival, service, leaving] = [load / handleMs, 1 / handleMs, 1 / patienceMs];
  // Relative to the state "all agents busy, nobody waits", which keeps every term small.
  let below = 0;
  for (let n = agents, term = 1; n > 0 && term > 1e-15; n -= 1) {
    term *= (n * service) / arrival;
    below += term;
  }
  let above = 0;
  let waiting = 0;
  for (let k = 1, term = 1; term > 1e-15 && k < 10_000_000; k += 1) {
    term *= arrival / (agents * service + k * leaving);
    above += term;
    waiting += k * term;
  }
  const whole = below + 1 + above;
  const meanWaiting = waiting / whole;
  return { abandoned: (leaving * meanWaiting) / arrival, waits: (1 + above) / whole, waitMs: meanWaiting / arrival };
}
