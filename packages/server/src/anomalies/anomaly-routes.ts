import { permits } from '@threerings/core/people/permissions';
import { type AnomalyView, anomalyChange, anomalyView, newAnomaly } from '@threerings/core/wire/registers';
import { z } from 'zod';
import type { Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { type RefusalTable, refuseFrom } from '../http/refusals.ts';
import type { PeopleStore } from '../people/people-store.ts';
import type { Database } from '../store/database.ts';
import type { AnomalyRow } from './anomaly-read-model.ts';

export const anomalyRefusals = {
  'anomaly.gone': {
    status: 404,
    zh: '没有这条异常',
    en: 'there is no such report',
    remedy: { zh: '请刷新列表', en: 'reload the list' },
  },
  'anomaly.not-yet': {
    status: 409,
    zh: '异常还没有修复，或已确认',
    en: 'it is not fixed yet, or was confirmed already',
    remedy: { zh: '请刷新后再看', en: 'reload it' },
  },
  'anomaly.not-allowed': {
    status: 403,
    zh: '由班长或运营处理；是否恢复由上报人或班长确认',
    en: 'leaders and operations work on it; who reported it, or they, confirm',
    remedy: { zh: '请找班长', en: 'ask a leader' },
  },
  'anomaly.no-owner': {
    status: 422,
    zh: '没有这位在岗人员',
    en: 'nobody of that number works here',
    remedy: { zh: '请核对工号', en: 'check the number' },
  },
} as const satisfies RefusalTable;

export interface AnomalyDesk {
  readonly db: Database;
  readonly people: Pick<PeopleStore, 'people'>;
  readonly now: () => number;
}

const config = { permission: 'anomalies.report' } as const;
const ok = z.object({ ok: z.literal(true) });
const byId = z.object({ anomaly: z.string().min(1).max(64) });
const mostListed = 200;

/** `/api/anomalies`: reported at the desk, assigned, fixed, and confirmed by who reported it (W25). */
export function anomalyFeature(desk: () => AnomalyDesk): Feature {
  return {
    name: 'anomalies',
    routes(app) {
      app.get('/api/anomalies', { config, schema: { response: { 200: z.array(anomalyView) } } }, async (request) => {
        const { agent, roles } = personOf(request).person;
        const all = desk().db.selectFrom('anomalies').selectAll().orderBy('at', 'desc').limit(mostListed);
        const rows = await (permits(roles, 'anomalies.work')
          ? all
          : all.where((or) => or.or([or('reporter', '=', agent), or('owner', '=', agent)]))
        ).execute();
        return rows.map(viewOf);
      });
      app.post('/api/anomalies', { config, schema: { body: newAnomaly, response: { 201: ok } } }, async (request, reply) => {
        const { anomaly, kind, what, interaction = null } = request.body;
        const at = desk().now();
        const row = {
          anomaly,
          kind,
          what,
          interaction,
          reporter: personOf(request).person.agent,
          at,
          state: 'open' as const,
          changed_at: at,
        };
        await desk()
          .db.insertInto('anomalies')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        return reply.code(201).send({ ok: true as const });
      });
      const change = { config, schema: { params: byId, body: anomalyChange, response: { 200: ok } } };
      app.post('/api/anomalies/:anomaly', change, async (request, reply) => {
        const { agent, roles } = personOf(request).person;
        const answer = await changed(desk(), { agent, works: permits(roles, 'anomalies.work') }, request.params.anomaly, request.body);
        return answer === 'done' ? { ok: true as const } : refuseFrom(anomalyRefusals, answer, request, reply);
      });
    },
  };
}

async function changed(
  { db, people, now }: AnomalyDesk,
  { agent, works }: { readonly agent: string; readonly works: boolean },
  anomaly: string,
  change: z.infer<typeof anomalyChange>,
): Promise<'done' | keyof typeof anomalyRefusals> {
  const row = await db.selectFrom('anomalies').selectAll().where('anomaly', '=', anomaly).executeTakeFirst();
  if (row === undefined) return 'anomaly.gone';
  const mine = change.do === 'confirm' ? row.reporter === agent : change.do === 'fix' && row.owner === agent;
  if (!works && !mine) return 'anomaly.not-allowed';
  if (change.do === 'assign' && !(await people.people()).some((one) => one.active && one.agent === change.to)) return 'anomaly.no-owner';
  const set =
    change.do === 'assign'
      ? { state: 'assigned' as const, owner: change.to }
      : change.do === 'fix'
        ? { state: 'fixed' as const, note: change.note }
        : { state: 'confirmed' as const };
  const from: readonly AnomalyView['state'][] = change.do === 'confirm' ? ['fixed'] : ['open', 'assigned'];
  const done = await db
    .updateTable('anomalies')
    .set({ ...set, changed_at: now() })
    .where('anomaly', '=', anomaly)
    .where('state', 'in', [...from])
    .executeTakeFirst();
  return done.numUpdatedRows > 0n ? 'done' : 'anomaly.not-yet';
}

function viewOf(row: AnomalyRow): AnomalyView {
  const { anomaly, kind, what, reporter, at, state } = row;
  const optional = Object.entries({ interaction: row.interaction, owner: row.owner, note: row.note }).filter(([, value]) => value !== null);
  return { anomaly, kind, what, reporter, at, state, changedAt: row.changed_at, ...Object.fromEntries(optional) };
}
