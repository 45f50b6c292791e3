/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '3485a473cf647b9f2a80f95f3f9e389c2830e40f981ed2a56ad22c9282ab79b0';
