/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '6fa5052bbc6281e11b6fa1756a856725810c9dc2b1b89a238b4527b54d499061';
