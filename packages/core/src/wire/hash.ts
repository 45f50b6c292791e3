/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '64f2927c4d8abfe2d18257161353a9649432ffcfc25d890020f13456017210b4';
