import type { Instant } from '@threerings/norms/trace';
import { type Refusal, refuse } from '../errors/refusal.ts';
import type { VersionState } from './states.ts';

/** Where one version of a pack stands, and through whose hands it went. People are named by 工号. */
export interface PackVersion {
  readonly state: VersionState;
  /** who changed its text last: nobody passes their own text */
  readonly author: string;
  readonly changedAt: Instant;
  readonly reviewer?: string | undefined;
  readonly approver?: string | undefined;
  /** from when it is to judge; set by the approval */
  readonly effectiveAt?: Instant | undefined;
  /** why it was returned or withdrawn, in the words of who did it */
  readonly note?: string | undefined;
}

export type PublishingCommand = { readonly at: Instant } /** its text was changed */ & (
  | { readonly kind: 'save'; readonly by: string }
  | { readonly kind: 'submit'; readonly by: string }
  | { readonly kind: 'review'; readonly by: string }
  | { readonly kind: 'approve'; readonly by: string; readonly effectiveAt: Instant }
  /** back to its author, from anywhere before it is live */
  | { readonly kind: 'return'; readonly by: string; readonly reason: string }
  | { readonly kind: 'withdraw'; readonly by: string; readonly reason: string }
  /** the effective instant has come */
  | { readonly kind: 'go-live' }
  /** a later version went live */
  | { readonly kind: 'supersede' }
  /** no longer readable, or must not judge: nothing follows it */
  | { readonly kind: 'stand-down'; readonly reason: string }
);

const comesFrom: Readonly<Record<PublishingCommand['kind'], readonly VersionState[]>> = {
  save: ['draft'],
  submit: ['draft'],
  review: ['in-review'],
  approve: ['reviewed'],
  return: ['in-review', 'reviewed', 'approved'],
  withdraw: ['draft', 'in-review', 'reviewed', 'approved'],
  'go-live': ['approved'],
  supersede: ['live'],
  'stand-down': ['live'],
};

/**
 * What a command makes of a version. A text that scores people is never one person’s work: the
 * review is never the author's, the approval never the reviewer's. Refuses: norms.wrong-state, norms.own-text,
 * norms.same-person, norms.no-reason, norms.effective-past.
 */
export function decidePublishing(version: PackVersion, command: PublishingCommand): PackVersion | Refusal {
  if (!comesFrom[command.kind].includes(version.state)) return refuse('norms.wrong-state', { state: version.state });
  const { author, changedAt } = version;
  const untouched: PackVersion = { state: 'draft', author, changedAt };
  switch (command.kind) {
    case 'save':
      return { state: 'draft', author: command.by, changedAt: command.at };
    case 'submit':
      return { ...untouched, state: 'in-review' };
    case 'review':
      if (command.by === author) return refuse('norms.own-text');
      return { ...version, state: 'reviewed', reviewer: command.by };
    case 'approve':
      if (command.by === version.reviewer) return refuse('norms.same-person');
      if (command.effectiveAt < command.at) return refuse('norms.effective-past');
      return { ...version, state: 'approved', approver: command.by, effectiveAt: command.effectiveAt };
    case 'return':
      if (command.reason.trim() === '') return refuse('norms.no-reason');
      return { ...untouched, note: command.reason.trim() };
    case 'withdraw':
    case 'stand-down':
      if (command.reason.trim() === '') return refuse('norms.no-reason');
      return { ...version, state: 'withdrawn', note: command.reason.trim() };
    case 'go-live':
      return { ...version, state: 'live' };
    case 'supersede':
      return { ...version, state: 'superseded' };
  }
}
