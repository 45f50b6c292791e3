/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = 'e52e138bae57bbe5ce21b6aa80520bc3ee9c71a7a58d05a80d7eb53e6f9bd520';
