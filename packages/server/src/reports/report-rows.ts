import type { RowKinds } from '@threerings/core/reports/figures';
import { type Filed, kindOfFigure, lowestConnection, ruleOf } from '@threerings/core/reports/report';
import { isAboutMatter } from '@threerings/core/reports/top-matters';
import { connectionWindowMs } from '@threerings/core/service-level/connection-rate';
import type { ReportRow, ReportRows, ReportRowsQuery } from '@threerings/core/wire/reports';
import type { Person } from '../session/sessions.ts';
import { mattersOf } from './matters-read-model.ts';
import { type Gathered, type ReportDesk, type ReportFault, verdictFilter } from './report-desk.ts';
import { listVerdicts } from './report-read-model.ts';

/** Rows of one answer. */
export const rowsOfPage = 200;

/** The rows behind one figure, found by what counted them; newest first. */
export async function rowsBehind(
  desk: ReportDesk,
  person: Person,
  query: ReportRowsQuery,
): Promise<ReportRows | ReportFault | 'report.no-figure'> {
  const { figure } = query;
  if (figure === 'compliance' || figure === 'judgeable') return verdictRows(desk, person, query);
  if (figure === 'matters') return matterRows(desk, person, query);
  const kind = figure === 'connection-worst' ? 'calls' : kindOfFigure(figure);
  if (kind === undefined) return 'report.no-figure';
  const found = await desk.gather(person, query);
  if (typeof found === 'string') return found;
  const rows = figure === 'connection-worst' ? worstRows(found, query) : countedRows(kind, found, query);
  return pageOf(
    rows.map((row) => ({ ...row, kind })),
    found,
    query,
  );
}

/** Calls and chats that were about one matter, as the top matters count them. */
async function matterRows(desk: ReportDesk, person: Person, query: ReportRowsQuery): Promise<ReportRows | ReportFault> {
  const found = await desk.gather(person, query);
  if (typeof found === 'string') return found;
  const { calls, chats } = found.facts;
  const all = [
    ...calls.map((filed) => ({ kind: 'calls' as const, filed, counts: true })),
    ...chats.map((filed) => ({ kind: 'chats' as const, filed, counts: true })),
  ].filter(({ filed }) => isAboutMatter(filed.row));
  const matterOf = await mattersOf(
    desk.parts.db,
    all.flatMap(({ filed }) => filed.interaction ?? []),
  );
  return pageOf(
    all.filter(({ filed }) => matterOf.get(filed.interaction ?? '') === query.matter),
    found,
    query,
  );
}

function pageOf(
  rows: readonly (Counted & { readonly kind: keyof RowKinds })[],
  { staff }: Gathered,
  { offset }: Pick<ReportRowsQuery, 'offset'>,
): ReportRows {
  const seen = rows.filter(({ filed }) => filed.secret !== true);
  const names = new Map(staff.people.map(({ agent, name }) => [agent, name]));
  const page = seen.toSorted((a, b) => b.filed.at - a.filed.at).slice(offset, offset + rowsOfPage);
  return { rows: page.map((row) => onWire(row.kind, row, names)), total: rows.length, hidden: rows.length - seen.length };
}

interface Counted {
  readonly filed: Filed<RowKinds[keyof RowKinds]>;
  readonly counts: boolean;
  readonly value?: number | undefined;
}

function countedRows<Kind extends keyof RowKinds>(kind: Kind, { facts, policy }: Gathered, { figure, side }: ReportRowsQuery): Counted[] {
  const rule = ruleOf(kind, figure);
  const rows: readonly Filed<RowKinds[Kind]>[] = facts[kind];
  return rows.flatMap((filed) => {
    const counts = rule?.part(filed.row, policy) ?? false;
    const inWhole = side === 'whole' && (rule?.whole?.(filed.row, policy) ?? counts);
    return counts || inWhole ? [{ filed, counts, value: counts ? rule?.value?.(filed.row) : undefined }] : [];
  });
}

/** The calls of the worst 24 hours. */
function worstRows({ callsBefore, period, policy }: Gathered, { side }: ReportRowsQuery): Counted[] {
  const worst = lowestConnection(callsBefore, period, policy);
  if (worst === undefined) return [];
  const rule = ruleOf('calls', 'connection');
  return callsBefore.flatMap((filed) => {
    const at = filed.row.askedAt ?? Number.NaN;
    if (!(at >= worst.from && at < worst.from + connectionWindowMs) || rule?.whole?.(filed.row, policy) !== true) return [];
    const counts = filed.row.outcome === 'answered';
    return counts || side === 'whole' ? [{ filed, counts }] : [];
  });
}

const kindOnWire = { calls: 'call', shifts: 'shift', chats: 'chat', promises: 'promise', tickets: 'ticket', appeals: 'appeal' } as const;

function onWire(kind: keyof RowKinds, { filed, counts, value }: Counted, names: ReadonlyMap<string, string>): ReportRow {
  const { id, at, interaction, agent, queue, row } = filed;
  const agentName = names.get(agent ?? '');
  return {
    ...{ kind: kindOnWire[kind], id, at, counts, state: stateOf(row) },
    ...(interaction === undefined ? {} : { interaction }),
    ...(agent === undefined ? {} : { agent }),
    ...(agentName === undefined ? {} : { agentName }),
    ...(queue === undefined ? {} : { queue }),
    ...(value === undefined ? {} : { value }),
  };
}

function stateOf(row: RowKinds[keyof RowKinds]): string {
  if ('outcome' in row) return row.outcome;
  if ('signedInMs' in row) return 'signed-in';
  if ('state' in row) return row.state;
  if ('upheld' in row) return row.upheld ? 'upheld' : 'rejected';
  return row.closedAt === undefined ? 'open' : 'closed';
}

async function verdictRows(desk: ReportDesk, person: Person, query: ReportRowsQuery): Promise<ReportRows | ReportFault> {
  const found = await desk.gather(person, query);
  if (typeof found === 'string') return found;
  const part = query.figure === 'compliance' ? ['kept'] : ['kept', 'broken'];
  const whole = query.figure === 'compliance' ? ['kept', 'broken'] : ['kept', 'broken', 'unknown'];
  const values = query.side === 'part' ? part : whole;
  const filter = { ...verdictFilter(found.wanted, found.scope), values, norm: query.norm, limit: rowsOfPage, offset: query.offset };
  const rows = await listVerdicts(desk.parts.db, filter);
  const names = new Map(found.staff.people.map(({ agent, name }) => [agent, name]));
  return {
    total: rows[0]?.total ?? 0,
    hidden: 0,
    rows: rows.map(({ interaction, norm, key, value, who, queue, at }) => {
      const agentName = names.get(who ?? '');
      return {
        ...{ kind: 'verdict' as const, id: `${norm} ${key}`, at, interaction, state: value, counts: part.includes(value) },
        ...(who === null ? {} : { agent: who }),
        ...(agentName === undefined ? {} : { agentName }),
        ...(queue === null ? {} : { queue }),
      };
    }),
  };
}
