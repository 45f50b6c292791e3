import { createHash } from 'node:crypto';
import { knowledgeRefusals } from '@threerings/core/errors/knowledge';
import { isRefusal } from '@threerings/core/errors/refusal';
import type { EntryKind, EntryText } from '@threerings/core/knowledge/entry';
import { textFault } from '@threerings/core/knowledge/lifecycle';
import type { HotlinePlan } from '@threerings/core/wire/hotline-plan';
import { entryText } from '@threerings/core/wire/knowledge';
import { cleanEntry } from '../../knowledge/clean-entry.ts';
import { type ImportedEntry, type NewestVersion, newestVersions, writeImported } from '../../knowledge/imported-entries-read-model.ts';
import { faulty } from '../fault.ts';
import { readWord } from '../word-document.ts';
import { articlesOf } from './articles-of-document.ts';
import type { ImportHouse } from './import-house.ts';
import { readDay } from './small-tables.ts';
import { both, type Change, type Planned, type TableCells, type TableKind, twice } from './table-kind.ts';

const columns = {
  title: {
    heads: ['标题', 'title', '问题', '名称', 'question'],
    required: true,
    expected: both('标题，最多 200 字', 'a title of at most 200 characters'),
  },
  body: {
    heads: ['正文', 'text', '答案', '内容', 'body', 'answer', 'content'],
    required: true,
    expected: both('正文，最多 20000 字', 'a text of at most 20 000 characters'),
  },
  entry: {
    heads: ['编号', 'id', 'entry'],
    expected: both('字母、数字、点、横线，最多 64 位；空着按标题认', 'letters, digits, dot, dash, at most 64; empty = known by its title'),
  },
  kind: { heads: ['类型', 'kind', '种类'], expected: both('条目 或 快捷回复', 'article or reply') },
  keywords: {
    heads: ['关键词', 'keywords', '关键字', '标签'],
    expected: both('关键词，用顿号隔开，最多 30 个', 'keywords with commas between them, at most 30'),
  },
  items: {
    heads: ['一次性告知', 'items', '告知清单', '清单'],
    expected: both('须告知的各项，用分号隔开，最多 30 项', 'what must be told, with semicolons between, at most 30'),
  },
  queues: {
    heads: ['适用队列', 'queues', '队列', '适用范围'],
    expected: both('热线配置中已有的队列，用顿号隔开；空着为全部', 'queues of the hotline plan; empty = all of them'),
  },
  validFrom: { heads: ['生效日期', 'valid from', '生效'], expected: both('日期，例如 2027-01-01', 'a day such as 2027-01-01') },
  validUntil: {
    heads: ['有效期至', 'valid until', '失效日期', '失效'],
    expected: both('日期，当日仍有效；快捷回复必填', 'the last day on which it holds; a reply needs one'),
  },
  reviewDue: { heads: ['复审日期', 'review by', '复审'], expected: both('日期，例如 2027-06-30', 'a day such as 2027-06-30') },
} as const;
type Column = keyof typeof columns;

const kinds: Readonly<Record<string, EntryKind>> = {
  ...{ 条目: 'article', 文章: 'article', 知识: 'article', article: 'article' },
  ...{ 快捷回复: 'reply', 回复: 'reply', 话术: 'reply', reply: 'reply' },
};
const dayMs = 86_400_000;

/** Which column a refusal of the text is about. */
const columnOf: Readonly<Record<string, Column>> = {
  'knowledge.no-title': 'title',
  'knowledge.no-body': 'body',
  'knowledge.slot': 'body',
  'knowledge.dates': 'validUntil',
  'knowledge.no-expiry': 'validUntil',
};

/** 知识: one row, or one heading of a Word file, is an article. Written as drafts, which a second person reviews like any other. */
export const knowledgeTable: TableKind<ImportHouse, Column> = {
  kind: 'knowledge',
  title: both('知识', 'Knowledge'),
  columns,
  async readDocument(file, bytes) {
    const word = await readWord(file, bytes);
    if (!word.ok) return word;
    const found = `${word.value.blocks.length} paragraphs without a heading`;
    if (!word.value.blocks.some(({ kind }) => kind === 'heading'))
      return faulty({ file, line: 1, column: 1, expected: 'headings of a heading style, one for each article', found });
    return { ok: true, value: articlesOf(word.value, columns, 'title', 'body') };
  },
  async plan(rows, house) {
    const plan = await house.plan();
    for (const column of ['entry', 'title'] as const) twice(rows, column);
    const named = rows.map((row) => ({ row, entry: row.read('entry', entryId), title: row.required('title') }));
    const known = await newestVersions(house.db, {
      entries: named.flatMap(({ entry, title }) => entry ?? derivedId(title)),
      titles: named.map(({ title }) => title),
    });
    const read = named.map(({ row, entry, title }) => {
      const before = known.find((one) => (entry === undefined ? one.title === title : one.entry === entry));
      const id = entry ?? before?.entry ?? derivedId(title);
      return { row, before: before ?? known.find((one) => one.entry === id), entry: id };
    });
    const planned = read.map((one) => plannedOf(one, plan, house));
    const fresh = planned.some(({ change }) => change !== 'same');
    return {
      rows: planned,
      notes: fresh
        ? [
            both(
              '写入为草稿：送复核并由另一人批准后坐席才能查到',
              'written as drafts: agents find them once a second person has approved them',
            ),
          ]
        : [],
      apply: () =>
        writeImported(
          house.db,
          planned.filter(({ change }) => change !== 'same'),
          house.by ?? 'import',
          house.now(),
        ),
    };
  },
};

