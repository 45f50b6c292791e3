/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '05673f4f8a0610bf2be63c975bd8a6e3b683b430fbc1c50c506cb6da574cb591';
