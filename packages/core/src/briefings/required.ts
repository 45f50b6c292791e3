import type { Instant } from '@threerings/norms/trace';

/** News or a briefing that somebody must have read. */
export interface RequiredBriefing {
  readonly bulletin: string;
  readonly version: number;
  readonly validFrom: Instant;
  /** from here on nobody need read it any more */
  readonly validUntil: Instant;
  /** 工号 of whom it is for */
  readonly agents: readonly string[];
}

/** The name under which reading it is acknowledged. */
export const policyOfBulletin = (bulletin: string): string => `bulletin-${bulletin}`;

/** The bulletin that an acknowledgement is of; undefined for policies of another kind. */
export const bulletinOfPolicy = (policy: string): string | undefined => /^bulletin-(.+)$/.exec(policy)?.[1];

/** What this person must still read now, in the order given. `hasRead`: whether a version, or a later one, was read. */
export function unreadBriefings(
  briefings: readonly RequiredBriefing[],
  agent: string,
  hasRead: (policy: string, version: number) => boolean,
  at: Instant,
): readonly RequiredBriefing[] {
  return briefings.filter(
    ({ bulletin, version, validFrom, validUntil, agents }) =>
      validFrom <= at && at < validUntil && agents.includes(agent) && !hasRead(policyOfBulletin(bulletin), version),
  );
}
