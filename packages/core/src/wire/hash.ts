/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '646282ea67d39c15ac77a4b802c87178dbdee60f2af13dfd1afc21f3060762dd';
