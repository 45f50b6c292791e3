import { useCallback, useEffect, useState } from 'react';
import { type Draft, dropDraft, keepDraft, loadDraft, pruneDrafts } from './draft.ts';
import { useMe } from './session.ts';

export interface DraftState {
  readonly values: Draft;
  /** something was typed that the server does not have */
  readonly dirty: boolean;
  change(field: string, value: string): void;
  drop(): void;
}

/** A form of which every change is kept on this computer at once, so that a reload loses no word. Without a name nothing is kept. */
export function useDraft(form: string | undefined, saved: Draft): DraftState {
  const { agent } = useMe();
  const [draft, setDraft] = useState<Draft | undefined>(() => (form === undefined ? undefined : loadDraft(localStorage, agent, form)));
  useEffect(() => pruneDrafts(localStorage, Date.now()), []);
  const values = { ...saved, ...draft };
  const change = useCallback(
    (field: string, value: string) =>
      setDraft((before) => {
        const after = { ...before, [field]: value };
        if (form !== undefined) keepDraft(localStorage, agent, form, after, Date.now());
        return after;
      }),
    [agent, form],
  );
  const drop = useCallback(() => {
    if (form !== undefined) dropDraft(localStorage, agent, form);
    setDraft(undefined);
  }, [agent, form]);
  const dirty = draft !== undefined && Object.entries(draft).some(([field, value]) => value !== (saved[field] ?? ''));
  return { values, dirty, change, drop };
}
