/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '90d79e0c44ec5295cb8832b6dcef3b6b84ce27a254162a85c2b7dd95e65680de';
