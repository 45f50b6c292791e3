/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = 'd5837db3ba76a70db2501e97684521abf0e03b5e1725d0bf97e4aa6b1a1047f8';
