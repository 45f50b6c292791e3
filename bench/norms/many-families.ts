import type { PhraseFamily } from '@threerings/norms/phrases';

const character = /(\{[^}]*\})|\p{Script=Han}/gu;

/**
 * The families, and `copies - 1` times as many made from them: each character becomes another one that the families use, so that
 * hundreds of different phrases begin and go on like the real ones. What they say means nothing.
 */
export function manyFamilies(families: readonly PhraseFamily[], copies: number): readonly PhraseFamily[] {
  const used = [...new Set(families.flatMap(({ variants }) => variants.join('').match(/\p{Script=Han}/gu) ?? []))];
  const turned = (text: string, by: number) =>
    text.replace(character, (one: string, slot?: string) => slot ?? used[(used.indexOf(one) + by) % used.length] ?? one);
  return Array.from({ length: copies }, (_, by) =>
    families.map((family) => ({
      ...family,
      id: by === 0 ? family.id : `${family.id}-${by}`,
      variants: family.variants.map((variant) => turned(variant, by)),
      not: family.not.map((fence) => turned(fence, by)),
    })),
  ).flat();
}
