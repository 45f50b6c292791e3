/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '9ce5d6f805efd5e42ba92d1e8ae32e87fd1e86fa5453dae1da6edbced338e700';
