/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = 'd8bda8cec38d8a47f2d8e4aad6721967845e9d14369a4adf5cef41aad6379176';
