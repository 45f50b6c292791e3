import { type WordFinding, wordFinding } from '@threerings/core/wire/words';
import { useCallback, useState } from 'react';
import { z } from 'zod';
import { request } from '../app/http.ts';
import { useMe } from '../app/session.ts';

/** Reads words before they go out. Where the check cannot be asked, the server says no when it must: nothing is held up by it. */
export function useWordsCheck(): {
  readonly findings: readonly WordFinding[];
  check(text: string): Promise<readonly WordFinding[]>;
  clear(): void;
} {
  const { csrf } = useMe();
  const [findings, setFindings] = useState<readonly WordFinding[]>([]);
  const check = useCallback(
    async (text: string) => {
      const found = await request('/api/chats/check', z.array(wordFinding), { method: 'POST', body: { text }, csrf }).catch(() => []);
      setFindings(found);
      return found;
    },
    [csrf],
  );
  const clear = useCallback(() => setFindings([]), []);
  return { findings, check, clear };
}
