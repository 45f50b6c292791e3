import { type AskReason, type DeskCommand, deskAnswer } from '@threerings/core/wire/desk';
import type { RefusalOnWire } from '@threerings/core/wire/refusal';
import { createContext, useCallback, useContext, useRef, useState } from 'react';
import { HttpFailure, request } from '../app/http.ts';
import { useMe } from '../app/session.ts';
import { useToast } from '../app/toast.tsx';
import { uuid } from '../app/uuid.ts';
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

const SenderContext = createContext<CommandSender>(sendCommand);
export const CommandSenderProvider = SenderContext.Provider;

export interface DeskCommands {
  /** Runs a command; a refusal or failure is said in a toast unless `quiet`. */
  run(act: DeskCommand, options?: { quiet?: boolean }): Promise<CommandResult>;
  /** kinds under way: their buttons say so and a second press does nothing */
  readonly pending: ReadonlySet<DeskCommand['kind']>;
}

export function useDeskCommand(): DeskCommands {
  const send = useContext(SenderContext);
  const { csrf } = useMe();
  const toast = useToast();
  const [pending, setPending] = useState<ReadonlySet<DeskCommand['kind']>>(new Set());
  const running = useRef(new Set<DeskCommand['kind']>());

  const run = useCallback(
    async (act: DeskCommand, options?: { quiet?: boolean }): Promise<CommandResult> => {
      running.current.add(act.kind);
      setPending(new Set(running.current));
      try {
        const result = await send(uuid(), act, csrf);
        if (options?.quiet !== true) {
          if (result.kind === 'refused') toast.showRefusal(result.refusal);
          if (result.kind === 'failed') toast.showFailure(result.failure);
        }
        return result;
      } finally {
        running.current.delete(act.kind);
        setPending(new Set(running.current));
      }
    },
    [send, csrf, toast],
  );
  return { run, pending };
}
