/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '496fa2dc04fc7fbbaa0c4fbc0838505ccba0b67d9e5233f711c83ed9d473844a';
