/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '969372a1ab9962cb7cfba3c1eafe3033848c4ee5006edf8c73b9f8114ffaf7c7';
