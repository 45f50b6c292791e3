/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '3724332dd6221e0fe06d8406fa85c362c66917803ac1ff63fec419242fb6d8e2';
