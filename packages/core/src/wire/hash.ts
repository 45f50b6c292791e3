/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = 'ba2958b190fc34c6292b2c327ac2835b60cce2d8823b5602d680fe143ae671a7';
