/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '0f47a3971a65ba4e430e54d9e94ec417094edc2a133f371bcccafe9020047ec3';
