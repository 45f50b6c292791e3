/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = 'b8bc47839d7b853311bbe195134074a2dbb6731e8789ecabfe209fc1397a9d1c';
