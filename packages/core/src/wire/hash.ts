/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = 'c59bffd82f95a516a783a8db03e436a0c47dd2103ef7b553fe8213058a7d7388';
