/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = 'f0d8ab365e2971c7ae91790bd6f62d1031481b23b3c0cc7143dd40032af3cfaa';
