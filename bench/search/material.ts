import fs from 'node:fs';
import path from 'node:path';
import type { SearchedText } from '@threerings/core/knowledge/search/article';
import { root } from '../lib/fetched.ts';

type Message = readonly [role: 'usr' | 'sys', text: string, ...rest: unknown[]];
interface Dialogue {
  readonly id: string;
  readonly messages: readonly Message[];
}

/** Real Chinese sentences and service dialogues (CrossWOZ, CPED and COLD, all Apache-2.0), or why they are not there. */
export interface Material {
  readonly dialogues: readonly Dialogue[];
  readonly sentences: readonly string[];
}

export function readMaterial(folder: string = path.join(root, '../shared/data')): Material | string {
  const [woz, cped, cold] = ['crosswoz/val.jsonl', 'cped/valid.csv', 'cold/dev.csv'].map((name) => path.join(folder, name));
  const missing = [woz, cped, cold].find((file) => !fs.existsSync(file ?? ''));
  if (missing !== undefined) return `${missing}: expected the dialogues and sentences to search in; --data names their folder`;
  const lines = (file = '') =>
    fs
      .readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '');
  const dialogues = lines(woz).map((line) => JSON.parse(line) as Dialogue);
  const column = (file: string | undefined, at: number) =>
    lines(file)
      .slice(1)
      .map((line) => line.split(',').slice(at).join(','));
  const said = dialogues.flatMap(({ messages }) => messages.map(([, text]) => text));
  const sentences = [...new Set([...said, ...column(cped, 17), ...column(cold, 4)].map((text) => text.trim()))];
  return { dialogues, sentences: sentences.filter((text) => text.length > 3) };
}

export interface Asked {
  readonly text: string;
  /** id of the one that answers it */
  readonly wanted: string;
}

export interface QuerySet {
  readonly articles: readonly SearchedText[];
  readonly queries: readonly Asked[];
}

/** Queries of this length and above say something of what they ask. */
const shortest = 12;

/**
 * What callers said, and what answered them: `replies`, every single reply is an article; `dialogues`, everything that was answered in a
 * conversation is one. Values of the ranking were chosen on the even half of the dialogues.
 */
export function realSets({ dialogues }: Material, half: 'even' | 'odd'): Readonly<Record<'replies' | 'dialogues', QuerySet>> {
  const replies = new Map<string, string>();
  const toReplies: Asked[] = [];
  const toDialogues: Asked[] = [];
  for (const [n, { id, messages }] of dialogues.entries()) {
    const counts = (n % 2 === 0) === (half === 'even');
    for (const [at, [role, text]] of messages.entries()) {
      const answer = messages[at + 1];
      if (role !== 'usr' || answer?.[0] !== 'sys') continue;
      if (counts && text.length >= shortest) toDialogues.push({ text, wanted: id });
      if (answer[1].length < shortest) continue;
      const wanted = replies.get(answer[1]) ?? `${id}-${at}`;
      replies.set(answer[1], wanted);
      if (counts && text.length >= shortest) toReplies.push({ text, wanted });
    }
  }
  const answered = (messages: readonly Message[]) => messages.flatMap(([role, text]) => (role === 'sys' ? [text] : [])).join('\n');
  return {
    replies: { articles: [...replies].map(([body, id]) => ({ id, title: '', body })), queries: toReplies },
    dialogues: { articles: dialogues.map(({ id, messages }) => ({ id, title: '', body: answered(messages) })), queries: toDialogues },
  };
}
