/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = 'ca30967beb49db37234b4dae2e89c8aa25d543378c8af3a6f330cf912d291d94';
