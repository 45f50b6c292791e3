import { isRefusal, speak } from '@threerings/core/errors/refusal';
import { decidePromise } from '@threerings/core/promises/lifecycle';
import { noPromise } from '@threerings/core/promises/state';
import { decideTicket } from '@threerings/core/tickets/lifecycle';
import { evolveTicket, noTicket, ticketKinds } from '@threerings/core/tickets/state';
import type { Decision } from '@threerings/core/timeline/decider';
import type { NewEvent } from '@threerings/core/timeline/event';
import { promiseKinds } from '@threerings/core/timeline/promise-kinds';
import { readInstant } from '../call-list.ts';
import { streamsAmong } from './house-read-model.ts';
import type { ImportHouse } from './import-house.ts';
import { both, type ColumnSpec, type Plan, type TableCells, type TableKind, twice } from './table-kind.ts';

const aTime = both('时间，例如 2026-10-10 17:30', 'a time such as 2026-10-10 17:30');
const anAgent = both('在岗人员的工号', 'the number of somebody who works here');
const anId = both('字母、数字、横线，6 到 64 位', 'letters, digits, dashes; 6 to 64');
const idPattern = /^[0-9A-Za-z-]{6,64}$/;

const ticketWords: Readonly<Record<string, (typeof ticketKinds)[number]>> = {
  诉求: 'request',
  求助: 'request',
  咨询: 'enquiry',
  投诉: 'complaint',
  建议: 'suggestion',
  故障: 'fault',
  专家: 'expert',
};
const promiseWords: Readonly<Record<string, (typeof promiseKinds)[number]>> = {
  回电: 'callback',
  班长回电: 'leader-callback',
  专家回电: 'expert-callback',
  答复: 'reply',
  通知: 'notify',
  更正: 'correction',
  上门: 'visit',
  预约: 'visit',
  发资料: 'material',
  留言: 'message',
};

/** A table whose rows become the first events of streams: all of them in one transaction, one that is there already left as it is. */
async function planStreams<Column extends string>(
  rows: readonly {
    readonly row: TableCells<Column>;
    readonly stream: string;
    readonly events: readonly NewEvent[];
    readonly shown: readonly string[];
  }[],
  { db, events }: ImportHouse,
): Promise<Plan> {
  const there = await streamsAmong(
    db,
    rows.map(({ stream }) => stream),
  );
  const fresh = rows.filter(({ stream }) => !there.has(stream));
  return {
    rows: rows.map(({ row, stream, shown }) => ({ line: row.line, change: there.has(stream) ? 'same' : 'fresh', shown })),
    notes: there.size === 0 ? [] : [both(`${there.size} 条已在台账中，不再写入`, `${there.size} are there already and stay as they are`)],
    async apply() {
      if (fresh.length === 0) return;
      const answer = await events.appendTogether(fresh.map(({ stream, events: first }) => ({ stream, events: first, after: 0 })));
      if ('refused' in answer) throw new Error(`nothing was imported: ${answer.refused}`);
    },
  };
}

/** A refusal of the lifecycle is a fault of the row. */
function decided<Column extends string>(row: TableCells<Column>, column: Column, decision: Decision): readonly NewEvent[] {
  if (!isRefusal(decision)) return decision;
  const [zh, en] = [speak(decision, 'zh'), speak(decision, 'en')];
  row.fault(column, both(zh.remedy, en.remedy), both(zh.message, en.message));
  return [];
}

const instantIn =
  ({ zoneMinutes }: ImportHouse) =>
  (text: string) =>
    readInstant(/\d:\d\d/.test(text) ? text : `${text} 17:30`, zoneMinutes);

function ownerOf<Column extends string>(row: TableCells<Column>, column: Column, staff: ReadonlySet<string>): string {
  const owner = row.required(column);
  if (owner !== '' && !staff.has(owner))
    row.fault(column, both('先导入人员，或改成在岗的工号', 'import people first, or name somebody who works here'));
  return owner;
}

async function staffOf({ people }: ImportHouse): Promise<ReadonlySet<string>> {
  return new Set((await people.people()).filter(({ active }) => active).map(({ agent }) => agent));
}

const oneOf =
  <T extends string>(words: Readonly<Record<string, T>>, codes: readonly T[]) =>
  (text: string): T | undefined =>
    words[text] ?? codes.find((code) => code === text.toLowerCase());

const ticketColumns = {
  ticket: { heads: ['单号', 'ticket', '工单号', '编号'], required: true, expected: anId },
  kind: {
    heads: ['类型', 'kind', '工单类型'],
    required: true,
    expected: both(Object.keys(ticketWords).join('、'), ticketKinds.join(', ')),
  },
  title: { heads: ['标题', 'title', '主题'], required: true, expected: both('标题，最多 200 字', 'a title of at most 200 characters') },
  about: { heads: ['内容', 'about', '诉求内容'], expected: both('内容，最多 5000 字', 'at most 5000 characters') },
  owner: { heads: ['责任人', 'owner', '首接人', '工号'], required: true, expected: anAgent },
  department: {
    heads: ['承办部门', 'department', '部门'],
    expected: both('组织中已有的部门编号或名称', 'the id or name of a unit of the organisation'),
  },
  due: { heads: ['办结时限', 'due', '时限', '到期时间'], expected: aTime },
} as const satisfies Record<string, ColumnSpec>;

