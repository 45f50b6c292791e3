import { useQueryClient } from '@tanstack/react-query';
import type { DeskCommand } from '@threerings/core/wire/desk';
import { createContext, useCallback, useContext, useRef, useState } from 'react';
import { sessionKey, useMe } from '../app/session.ts';
import { useToast } from '../app/toast.tsx';
import { uuid } from '../app/uuid.ts';
import { type CommandResult, type CommandSender, sendCommand } from './send-command.ts';

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
  const queries = useQueryClient();
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
        if (result.kind === 'failed' && result.failure.kind === 'signed-out') void queries.invalidateQueries({ queryKey: sessionKey });
        return result;
      } finally {
        running.current.delete(act.kind);
        setPending(new Set(running.current));
      }
    },
    [send, csrf, toast, queries],
  );
  return { run, pending };
}
