import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { SearchedText } from '@threerings/core/knowledge/search/article';
import { SearchIndex } from '@threerings/core/knowledge/search/search-index';
import { z } from 'zod';
import { file, integer, yesNo } from '../config/kinds.ts';
import { option } from '../config/option.ts';
import { printable } from '../config/read-options.ts';
import { command, exit, finding, type RegisteredCommand, type Terminal } from './command.ts';

/** Longest line of either file, UTF-16 units. */
const longestLine = 1_000_000;

const named = z.union([z.string().min(1).max(200), z.number().transform(String)]);
const articleLine = z.object({
  id: named,
  title: z.string().default(''),
  body: z.string().default(''),
  keywords: z.union([z.array(z.string()), z.string().transform((text) => [text])]).optional(),
});
const queryLine = z
  .object({ id: named.optional(), query: z.string().optional(), text: z.string().optional() })
  .refine(({ query, text }) => query !== undefined || text !== undefined);

/** Searches files with the search of the product: for whoever wants to know how well it finds. */
export function knowledgeCommands(): readonly RegisteredCommand[] {
  return [
    command({
      name: 'knowledge search',
      summary: 'searches articles of a file with the product’s own search; for each query the ids found, best first, with scores',
      options: {
        articles: option(file, {
          help: 'JSON lines: id, title, body, keywords (all but the id may be left out)',
          fallback: undefined,
          shown: '',
        }),
        queries: option(file, {
          help: 'a query a line: plain text, or JSON with query (or text) and perhaps id',
          fallback: undefined,
          shown: '',
        }),
        limit: option(integer(1, 1000), { help: 'articles for each query, at most', fallback: 10 }),
        json: option(yesNo, { help: 'one JSON object a query: query (its id or line number), results with id and score', fallback: false }),
      },
      takesSettings: false,
      async run({ options, terminal }) {
        const { articles, queries, limit, json } = options;
        if (articles === undefined) return { exit: exit.usage, message: '--articles: expected a file of JSON lines with id, title, body' };
        if (queries === undefined) return { exit: exit.usage, message: '--queries: expected a file with a query a line' };
        const index = new SearchIndex();
        const fault =
          (await eachLine(articles, (line) => indexLine(index, line))) ??
          (await eachLine(queries, (line, number) => answerLine(index, line, number, { limit, json }, terminal)));
        return fault === undefined ? { exit: exit.done } : { exit: exit.usage, message: fault };
      },
    }),
  ];
}

/** What a line should have been. */
type Expected = { readonly expected: string } | undefined;

/** Reads lines one by one; the first that is not as expected ends it and is returned as a finding. Empty lines are passed over. */
async function eachLine(path: string, take: (line: string, number: number) => Expected): Promise<string | undefined> {
  let number = 0;
  try {
    for await (const line of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      const text = number === 1 ? line.replace(/^\uFEFF/, '') : line;
      if (text.trim() === '') continue;
      const wrong = text.length > longestLine ? { expected: `a line of at most ${longestLine} characters` } : take(text, number);
      if (wrong !== undefined) return finding({ file: path, line: number, column: 1 }, wrong.expected, printable(text.slice(0, 60)));
    }
    return undefined;
  } catch (error) {
    return `${path}: expected a text file, found ${error instanceof Error && 'code' in error ? String(error.code) : String(error)}`;
  }
}

function indexLine(index: SearchIndex, line: string): Expected {
  const read = articleLine.safeParse(jsonOf(line));
  if (!read.success) return { expected: 'a JSON object with an id and text fields title, body, keywords' };
  index.add(read.data satisfies SearchedText);
  return undefined;
}

function answerLine(
  index: SearchIndex,
  line: string,
  number: number,
  shape: { readonly limit: number; readonly json: boolean },
  terminal: Terminal,
): Expected {
  const json = line.trimStart().startsWith('{') ? jsonOf(line) : { query: line };
  const read = queryLine.safeParse(json);
  if (!read.success) return { expected: 'plain text, or a JSON object with query' };
  const { id = String(number), query, text } = read.data;
  const results = index
    .search({ text: query ?? text ?? '', limit: shape.limit })
    .map((hit) => ({ ...hit, score: Math.round(hit.score * 1e4) / 1e4 }));
  if (shape.json) terminal.print(JSON.stringify({ query: id, results }));
  else for (const [rank, hit] of results.entries()) terminal.print([id, rank + 1, hit.id, hit.score].join('\t'));
  return undefined;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