/** 未结工单: each becomes a ticket here, dispatched where a department is named. Once: a number that is there is left as it is. */
export const ticketsTable: TableKind<ImportHouse, keyof typeof ticketColumns> = {
  kind: 'tickets',
  title: both('未结工单', 'Open tickets'),
  columns: ticketColumns,
  async plan(rows, house) {
    const staff = await staffOf(house);
    const units = await house.people.units();
    twice(rows, 'ticket');
    const read = rows.map((row) => {
      const ticket = row.required('ticket');
      row.read('ticket', (text) => (idPattern.test(text) ? text : undefined));
      row.required('kind');
      const what = row.read('kind', oneOf(ticketWords, ticketKinds)) ?? 'request';
      const title = row.required('title');
      if (title.length > 200) row.fault('title');
      if ((row.text('about')?.length ?? 0) > 5000) row.fault('about');
      const owner = ownerOf(row, 'owner', staff);
      const department = row.read('department', (text) => units.find(({ unit, name }) => unit === text || name === text)?.unit);
      const due = row.read('due', instantIn(house));
      if (department !== undefined && due === undefined && row.text('due') === undefined)
        row.fault('due', both('派给部门的工单要有时限', 'a ticket that was sent to a department has a due time'));
      const subject = `customer-ticket-${ticket}`;
      const who = { ticket, agent: owner, at: house.now() };
      const personal = { title: { subject, value: title }, about: { subject, value: row.text('about') ?? '' } };
      const contact = { demand: true, category: '导入', contact: true };
      const created = decided(row, 'ticket', decideTicket({ kind: 'create', ...who, what, ...personal, ...contact }, noTicket));
      const state = created.reduce(evolveTicket, noTicket);
      const sent =
        department === undefined || due === undefined || created.length === 0
          ? []
          : decided(row, 'due', decideTicket({ kind: 'dispatch', department, due, ...who }, state));
      return {
        row,
        stream: `ticket-${ticket}`,
        events: [...created, ...sent],
        shown: [ticket, what, title, owner, department ?? '', shownTime(due, house)],
      };
    });
    return planStreams(read, house);
  },
};

const promiseColumns = {
  promise: { heads: ['编号', 'promise', '承诺编号'], required: true, expected: anId },
  kind: {
    heads: ['种类', 'kind', '承诺类型', '类型'],
    required: true,
    expected: both(Object.keys(promiseWords).join('、'), promiseKinds.join(', ')),
  },
  owner: { heads: ['责任人', 'owner', '工号'], required: true, expected: anAgent },
  due: { heads: ['到期时间', 'due', '时限'], required: true, expected: aTime },
  about: { heads: ['事由', 'about', '内容'], expected: both('事由，最多 2000 字', 'at most 2000 characters') },
  number: { heads: ['电话', 'number', '联系电话', '号码'], expected: both('电话号码', 'a telephone number') },
} as const satisfies Record<string, ColumnSpec>;

/** 未了承诺: each stands in the ledger with its owner and due time. Once, like tickets. */
export const promisesTable: TableKind<ImportHouse, keyof typeof promiseColumns> = {
  kind: 'promises',
  title: both('未了承诺', 'Open promises'),
  columns: promiseColumns,
  async plan(rows, house) {
    const staff = await staffOf(house);
    twice(rows, 'promise');
    const read = rows.map((row) => {
      const promise = row.required('promise');
      row.read('promise', (text) => (idPattern.test(text) ? text : undefined));
      row.required('kind');
      const what = row.read('kind', oneOf(promiseWords, promiseKinds)) ?? 'callback';
      if (what === 'ticket') row.fault('kind', both('工单的承诺随工单导入', 'the promise of a ticket comes with the ticket'));
      const owner = ownerOf(row, 'owner', staff);
      row.required('due');
      const due = row.read('due', instantIn(house)) ?? house.now() + 60_000;
      if ((row.text('about')?.length ?? 0) > 2000) row.fault('about');
      const number = row.read('number', (text) => (/^[+0-9 -]{3,32}$/.test(text) ? text : undefined));
      const subject = `customer-promise-${promise}`;
      const personal = (value: string | undefined) => (value === undefined ? undefined : { subject, value });
      const make = { kind: 'make', promise, what, due, owner, first: owner, by: 'agent', agent: owner, at: house.now() } as const;
      const events = decided(
        row,
        'due',
        decidePromise({ ...make, number: personal(number), about: personal(row.text('about')) }, noPromise),
      );
      return { row, stream: `promise-${promise}`, events, shown: [promise, what, owner, shownTime(due, house), row.text('about') ?? ''] };
    });
    return planStreams(read, house);
  },
};

function shownTime(at: number | undefined, { zoneMinutes }: ImportHouse): string {
  return at === undefined ? '' : new Date(at + zoneMinutes * 60_000).toISOString().slice(0, 16).replace('T', ' ');
}
