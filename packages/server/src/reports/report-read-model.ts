import type { CallFact } from '@threerings/core/reports/call-facts';
import type { AppealFact, PromiseFact, TicketFact } from '@threerings/core/reports/figures';
import type { Filed, VerdictTally } from '@threerings/core/reports/report';
import { countedPause } from '@threerings/core/tickets/clock';
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../store/database.ts';
import { isCountedVerdict } from '../store/verdict-rows.ts';
import type { CallFactRow } from './call-facts-read-model.ts';

/** What is read for a report; the hotline's own calls, or those of an old system. */
export interface Wanted {
  readonly from: number;
  readonly to: number;
  readonly origins: readonly string[];
  readonly now: number;
}

/** A call is a repeated one when the same number was answered so long before it at most. */
export const repeatWindowMs = 7 * 86_400_000;

/** Rows of one kind that a report reads, at most: a month of 9 000 calls a day. */
export const mostRows = 300_000;

export async function readCallFacts(db: Database, { from, to, origins }: Wanted): Promise<Filed<CallFact>[]> {
  const { rows } = await sql<CallFactRow & { repeat: boolean }>`
    select f.*, f.caller is not null and exists (
      select from call_facts e
      where e.caller = f.caller and e.at < f.at and e.at >= f.at - ${repeatWindowMs} and e.direction = 'in' and e.outcome = 'answered'
        and not e.test and e.origin = any(${origins})
    ) as repeat
    from call_facts f where f.at >= ${from} and f.at < ${to} and not f.test and f.origin = any(${origins})
    order by f.at limit ${mostRows}`.execute(db);
  return rows.map(filedCall);
}

function filedCall(row: CallFactRow & { repeat: boolean }): Filed<CallFact> {
  const [queue, agent] = [row.queue ?? undefined, row.agent ?? undefined];
  const fact: CallFact = {
    at: row.at,
    direction: row.direction,
    test: row.test,
    askedAt: row.asked_at ?? undefined,
    queue,
    agent,
    outcome: row.outcome,
    waitMs: row.wait_ms ?? undefined,
    talkMs: row.talk_ms,
    holdMs: row.hold_ms,
    wrapUpMs: row.wrap_up_ms,
    invited: row.invited,
    score: row.score ?? undefined,
    transfers: row.transfers,
    message: row.message,
    blocked: row.blocked,
    known: row.caller !== null,
    repeat: row.repeat,
  };
  return { id: row.interaction, interaction: row.interaction, at: row.at, queue, agent, row: fact };
}

/** Promises whose first due time lies in the period. */
export async function readPromiseFacts(db: Database, { from, to }: Wanted): Promise<Filed<PromiseFact>[]> {
  const rows = await db
    .selectFrom('promises')
    .select(['promise', 'kind', 'owner', 'interaction', 'state', 'first_due_at', 'due_at', 'settled_at'])
    .where('first_due_at', '>=', from)
    .where('first_due_at', '<', to)
    .where(isNoTest('promises.interaction'))
    .orderBy('first_due_at')
    .limit(mostRows)
    .execute();
  return rows.map((row) => ({
    id: row.promise,
    at: row.first_due_at,
    agent: row.owner,
    interaction: row.interaction ?? undefined,
    row: {
      kind: row.kind,
      firstDue: row.first_due_at,
      due: row.due_at,
      state: row.state === 'kept' && (row.settled_at ?? 0) > row.first_due_at ? 'kept-late' : row.state,
    },
  }));
}

/** Tickets that fall due in the period as they stand now, drafts left out. */
export async function readTicketFacts(db: Database, { from, to, now }: Wanted): Promise<Filed<TicketFact>[]> {
  const rows = await db
    .selectFrom('tickets')
    .select(['ticket', 'owner', 'department', 'interaction', 'secret', 'due_at', 'paused_at', 'pause_reason', 'closed_at', 'returns'])
    .select(['stage', 'score', 'reopened'])
    .where('due_at', '<', to)
    .where((or) => or.or([or('due_at', '>=', from), or('paused_at', 'is not', null)]))
    .where('stage', '<>', 'draft')
    .where(isNoTest('tickets.interaction'))
    .orderBy('due_at')
    .limit(mostRows)
    .execute();
  return rows
    .map((row) => {
      const paused = row.paused_at === null ? 0 : countedPause(row.pause_reason ?? '', row.paused_at, now);
      const due = (row.due_at ?? 0) + paused;
      return {
        ...{ id: row.ticket, at: due, agent: row.owner, unit: row.department ?? undefined, secret: row.secret },
        interaction: row.interaction ?? undefined,
        row: {
          ...{ due, closedAt: row.closed_at ?? undefined, returns: row.returns, reopened: row.reopened },
          ...{ acknowledged: row.stage !== 'dispatched', score: row.score ?? undefined },
        },
      };
    })
    .filter(({ at }) => at >= from && at < to);
}

