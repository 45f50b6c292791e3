/** Broken down, planned work, or a service of ours that does not answer. */
export const outageKinds = ['failure', 'planned', 'service'] as const;
export type OutageKind = (typeof outageKinds)[number];
