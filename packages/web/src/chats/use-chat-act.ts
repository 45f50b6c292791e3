import type { QueryKey } from '@tanstack/react-query';
import type { ChatAct } from '@threerings/core/wire/chat';
import { useCallback } from 'react';
import { useAct } from '../app/use-act.ts';
import { uuid } from '../app/uuid.ts';

/** Does something in a chat; false when it was refused or failed, which a toast says. `stale`: lists that it changes. */
export function useChatAct(...stale: readonly QueryKey[]): { run(act: ChatAct): Promise<boolean>; readonly busy: boolean } {
  const { run, busy } = useAct(['chats-of-leaders'], ...stale);
  const act = useCallback((asked: ChatAct) => run('/api/chats', { command: uuid(), do: asked }), [run]);
  return { run: act, busy };
}
