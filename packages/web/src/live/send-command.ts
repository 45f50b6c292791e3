import { type AskReason, type DeskCommand, deskAnswer } from '@threerings/core/wire/desk';
import type { RefusalOnWire } from '@threerings/core/wire/refusal';
import { HttpFailure, request } from '../app/http.ts';
import { backoffMs } from './backoff.ts';

export type CommandResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'ask'; readonly ask: AskReason }
  | { readonly kind: 'refused'; readonly refusal: RefusalOnWire }
  | { readonly kind: 'failed'; readonly failure: HttpFailure };

/** Sends one command under one id; the id makes repeating it harmless. */
export type CommandSender = (command: string, act: DeskCommand, csrf: string) => Promise<CommandResult>;

const attempts = 5;

/** Repeats the same request while the network or the server fails: five times within about eight seconds. */
export const sendCommand: CommandSender = async (command, act, csrf) => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const answer = await request('/api/desk', deskAnswer, { method: 'POST', body: { command, do: act }, csrf });
      return 'ok' in answer ? { kind: 'done' } : { kind: 'ask', ask: answer };
    } catch (failure) {
      if (!(failure instanceof HttpFailure)) throw failure;
      if (failure.refusal !== undefined && failure.kind === 'refused') return { kind: 'refused', refusal: failure.refusal };
      const worthRepeating = failure.kind === 'network' || failure.kind === 'server';
      if (!worthRepeating || attempt + 1 >= attempts) return { kind: 'failed', failure };
      await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt, Math.random())));
    }
  }
};
