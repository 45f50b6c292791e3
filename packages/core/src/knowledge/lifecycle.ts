import type { Instant } from '@threerings/norms/trace';
import { type Refusal, refuse } from '../errors/refusal.ts';
import type { EntryKind, EntryText, EntryVersion } from './entry.ts';
import { slotFault } from './slots.ts';

/** What people do to a version. `agent`: 工号 of who does it. */
export type VersionCommand = { readonly at: Instant; readonly agent: string } & (
  | { readonly kind: 'submit' }
  | { readonly kind: 'approve' }
  | { readonly kind: 'reject'; readonly note: string }
  | { readonly kind: 'withdraw'; readonly note: string }
);

/** What keeps a text from being published, if anything. */
export function textFault(kind: EntryKind, text: EntryText, at: Instant): Refusal | undefined {
  if (text.title.trim() === '') return refuse('knowledge.no-title');
  if (text.body.trim() === '') return refuse('knowledge.no-body');
  const { validFrom, validUntil } = text;
  if (validUntil !== undefined && validUntil <= Math.max(at, validFrom ?? at)) return refuse('knowledge.dates');
  if (kind !== 'reply') return undefined;
  if (validUntil === undefined) return refuse('knowledge.no-expiry');
  const slot = slotFault(text.body);
  return slot === undefined ? undefined : refuse('knowledge.slot', { slot });
}

/**
 * W23: draft → in review → live → superseded or withdrawn. A second person reviews: who wrote a version never approves it.
 * Answers with the version as it is afterwards.
 */
export function decideVersion(command: VersionCommand, kind: EntryKind, version: EntryVersion): EntryVersion | Refusal {
  switch (command.kind) {
    case 'submit':
      if (version.state !== 'draft') return refuse('knowledge.not-draft');
      return textFault(kind, version, command.at) ?? { ...version, state: 'in-review' };
    case 'approve':
      if (version.state !== 'in-review') return refuse('knowledge.not-in-review');
      if (version.author === command.agent) return refuse('knowledge.own-review');
      return textFault(kind, version, command.at) ?? { ...version, state: 'live', reviewer: command.agent };
    case 'reject':
      if (version.state !== 'in-review') return refuse('knowledge.not-in-review');
      return command.note.trim() === '' ? refuse('knowledge.no-reason') : { ...version, state: 'draft' };
    case 'withdraw':
      if (version.state !== 'live') return refuse('knowledge.not-live');
      return command.note.trim() === '' ? refuse('knowledge.no-reason') : { ...version, state: 'withdrawn' };
  }
}