interface ReadRow {
  readonly row: TableCells<Column>;
  readonly entry: string;
  readonly before: NewestVersion | undefined;
}

function plannedOf({ row, entry, before }: ReadRow, plan: HotlinePlan, house: ImportHouse) {
  const kind = row.read('kind', (text) => kinds[text.toLowerCase()]) ?? before?.kind ?? 'article';
  if (before !== undefined && before.kind !== kind)
    row.fault('kind', both('类型不能改；换一个编号', 'a kind stays as it is: give it another id'));
  const queues = row.read('queues', (text) => queuesIn(text, plan)) ?? before?.queues ?? [];
  const text = textOf(row, before, house.zoneMinutes);
  const unsound = entryText.safeParse(text).error?.issues.map(({ path: [field] }) => field as Column) ?? [];
  for (const field of new Set(unsound)) row.fault(field);
  const change = changeOf(before, text, queues);
  if (unsound.length === 0 && change !== 'same') checkText(row, kind, text, house.now());
  if (before?.state === 'in-review' && change !== 'same')
    row.fault(
      'title',
      both('这一条正在复核：先批准或退回', 'this entry is in review: approve it or send it back first'),
      both('没有在复核中的条目', 'an entry that is not in review'),
    );
  const shown = [text.title, text.keywords.join('、'), `${[...text.body].slice(0, 60).join('')}${text.body.length > 60 ? '…' : ''}`];
  const planned: Planned & ImportedEntry = { line: row.line, change, shown, entry, kind, queues, text };
  return planned;
}

function textOf(row: TableCells<Column>, before: NewestVersion | undefined, zoneMinutes: number): EntryText {
  const midnight = (column: Column, days = 0) => {
    const day = row.read(column, readDay);
    return day === undefined ? undefined : Date.parse(`${day}T00:00:00Z`) - zoneMinutes * 60_000 + days * dayMs;
  };
  const list = (column: Column, between: RegExp) => row.text(column)?.split(between);
  const dates = {
    validFrom: midnight('validFrom') ?? before?.validFrom,
    validUntil: midnight('validUntil', 1) ?? before?.validUntil,
    reviewDue: midnight('reviewDue') ?? before?.reviewDue,
  };
  return cleanEntry({
    title: row.text('title') ?? '',
    body: row.required('body'),
    keywords: list('keywords', /[、,，;；\n]/) ?? [...(before?.keywords ?? [])],
    items: list('items', /[;；\n]/) ?? [...(before?.items ?? [])],
    ...Object.fromEntries(Object.entries(dates).filter(([, at]) => at !== undefined)),
  });
}

function checkText(row: TableCells<Column>, kind: EntryKind, text: EntryText, at: number): void {
  const fault = textFault(kind, text, at);
  if (fault === undefined || !isRefusal(fault)) return;
  const column = columnOf[fault.refused];
  const said = knowledgeRefusals[fault.refused as keyof typeof knowledgeRefusals];
  if (column !== undefined && row.text(column) === undefined && column !== 'validUntil') return;
  row.fault(column ?? 'body', both(said.remedy.zh, said.remedy.en));
}

function changeOf(before: NewestVersion | undefined, text: EntryText, queues: readonly string[]): Change {
  if (before === undefined) return 'fresh';
  const key = (one: EntryText, of: readonly string[]) =>
    JSON.stringify([one.title, one.body, one.keywords, one.items, one.validFrom, one.validUntil, one.reviewDue, [...of].sort()]);
  const live = before.state === 'draft' || before.state === 'live' || before.state === 'in-review';
  return live && key(before, before.queues) === key(text, queues) ? 'same' : 'changed';
}

function queuesIn(text: string, plan: HotlinePlan): string[] | undefined {
  const found = text.split(/[、,，;；\n]+/).map((each) => each.trim());
  const queues = found
    .filter((each) => each !== '')
    .map((each) => plan.queues.find(({ queue, name }) => queue === each || name.zh === each || name.en === each)?.queue);
  return queues.includes(undefined) ? undefined : [...new Set(queues as string[])];
}

const entryId = (text: string) => (/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u.test(text) ? text : undefined);

/** Entries without an id of their own are known by their title: the same table again finds them. */
const derivedId = (title: string) => `k-${createHash('sha256').update(title).digest('hex').slice(0, 16)}`;
