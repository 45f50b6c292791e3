/**
 * SHA-256 over the JSON schemas of everything that travels between server and pages. Pages and server come from one build;
 * what others build against the wire does not, so a change must be seen.
 */
export const wireHash = '324138b32b4d6d463f110f582f070fc009da0f6319d37b3bc2e89939845aa0b5';
