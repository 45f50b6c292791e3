import type { WireEvent } from '@threerings/core/wire/events';

/** What became of a message that another house's channel was to bring, where it has not arrived. */
export interface Fate {
  readonly reason: string;
  /** it is not tried again */
  readonly final: boolean;
}

/** By message: those that have not arrived, as the newest event about each says. */
export function fatesOf(events: readonly WireEvent[]): ReadonlyMap<string, Fate> {
  const fates = new Map<string, Fate>();
  for (const { type, fields } of events) {
    const message = String(fields['message'] ?? '');
    if (type === 'chat.delivered') fates.delete(message);
    else if (type === 'chat.undelivered') fates.set(message, { reason: String(fields['reason']), final: fields['final'] === true });
  }
  return fates;
}
