import { createHash } from 'node:crypto';
import { deliveredTemplates } from '@threerings/core/acting/templates';
import { canonical } from '@threerings/core/timeline/canonical';
import { type ActTemplate, actingTemplates, changeTemplates, templatesChanged } from '@threerings/core/wire/acting';
import { plainPlan, readStoredPlan } from '../hotline-plan/plan-read-model.ts';
import type { Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { type RefusalTable, refuseFrom } from '../http/refusals.ts';
import type { Audit } from '../people/people-store.ts';
import type { Database } from '../store/database.ts';
import { readTemplates } from './template-faults.ts';
import { saveTemplates, templateVersions } from './template-versions-read-model.ts';

export interface TemplateParts {
  readonly db: Database;
  readonly audit: Audit;
  readonly now: () => number;
}

const refusals = {
  'templates.changed': {
    status: 409,
    zh: '代办产品在您打开之后被别人改过，没有保存',
    en: 'somebody changed the products after you opened them; nothing was saved',
    remedy: { zh: '请刷新后再改', en: 'reload, and make your change again' },
  },
} as const satisfies RefusalTable;

const config = { permission: ['settings.change', 'norms.edit'] } as const;

/** `/api/acting-templates`: the field lists by product, with every version that was saved. In force some seconds after the answer. */
export function templateFeature({ db, audit, now }: TemplateParts): Feature {
  return {
    name: 'acting templates',
    routes(app) {
      app.get('/api/acting-templates', { config, schema: { response: { 200: actingTemplates } } }, async () => {
        const { acting } = (await readStoredPlan(db)) ?? plainPlan;
        const templates = [...(acting ?? deliveredTemplates)];
        return { templates, delivered: acting === undefined, state: stateOf(acting), versions: await templateVersions(db) };
      });
      const changing = { config, schema: { body: changeTemplates, response: { 200: templatesChanged } } };
      app.put('/api/acting-templates', changing, async (request, reply) => {
        const { state, note, templates: given } = request.body;
        const templates = readTemplates(given);
        if ('faults' in templates) return { faults: [...templates.faults] };
        const { agent: by } = personOf(request).person;
        const isSeen = (current: readonly ActTemplate[] | undefined) => stateOf(current) === state;
        const version = await saveTemplates(db, { templates, note, by, at: now(), isSeen });
        if (version === undefined) return refuseFrom(refusals, 'templates.changed', request, reply);
        const facts = { version, products: templates.map(({ template }) => template) };
        await audit.record({ at: now(), action: 'acting.templates-changed', actor: by, facts });
        return { version, faults: [] };
      });
    },
  };
}

function stateOf(templates: readonly ActTemplate[] | undefined): string {
  return createHash('sha256')
    .update(canonical(templates ?? deliveredTemplates))
    .digest('hex');
}
