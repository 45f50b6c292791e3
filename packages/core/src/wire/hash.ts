/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '42d2bd639ff8f9b13e9e941783e357255214fdf051b39f02c01d410e3fb75445';
