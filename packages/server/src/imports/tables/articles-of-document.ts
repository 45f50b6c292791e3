import type { Cell, TableRow } from '../table-file.ts';
import type { WordBlock, WordText } from '../word-document.ts';
import { type Bilingual, both, type ColumnSpec, type DocumentRows, placesOf } from './table-kind.ts';

/**
 * One article for each heading of the highest level that is used more than once (of the only one there is, if there is but one);
 * headings below it stay in the text. Lines such as “关键词：社保卡、补办” right below the heading fill the columns of that name.
 * Lines of rows are paragraphs of the document. No headings: the head alone.
 */
export function articlesOf<Column extends string>(
  { blocks, pictures }: WordText,
  columns: Readonly<Record<Column, ColumnSpec>>,
  title: Column,
  body: Column,
): DocumentRows {
  const names = Object.keys(columns) as Column[];
  const level = articleLevel(blocks);
  const head: TableRow = { line: 1, cells: names.map((name, at) => ({ text: columns[name].heads[0], column: at + 1 })) };
  const articles: Article<Column>[] = [];
  let outside = 0;
  for (const block of blocks) {
    if (block.kind === 'heading' && block.level === level) articles.push({ block, fields: new Map(), blocks: [] });
    else if (block.kind === 'heading' && block.level < level) articles.push({ block: undefined, fields: new Map(), blocks: [] });
    else {
      const article = articles.at(-1);
      if (article?.block === undefined) outside += 1;
      else if (!fieldOf(article, block, columns, [title, body])) article.blocks.push(block);
    }
  }
  const rows = articles.flatMap(({ block, fields, blocks: own }) => {
    if (block === undefined) return [];
    const all = new Map<Column, string>([...fields, [title, block.text], [body, bodyOf(own, level)]]);
    return [{ line: block.line, cells: names.map((name, at): Cell => ({ text: all.get(name) ?? '', column: at + 1 })) }];
  });
  return { rows: [head, ...rows], notes: notesOf(outside, pictures) };
}

interface Article<Column> {
  /** its heading; absent = a heading above the articles, below which nothing is taken */
  readonly block: WordBlock | undefined;
  readonly fields: Map<Column, string>;
  readonly blocks: WordBlock[];
}

function articleLevel(blocks: readonly WordBlock[]): number {
  const levels = blocks.flatMap((block) => (block.kind === 'heading' ? [block.level] : []));
  const twice = levels.filter((level, at) => levels.indexOf(level) !== at);
  return Math.min(...(twice.length > 0 ? twice : levels));
}

/** A line “head: value” before the text begins, for a column that is not taken yet. */
function fieldOf<Column extends string>(
  article: Article<Column>,
  block: WordBlock,
  columns: Readonly<Record<Column, ColumnSpec>>,
  own: readonly Column[],
): boolean {
  if (block.kind !== 'paragraph' || article.blocks.length > 0) return false;
  const [, name = '', value = ''] = /^([^：:\n]{1,20})[：:](.+)$/s.exec(block.text.replaceAll('**', '')) ?? [];
  const [column] = [...placesOf({ line: 0, cells: [{ text: name, column: 1 }] }, columns).keys()];
  if (column === undefined || own.includes(column) || article.fields.has(column)) return false;
  article.fields.set(column, value.trim());
  return true;
}

function bodyOf(blocks: readonly WordBlock[], level: number): string {
  let text = '';
  let number = 0;
  let before: WordBlock | undefined;
  for (const block of blocks) {
    const follows = block.kind === 'item' && before?.kind === 'item' && before.ordered === block.ordered;
    number = follows ? number + 1 : 1;
    const mark = block.kind === 'heading' ? '#'.repeat(Math.min(4, block.level - level + 1)) : block.ordered ? `${number}.` : '-';
    text += `${text === '' ? '' : follows ? '\n' : '\n\n'}${block.kind === 'paragraph' ? block.text : `${mark} ${block.text}`}`;
    before = block;
  }
  return text;
}

function notesOf(outside: number, pictures: number): Bilingual[] {
  const notes: Bilingual[] = [];
  if (outside > 0)
    notes.push(
      both(
        `${outside} 段在第一篇之前或不属于任何一篇，不会导入；需要的话给它加上标题`,
        `${outside} paragraphs before the first article, or of none, are left out; give them a heading to keep them`,
      ),
    );
  if (pictures > 0) notes.push(both(`${pictures} 张图片不会导入`, `${pictures} pictures are left out`));
  return notes;
}
