import { readPlan } from '@threerings/core/routing/plan';
import { storePlan } from '../../hotline-plan/plan-read-model.ts';
import { type DirectoryEntry, readDirectory, readOwnDays, writeDirectory, writeOwnDays } from './house-read-model.ts';
import type { ImportHouse } from './import-house.ts';
import { both, type Planned, type TableKind, twice } from './table-kind.ts';

const numberColumns = {
  number: {
    heads: ['号码', 'number', '被叫号码', '接入号', 'called'],
    required: true,
    expected: both('电话号码，数字，可带 +', 'a telephone number: digits, perhaps with a plus'),
  },
  queue: { heads: ['队列', 'queue', '技能组'], required: true, expected: both('热线配置中已有的队列', 'a queue of the hotline plan') },
} as const;

const phone = /^\+?[0-9*#-]{3,32}$/;

/** 接入号: dialled number → queue, added to the plan of the hotline. Numbers that the table does not name stay. */
export const numbersTable: TableKind<ImportHouse, keyof typeof numberColumns> = {
  kind: 'numbers',
  title: both('接入号码', 'Dialled numbers'),
  columns: numberColumns,
  async plan(rows, house) {
    const plan = await house.plan();
    twice(rows, 'number');
    const read = rows.map((row) => {
      row.required('number');
      row.required('queue');
      const number = row.read('number', (text) => (phone.test(text) ? text : undefined)) ?? '';
      const queue =
        row.read('queue', (text) => plan.queues.find((one) => one.queue === text || one.name.zh === text || one.name.en === text)?.queue) ??
        '';
      const before = plan.numbers[number];
      const change = before === undefined ? 'fresh' : before === queue ? 'same' : 'changed';
      return { line: row.line, change, shown: [number, queue] } satisfies Planned;
    });
    const numbers = { ...plan.numbers, ...Object.fromEntries(read.map(({ shown: [number = '', queue = ''] }) => [number, queue])) };
    return {
      rows: read,
      notes: [],
      async apply() {
        const next = readPlan({ ...plan, numbers });
        if ('faults' in next) throw new Error(`the numbers do not fit the plan: ${next.faults[0]?.place}`);
        await storePlan(house.db, next, house.by, house.now());
      },
    };
  },
};

const dayColumns = {
  day: { heads: ['日期', 'day', 'date'], required: true, expected: both('日期，例如 2027-01-01', 'a day such as 2027-01-01') },
  kind: { heads: ['类型', 'kind', '休或班'], required: true, expected: both('休 或 班', 'holiday or workday') },
  name: { heads: ['名称', 'name', '节日'], expected: both('节日名称', 'what the day is called') },
} as const;

/** `2027-01-01`, `2027/1/1`, `2027年1月1日`, or a spreadsheet's day with midnight behind it. */
export function readDay(text: string): string | undefined {
  const [, year, month = '', day = ''] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?$/.exec(text) ?? [];
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = Date.parse(`${iso}T00:00:00Z`);
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(iso) ? iso : undefined;
}

const dayKinds: Readonly<Record<string, 'holiday' | 'workday'>> = {
  ...{ 休: 'holiday', 休息: 'holiday', 放假: 'holiday', 节假日: 'holiday', holiday: 'holiday' },
  ...{ 班: 'workday', 上班: 'workday', 补班: 'workday', 调休上班: 'workday', workday: 'workday' },
};

/** 节假日: holidays and make-up working days beside those that ship. A year with any of them counts as published. */
export const holidaysTable: TableKind<ImportHouse, keyof typeof dayColumns> = {
  kind: 'holidays',
  title: both('节假日', 'Holidays'),
  columns: dayColumns,
  async plan(rows, house) {
    const own = await readOwnDays(house.db);
    const before = new Map<string, 'holiday' | 'workday'>([
      ...Object.entries(house.shippedDays),
      ...own.holidays.map((day) => [day, 'holiday'] as const),
      ...own.workdays.map((day) => [day, 'workday'] as const),
    ]);
    twice(rows, 'day', (text) => readDay(text) ?? text);
    const read = rows.map((row) => {
      row.required('day');
      row.required('kind');
      const day = row.read('day', readDay) ?? '';
      const kind = row.read('kind', (text) => dayKinds[text.toLowerCase()]) ?? 'holiday';
      const known = before.get(day);
      const change = known === undefined ? ('fresh' as const) : known === kind ? ('same' as const) : ('changed' as const);
      return { line: row.line, change, kind, day, shown: [day, kind === 'holiday' ? '休' : '班', row.text('name') ?? ''] };
    });
    const after = new Map([
      ...own.holidays.map((day) => [day, 'holiday'] as const),
      ...own.workdays.map((day) => [day, 'workday'] as const),
    ]);
    for (const { day, kind, change } of read) if (change !== 'same') after.set(day, kind);
    const of = (kind: 'holiday' | 'workday') =>
      [...after]
        .filter(([, each]) => each === kind)
        .map(([day]) => day)
        .sort();
    const changes = read.some(({ change }) => change !== 'same');
    return {
      rows: read,
      notes: changes ? [both('下次启动服务后生效', 'in force after the next start of the server')] : [],
      apply: () => writeOwnDays(house.db, { holidays: of('holiday'), workdays: of('workday') }, house.by, house.now()),
    };
  },
};

const directoryColumns = {
  entry: { heads: ['编号', 'id', 'entry'], expected: both('编号；空着用号码', 'an id; empty = the number') },
  name: {
    heads: ['名称', 'name', '单位', '姓名'],
    required: true,
    expected: both('名称，最多 100 字', 'a name of at most 100 characters'),
  },
  department: { heads: ['部门', 'department', '主管部门'], expected: both('部门，最多 100 字', 'at most 100 characters') },
  number: {
    heads: ['号码', 'number', '电话', '联系电话'],
    required: true,
    expected: both('电话号码，数字，可带 + 与 -', 'a telephone number: digits, perhaps with plus and dashes'),
  },
  scope: {
    heads: ['受理范围', 'scope', '业务', '备注'],
    expected: both('受理什么，最多 500 字', 'what it handles, at most 500 characters'),
  },
  hours: { heads: ['服务时间', 'hours'], expected: both('服务时间，最多 100 字', 'at most 100 characters') },
  outside: { heads: ['外单位', 'outside'], expected: both('是 或 否；空着为否', 'yes or no; empty = no') },
} as const;

const yesOrNo: Readonly<Record<string, boolean>> = { 是: true, 外: true, yes: true, 否: false, 内: false, no: false };

/** 通讯录: entries by their id; those that the table does not name stay. */
export const directoryTable: TableKind<ImportHouse, keyof typeof directoryColumns> = {
  kind: 'directory',
  title: both('通讯录', 'Directory'),
  columns: directoryColumns,
  async plan(rows, house) {
    const known = new Map((await readDirectory(house.db)).map((entry) => [entry.entry, entry]));
    const limits = { name: 100, department: 100, scope: 500, hours: 100, entry: 64 } as const;
    const read = rows.map((row) => {
      row.required('name');
      row.required('number');
      for (const column of Object.keys(limits) as (keyof typeof limits)[])
        if ((row.text(column)?.length ?? 0) > limits[column]) row.fault(column);
      const number = row.read('number', (text) => (phone.test(text.replaceAll(' ', '')) ? text.replaceAll(' ', '') : undefined)) ?? '';
      const [department, scope, hours] = [row.text('department') ?? null, row.text('scope') ?? null, row.text('hours') ?? null];
      const entry: DirectoryEntry = {
        ...{ entry: row.text('entry') ?? number, name: row.text('name') ?? '', number, department, scope, hours },
        outside: row.read('outside', (text) => yesOrNo[text.toLowerCase()]) ?? known.get(row.text('entry') ?? number)?.outside ?? false,
        changed_at: house.now(),
      };
      return { row, entry };
    });
    const seen = new Map<string, number>();
    for (const { row, entry } of read) {
      const first = seen.get(entry.entry);
      if (first !== undefined)
        row.fault(
          row.text('entry') === undefined ? 'number' : 'entry',
          both(`第 ${first} 行已有同一个，填不同的编号`, `line ${first} has the same: give them different ids`),
        );
      seen.set(entry.entry, first ?? row.line);
    }
    const key = ({ changed_at: _, ...entry }: DirectoryEntry) => JSON.stringify(Object.entries(entry).sort());
    const planned = read.map(({ row, entry }) => {
      const before = known.get(entry.entry);
      const change = before === undefined ? ('fresh' as const) : key(before) === key(entry) ? ('same' as const) : ('changed' as const);
      return { line: row.line, change, entry, shown: [entry.name, entry.department ?? '', entry.number, entry.scope ?? ''] };
    });
    return {
      rows: planned,
      notes: [],
      apply: () =>
        writeDirectory(
          house.db,
          planned.filter(({ change }) => change !== 'same').map(({ entry }) => entry),
        ),
    };
  },
};
