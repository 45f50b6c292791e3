import { useCallback, useEffect, useState } from 'react';
import { useMe } from '../app/session.ts';
import { useDeskCommand } from '../live/command.ts';
import {
  type CallRecord,
  dropDraft,
  emptyRecord,
  keepDraft,
  loadDraft,
  pruneDrafts,
  type RecordField,
  sameRecord,
} from './record-draft.ts';

export interface RecordState {
  readonly values: CallRecord;
  readonly dirty: boolean;
  readonly saving: boolean;
  change(field: RecordField, value: string): void;
  /** True when the server has it. The local draft goes only then. */
  save(): Promise<boolean>;
}

/** The 5W1H of one call. */
export function useRecord(interaction: string, saved: CallRecord | undefined): RecordState {
  const { run, pending } = useDeskCommand();
  const store = useCallback(
    async (record: CallRecord) => (await run({ kind: 'save-record', interaction, record })).kind === 'done',
    [run, interaction],
  );
  return useRecordDraft(interaction, saved, { store, saving: pending.has('save-record') });
}

/** The 5W1H of one interaction: every change is kept on this computer at once, so that a reload loses no word. */
export function useRecordDraft(
  interaction: string,
  saved: CallRecord | undefined,
  { store, saving }: { readonly store: (record: CallRecord) => Promise<boolean>; readonly saving: boolean },
): RecordState {
  const { agent } = useMe();
  const onServer = saved ?? emptyRecord;
  const [draft, setDraft] = useState<CallRecord | undefined>(() => loadDraft(localStorage, agent, interaction));
  const values = draft ?? onServer;
  const dirty = draft !== undefined && !sameRecord(draft, onServer);

  useEffect(() => pruneDrafts(localStorage, Date.now()), []);

  const change = useCallback(
    (field: RecordField, value: string) => {
      setDraft((before) => {
        const after = { ...(before ?? saved ?? emptyRecord), [field]: value };
        keepDraft(localStorage, agent, interaction, after, Date.now());
        return after;
      });
    },
    [agent, interaction, saved],
  );

  const save = useCallback(async () => {
    if (!(await store(values))) return false;
    dropDraft(localStorage, agent, interaction);
    return true;
  }, [store, interaction, values, agent]);

  return { values, dirty, saving, change, save };
}
