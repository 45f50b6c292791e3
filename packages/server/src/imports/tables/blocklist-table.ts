import { createHash } from 'node:crypto';
import { blockedNumber } from '@threerings/core/wire/blocklist';
import { dialled } from '../../blocklist/blocklist.ts';
import type { ImportHouse } from './import-house.ts';
import { readDay } from './small-tables.ts';
import { both, type TableKind, twice } from './table-kind.ts';

const columns = {
  number: {
    heads: ['号码', 'number', '电话', '骚扰号码'],
    required: true,
    expected: both('电话号码，5 位以上', 'a telephone number of five digits or more'),
  },
  reason: { heads: ['原因', 'reason', '理由'], required: true, expected: both('3 至 200 字，不写姓名', '3 to 200 characters, no names') },
  until: {
    heads: ['截止日期', 'until', '到期'],
    required: true,
    expected: both('一年以内的日期，例如 2027-01-31', 'a day within a year such as 2027-01-31'),
  },
  offer: { heads: ['处理', 'offer', '告知后'], expected: both('留言 或 挂断；空着为留言', 'message or end; empty = message') },
} as const;

const offers: Readonly<Record<string, 'message' | 'end'>> = { 留言: 'message', message: 'message', 挂断: 'end', 结束: 'end', end: 'end' };

/** 骚扰号码: added to the list; numbers that stand in it already stay as they are. */
export const blocklistTable: TableKind<ImportHouse, keyof typeof columns> = {
  kind: 'blocklist',
  title: both('骚扰号码', 'Blocked numbers'),
  columns,
  async plan(rows, house) {
    const { blocklist } = house;
    const standing = (await blocklist?.standing()) ?? new Map<string, string>();
    twice(rows, 'number', dialled);
    const read = rows.map((row) => {
      row.required('number');
      row.required('until');
      const number = row.read('number', (text) => (blockedNumber.safeParse(text).success ? text.trim() : undefined)) ?? '';
      const reason = row.required('reason');
      if (reason !== '' && (reason.length < 3 || reason.length > 200)) row.fault('reason');
      const day = row.read('until', readDay);
      // Until the end of that day.
      const until = day === undefined ? undefined : Date.parse(`${day}T00:00:00Z`) - house.zoneMinutes * 60_000 + 86_400_000;
      const wrong = until === undefined || number === '' ? undefined : blocklist?.wrong(number, until);
      if (wrong === 'blocklist.until') row.fault('until');
      if (wrong === 'blocklist.never')
        row.fault('number', both('紧急求助号码与本热线号码不能列入', 'numbers for emergencies and of the hotline are never blocked'));
      const offer = row.read('offer', (text) => offers[text.toLowerCase()]) ?? 'message';
      const change = standing.has(dialled(number)) ? ('same' as const) : ('fresh' as const);
      return { line: row.line, change, number, reason, until: until ?? 0, offer, shown: [number, reason, day ?? '', offer] };
    });
    return {
      rows: read,
      notes: [],
      async apply() {
        if (blocklist === undefined) throw new Error('the blocklist is kept by the running server');
        const fresh = read.filter(({ change }) => change === 'fresh');
        const by = house.by ?? 'system';
        await blocklist.addAll(
          fresh.map(({ number, reason, until, offer }) => ({ entry: entryOf(number, house.now()), number, reason, until, offer, by })),
        );
      },
    };
  },
};

const entryOf = (number: string, now: number) => `import-${createHash('sha256').update(`${now} ${number}`).digest('hex').slice(0, 24)}`;
