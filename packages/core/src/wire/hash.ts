/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '5f2c9e29497b7fdb68cf87bf10032336eaedbb8c3921a6c3b35085e435253ca6';
