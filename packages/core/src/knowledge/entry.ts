import type { Instant } from '@threerings/norms/trace';

/** `article`: read while answering; `reply`: a sentence to say or to send, with slots. */
export const entryKinds = ['article', 'reply'] as const;
export type EntryKind = (typeof entryKinds)[number];

export const versionStates = ['draft', 'in-review', 'live', 'superseded', 'withdrawn'] as const;
export type VersionState = (typeof versionStates)[number];

/** What a version says. Instants are ms since the epoch. */
export interface EntryText {
  readonly title: string;
  readonly keywords: readonly string[];
  /** rich text (`rich-text.ts`); of a reply plain text with slots */
  readonly body: string;
  /** 清单项: what must be told in full and at once (一次性告知) */
  readonly items: readonly string[];
  /** shown from here on; absent = from its publication */
  readonly validFrom?: Instant | undefined;
  /** never shown as current from here on; a reply needs one */
  readonly validUntil?: Instant | undefined;
  /** somebody looks at it again by then */
  readonly reviewDue?: Instant | undefined;
}

export interface EntryVersion extends EntryText {
  readonly version: number;
  readonly state: VersionState;
  /** 工号 */
  readonly author: string;
  readonly reviewer?: string | undefined;
  /** an earlier version was wrong: whoever was told it is owed a correction */
  readonly corrects: boolean;
}

export type Standing = 'current' | 'review-due' | 'not-yet' | 'expired' | 'unpublished';

/** How a version stands at an instant. Only `current` and `review-due` may be told to a caller. */
export function standingOf(version: Pick<EntryVersion, 'state' | 'validFrom' | 'validUntil' | 'reviewDue'>, at: Instant): Standing {
  if (version.state !== 'live') return 'unpublished';
  if (version.validFrom !== undefined && at < version.validFrom) return 'not-yet';
  if (version.validUntil !== undefined && at >= version.validUntil) return 'expired';
  return version.reviewDue !== undefined && at >= version.reviewDue ? 'review-due' : 'current';
}

/** An article of more characters is a long one: norms ask that it be sent rather than dictated. */
export const longArticle = 600;
