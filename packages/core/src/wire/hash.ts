/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '050d0414ce9a1c9ab1ef3d3dfc1931da80a413ad372e0c6db8c62d9fbdeb60d5';
