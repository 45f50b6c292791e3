/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = 'bc58c57cd4ab81c398738c84ae3cf44b97563e9e13ab5f65eaf88ad285cbc515';
