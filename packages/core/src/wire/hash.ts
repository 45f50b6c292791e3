/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '928b7e21e3cf2f255445d6c06baeaee3077c4fe4d99ce4c882fc772392c20c7b';
