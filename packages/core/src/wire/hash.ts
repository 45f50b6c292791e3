/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '22f1fa4fd22e914624179ee45b82bdda4cf57e7f09964066c093d8dfa9e1b993';
