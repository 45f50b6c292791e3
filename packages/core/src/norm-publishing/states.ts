/** Where a version of a norm pack can stand, in the order of its life. */
export const versionStates = ['draft', 'in-review', 'reviewed', 'approved', 'live', 'superseded', 'withdrawn'] as const;
export type VersionState = (typeof versionStates)[number];
