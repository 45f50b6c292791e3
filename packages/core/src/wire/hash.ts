/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = 'd10bc030215bcba65e60e8311b32f28a67548876578e97bf627c8b129b1b2f0b';
