/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '5812ac7cf736d209fa75bddf80e81c1105a583ac6a30bfd12e4df753cae9e50a';
