/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '92e7bfcb36ccf7d2f04a1793db9df2ba280d606901944e681031f6034fb84a3d';
