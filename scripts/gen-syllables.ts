/**
 * Writes packages/norms/src/lexical/syllable-table.ts: the toneless syllables of the 6 763 characters of GB 2312, as the npm package
 * pinyin-pro (MIT), which the server depends on, has them. Run it when that package is changed for a newer one:
 * npx tsx scripts/gen-syllables.ts
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

type Pinyin = (text: string, options: { toneType: 'none'; multiple: true; type: 'array'; v: true }) => string[];
const { pinyin } = createRequire(import.meta.url)('pinyin-pro') as { pinyin: Pinyin };
const target = path.resolve(import.meta.dirname, '../packages/norms/src/lexical/syllable-table.ts');
/** Rarer readings would make everything sound like everything. */
const mostReadings = 3;

function charactersOfGb2312(): string[] {
  const decoder = new TextDecoder('gb18030', { fatal: true });
  const found: string[] = [];
  for (let row = 0xb0; row <= 0xf7; row++) {
    for (let cell = 0xa1; cell <= 0xfe; cell++) {
      const character = decoder.decode(Uint8Array.of(row, cell));
      if (/^\p{Script=Han}$/u.test(character)) found.push(character);
    }
  }
  return found;
}

const first = new Map<string, string>();
const others = new Map<string, string>();
for (const character of charactersOfGb2312()) {
  const readings = pinyin(character, { toneType: 'none', multiple: true, type: 'array', v: true }).filter((one) => /^[a-z]+$/.test(one));
  for (const [i, syllable] of [...new Set(readings)].slice(0, mostReadings).entries()) {
    const table = i === 0 ? first : others;
    table.set(syllable, (table.get(syllable) ?? '') + character);
  }
}
const rows = [...new Set([...first.keys(), ...others.keys()])].sort().map((syllable) => {
  const rare = others.get(syllable);
  return `${syllable} ${first.get(syllable) ?? ''}${rare === undefined ? '' : `|${rare}`}`;
});
const lines: string[] = [];
for (const row of rows) {
  const last = lines.at(-1);
  // Chinese characters are counted as one, as the line-width rule counts them.
  if (last !== undefined && last.length + row.length < 130) lines[lines.length - 1] = `${last};${row}`;
  else lines.push(row);
}
fs.writeFileSync(
  target,
  `/**
 * Written by scripts/gen-syllables.ts from pinyin-pro 3.29.4 (MIT, © zh-lx); do not edit. Toneless syllables (v for ü), each with the
 * characters of GB 2312 that are read so most often, and behind a bar those that can be.
 */
export const syllableTable: string = [
${lines.map((line) => `  '${line}',`).join('\n')}
].join(';');
`,
);
