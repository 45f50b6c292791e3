/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '2586bb1f87031d6f893cbc348b043f26f4cb10d694ef6ace2455b7db836558af';
