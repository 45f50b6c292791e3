import { createHash } from 'node:crypto';
import { type Appeal, type AppealCommand, decideAppeal, evolveAppeal, noAppeal } from '@threerings/core/appeals/lifecycle';
import { isRefusal, type Refusal } from '@threerings/core/errors/refusal';
import { permits } from '@threerings/core/people/permissions';
import { type AppealRow, appealDecision, appealRow, newAppeal } from '@threerings/core/wire/appeals';
import type { Verdict } from '@threerings/norms/trace';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App, Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { type RefusalTable, refuseDomain, refuseFrom } from '../http/refusals.ts';
import type { NormBook } from '../norm-packs/norm-book.ts';
import { readVerdicts } from '../observance/verdicts-read-model.ts';
import type { Audit, PeopleStore } from '../people/people-store.ts';
import { handle, type Lifecycle } from '../runtime/handle.ts';
import { type AppealRowStored, findAppeal, findAppeals } from '../store/appeal-rows.ts';
import type { Database } from '../store/database.ts';
import type { EventStore } from '../store/event-store.ts';

export const appealRefusals = {
  'appeal.no-verdict': {
    status: 404,
    zh: '没有这条与您有关的未做到判定',
    en: 'there is no broken verdict of yours like this',
    remedy: { zh: '请刷新判定页', en: 'reload the call' },
  },
  'appeal.gone': {
    status: 404,
    zh: '没有这条说明或申诉，或您无权查看',
    en: 'there is no such appeal, or you may not see it',
    remedy: { zh: '请刷新复核列表', en: 'reload the list of appeals' },
  },
  'appeal.not-stored': {
    status: 503,
    zh: '没有保存成功，文字请勿关闭',
    en: 'it was not stored: keep the text and try again',
    remedy: { zh: '稍后再试', en: 'try again in a moment' },
  },
} as const satisfies RefusalTable;

export interface AppealParts {
  readonly db: Database;
  readonly store: Pick<EventStore, 'append' | 'load'>;
  readonly book: NormBook;
  readonly people: Pick<PeopleStore, 'people'>;
  readonly audit: Audit;
  readonly now: () => number;
  read(references: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** the verdict counts no longer */
  upheld(interaction: string, verdict: Verdict): void;
}

const lifecycle: Lifecycle<Appeal, AppealCommand> = { initial: noAppeal, evolve: evolveAppeal, decide: decideAppeal };
const mostListed = 200;
const ok = z.object({ ok: z.literal(true) });

/** One for each verdict of a call: filed again, it finds the first. */
function appealId(interaction: string, norm: string, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([interaction, norm, key]))
    .digest('hex')
    .slice(0, 32);
}

/** What agents say to a broken verdict, and what a reviewer decides. Nothing of a record changes before a person has decided. */
export function appealFeature(parts: () => AppealParts): Feature {
  return {
    name: 'appeals',
    routes(app) {
      fileRoute(app, parts);
      listRoute(app, parts);
      decideRoute(app, parts);
    },
  };
}

function fileRoute(app: App, parts: () => AppealParts): void {
  const params = z.object({ interaction: z.string().min(1).max(128) });
  const route = { config: { permission: 'appeals.file' }, schema: { params, body: newAppeal, response: { 201: ok } } } as const;
  app.post('/api/interactions/:interaction/appeals', route, async (request, reply) => {
    const { agent } = personOf(request).person;
    const { interaction } = request.params;
    const { norm, key, form, ground, words } = request.body;
    const found = (await readVerdicts(parts().db, interaction)).find(({ verdict }) => verdict.norm === norm && verdict.key === key);
    if (found === undefined || found.verdict.value !== 'broken' || found.verdict.who !== agent)
      return refuseFrom(appealRefusals, 'appeal.no-verdict', request, reply);
    const verdict = nameOf(norm, key);
    const said = { subject: `staff-${agent}`, value: words };
    const command: AppealCommand = { kind: 'file', form, verdict, norm, agent, ground, words: said, at: parts().now() };
    const answer = await carryOut(parts(), appealId(interaction, norm, key), command, interaction);
    return answer === 'stored' ? reply.code(201).send({ ok: true as const }) : refused(answer, request, reply);
  });
}

