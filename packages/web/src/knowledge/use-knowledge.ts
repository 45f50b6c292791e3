import { useQuery } from '@tanstack/react-query';
import type { EntryKind } from '@threerings/core/knowledge/entry';
import { editedEntry, entryDetail, entryHit, knowledgeGap, misledCaller } from '@threerings/core/wire/knowledge';
import { z } from 'zod';
import { request } from '../app/http.ts';
import { useListPush } from '../live/use-list-push.ts';

export const knowledgeKey = ['knowledge'] as const;

export type EditorView = 'draft' | 'in-review' | 'live' | 'due';

/** What is found while one types; without words the newest. `interaction`: only what is meant for the queue of that caller. */
export function useKnowledgeSearch(kind: EntryKind, words: string, interaction?: string) {
  const search = new URLSearchParams({ kind, q: words, ...(interaction === undefined ? {} : { interaction }) });
  return useQuery({
    queryKey: [...knowledgeKey, 'search', kind, words, interaction ?? ''],
    queryFn: ({ signal }) => request(`/api/knowledge?${search}`, z.array(entryHit), { signal }),
    placeholderData: (before) => before,
    staleTime: 5_000,
  });
}

/** Quick replies for a conversation, for whoever shows them: the desk now, the chat page as well. */
export function useQuickReplies(words: string, interaction?: string) {
  return useKnowledgeSearch('reply', words, interaction);
}

export function useEntry(entry: string | undefined) {
  return useQuery({
    queryKey: [...knowledgeKey, 'entry', entry],
    queryFn: ({ signal }) => request(`/api/knowledge/${encodeURIComponent(entry ?? '')}`, entryDetail, { signal }),
    enabled: entry !== undefined,
  });
}

export function useEditing(view: EditorView) {
  const every = useListPush('knowledge', knowledgeKey);
  return useQuery({
    queryKey: [...knowledgeKey, 'editing', view],
    queryFn: ({ signal }) => request(`/api/knowledge-editing?view=${view}`, z.array(editedEntry), { signal }),
    refetchInterval: every,
  });
}

export function useGaps() {
  const every = useListPush('knowledge', knowledgeKey);
  return useQuery({
    queryKey: [...knowledgeKey, 'gaps'],
    queryFn: ({ signal }) => request('/api/knowledge-gaps', z.array(knowledgeGap), { signal }),
    refetchInterval: every,
  });
}

export function useMisled(entry: string) {
  return useQuery({
    queryKey: [...knowledgeKey, 'misled', entry],
    queryFn: ({ signal }) => request(`/api/knowledge/${encodeURIComponent(entry)}/misled`, z.array(misledCaller), { signal }),
  });
}
