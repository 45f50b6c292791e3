/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = 'bdbcf36000ab50ab7369410a8842b090994e111e6f203566e950ba778627338b';
