import { originOf } from '@threerings/core/call-flow/check';
import type { LookUpEffect } from '../composition/hotline-parts.ts';

export interface LookupParts {
  /** origins that may be asked */
  readonly hosts: readonly string[];
  readonly log: { warn(facts: object, message: string): void };
}

/** Longest answer that is read, octets, and most questions that are open at once. */
const longestAnswer = 65_536;
const mostOpen = 100;

/**
 * Asks a service of the house for a call flow: POST with the values as JSON, answered by `{"result": "word"}`. Undefined = not in time,
 * not understood, or not allowed. Redirections are not followed. What is sent and answered is never logged.
 */
export class Lookups {
  readonly #parts: LookupParts;
  readonly #stop = new AbortController();
  #open = 0;

  constructor(parts: LookupParts) {
    this.#parts = parts;
  }

  async ask({ url, values, withinMs, step, interaction }: LookUpEffect): Promise<string | undefined> {
    if (!this.#parts.hosts.includes(originOf(url)) || this.#open >= mostOpen) return undefined;
    this.#open += 1;
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(values),
        redirect: 'error',
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(withinMs)]),
      });
      return answer.ok ? resultIn(await bounded(answer)) : undefined;
    } catch (error) {
      const why = error instanceof Error ? error.name : 'unknown';
      this.#parts.log.warn({ interaction, step, why }, 'a lookup of a call flow failed');
      return undefined;
    } finally {
      this.#open -= 1;
    }
  }

  stop(): void {
    this.#stop.abort();
  }
}

async function bounded({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let octets = 0;
  for await (const part of body ?? []) {
    octets += part.length;
    if (octets > longestAnswer) throw new RangeError('the answer is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function resultIn(text: string): string | undefined {
  const answer: unknown = JSON.parse(text);
  const result = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'result') : undefined;
  return typeof result === 'string' && result.length <= 40 ? result : undefined;
}
