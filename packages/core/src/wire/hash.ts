/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = 'efe2748e250c12a82ccdbeeccefb5209f50f20e292ddd35bb584007b9ced91ef';