/** Appeals that were decided in the period. */
export async function readAppealFacts(db: Database, { from, to }: Wanted): Promise<Filed<AppealFact>[]> {
  const rows = await db
    .selectFrom('appeals')
    .select(['appeal', 'agent', 'interaction', 'state', 'decided_at'])
    .where('decided_at', '>=', from)
    .where('decided_at', '<', to)
    .where(isNoTest('appeals.interaction'))
    .limit(mostRows)
    .execute();
  return rows.map((row) => ({
    id: row.appeal,
    at: row.decided_at ?? 0,
    agent: row.agent,
    interaction: row.interaction,
    row: { upheld: row.state === 'upheld' },
  }));
}

/** What was made in a test call counts nowhere. */
function isNoTest(column: string): RawBuilder<boolean> {
  return sql<boolean>`not exists (select from call_facts f where f.interaction = ${sql.ref(column)} and f.test)`;
}

export interface VerdictFilter extends Wanted {
  /** absent = everybody's, and those that are nobody's */
  readonly agents?: readonly string[] | undefined;
  /** with `agents`: also those that are nobody's */
  readonly nobodys?: boolean | undefined;
  readonly queue?: string | undefined;
}

/** Verdicts that count, of calls that began in the period, added up by norm, person and queue. */
export async function tallyVerdicts(db: Database, filter: VerdictFilter): Promise<Omit<VerdictTally, 'unit'>[]> {
  const { rows } = await sql<{ norm: string; who: string | null; queue: string | null; kept: number; broken: number; unknown: number }>`
    select v.norm, v.who, f.queue, count(*) filter (where v.value = 'kept')::int as kept,
      count(*) filter (where v.value = 'broken')::int as broken, count(*) filter (where v.value = 'unknown')::int as unknown
    ${countedVerdicts(filter)} and v.value <> 'moot'
    group by v.norm, v.who, f.queue`.execute(db);
  return rows.map(({ norm, who, queue, kept, broken, unknown }) => ({
    ...{ norm, kept, broken, unknown },
    agent: who ?? undefined,
    queue: queue ?? undefined,
  }));
}

export interface VerdictRowFound {
  readonly interaction: string;
  readonly norm: string;
  readonly key: string;
  readonly value: string;
  readonly who: string | null;
  readonly queue: string | null;
  readonly at: number;
  readonly total: number;
}

/** The verdicts themselves, newest first, with how many there are. */
export async function listVerdicts(
  db: Database,
  filter: VerdictFilter & {
    readonly values: readonly string[];
    readonly norm?: string | undefined;
    readonly limit: number;
    readonly offset: number;
  },
): Promise<readonly VerdictRowFound[]> {
  const ofNorm = filter.norm === undefined ? sql`` : sql`and v.norm = ${filter.norm}`;
  const { rows } = await sql<VerdictRowFound>`
    select v.interaction, v.norm, v.key, v.value, v.who, f.queue, v.at, (count(*) over ())::int as total
    ${countedVerdicts(filter)} and v.value = any(${filter.values}) ${ofNorm}
    order by v.at desc, v.interaction, v.norm, v.key limit ${filter.limit} offset ${filter.offset}`.execute(db);
  return rows;
}

function countedVerdicts({ from, to, origins, agents, nobodys, queue }: VerdictFilter): RawBuilder<unknown> {
  const whose = agents === undefined ? sql`` : sql`and (v.who = any(${agents}) ${nobodys === true ? sql`or v.who is null` : sql``})`;
  const where = queue === undefined ? sql`` : sql`and f.queue = ${queue}`;
  return sql`from call_facts f join verdicts v on v.interaction = f.interaction
    where f.at >= ${from} and f.at < ${to} and not f.test and f.origin = any(${origins}) and ${isCountedVerdict} ${whose} ${where}`;
}
