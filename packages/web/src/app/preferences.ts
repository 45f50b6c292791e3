import { useSyncExternalStore } from 'react';
import { z } from 'zod';

const preferencesSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  text: z.enum(['m', 'l', 'xl']).catch('m'),
  language: z.enum(['zh', 'en']).catch('zh'),
});
export type Preferences = z.infer<typeof preferencesSchema>;

const storageKey = 'threerings.preferences';
const listeners = new Set<() => void>();
let current: Preferences = read();

function read(): Preferences {
  try {
    return preferencesSchema.parse(JSON.parse(localStorage.getItem(storageKey) ?? '{}'));
  } catch {
    return preferencesSchema.parse({});
  }
}

let remembers = true;

/** For pages of people who agreed to nothing: what they choose lasts until the page is closed. */
export function rememberNoPreferences(): void {
  remembers = false;
}

const darkWanted = window.matchMedia('(prefers-color-scheme: dark)');

/** Writes the choice onto the document element, where the tokens read it. */
function show(): void {
  const root = document.documentElement;
  const dark = current.theme === 'dark' || (current.theme === 'system' && darkWanted.matches);
  root.dataset['theme'] = dark ? 'dark' : 'light';
  root.dataset['text'] = current.text;
  root.lang = current.language === 'zh' ? 'zh-CN' : 'en';
}

export function startPreferences(): void {
  show();
  darkWanted.addEventListener('change', show);
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    if (remembers) localStorage.setItem(storageKey, JSON.stringify(current));
  } catch {
    // A private window may refuse to store; the choice then lasts until the page is closed.
  }
  show();
  for (const listener of listeners) listener();
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => current);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
