/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '4bbc47677d9fb344984671271a950b4f8a4ec831376f54ce4fa809fd9eee39e9';
