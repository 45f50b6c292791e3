/** Number of Chinese characters in a text: no punctuation, spaces, digits or Latin letters. Speech rates count these. */
export function ideographs(text: string): number {
  return text.match(/\p{Unified_Ideograph}/gu)?.length ?? 0;
}
