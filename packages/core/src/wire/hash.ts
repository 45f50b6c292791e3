/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = 'f0a5ad10acd09c1f64f419b1f5d3796f2a834b639a7916a1d5dfa9de39d25ef4';
