/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '483c517677cda9b047fec1e25c41c2a4562750094e107a5bde876469ca164ba0';
