/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '65606a7e6f44b885497275b7305e1fdb55313aa7ad425bbf2b6c93f4b00c1c6a';
