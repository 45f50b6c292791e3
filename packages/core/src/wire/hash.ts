/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '629308098f8496912f7b9ad532748a8bf706ea73694e4aff1e4e77d95d2c476e';
