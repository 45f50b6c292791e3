/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = 'ccf0b2447bffe1b026dedc1a58f470d031cc5b3d491ec0d5c5c2364b1b366832';
