import type { Instant } from '@threerings/norms/trace';
import { refuse } from '../errors/refusal.ts';
import { type Decision, fact } from '../timeline/decider.ts';
import type { PersonalValue } from '../timeline/event.ts';
import type { CallRecord } from '../wire/desk.ts';
import { filledParts, missingParts } from './call-record.ts';

export interface RecordToSave {
  readonly at: Instant;
  readonly record: string;
  /** it was begun before */
  readonly opened: boolean;
  readonly content: CallRecord;
  /** whose data the content is */
  readonly subject: string;
  readonly number?: PersonalValue | undefined;
}

/**
 * The 5W1H of a call or a chat is kept. A first, incomplete save is welcome: what is missing is said, not refused; an empty one is
 * (`record.empty`).
 */
export function savedRecord({ at, record, opened, content, subject, number }: RecordToSave): Decision {
  const filled = filledParts(content);
  if (filled.length === 0) return refuse('record.empty');
  const personal = { content: { subject, value: JSON.stringify(content) }, number };
  const saved = fact('record.saved', at, { record, filled, missing: missingParts(content) }, { personal });
  return opened ? [saved] : [fact('record.opened', at, { record }), saved];
}
