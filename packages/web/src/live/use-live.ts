import type { BoardView } from '@threerings/core/wire/board';
import type { ChatsView } from '@threerings/core/wire/chat';
import type { DeskView } from '@threerings/core/wire/desk';
import { createContext, useContext, useEffect, useSyncExternalStore } from 'react';
import type { InteractionFeed, Received } from './fold.ts';
import type { Live, LiveState } from './live.ts';

const LiveContext = createContext<Live | undefined>(undefined);
export const LiveProvider = LiveContext.Provider;

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === undefined) throw new Error('useLive outside of the shell');
  return live;
}

/** A part of the live state; the component renders again only when that part is another object. */
export function useLiveState<T>(select: (state: LiveState) => T): T {
  const live = useLive();
  return useSyncExternalStore(live.subscribe, () => select(live.getState()));
}

export function useDesk(): Received<DeskView> | undefined {
  useWanted('desk');
  return useLiveState((state) => state.views.desk);
}

export function useBoard(): Received<BoardView> | undefined {
  useWanted('board');
  return useLiveState((state) => state.views.board);
}

export function useChats(): Received<ChatsView> | undefined {
  useWanted('chats');
  return useLiveState((state) => state.views.chats);
}

/** What came live for one interaction since the page asked; to be merged with what was fetched. */
export function useInteractionFeed(interaction: string): InteractionFeed | undefined {
  useWanted(`interaction:${interaction}`);
  return useLiveState((state) => state.views.interactions.get(interaction));
}

function useWanted(topic: Parameters<Live['want']>[0]): void {
  const live = useLive();
  useEffect(() => live.want(topic), [live, topic]);
}
