import type { TraceEvent } from '@threerings/norms/trace';
import type pg from 'pg';
import type { Result } from './by-hand.ts';
import { type Duty, duties, type Trigger, type Wanted, type Words, words } from './norms.ts';

/** Stores calls in a table of events, as any application would have it. Events after the end of a call are left out. */
export async function storeEvents(client: pg.Client, calls: readonly (readonly TraceEvent[])[]): Promise<void> {
  await client.query(
    'create table event (call int, seq int, at bigint, type text, by text, id text, said text, primary key (call, seq)); create index on event (call, at)',
  );
  for (const [call, events] of calls.entries()) {
    const end = events.findIndex(({ type }) => type === 'call.ended');
    const kept = events.slice(0, end + 1);
    await client.query(
      'insert into event select $1, * from unnest($2::int[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[])',
      [
        call,
        kept.map(({ seq }) => seq),
        kept.map(({ occurredAt }) => occurredAt),
        kept.map(({ type }) => type),
        kept.map(({ by }) => by ?? null),
        kept.map(({ id }) => id),
        kept.map(({ text }) => text ?? null),
      ],
    );
  }
  await client.query('analyze event');
}

const isWords = (what: string): what is Words => what in words;
const says = (who: 'agent' | 'customer', name: Words) => `(by = '${who}' and said ~ '${words[name].join('|')}')`;
const condition = (who: 'agent' | 'customer', what: Trigger | Wanted) => {
  if (isWords(what)) return says(who, what);
  return what === 'call.released' ? `(type = '${what}' and by = 'agent')` : `(type = '${what}')`;
};

/** A column for each condition, so that each expression is matched once a row. */
const columns = new Map<string, string>();
function column(expression: string): string {
  const known = columns.get(expression) ?? `c${columns.size}`;
  columns.set(expression, known);
  return known;
}

/** Window columns of a duty, and the rows that it makes of them. */
function ofDuty(norm: string, duty: Duty, index: number): { readonly window?: string; readonly rows: string } {
  const row = (key: string, value: string, at: string) => `select call, '${norm}' norm, ${key} key, ${value} value, ${at} at from w where`;
  switch (duty.kind) {
    case 'forbidden':
      return { rows: `${row('id', `'broken'`, 'at')} ${column(says('agent', duty.words))}` };
    case 'within': {
      const ms = duty.seconds * 1000;
      const wanted = column(condition('agent', duty.wanted));
      const first = `first${index}`;
      return {
        window: `min(at) filter (where ${wanted}) over (partition by call order by at range between current row and ${ms} following exclude current row) ${first}`,
        rows: `${row(
          'id',
          `case when ${first} is not null then 'kept' when at + ${ms} <= ended then 'broken' else 'moot' end`,
          `case when ${first} is not null then ${first} when at + ${ms} <= ended then at + ${ms} else ended end`,
        )} ${column(condition('customer', duty.trigger))}`,
      };
    }
    case 'before': {
      const earlier = `earlier${index}`;
      const said = column(says('agent', duty.words));
      return {
        window: `bool_or(${said}) over (partition by call order by at range between ${duty.seconds * 1000} preceding and current row exclude current row) ${earlier}`,
        rows: `${row('id', `case when ${earlier} then 'kept' else 'broken' end`, 'at')} ${column(condition('customer', duty.trigger))}`,
      };
    }
    case 'atMost': {
      const said = column(says('agent', duty.words));
      const count = `count${index}`;
      return {
        window: `count(*) filter (where ${said}) over (partition by call order by at, seq) ${count}`,
        rows: `(${said} and ${count} = ${duty.count + 1} or type = 'call.ended' and ${count} <= ${duty.count})`.replace(
          /^/,
          row(`'scope'`, `case when type = 'call.ended' then 'kept' else 'broken' end`, 'at').concat(' '),
        ),
      };
    }
  }
}

/** The thirty norms as one statement of window queries. */
export function statement(): string {
  const parts = Object.entries(duties).map(([norm, duty], index) => ofDuty(norm, duty, index));
  const matched = [...columns].map(([expression, name]) => `coalesce(${expression}, false) ${name}`).join(',\n  ');
  const windows = parts.flatMap(({ window }) => window ?? []).join(',\n  ');
  return `with m as materialized (select *, max(at) filter (where type = 'call.ended') over (partition by call) ended,
  ${matched} from event),
w as materialized (select *,
  ${windows} from m)
${parts.map(({ rows }) => rows).join('\nunion all ')}`;
}

export interface StoredResult extends Result {
  readonly call: number;
}

export async function judgeInSql(client: pg.Client, sql: string): Promise<StoredResult[]> {
  const { rows } = await client.query<{ call: number; norm: string; key: string; value: Result['value']; at: string }>(sql);
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}
