/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '7901b0ff7453a712a7f1ec00b28060f82e84c5074eae5fd6ca15a35352d5afcf';
