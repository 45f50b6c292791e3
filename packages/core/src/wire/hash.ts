/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = 'ae40f4637f50d932fc08d9ee7a36d51cbf76f3e7e0a6e518ec532713b5ee00ce';
