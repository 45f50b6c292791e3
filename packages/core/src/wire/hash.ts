/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = 'f723879480096097796c37463c0e6e5299ff8b401f0655a855d5dcf26de5aca9';
