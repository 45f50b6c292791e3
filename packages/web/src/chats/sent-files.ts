import type { WireEvent } from '@threerings/core/wire/events';

/** What became of the files that a customer sent on another house's channel. */
export interface SentFiles {
  /** ids of those that are kept */
  readonly kept: readonly string[];
  /** why others are not there; stable codes */
  readonly missing: readonly string[];
}

/** By message. One of which nothing is told yet is still being fetched, or had no file. */
export function sentFilesOf(events: readonly WireEvent[]): ReadonlyMap<string, SentFiles> {
  const files = new Map<string, SentFiles>();
  for (const { type, fields } of events) {
    if (type !== 'chat.file-kept' && type !== 'chat.file-missing') continue;
    const message = String(fields['message'] ?? '');
    const { kept, missing } = files.get(message) ?? { kept: [], missing: [] };
    const attachment = String(fields['attachment'] ?? '');
    if (type === 'chat.file-missing') files.set(message, { kept, missing: [...missing, String(fields['reason'] ?? '')] });
    else if (!kept.includes(attachment)) files.set(message, { kept: [...kept, attachment], missing });
  }
  return files;
}
