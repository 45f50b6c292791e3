/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = 'eb7feb9ea54b5a04e7733954bb7335523f1a5668ccf6889d17741aef526b54ae';
