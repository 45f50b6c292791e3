/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '2f204890fdfc616c5c820c8d64fa4343c1c2175544b5bb3b5f68fbc7a70fd5e0';
