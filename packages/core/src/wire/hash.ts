/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = 'f3389c187523b017425090d7e844d78c57b9a476fbf7fbfe1442f096914fd52f';
