/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '5feb4416893a5796b6f99c30999f0e630c28741e0cc265add9ed6b11f258ed62';
