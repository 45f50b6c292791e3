/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = 'c88bc8824587852b6a172fa546bb8ebf71e1df4f71e4fe3a0d992288171184e8';
