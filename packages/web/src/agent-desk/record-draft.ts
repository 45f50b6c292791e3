import { callRecord } from '@threerings/core/wire/desk';
import { z } from 'zod';

export type CallRecord = z.infer<typeof callRecord>;
export type RecordField = keyof CallRecord;

/** The order in which a record is written and read. */
export const recordFields: readonly RecordField[] = ['who', 'when', 'where', 'what', 'why', 'how'];

export const emptyRecord: CallRecord = { who: '', when: '', where: '', what: '', why: '', how: '' };

const draftSchema = z.object({ at: z.number(), record: callRecord });
const prefix = 'threerings.record.';
/** A draft is somebody's personal data on a shared computer: it goes once it is saved, and at the latest after this. */
const keepMs = 24 * 3600_000;

export function sameRecord(a: CallRecord, b: CallRecord): boolean {
  return recordFields.every((field) => a[field] === b[field]);
}

export function filledCount(record: CallRecord): number {
  return recordFields.filter((field) => record[field].trim() !== '').length;
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

function draftKey(agent: string, interaction: string): string {
  return `${prefix}${agent}.${interaction}`;
}

export function loadDraft(store: Store, agent: string, interaction: string): CallRecord | undefined {
  return readDraft(store, draftKey(agent, interaction))?.record;
}

function readDraft(store: Store, key: string): z.infer<typeof draftSchema> | undefined {
  try {
    return draftSchema.parse(JSON.parse(store.getItem(key) ?? 'null'));
  } catch {
    return undefined;
  }
}

export function keepDraft(store: Store, agent: string, interaction: string, record: CallRecord, now: number): void {
  try {
    store.setItem(draftKey(agent, interaction), JSON.stringify({ at: now, record }));
  } catch {
    // Full or forbidden storage: the text is still on the screen and in the save button's hand.
  }
}

export function dropDraft(store: Store, agent: string, interaction: string): void {
  store.removeItem(draftKey(agent, interaction));
}

/** Removes drafts that are too old or unreadable. */
export function pruneDrafts(store: Store, now: number): void {
  const keys = Array.from({ length: store.length }, (_, place) => store.key(place)).filter(
    (key): key is string => key?.startsWith(prefix) === true,
  );
  for (const key of keys) {
    const draft = readDraft(store, key);
    if (draft === undefined || now - draft.at > keepMs) store.removeItem(key);
  }
}
