import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { callerLines } from '@threerings/core/training/lines';
import { trainingScript } from '@threerings/core/training/script';
import { afterAll, expect, it } from 'vitest';
import { LineRecordings } from './line-recordings.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-lines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const bilingual = { zh: '一', en: 'one' };
const script = (when: readonly object[], says = ['我要投诉']) =>
  trainingScript.parse({
    ...{ script: 'own', version: 1, scenario: 'T5', title: bilingual, about: bilingual, caller: { name: '赵', number: '13800000000' } },
    ...{ start: 'begins', states: { begins: { says, when, otherwise: { says: ['你先别扯这些'] } } } },
  });
const explains = { words: ['规定'], says: ['我不想听', '什么时候来'] };
const silent = { after: '8s', says: ['怎么不说话了'] };

it('every line that the caller can say has a name of its own, also in branches', () => {
  expect(callerLines(script([explains, silent])).map(({ line, says }) => `${line} ${says}`)).toEqual([
    'begins-1 我要投诉',
    'begins--1-1 我不想听',
    'begins--1-2 什么时候来',
    'begins--2-1 怎么不说话了',
    'begins--else-1 你先别扯这些',
    'caller--asks-1 喂，您还在吗？',
    'caller--tired-1 算了，我不问了。',
  ]);
});

it('the line of a branch is heard where the branch stands now, and not with words that were changed', async () => {
  const recordings = new LineRecordings(folder);
  const before = script([explains, silent]);
  expect(await recordings.keep(before, 'begins--2-1', Buffer.from('silence'))).toBe(true);
  expect(await recordings.keep(before, 'begins--3-1', Buffer.from('nothing'))).toBe(false);
  const moved = script([silent, explains]);
  expect([...recordings.audible(moved)]).toEqual(['begins--1-1']);
  // Another line took its place: recording that one takes nothing from it.
  await recordings.keep(moved, 'begins--2-1', Buffer.from('explained'));
  const heard = (line: string) => readFileSync(recordings.fileOf(moved, line) ?? '', 'utf8');
  expect(['begins--1-1', 'begins--2-1'].map(heard)).toEqual(['silence', 'explained']);
  const changed = script([{ ...silent, says: ['人呢'] }, explains]);
  expect(recordings.standing(changed).find(({ line }) => line === 'begins--1-1')?.standing).toBe('missing');
  await recordings.keep(moved, 'begins--1-1', Buffer.from('louder'));
  expect(heard('begins--1-1')).toBe('louder');
  expect(recordings.standing(changed).find(({ line }) => line === 'begins--1-1')?.standing).toBe('stale');
});