function listRoute(app: App, parts: () => AppealParts): void {
  const query = z.object({ of: z.enum(['open', 'decided']).optional(), interaction: z.string().max(128).optional() });
  const config = { permission: ['appeals.file', 'appeals.decide'] } as const;
  app.get('/api/appeals', { config, schema: { querystring: query, response: { 200: z.array(appealRow) } } }, async (request) => {
    const { agent, roles } = personOf(request).person;
    const { of, interaction } = request.query;
    const own = permits(roles, 'appeals.decide') ? undefined : agent;
    const open = of === undefined ? undefined : of === 'open';
    return onWire(parts(), await findAppeals(parts().db, { limit: mostListed, agent: own, interaction, open }));
  });
}

function decideRoute(app: App, parts: () => AppealParts): void {
  const params = z.object({ appeal: z.string().min(1).max(64) });
  const route = { config: { permission: 'appeals.decide' }, schema: { params, body: appealDecision, response: { 200: ok } } } as const;
  app.post('/api/appeals/:appeal/decide', route, async (request, reply) => {
    const { agent: reviewer } = personOf(request).person;
    const { appeal } = request.params;
    const { db, audit, now } = parts();
    const row = await findAppeal(db, appeal);
    if (row === undefined) return refuseFrom(appealRefusals, 'appeal.gone', request, reply);
    const { upheld, reason } = request.body;
    const answer = await carryOut(parts(), appeal, { kind: 'decide', upheld, reason, reviewer, at: now() }, row.interaction);
    if (answer !== 'stored') return refused(answer, request, reply);
    if (upheld) await takeOut(parts(), row);
    await audit.record({ at: now(), action: 'appeal.decided', actor: reviewer, about: row.agent, facts: { appeal, upheld } });
    return { ok: true as const };
  });
}

/** Stored tallies follow in the transaction of the decision; what people look at now follows here. */
async function takeOut({ db, upheld }: AppealParts, { interaction, norm, verdict }: AppealRowStored): Promise<void> {
  const stored = await readVerdicts(db, interaction);
  const found = stored.find((one) => one.verdict.norm === norm && nameOf(norm, one.verdict.key) === verdict);
  if (found !== undefined) upheld(interaction, found.verdict);
}

/** How an appeal names its verdict; counting knows it by this too (`isCountedVerdict`). */
const nameOf = (norm: string, key: string) => `${norm} ${key}`.slice(0, 200);

async function carryOut({ store }: AppealParts, appeal: string, command: AppealCommand, interaction: string) {
  const answer = await handle(store, lifecycle, { stream: `appeal-${appeal}`, interaction }, command);
  if ('events' in answer) return 'stored';
  return isRefusal(answer) && answer.refused.startsWith('appeal.') ? (answer as Refusal) : 'not-stored';
}

function refused(answer: Refusal | 'not-stored', request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return answer === 'not-stored' ? refuseFrom(appealRefusals, 'appeal.not-stored', request, reply) : refuseDomain(request, reply, answer);
}

async function onWire({ read, book, people }: AppealParts, rows: readonly AppealRowStored[]): Promise<AppealRow[]> {
  const texts = await read(rows.flatMap(({ words_ref }) => words_ref ?? []));
  const names = new Map((await people.people()).map(({ agent, name }) => [agent, name]));
  return rows.map((row) => {
    const { title, cites } = book.card(row.norm);
    const optional = {
      agentName: names.get(row.agent),
      words: texts.get(row.words_ref ?? ''),
      decidedAt: row.decided_at,
      decidedBy: row.decided_by,
      reason: row.reason,
    };
    const { appeal, interaction, norm, verdict, agent, state } = row;
    return {
      ...{ appeal, interaction, norm, verdict, agent, state, title, cites: [...cites], filedAt: row.filed_at },
      form: row.form as AppealRow['form'],
      ground: row.ground as AppealRow['ground'],
      ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null && value !== undefined)),
    };
  });
}
