import type { SearchedText } from '@threerings/core/knowledge/search/article';
import { pinyin } from 'pinyin-pro';
import type { Asked, Material } from './material.ts';

/** Ways in which an agent types what a title says, some of them wrong. */
export const waysToType = ['part', 'two parts', 'wrong character', 'left out', 'swapped', 'pinyin', 'initials', 'mixed'] as const;
export type WayToType = (typeof waysToType)[number];

const han = /^\p{Script=Han}+$/u;
const spoken = { toneType: 'none', type: 'array', v: true } as const;

/** Articles whose titles are real sentences, each once, and queries that are typed from pieces that stand in one title only. */
export function typedSet({ sentences }: Material, size: number, each: number, chance: () => number) {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T;
  const titles = sentences.filter((text) => text.length >= 8 && text.length <= 24).slice(0, size);
  const articles: SearchedText[] = titles.map((title, n) => ({
    id: `t${n}`,
    title,
    body: [pick(sentences), pick(sentences), pick(sentences)].join('。'),
  }));
  const all = titles.join('\n');
  const alone = (piece: string) => han.test(piece) && all.indexOf(piece) === all.lastIndexOf(piece);
  const byReading = new Map<string, string[]>();
  for (const character of new Set(all.replaceAll(/[^\p{Script=Han}]/gu, ''))) {
    const [reading = ''] = pinyin(character, spoken);
    byReading.set(reading, [...(byReading.get(reading) ?? []), character]);
  }
  const typed = (way: WayToType): Asked[] => {
    const asked: Asked[] = [];
    while (asked.length < each) {
      const n = Math.floor(chance() * titles.length);
      const title = titles[n] ?? '';
      const length = 4 + Math.floor(chance() * 3);
      const at = Math.floor(chance() * Math.max(1, title.length - length));
      const piece = title.slice(at, at + length);
      if (piece.length < 4 || !alone(piece)) continue;
      const text = type(way, piece, title.slice(at + length + 1, at + length + 4), byReading, chance);
      if (text !== undefined) asked.push({ text, wanted: `t${n}` });
    }
    return asked;
  };
  return { articles, typed };
}

function type(way: WayToType, piece: string, later: string, byReading: ReadonlyMap<string, readonly string[]>, chance: () => number) {
  const at = Math.floor(chance() * piece.length);
  const readings = pinyin(piece, spoken);
  switch (way) {
    case 'part':
      return piece;
    case 'two parts':
      return han.test(later) ? `${piece.slice(0, 3)} ${later}` : undefined;
    case 'wrong character': {
      const others = (byReading.get(readings[at] ?? '') ?? []).filter((one) => one !== piece[at]);
      const other = others[Math.floor(chance() * others.length)];
      return other === undefined ? undefined : piece.slice(0, at) + other + piece.slice(at + 1);
    }
    case 'left out':
      return piece.slice(0, at) + piece.slice(at + 1);
    case 'swapped':
      return at === 0 ? undefined : piece.slice(0, at - 1) + (piece[at] ?? '') + (piece[at - 1] ?? '') + piece.slice(at + 1);
    case 'pinyin':
      return readings.join('');
    case 'initials':
      return readings.map((reading) => reading.charAt(0)).join('');
    case 'mixed':
      return piece.slice(0, 2) + readings.slice(2).join('');
  }
}
