import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packsFolder } from '../composition/norms-in-force.ts';
import { NormWords } from './norm-words.ts';
import { readPack } from './read-pack.ts';

describe('the words of a norm in two tongues', async () => {
  const read = await readPack(path.join(packsFolder, '12333'), undefined);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const words = new NormWords(read.pack);

  it('are complete in the pack that ships', () => {
    for (const { id, actions } of read.pack.norms) {
      expect(words.title(id).en, id).toMatch(/^[\x20-\x7e–’]+$/);
      for (const action of actions)
        if ('message' in action && action.message !== undefined)
          expect(words.message(id, action.message).en, action.message).toMatch(/^[\x20-\x7e–’]+$/);
    }
  });

  it('belong together: a warning keeps its own English, a breach its own', () => {
    expect(words.message('answer-within-rings', '快响完两声，请接起').en).toContain('second ring is ending');
    expect(words.message('answer-within-rings', '已过两声，接起后请先致歉').en).toContain('Two rings have passed');
    expect(words.label('opening-number', '问候')).toEqual({ zh: '问候', en: 'greeting' });
  });

  it('fall back to the Chinese ones', () => {
    expect(words.label('opening-number', '没有这一项').en).toBe('没有这一项');
    expect(new NormWords({ ...read.pack, english: new Map() }).title('opening-number').en).toMatch(/\p{Script=Han}/u);
    expect(words.title('gone')).toEqual({ zh: 'gone', en: 'gone' });
  });
});
