import { localDay, startOfDay } from '@threerings/core/promises/calendar';
import type { Filed } from '@threerings/core/reports/report';
import { byDay, factOfSpan, type PresenceSpan, type ShiftFact, type ShiftFold, shiftAfter } from '@threerings/core/reports/shift-facts';
import { sql } from 'kysely';
import type { Database, Tx } from '../store/database.ts';
import { eventOf } from '../store/event-rows.ts';
import type { Wanted } from './report-read-model.ts';

const prefix = 'presence-';
/** Events of one agent that are folded in one transaction. */
const atOnce = 5000;

/** Brings the days of everybody up to the presence streams. Again is harmless, and what has no new event is not read again. */
export async function bringShiftDaysUp(db: Database, zoneOffsetMs: number): Promise<void> {
  const behind = await sql<{ stream: string }>`
    select s.stream from streams s left join shift_folds f on f.stream = s.stream
    where s.stream >= ${prefix} and s.stream < ${`${prefix}~`} and s.n > coalesce(f.n, 0) order by s.stream`.execute(db);
  for (const { stream } of behind.rows) {
    let more = true;
    while (more) more = await db.transaction().execute((tx) => foldSome(tx, stream, zoneOffsetMs));
  }
}

/** True when there may be more. The row of the fold is locked: two who ask at the same time count nothing twice. */
async function foldSome(tx: Tx, stream: string, zoneOffsetMs: number): Promise<boolean> {
  await tx
    .insertInto('shift_folds')
    .values({ stream, n: 0, state: null, since: 0 })
    .onConflict((conflict) => conflict.column('stream').doNothing())
    .execute();
  const held = await tx.selectFrom('shift_folds').selectAll().where('stream', '=', stream).forUpdate().executeTakeFirstOrThrow();
  const stored = await tx
    .selectFrom('events')
    .selectAll()
    .where('stream', '=', stream)
    .where('n', '>', held.n)
    .orderBy('n')
    .limit(atOnce)
    .execute();
  const last = stored.at(-1);
  if (last === undefined) return false;
  let fold: ShiftFold = { state: held.state ?? undefined, since: held.since };
  const spans: PresenceSpan[] = [];
  for (const row of stored) {
    const after = shiftAfter(fold, eventOf(row));
    fold = after.fold;
    if (after.ended !== undefined) spans.push(after.ended);
  }
  await addDays(tx, stream.slice(prefix.length), spans, zoneOffsetMs);
  const state = fold.state ?? null;
  await tx.updateTable('shift_folds').set({ n: last.n, state, since: fold.since }).where('stream', '=', stream).execute();
  return stored.length === atOnce;
}

async function addDays(tx: Tx, agent: string, spans: readonly PresenceSpan[], zoneOffsetMs: number): Promise<void> {
  const days = sumByDay(spans, zoneOffsetMs);
  if (days.size === 0) return;
  const rows = [...days].map(([day, fact]) => ({
    ...{ agent, day, signed_in_ms: fact.signedInMs, rest_ms: fact.restMs, handling_ms: fact.handlingMs },
  }));
  await tx
    .insertInto('shift_days')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['day', 'agent']).doUpdateSet({
        signed_in_ms: sql`shift_days.signed_in_ms + excluded.signed_in_ms`,
        rest_ms: sql`shift_days.rest_ms + excluded.rest_ms`,
        handling_ms: sql`shift_days.handling_ms + excluded.handling_ms`,
      }),
    )
    .execute();
}

function sumByDay(spans: readonly PresenceSpan[], zoneOffsetMs: number): Map<number, ShiftFact> {
  const days = new Map<number, ShiftFact>();
  for (const whole of spans)
    for (const { day, span } of byDay(whole, zoneOffsetMs)) days.set(day, added(days.get(day) ?? nothing, factOfSpan(span)));
  return days;
}

const nothing: ShiftFact = { signedInMs: 0, restMs: 0, handlingMs: 0 };

function added(one: ShiftFact, other: ShiftFact): ShiftFact {
  return {
    signedInMs: one.signedInMs + other.signedInMs,
    restMs: one.restMs + other.restMs,
    handlingMs: one.handlingMs + other.handlingMs,
  };
}

/** A row for each agent and local day of the period; who is signed in now counts until now. */
export async function readShiftFacts(db: Database, { from, to, now }: Wanted, zoneOffsetMs: number): Promise<Filed<ShiftFact>[]> {
  const [first, after] = [localDay(from, zoneOffsetMs), localDay(to - 1, zoneOffsetMs) + 1];
  const stored = await db.selectFrom('shift_days').selectAll().where('day', '>=', first).where('day', '<', after).execute();
  const days = new Map<string, { readonly agent: string; readonly day: number; readonly fact: ShiftFact }>();
  const add = (agent: string, day: number, fact: ShiftFact) => {
    const key = `${agent} ${day}`;
    days.set(key, { agent, day, fact: added(days.get(key)?.fact ?? nothing, fact) });
  };
  for (const { agent, day, signed_in_ms, rest_ms, handling_ms } of stored)
    add(agent, day, { signedInMs: signed_in_ms, restMs: rest_ms, handlingMs: handling_ms });
  const open = await db.selectFrom('shift_folds').selectAll().where('state', 'is not', null).execute();
  for (const { stream, state, since } of open) {
    const going = { state: state ?? '', from: Math.max(since, from), to: Math.min(now, to) };
    for (const [day, fact] of sumByDay([going], zoneOffsetMs)) add(stream.slice(prefix.length), day, fact);
  }
  return [...days.values()].map(({ agent, day, fact }) => ({
    ...{ id: `${agent}-${day}`, at: startOfDay(day, zoneOffsetMs), agent, row: fact },
  }));
}
