/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '1b8b817f95040fbc8381f0d30249ceba6a21bfeb68495ed63fbe9c28dd8ed878';
