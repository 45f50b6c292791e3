import type { EntryText } from '@threerings/core/knowledge/entry';
import { cleanText } from '@threerings/core/knowledge/rich-text';
import type { EntryTextOnWire } from '@threerings/core/wire/knowledge';

/** What an editor wrote, as it is stored. */
export function cleanEntry(text: EntryTextOnWire): EntryText {
  const line = (one: string) => cleanText(one).replaceAll(/\s+/g, ' ');
  const lines = (list: readonly string[]) => [...new Set(list.map(line))].filter((one) => one !== '');
  return { ...text, title: line(text.title), keywords: lines(text.keywords), items: lines(text.items), body: cleanText(text.body) };
}
