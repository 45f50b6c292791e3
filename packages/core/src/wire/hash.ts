/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '9294bb3c91d0fce7808e21f756e24d878d85c6a5d46e5babde127b1c00528d6f';
