/** Why an agent thinks that a verdict does not hold. */
export const appealGrounds = ['evidence', 'transcript', 'not-applicable', 'other'] as const;
export type AppealGround = (typeof appealGrounds)[number];
