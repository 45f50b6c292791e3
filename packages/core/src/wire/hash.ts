/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = 'd8258481b62b50c56d69e0aa393cc5152a1be2d313f5e7c1f85cf47d1d53a844';
