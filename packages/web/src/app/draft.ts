import { z } from 'zod';

/** What was typed in a form, by field. */
export type Draft = Readonly<Record<string, string>>;

const draftSchema = z.object({ at: z.number(), values: z.record(z.string(), z.string()) });
const prefix = 'threerings.form.';
/** A draft is somebody's personal data on a shared computer: it goes once the server has it, and at the latest after this. */
const keepMs = 24 * 3600_000;

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** @param form names the form and what it is about: an operation, a call */
export function loadDraft(store: Store, agent: string, form: string): Draft | undefined {
  return readDraft(store, `${prefix}${agent}.${form}`)?.values;
}

export function keepDraft(store: Store, agent: string, form: string, values: Draft, now: number): void {
  try {
    store.setItem(`${prefix}${agent}.${form}`, JSON.stringify({ at: now, values }));
  } catch {
    // Full or forbidden storage: the text is still on the screen.
  }
}

export function dropDraft(store: Store, agent: string, form: string): void {
  store.removeItem(`${prefix}${agent}.${form}`);
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

function readDraft(store: Store, key: string): z.infer<typeof draftSchema> | undefined {
  try {
    return draftSchema.parse(JSON.parse(store.getItem(key) ?? 'null'));
  } catch {
    return undefined;
  }
}
