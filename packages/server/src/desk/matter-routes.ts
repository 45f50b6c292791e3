import { SearchIndex } from '@threerings/core/knowledge/search/search-index';
import { mattersFound } from '@threerings/core/wire/desk';
import type { HotlinePlan, MatterPlan } from '@threerings/core/wire/hotline-plan';
import { z } from 'zod';
import type { Feature } from '../http/app.ts';

/** Most matters in an answer: who sees more types another letter. */
const mostFound = 50;
const indexes = new WeakMap<readonly MatterPlan[], SearchIndex>();

/** The hotline's matters by Chinese, pinyin, initials or code; nothing typed = the first ones, as the plan has them. */
export function findMatters({ matters = [] }: Pick<HotlinePlan, 'matters'>, typed: string): readonly MatterPlan[] {
  if (typed.trim() === '') return matters.slice(0, mostFound);
  const hits = indexOf(matters).search({ text: typed, limit: mostFound });
  return hits.flatMap(({ id }) => matters[Number(id)] ?? []);
}

/** Made once for each plan. */
function indexOf(matters: readonly MatterPlan[]): SearchIndex {
  const known = indexes.get(matters);
  if (known !== undefined) return known;
  const index = new SearchIndex();
  for (const [at, { matter, code, words = [] }] of matters.entries())
    index.add({ id: String(at), title: matter, keywords: [...words, ...(code === undefined ? [] : [code])], body: '' });
  indexes.set(matters, index);
  return index;
}

/** `GET /api/desk/matters`: 事项 to choose from for a record. */
export function matterFeature(plan: () => Pick<HotlinePlan, 'matters'>): Feature {
  return {
    name: 'matters',
    routes(app) {
      const schema = { querystring: z.object({ q: z.string().max(60).default('') }), response: { 200: mattersFound } };
      app.get('/api/desk/matters', { config: { permission: 'desk.use' }, schema }, async (request) => ({
        any: (plan().matters ?? []).length > 0,
        matters: findMatters(plan(), request.query.q).map(({ matter, code }) => ({ matter, ...(code === undefined ? {} : { code }) })),
      }));
    },
  };
}
