/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '3f53ff6c5d06ffc290bfdc009865b6ed0bcada846cd6b49f5739faae0245024d';
