/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '118a6baf1eb8a1034619c41b7d4cf7060b2ef9eef02aca23b24b62ff1e2aeace';
