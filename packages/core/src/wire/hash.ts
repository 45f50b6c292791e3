/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '8047d8700583880591308a4a2b0db6906a4000c25871fd848efccb21d8528b8e';
