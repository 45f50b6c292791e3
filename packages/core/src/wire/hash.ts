/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '8fc9de26e5a70b58bda5be8a3eb43f4ec6bca24da0298c10806564b7a1a93710';
